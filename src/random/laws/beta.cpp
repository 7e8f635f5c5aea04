// beta(a, b). The inverse costs about a microsecond, so draws stay coupled.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <array>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  if (x <= 0.0 || x >= 1.0) return -infinity;
  const double rest = 1.0 - x;
  const double log_scale = log_of(args[0]) - log1p_of(args[0] / args[1]);
  return log_scale + log_binomial_term(args[0], args[1], x, rest) - log_of(x) - log1p_of(-x);
}

double cdf(double x, Arguments args) {
  if (x >= 1.0) return 1.0;
  return incomplete_beta(args[0], args[1], x, 1.0 - x).lower;
}

double quantile(double u, Arguments args) {
  return std::clamp(inverse_incomplete_beta(args[0], args[1], {u, 1.0 - u}).value,
                    smallest_positive, largest_below_one);
}

double mean(Arguments args) { return args[0] / (args[0] + args[1]); }

double variance(Arguments args) {
  const double total = args[0] + args[1];
  return (args[0] / total) * (args[1] / total) / (total + 1.0);
}

constexpr std::array parameters{
    Parameter{"a", Domain::positive, UnitRole::dimensionless, {2.0, 0.5, 1.0, 300.0}},
    Parameter{"b", Domain::positive, UnitRole::dimensionless, {5.0, 0.7, 1.0, 40.0}}};

}  // namespace

constinit const Law beta_law{
    .name = "beta",
    .parameters = parameters,
    .support = Support::unit,
    .outcome = OutcomeUnit::dimensionless,
    .sampling = Sampling::inverse,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = one_uniform<quantile>,
    .mean = mean,
    .variance = variance,
    .source = "Johnson, Kotz & Balakrishnan 1995, chapter 25",
};

}  // namespace casus::random
