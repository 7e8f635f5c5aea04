// lognormal(meanlog, sdlog): exp of a normal outcome, in the outcome's declared unit.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <array>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  if (x <= 0.0) return -infinity;
  const double log_x = log_of(x);
  const double z = (log_x - args[0]) / args[1];
  return -0.5 * z * z - log_of(args[1]) - log_root_two_pi - log_x;
}

double cdf(double x, Arguments args) {
  return x <= 0.0 ? 0.0 : normal_cdf((log_of(x) - args[0]) / args[1]);
}

double quantile(double u, Arguments args) {
  return std::clamp(exp_of(args[0] + args[1] * inverse_normal(u)), smallest_positive,
                    largest_finite);
}

double mean(Arguments args) { return exp_of(args[0] + 0.5 * args[1] * args[1]); }

double variance(Arguments args) {
  const double square = args[1] * args[1];
  return expm1_of(square) * exp_of(2.0 * args[0] + square);
}

constexpr std::array parameters{
    Parameter{"meanlog", Domain::finite, UnitRole::dimensionless, {0.0, -2.3, 7.0, 1.0}},
    Parameter{"sdlog", Domain::positive, UnitRole::dimensionless, {0.5, 0.8, 0.1, 0.02}}};

}  // namespace

constinit const Law lognormal_law{
    .name = "lognormal",
    .parameters = parameters,
    .support = Support::positive,
    .outcome = OutcomeUnit::any,
    .sampling = Sampling::inverse,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = one_uniform<quantile>,
    .mean = mean,
    .variance = variance,
    .source = "Johnson, Kotz & Balakrishnan 1994, chapter 14",
};

}  // namespace casus::random
