// bernoulli(p): true (1) with probability p.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"

#include <array>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  if (x == 1.0) return log_of(args[0]);
  return x == 0.0 ? log1p_of(-args[0]) : -infinity;
}

double cdf(double x, Arguments args) {
  if (x < 0.0) return 0.0;
  return x < 1.0 ? 1.0 - args[0] : 1.0;
}

double quantile(double u, Arguments args) { return u <= 1.0 - args[0] ? 0.0 : 1.0; }
double mean(Arguments args) { return args[0]; }
double variance(Arguments args) { return args[0] * (1.0 - args[0]); }

constexpr std::array parameters{
    Parameter{"p", Domain::probability, UnitRole::dimensionless, {0.5, 0.02, 0.97, 1.0}}};

}  // namespace

constinit const Law bernoulli_law{
    .name = "bernoulli",
    .parameters = parameters,
    .support = Support::truth,
    .outcome = OutcomeUnit::dimensionless,
    .sampling = Sampling::inverse,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = one_uniform<quantile>,
    .mean = mean,
    .variance = variance,
    .source = "Johnson, Kemp & Kotz 2005, section 3.2",
};

}  // namespace casus::random
