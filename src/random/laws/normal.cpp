// normal(mean, sd): also the model for the other files of this folder.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <array>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  const double z = (x - args[0]) / args[1];
  return -0.5 * z * z - log_of(args[1]) - log_root_two_pi;
}

double cdf(double x, Arguments args) { return normal_cdf((x - args[0]) / args[1]); }
double quantile(double u, Arguments args) { return args[0] + args[1] * inverse_normal(u); }
double mean(Arguments args) { return args[0]; }
double variance(Arguments args) { return args[1] * args[1]; }

constexpr std::array parameters{
    Parameter{"mean", Domain::finite, UnitRole::as_outcome, {0.0, -3.0, 1.0e3, 2.5}},
    Parameter{"sd", Domain::positive, UnitRole::as_outcome, {1.0, 0.2, 40.0, 1.0e-3}}};

}  // namespace

constinit const Law normal_law{
    .name = "normal",
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
    .source = "Johnson, Kotz & Balakrishnan 1994, chapter 13; inverse Wichura 1988",
};

}  // namespace casus::random
