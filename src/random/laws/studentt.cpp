// studentt(df, mean, sd): Student's t moved by `mean` and stretched by `sd`, which is the standard
// deviation of the normal law it approaches, not its own. The inverse costs about a microsecond.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  const double half = 0.5 * args[0];
  const double z = (x - args[1]) / args[2];
  // ln of Gamma(half + 1/2) / (Gamma(half) sqrt(half)), its large terms cancelled beforehand.
  const double log_ratio =
      stirling_error(half + 0.5) - stirling_error(half) - deviance(half, half + 0.5);
  return log_ratio - log_root_two_pi - log_of(args[2]) - (half + 0.5) * log1p_of(z * (z / args[0]));
}

double cdf(double x, Arguments args) {
  const double z = (x - args[1]) / args[2];
  if (z == 0.0) return 0.5;
  const double ratio = z * (z / args[0]);
  const double tail =
      0.5 *
      incomplete_beta(0.5 * args[0], 0.5, 1.0 / (1.0 + ratio), 1.0 / (1.0 + 1.0 / ratio)).lower;
  return z < 0.0 ? tail : 1.0 - tail;
}

double quantile(double u, Arguments args) {
  if (u == 0.5) return args[1];
  const double tails = 2.0 * std::min(u, 1.0 - u);
  const Share share = inverse_incomplete_beta(0.5 * args[0], 0.5, {tails, 1.0 - tails});
  const double z = std::sqrt(args[0]) * std::sqrt(share.rest / share.value);
  const double x = args[1] + args[2] * (u < 0.5 ? -z : z);
  return std::clamp(x, -largest_finite, largest_finite);
}

double mean(Arguments args) { return args[0] > 1.0 ? args[1] : not_a_number; }

double variance(Arguments args) {
  if (args[0] <= 1.0) return not_a_number;
  if (args[0] <= 2.0) return infinity;
  return args[2] * args[2] * (args[0] / (args[0] - 2.0));
}

constexpr std::array parameters{
    Parameter{"df", Domain::positive, UnitRole::dimensionless, {5.0, 1.5, 30.0, 0.8}},
    Parameter{"mean", Domain::finite, UnitRole::as_outcome, {0.0, -3.0, 100.0, 2.0}},
    Parameter{"sd", Domain::positive, UnitRole::as_outcome, {1.0, 0.2, 12.0, 1.0}}};

}  // namespace

constinit const Law studentt_law{
    .name = "studentt",
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
    .source = "Johnson, Kotz & Balakrishnan 1995, chapter 28",
};

}  // namespace casus::random
