// exponential(rate): the waiting time for an event of constant hazard.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"

#include <array>
#include <cmath>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  return x < 0.0 ? -infinity : log_of(args[0]) - args[0] * x;
}

double cdf(double x, Arguments args) { return x <= 0.0 ? 0.0 : -expm1_of(-args[0] * x); }

double quantile(double u, Arguments args) {
  return std::fmax(-log1p_of(-u) / args[0], smallest_positive);
}

double mean(Arguments args) { return 1.0 / args[0]; }
double variance(Arguments args) { return 1.0 / (args[0] * args[0]); }

constexpr std::array parameters{
    Parameter{"rate", Domain::positive, UnitRole::per_outcome, {1.0, 0.1, 30.0, 2.0e-3}}};

}  // namespace

constinit const Law exponential_law{
    .name = "exponential",
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
    .source = "Johnson, Kotz & Balakrishnan 1994, chapter 19",
};

}  // namespace casus::random
