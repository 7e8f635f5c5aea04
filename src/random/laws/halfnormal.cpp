// halfnormal(sd): the absolute value of a normal outcome with mean 0; sd is that of the normal.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <array>
#include <cmath>

namespace casus::random {
namespace {

constexpr double two_over_pi = 0.636619772367581343076;

double log_density(double x, Arguments args) {
  if (x < 0.0) return -infinity;
  const double z = x / args[0];
  return -0.5 * z * z - log_of(args[0]) + 0.5 * log_of(two_over_pi);
}

double cdf(double x, Arguments args) {
  const double z = x / args[0];
  return x <= 0.0 ? 0.0 : incomplete_gamma(0.5, 0.5 * z * z).lower;
}

double quantile(double u, Arguments args) {
  return std::fmax(args[0] * inverse_half_normal(u), smallest_positive);
}

double mean(Arguments args) { return args[0] * std::sqrt(two_over_pi); }
double variance(Arguments args) { return args[0] * args[0] * (1.0 - two_over_pi); }

constexpr std::array parameters{
    Parameter{"sd", Domain::positive, UnitRole::as_outcome, {1.0, 0.3, 250.0, 1.0e-4}}};

}  // namespace

constinit const Law halfnormal_law{
    .name = "halfnormal",
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
    .source = "Johnson, Kotz & Balakrishnan 1994, section 13.10.1",
};

}  // namespace casus::random
