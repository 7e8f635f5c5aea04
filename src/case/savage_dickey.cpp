// A posterior density where an explanation fixes a parameter.
#include "case/bridge.hpp"
#include "inference/evidence.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::cases {
namespace {

/// Sets that must lie within the kernel's reach for a density to be one.
constexpr double least_near = 10.0;

/// One parameter of a fit as a function of its own free coordinate, the others at a set's.
class Quantile {
 public:
  Quantile(const Fit& fit, std::size_t free, std::size_t column)
      : fit_(fit), prior_(fit.lowered), free_(free), column_(column) {}

  double at(double z, std::size_t set) const {
    const std::size_t n = prior_.n_free();
    const auto first = fit_.free.begin() + static_cast<std::ptrdiff_t>(set * n);
    std::vector<double> free(first, first + static_cast<std::ptrdiff_t>(n));
    free[free_] = z;
    std::vector<double> parameters(fit_.lowered.parameter_columns.size());
    prior_.parameters(free, parameters);
    return parameters[column_];
  }

 private:
  const Fit& fit_;
  CasePrior prior_;
  std::size_t free_;
  std::size_t column_;
};

/// The prior probability below `value`; 0 and 1 at the edges; nothing beyond them, or where it is
/// not the same for all sets.
std::optional<double> probability_below(const Quantile& quantile, double value, std::size_t last) {
  constexpr double far = 37.0;
  constexpr double near = 1e-9;
  const double scale = std::abs(quantile.at(1.0, 0) - quantile.at(-1.0, 0));
  const double lowest = quantile.at(-far, 0);
  const double highest = quantile.at(far, 0);
  if (std::abs(value - lowest) <= near * scale) return 0.0;
  if (std::abs(value - highest) <= near * scale) return 1.0;
  if (!(value > lowest && value < highest)) return std::nullopt;
  double low = -far;
  double high = far;
  constexpr int n_halvings = 80;
  for (int i = 0; i < n_halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (quantile.at(middle, 0) < value ? low : high) = middle;
  }
  if (std::abs(quantile.at(low, last) - value) > 1e-6 * scale) return std::nullopt;
  return random::normal_cdf(low);
}

/// Integrals of 1, u, u^2 times the kernel of Epanechnikov from `a` to `b`.
struct Moments {
  double zeroth = 0.0;
  double first = 0.0;
  double second = 0.0;
};

Moments moments_of(double a, double b) {
  const auto integral = [](double u) {
    const double u2 = u * u;
    return Moments{.zeroth = 0.75 * (u - u * u2 / 3.0),
                   .first = 0.75 * (u2 / 2.0 - u2 * u2 / 4.0),
                   .second = 0.75 * (u * u2 / 3.0 - u * u2 * u2 / 5.0)};
  };
  const Moments low = integral(a);
  const Moments high = integral(b);
  return {.zeroth = high.zeroth - low.zeroth,
          .first = high.first - low.first,
          .second = high.second - low.second};
}

/// Points on [0, 1] with weights.
struct Sample {
  std::vector<double> points{};
  std::vector<double> weights{};
};

/// Jones 1993, Statistics and Computing 3:135-146: a linear correction of the kernel, so that edges
/// of [0, 1] bias no more than the inside. The error is that of independent points; NaN where fewer
/// than `least_near` points are near.
Estimate density_at(const Sample& sample, double at, double width) {
  const Moments m = moments_of(std::max(-1.0, -at / width), std::min(1.0, (1.0 - at) / width));
  const double determinant = m.zeroth * m.second - m.first * m.first;
  double sum = 0.0;
  double squares = 0.0;
  double near = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < sample.points.size(); ++i) {
    total += sample.weights[i];
    const double u = (sample.points[i] - at) / width;
    if (std::abs(u) >= 1.0) continue;
    near += sample.weights[i] > 0.0 ? 1.0 : 0.0;
    const double term =
        sample.weights[i] * 0.75 * (1.0 - u * u) * (m.second - m.first * u) / determinant;
    sum += term;
    squares += term * term;
  }
  const double density = sum / (total * width);
  if (near < least_near || !(density > 0.0)) return {};
  return {.value = density, .error = std::sqrt(squares) / (total * width)};
}

/// Narrower than what is best for a normal law (Silverman 1986, section 3.4.2, times 2.2 for this
/// kernel): the bias is to be below the error.
double width_of(const Sample& sample) {
  double mean = 0.0;
  double square = 0.0;
  for (std::size_t i = 0; i < sample.points.size(); ++i) {
    mean += sample.weights[i] * sample.points[i];
    square += sample.weights[i] * sample.points[i] * sample.points[i];
  }
  const double sd = std::sqrt(std::max(1e-12, square - mean * mean));
  return std::min(0.5, 1.5 * sd * std::pow(static_cast<double>(sample.points.size()), -0.2));
}

Sample sample_of(const Fit& fit, std::size_t free, std::size_t first, std::size_t end) {
  Sample sample;
  const std::size_t n = fit.lowered.free_parameters.size();
  for (std::size_t set = first; set < end; ++set) {
    sample.points.push_back(random::normal_cdf(fit.free[set * n + free]));
    sample.weights.push_back(fit.weights[set]);
  }
  return sample;
}

template <class Named>
std::size_t position(const std::vector<Named>& all, const std::string& name) {
  const auto name_of = [](const auto& one) -> const std::string& {
    if constexpr (std::is_same_v<Named, std::string>) {
      return one;
    } else {
      return one.name;
    }
  };
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return name_of(one) == name; });
  return static_cast<std::size_t>(at - all.begin());
}

}  // namespace

std::optional<double> prior_probability_below(const Fit& fit, const std::string& name,
                                              double value) {
  const std::size_t free = position(fit.lowered.free_parameters, name);
  const std::size_t column = position(fit.lowered.parameter_columns, name);
  if (free == fit.lowered.free_parameters.size() || column == fit.lowered.parameter_columns.size())
    return std::nullopt;
  return probability_below(Quantile(fit, free, column), value, fit.n_sets() - 1);
}

std::optional<Estimate> savage_dickey(const Fit& fit, const std::string& name, double value) {
  const auto at = prior_probability_below(fit, name, value);
  if (!at) return std::nullopt;
  const std::size_t free = position(fit.lowered.free_parameters, name);
  const Sample all = sample_of(fit, free, 0, fit.n_sets());
  const double width = width_of(all);
  const Estimate density = density_at(all, *at, width);
  if (std::isnan(density.value)) return std::nullopt;
  std::vector<double> logs;
  for (std::size_t run = 0; run < fit.runs.size(); ++run) {
    const std::size_t end = run + 1 < fit.runs.size() ? fit.runs[run + 1].first_set : fit.n_sets();
    const Estimate one = density_at(sample_of(fit, free, fit.runs[run].first_set, end), *at, width);
    if (!std::isnan(one.value)) logs.push_back(-std::log(one.value));
  }
  if (logs.size() < fit.runs.size() || logs.size() < 2) return std::nullopt;
  return Estimate{
      .value = -std::log(density.value),
      .error = std::max(density.error / density.value, inference::pooled(logs).standard_error)};
}

}  // namespace casus::cases
