// gamma(shape, rate). The inverse costs about half a microsecond, so draws stay coupled.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <array>
#include <cmath>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  if (x <= 0.0 || x == infinity) return -infinity;
  return log_of(args[0]) - log_of(x) + log_poisson_term(args[0], args[1] * x);
}

double cdf(double x, Arguments args) { return incomplete_gamma(args[0], args[1] * x).lower; }

double quantile(double u, Arguments args) {
  return std::fmax(inverse_incomplete_gamma(args[0], u) / args[1], smallest_positive);
}

double mean(Arguments args) { return args[0] / args[1]; }
double variance(Arguments args) { return args[0] / (args[1] * args[1]); }

constexpr std::array parameters{
    Parameter{"shape", Domain::positive, UnitRole::dimensionless, {1.0, 0.4, 9.0, 350.0}},
    Parameter{"rate", Domain::positive, UnitRole::per_outcome, {1.0, 3.0, 0.02, 7.0}}};

}  // namespace

constinit const Law gamma_law{
    .name = "gamma",
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
    .source = "Johnson, Kotz & Balakrishnan 1994, chapter 17",
};

}  // namespace casus::random
