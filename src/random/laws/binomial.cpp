// binomial(n, p).
#include "random/elementary.hpp"
#include "random/laws/counts.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::random {
namespace {

/// Below this mean of the rarer side one uniform is turned by summing; above it, rejection.
constexpr double rejection_start = 10.0;

double log_density(double x, Arguments args) {
  if (!is_count(x) || x > args[0]) return -infinity;
  return log_binomial_term(x, args[0] - x, args[1], 1.0 - args[1]);
}

Tails tails_at(double k, Arguments args) {
  if (k >= args[0]) return {1.0, 0.0};
  const auto [more, at_most] = incomplete_beta(k + 1.0, args[0] - k, args[1], 1.0 - args[1]);
  return {at_most, more};
}

double cdf(double x, Arguments args) {
  return cdf_of_counts([args](double k) { return tails_at(k, args); }, x);
}

double quantile(double u, Arguments args) {
  return smallest_count([args](double k) { return tails_at(k, args); }, u, args[0] * args[1]);
}

/// For p <= 1/2.
double by_summation(double u, double n, double p) {
  const double odds = p / (1.0 - p);
  double k = 0.0;
  double term = exp_of(n * log1p_of(-p));
  double sum = term;
  while (u > sum && k < n) {
    term *= odds * (n - k) / (k + 1.0);
    k += 1.0;
    if (sum + term == sum && k > n * p) break;  // the rounded sum never reaches u
    sum += term;
  }
  return k;
}

/// For p <= 1/2: transformed rejection with squeeze, BTRS in Hörmann 1993, "The generation of
/// binomial random variates"; two uniforms a trial, about 1.15 trials.
double by_rejection(Draws& draws, double n, double p) {
  const double spread = std::sqrt(n * p * (1.0 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double squeeze = 0.92 - 4.2 / b;
  const double mode = std::floor((n + 1.0) * p);
  const double log_at_mode = log_binomial_term(mode, n - mode, p, 1.0 - p);
  while (true) {
    const double u = draws.next() - 0.5;
    const double v = draws.next();
    const double distance = 0.5 - std::abs(u);
    const double k = std::floor((2.0 * a / distance + b) * u + n * p + 0.5);
    if (k < 0.0 || k > n) continue;
    if (distance >= 0.07 && v <= squeeze) return k;
    const double log_height = log_of(v * alpha / (a / (distance * distance) + b));
    if (log_height <= log_binomial_term(k, n - k, p, 1.0 - p) - log_at_mode) return k;
  }
}

double sample(Draws& draws, Arguments args) {
  const double n = args[0];
  const bool mirrored = args[1] > 0.5;
  const double p = mirrored ? 1.0 - args[1] : args[1];
  if (n == 0.0 || p == 0.0) return mirrored ? n : 0.0;
  if (n * p >= rejection_start) {
    const double k = by_rejection(draws, n, p);
    return mirrored ? n - k : k;
  }
  const double u = draws.next();
  return mirrored ? n - by_summation(1.0 - u, n, p) : by_summation(u, n, p);
}

double mean(Arguments args) { return args[0] * args[1]; }
double variance(Arguments args) { return args[0] * args[1] * (1.0 - args[1]); }

constexpr std::array parameters{
    Parameter{"n", Domain::whole, UnitRole::as_outcome, {10.0, 400.0, 60.0, 5000.0}},
    Parameter{"p", Domain::probability, UnitRole::dimensionless, {0.3, 0.6, 0.95, 1.0e-3}}};

}  // namespace

constinit const Law binomial_law{
    .name = "binomial",
    .parameters = parameters,
    .support = Support::count,
    .outcome = OutcomeUnit::any,
    .sampling = Sampling::rejection,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = sample,
    .mean = mean,
    .variance = variance,
    .source = "Johnson, Kemp & Kotz 2005, chapter 3; density Loader 2000; draws Hörmann 1993",
};

}  // namespace casus::random
