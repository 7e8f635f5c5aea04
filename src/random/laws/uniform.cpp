// uniform(low, high).
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"

#include <algorithm>
#include <array>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  return x < args[0] || x > args[1] ? -infinity : -log_of(args[1] - args[0]);
}

double cdf(double x, Arguments args) {
  return std::clamp((x - args[0]) / (args[1] - args[0]), 0.0, 1.0);
}

double quantile(double u, Arguments args) {
  return std::min(args[0] + u * (args[1] - args[0]), args[1]);
}

double mean(Arguments args) { return 0.5 * args[0] + 0.5 * args[1]; }

double variance(Arguments args) {
  const double width = args[1] - args[0];
  return width * width / 12.0;
}

constexpr std::array parameters{
    Parameter{"low", Domain::finite, UnitRole::as_outcome, {0.0, -4.0, 100.0, -1.0e-3}},
    Parameter{"high", Domain::above_low, UnitRole::as_outcome, {1.0, 9.0, 101.0, 1.0e-3}}};

}  // namespace

constinit const Law uniform_law{
    .name = "uniform",
    .parameters = parameters,
    .support = Support::real,
    .outcome = OutcomeUnit::any,
    .sampling = Sampling::inverse,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = one_uniform<quantile>,
    .mean = mean,
    .variance = variance,
    .source = "Johnson, Kotz & Balakrishnan 1995, chapter 26",
};

}  // namespace casus::random
