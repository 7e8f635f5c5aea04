// A normal law of what is dropped, and where the rest follows it.
#include "case/warp.hpp"

#include "case/bridge.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <cmath>

namespace casus::cases {
namespace {

constexpr double log_root_of_two_pi = 0.91893853320467274178;

double log_normal_density(double score) { return -0.5 * score * score - log_root_of_two_pi; }

/// The value of a parameter that is fixed.
std::optional<double> fixed_value(const language::Lowered& lowered, const std::string& name) {
  const auto& columns = lowered.parameter_columns;
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const auto& column) { return column.name == name; });
  if (at == columns.end()) return std::nullopt;
  const CasePrior prior(lowered);
  std::vector<double> parameters(columns.size());
  const std::vector<double> medians(prior.n_free(), 0.0);
  prior.parameters(medians, parameters);
  return parameters[static_cast<std::size_t>(at - columns.begin())];
}

/// Sets' coordinates in the order of the law, those dropped on the scales of their places.
template <class Scale>
std::vector<double> points_of(const Fit& fit, std::span<const std::size_t> dropped,
                              std::span<const std::size_t> kept, const Scale& scale) {
  const std::size_t n = fit.lowered.free_parameters.size();
  std::vector<double> points;
  points.reserve(fit.n_sets() * n);
  for (std::size_t set = 0; set < fit.n_sets(); ++set) {
    const std::span<const double> free = std::span(fit.free).subspan(set * n, n);
    for (std::size_t i = 0; i < dropped.size(); ++i) points.push_back(scale(i, free[dropped[i]]));
    for (const std::size_t k : kept) points.push_back(free[k]);
  }
  return points;
}

std::vector<std::size_t> others(std::size_t n, std::span<const std::size_t> some) {
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < n; ++i) {
    if (std::find(some.begin(), some.end(), i) == some.end()) rest.push_back(i);
  }
  return rest;
}

}  // namespace

std::optional<NestedWarp> NestedWarp::between(const Fit& larger, const language::Lowered& smaller) {
  const std::vector<std::string>& more = larger.lowered.free_parameters;
  const std::vector<std::string>& less = smaller.free_parameters;
  std::vector<std::size_t> dropped;
  std::vector<Place> places;
  for (std::size_t i = 0; i < more.size(); ++i) {
    if (std::find(less.begin(), less.end(), more[i]) != less.end()) continue;
    const std::optional<double> value = fixed_value(smaller, more[i]);
    if (!value) return std::nullopt;
    const std::optional<double> below = prior_probability_below(larger, more[i], *value);
    if (!below) return std::nullopt;
    const bool is_edge = *below == 0.0 || *below == 1.0;
    dropped.push_back(i);
    places.push_back(
        {.is_edge = is_edge, .value = is_edge ? *below : random::inverse_normal(*below)});
  }
  if (dropped.empty()) return std::nullopt;
  return NestedWarp(larger, std::move(dropped), std::move(places));
}

NestedWarp::NestedWarp(const Fit& larger, std::vector<std::size_t> dropped,
                       std::vector<Place> places)
    : dropped_(std::move(dropped)),
      kept_(others(larger.lowered.free_parameters.size(), dropped_)),
      places_(std::move(places)),
      law_(points_of(larger, dropped_, kept_,
                     [this](std::size_t i, double z) { return on_scale(i, z); }),
           larger.weights, larger.lowered.free_parameters.size()) {
  for (std::size_t i = 0; i < dropped_.size(); ++i) {
    const double mean = mean_given(i, fixed_scores_);
    fixed_scores_.push_back((places_[i].value - mean) / law_.factor(i, i));
  }
}

double NestedWarp::on_scale(std::size_t i, double z) const {
  return places_[i].is_edge ? random::normal_cdf(z) : z;
}

/// Of a dropped coordinate given those before it.
double NestedWarp::mean_given(std::size_t i, std::span<const double> scores) const {
  double mean = law_.mean()[i];
  for (std::size_t j = 0; j < i; ++j) mean += law_.factor(i, j) * scores[j];
  return mean;
}

/// Against the prior: 1 on the scale of its probabilities, to which the law is cut; normal on its
/// own.
double NestedWarp::log_density(std::size_t i, double value, double mean) const {
  const double sd = law_.factor(i, i);
  const double log_law = log_normal_density((value - mean) / sd) - std::log(sd);
  if (!places_[i].is_edge) return log_law - log_normal_density(value);
  const double inside = random::normal_cdf((1.0 - mean) / sd) - random::normal_cdf(-mean / sd);
  return log_law - std::log(inside);
}

/// The kept coordinates by as much as the law says when the scores of those dropped change so;
/// returns the log of their prior density there over that before.
double NestedWarp::move_kept(std::span<double> free, std::span<const double> by) const {
  double change = 0.0;
  for (std::size_t k = 0; k < kept_.size(); ++k) {
    double& z = free[kept_[k]];
    const double before = z;
    for (std::size_t j = 0; j < by.size(); ++j) z += law_.factor(by.size() + k, j) * by[j];
    change += 0.5 * (before * before - z * z);
  }
  return change;
}

double NestedWarp::drop(std::span<double> free) const {
  double factor = 0.0;
  std::vector<double> scores;
  std::vector<double> by;
  for (std::size_t i = 0; i < dropped_.size(); ++i) {
    const double value = on_scale(i, free[dropped_[i]]);
    const double mean = mean_given(i, scores);
    factor += log_density(i, value, mean);
    scores.push_back((value - mean) / law_.factor(i, i));
    by.push_back(fixed_scores_[i] - scores[i]);
  }
  return factor + move_kept(free, by);
}

double NestedWarp::add(std::span<double> free, std::span<const double> normals) const {
  double factor = 0.0;
  std::vector<double> scores;
  std::vector<double> by;
  for (std::size_t i = 0; i < dropped_.size(); ++i) {
    const double mean = mean_given(i, scores);
    const double sd = law_.factor(i, i);
    double value = mean + sd * normals[dropped_[i]];
    if (places_[i].is_edge) {
      const double low = random::normal_cdf(-mean / sd);
      const double high = random::normal_cdf((1.0 - mean) / sd);
      const double share = low + (high - low) * random::normal_cdf(normals[dropped_[i]]);
      value = std::clamp(mean + sd * random::inverse_normal(share), 1e-300, 1.0 - 1e-16);
    }
    free[dropped_[i]] = places_[i].is_edge ? random::inverse_normal(value) : value;
    factor -= log_density(i, value, mean);
    scores.push_back((value - mean) / sd);
    by.push_back(scores[i] - fixed_scores_[i]);
  }
  return factor + move_kept(free, by);
}

}  // namespace casus::cases
