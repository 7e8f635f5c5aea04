// logitnormal(mean, sd): the logistic function of a normal outcome; mean and sd are of the logit.
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <array>

namespace casus::random {
namespace {

double logit(double x) { return log_of(x) - log1p_of(-x); }

double log_density(double x, Arguments args) {
  if (x <= 0.0 || x >= 1.0) return -infinity;
  const double z = (logit(x) - args[0]) / args[1];
  return -0.5 * z * z - log_of(args[1]) - log_root_two_pi - log_of(x) - log1p_of(-x);
}

double cdf(double x, Arguments args) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  return normal_cdf((logit(x) - args[0]) / args[1]);
}

double quantile(double u, Arguments args) {
  return std::clamp(logistic_of(args[0] + args[1] * inverse_normal(u)), smallest_positive,
                    largest_below_one);
}

/// Integral of (logistic(mean + sd z) - about)^power under the normal bell. The trapezoid rule
/// errs by less than 1e-15 here: the nearest pole is pi / sd off the real line.
double moment(Arguments args, double about, int power) {
  const double step = std::min(0.25, 0.4 / args[1]);
  const int half = static_cast<int>(std::min(9.0 / step, 1.0e6));
  double sum = 0.0;
  double weights = 0.0;
  for (int i = -half; i <= half; ++i) {
    const double z = step * i;
    const double weight = exp_of(-0.5 * z * z);
    const double difference = logistic_of(args[0] + args[1] * z) - about;
    sum += weight * (power == 1 ? difference : difference * difference);
    weights += weight;
  }
  return sum / weights;
}

double mean(Arguments args) { return moment(args, 0.0, 1); }
double variance(Arguments args) { return moment(args, mean(args), 2); }

constexpr std::array parameters{
    Parameter{"mean", Domain::finite, UnitRole::dimensionless, {0.0, -2.0, 3.0, 0.4}},
    Parameter{"sd", Domain::positive, UnitRole::dimensionless, {1.0, 0.5, 2.5, 0.02}}};

}  // namespace

constinit const Law logitnormal_law{
    .name = "logitnormal",
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
    .source = "Atchison & Shen 1980, \"Logistic-normal distributions\"; moments by quadrature",
};

}  // namespace casus::random
