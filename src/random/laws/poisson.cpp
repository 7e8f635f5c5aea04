// poisson(mean).
#include "random/elementary.hpp"
#include "random/laws/counts.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <array>
#include <cmath>

namespace casus::random {
namespace {

/// Below this mean one uniform is turned by summing probabilities; above it, rejection.
constexpr double rejection_start = 30.0;

double log_density(double x, Arguments args) {
  if (!is_count(x)) return -infinity;
  if (args[0] == 0.0) return x == 0.0 ? 0.0 : -infinity;
  return log_poisson_term(x, args[0]);
}

Tails tails_at(double k, Arguments args) {
  const auto [more, at_most] = incomplete_gamma(k + 1.0, args[0]);
  return {at_most, more};
}

double cdf(double x, Arguments args) {
  return cdf_of_counts([args](double k) { return tails_at(k, args); }, x);
}

double quantile(double u, Arguments args) {
  return smallest_count([args](double k) { return tails_at(k, args); }, u, args[0]);
}

double by_summation(double u, double mean) {
  double k = 0.0;
  double term = exp_of(-mean);
  double sum = term;
  while (u > sum) {
    k += 1.0;
    term *= mean / k;
    if (sum + term == sum && k > mean) break;  // the rounded sum never reaches u
    sum += term;
  }
  return k;
}

/// Transformed rejection with squeeze, PTRS in Hörmann 1993, "The transformed rejection method for
/// generating Poisson random variables"; two uniforms a trial, 1.1 to 1.2 trials.
double by_rejection(Draws& draws, double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (b - 2.0);
  while (true) {
    const double u = draws.next() - 0.5;
    const double v = draws.next();
    const double distance = 0.5 - std::abs(u);
    const double k = std::floor((2.0 * a / distance + b) * u + mean + 0.43);
    if (distance >= 0.07 && v <= squeeze) return k;
    if (k < 0.0 || (distance < 0.013 && v > distance)) continue;
    const double hat = a / (distance * distance) + b;
    if (log_of(v * inverse_alpha / hat) <= log_poisson_term(k, mean)) return k;
  }
}

double sample(Draws& draws, Arguments args) {
  if (args[0] == 0.0) return 0.0;
  if (args[0] < rejection_start) return by_summation(draws.next(), args[0]);
  return by_rejection(draws, args[0]);
}

double moment(Arguments args) { return args[0]; }

constexpr std::array parameters{
    Parameter{"mean", Domain::non_negative, UnitRole::as_outcome, {0.3, 7.5, 45.0, 2000.0}}};

}  // namespace

constinit const Law poisson_law{
    .name = "poisson",
    .parameters = parameters,
    .support = Support::count,
    .outcome = OutcomeUnit::any,
    .sampling = Sampling::rejection,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = sample,
    .mean = moment,
    .variance = moment,
    .source = "Johnson, Kemp & Kotz 2005, chapter 4; density Loader 2000; draws Hörmann 1993",
};

}  // namespace casus::random
