// From many starts to the top, and what the top looks like.
#include "case/maximum.hpp"

#include "base/bug.hpp"
#include "case/coordinate.hpp"
#include "case/fit.hpp"
#include "case/likelihood.hpp"
#include "case/posterior.hpp"
#include "case/score.hpp"
#include "case/stop.hpp"
#include "inference/weights.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Priors must be laws of their own, with densities.
void check_priors(const std::vector<FreeParameter>& free) {
  for (const FreeParameter& one : free) {
    require(one.law != nullptr, "a free parameter without a prior");
    if (!random::valid(*one.law, one.arguments))
      stop("R001", fmt::format("the prior of `{}` has no valid arguments", one.name), "");
    if (one.is_prior_fixed && !one.law->discrete()) continue;
    stop("R150",
         one.law->discrete()
             ? fmt::format("`{}` is a whole number: there is no slope to climb", one.name)
             : fmt::format("the prior of `{}` depends on other free parameters", one.name),
         "a maximum of the likelihood knows no priors; fix it (--set), or take `casus fit` as it "
         "is");
  }
}

/// The log-likelihood over the coordinates of the parameters that are not held.
class Landscape {
 public:
  explicit Landscape(Likelihood& likelihood) : likelihood_(likelihood) {
    for (const FreeParameter& one : likelihood.values().free())
      coordinates_.emplace_back(*one.law, one.arguments);
    held_.assign(coordinates_.size(), nan);
  }

  const Coordinate& coordinate(std::size_t i) const { return coordinates_[i]; }
  std::size_t n_all() const { return coordinates_.size(); }
  bool is_held(std::size_t i) const { return !std::isnan(held_[i]); }
  std::size_t n_moving() const {
    return static_cast<std::size_t>(
        std::count_if(held_.begin(), held_.end(), [](double value) { return std::isnan(value); }));
  }
  void hold(std::size_t i, double value) { held_[i] = value; }

  /// (n_all) values of a point of the parameters that move.
  std::vector<double> values(std::span<const double> point) const {
    std::vector<double> all = held_;
    std::size_t next = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!is_held(i)) all[i] = coordinates_[i].value(point[next++]);
    }
    return all;
  }
  std::vector<double> point(std::span<const double> values) const {
    std::vector<double> moving;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!is_held(i)) moving.push_back(coordinates_[i].coordinate(values[i]));
    }
    return moving;
  }

  double at_values(std::span<const double> values) { return likelihood_.at(values)[0]; }

  Heights heights() {
    return [this](std::span<const double> points) {
      const std::size_t d = n_moving();
      std::vector<double> all;
      for (std::size_t first = 0; first < points.size(); first += d) {
        const std::vector<double> one = values(points.subspan(first, d));
        all.insert(all.end(), one.begin(), one.end());
      }
      return likelihood_.at(all);
    };
  }

 private:
  Likelihood& likelihood_;
  std::vector<Coordinate> coordinates_;
  std::vector<double> held_;  ///< NaN: it moves
};

/// Medians of the priors, and of groups of draws, drawn nearer to them each by its rank in its
/// group, those under which the record is most probable.
std::vector<std::vector<double>> starts_of(const language::Lowered& lowered, Landscape& landscape,
                                           const MaximumSettings& settings) {
  constexpr std::uint32_t group = 32;
  constexpr std::array nearness{1.0, 0.5, 0.25, 0.125};
  const std::size_t d = landscape.n_all();
  const CasePrior prior(lowered);
  const Heights heights = landscape.heights();
  std::vector<std::vector<double>> starts;
  const std::vector<double> medians(d, 0.0);
  if (std::isfinite(heights(medians)[0])) starts.push_back(medians);
  for (std::uint32_t at = 1; at < settings.n_starts; ++at) {
    std::vector<double> points;
    for (std::uint32_t k = 0; k < group; ++k) {
      const random::Key key = random::key_of(
          settings.seed, {.purpose = random::Purpose::parameter, .parameter_set = at * group + k});
      std::vector<double> free(d);
      prior.sample(key, free);
      for (const double z : free) points.push_back(z * nearness[k % nearness.size()]);
    }
    const std::vector<double> found = heights(points);
    const auto best = std::max_element(found.begin(), found.end()) - found.begin();
    if (!std::isfinite(found[static_cast<std::size_t>(best)])) continue;
    const auto first = points.begin() + best * static_cast<std::ptrdiff_t>(d);
    starts.emplace_back(first, first + static_cast<std::ptrdiff_t>(d));
  }
  return starts;
}

/// Parameters that would go on to an edge of what their priors allow are held there, and the others
/// adapt. Returns whether there were any.
bool hold_at_edges(Landscape& landscape, Maximum& maximum) {
  constexpr double as_good = 1e-5;
  bool any = false;
  for (std::size_t i = 0; i < maximum.estimates.size(); ++i) {
    const double edge = landscape.coordinate(i).edge_near(maximum.estimates[i]);
    if (std::isnan(edge) || landscape.is_held(i)) continue;
    std::vector<double> there = maximum.estimates;
    there[i] = edge;
    double height = landscape.at_values(there);
    if (!std::isfinite(height)) {
      there[i] = 0.99 * edge + 0.01 * maximum.estimates[i];
      height = landscape.at_values(there);
    }
    if (height < maximum.log_likelihood - as_good) continue;
    maximum.edges[i] = edge;
    maximum.estimates = there;
    maximum.log_likelihood = height;
    landscape.hold(i, there[i]);
    any = true;
  }
  return any;
}

void settle(Landscape& landscape, Maximum& maximum, Peak peak) {
  maximum.estimates = landscape.values(peak.at);
  maximum.log_likelihood = peak.height;
  while (hold_at_edges(landscape, maximum)) {
    if (landscape.n_moving() == 0) break;
    const Heights heights = landscape.heights();
    peak = sharpened(heights, climb(heights, landscape.point(maximum.estimates), {}));
    maximum.estimates = landscape.values(peak.at);
    maximum.log_likelihood = peak.height;
  }
}

/// Curvature over coordinates to covariances of values: at a top the first derivative vanishes, so
/// that slopes are all it takes.
void judge(Landscape& landscape, Maximum& maximum) {
  const std::size_t n = landscape.n_all();
  maximum.covariance = {.n = n, .values = std::vector<double>(n * n, nan)};
  if (landscape.n_moving() == 0) return;
  const std::vector<double> point = landscape.point(maximum.estimates);
  const Curvature found = curvature(landscape.heights(), point);
  maximum.is_smooth = found.is_finite;
  maximum.is_top = found.is_top;
  if (!found.is_finite) return;
  std::vector<std::size_t> moving;
  std::vector<double> slopes;
  for (std::size_t i = 0; i < n; ++i) {
    if (landscape.is_held(i)) continue;
    slopes.push_back(landscape.coordinate(i).slope(point[moving.size()]));
    moving.push_back(i);
  }
  for (std::size_t a = 0; a < moving.size(); ++a) {
    for (std::size_t b = 0; b < moving.size(); ++b)
      maximum.covariance(moving[a], moving[b]) = found.covariance(a, b) * slopes[a] * slopes[b];
  }
  for (const std::vector<double>& flat : found.flat) {
    std::vector<double> direction(n);
    std::size_t greatest = moving.front();
    double most = 0.0;
    for (std::size_t a = 0; a < moving.size(); ++a) {
      direction[moving[a]] = flat[a] * slopes[a];
      if (std::abs(flat[a]) <= most) continue;
      most = std::abs(flat[a]);
      greatest = moving[a];
    }
    const double length = direction[greatest];
    for (double& part : direction) part /= length;
    maximum.flat.push_back(std::move(direction));
  }
}

std::size_t n_rows(const language::Lowered& lowered) {
  std::size_t n = 0;
  for (std::size_t step = 0; step < lowered.score_columns.front().is_recorded.size(); ++step) {
    const bool any = std::any_of(lowered.score_columns.begin(), lowered.score_columns.end(),
                                 [step](const auto& column) { return column.is_recorded[step]; });
    n += any ? 1 : 0;
  }
  return n;
}

}  // namespace

std::size_t Maximum::n_estimated() const {
  return static_cast<std::size_t>(
      std::count_if(edges.begin(), edges.end(), [](double edge) { return std::isnan(edge); }));
}

double Maximum::standard_error(std::size_t parameter) const {
  return std::sqrt(covariance(parameter, parameter));
}

double Maximum::aic() const {
  return 2.0 * static_cast<double>(n_estimated()) - 2.0 * log_likelihood;
}

double Maximum::bic() const {
  return random::log_of(static_cast<double>(n_rows)) * static_cast<double>(n_estimated()) -
         2.0 * log_likelihood;
}

Maximum maximum_of(language::Lowered lowered, const language::Steps& steps,
                   const MaximumSettings& settings, Workers workers) {
  check_exact(lowered,
              "`casus fit` averages over them; a maximum with standard errors is for "
              "records that leave nothing to chance");
  Maximum maximum{.lowered = std::move(lowered)};
  Likelihood likelihood(maximum.lowered, workers);
  maximum.free = likelihood.values().free();
  check_priors(maximum.free);
  maximum.edges.assign(maximum.free.size(), nan);
  maximum.n_rows = n_rows(maximum.lowered);
  Landscape landscape(likelihood);
  workers.progress.stage("starts", settings.n_starts);
  const Heights heights = landscape.heights();
  Peak best{.at = {}, .height = inference::impossible};
  for (const std::vector<double>& start : starts_of(maximum.lowered, landscape, settings)) {
    Peak peak = sharpened(heights, climb(heights, start, {}));
    maximum.reached.push_back(peak.height);
    if (peak.height > best.height) best = std::move(peak);
    workers.progress.advance(1);
  }
  workers.progress.finish();
  if (maximum.reached.empty()) {
    if (likelihood.fault()) stop_at_fault(steps, *likelihood.fault());
    stop("R151", "the record is impossible at every start",
         "say with --set, or narrower priors, where it is possible; or take more --starts");
  }
  settle(landscape, maximum, std::move(best));
  judge(landscape, maximum);
  return maximum;
}

Maximum maximise_record(const LoadedCase& loaded, const Job& job, Workers workers) {
  constexpr std::uint64_t most = 10'000;
  if (job.request.n_starts < 1 || job.request.n_starts > most)
    stop("R107", "so many starts are not possible", "take 1 to 10,000");
  const MaximumSettings settings{.n_starts = static_cast<std::uint32_t>(job.request.n_starts),
                                 .seed = job.request.seed};
  return maximum_of(lowered_for_fit(loaded, job), loaded.model.steps, settings, workers);
}

}  // namespace casus::cases
