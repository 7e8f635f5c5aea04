// cauchy(location, scale).
#include "random/elementary.hpp"
#include "random/laws/rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::random {
namespace {

constexpr double pi = 3.14159265358979323846;

/// tan(y) for 0 <= y <= pi / 4 by Lambert's continued fraction.
double tangent(double y) {
  const double square = y * y;
  double below = 19.0;
  for (int odd = 17; odd > 0; odd -= 2) below = odd - square / below;
  return y / below;
}

/// arctan(x) for 0 <= x <= 1: the angle is halved twice, then the power series.
double arc_tangent(double x) {
  for (int halving = 0; halving < 2; ++halving) x /= 1.0 + std::sqrt(1.0 + x * x);
  double sum = 0.0;
  for (int odd = 25; odd > 0; odd -= 2) sum = 1.0 / odd - x * x * sum;
  return 4.0 * x * sum;
}

double log_density(double x, Arguments args) {
  const double z = (x - args[0]) / args[1];
  return -log_of(pi * args[1]) - log1p_of(z * z);
}

double cdf(double x, Arguments args) {
  const double z = (x - args[0]) / args[1];
  if (std::abs(z) <= 1.0) return 0.5 + std::copysign(arc_tangent(std::abs(z)), z) / pi;
  const double tail = arc_tangent(1.0 / std::abs(z)) / pi;
  return z < 0.0 ? tail : 1.0 - tail;
}

double quantile(double u, Arguments args) {
  const double tail = std::min(u, 1.0 - u);
  const double size = tail > 0.25 ? tangent(pi * (0.5 - tail)) : 1.0 / tangent(pi * tail);
  const double x = args[0] + args[1] * (u < 0.5 ? -size : size);
  return std::clamp(x, -largest_finite, largest_finite);
}

double moment(Arguments /*args*/) { return not_a_number; }

constexpr std::array parameters{
    Parameter{"location", Domain::finite, UnitRole::as_outcome, {0.0, -3.0, 100.0, 2.5}},
    Parameter{"scale", Domain::positive, UnitRole::as_outcome, {1.0, 0.2, 12.0, 1.0e-2}}};

}  // namespace

constinit const Law cauchy_law{
    .name = "cauchy",
    .parameters = parameters,
    .support = Support::real,
    .outcome = OutcomeUnit::any,
    .sampling = Sampling::inverse,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = one_uniform<quantile>,
    .mean = moment,
    .variance = moment,
    .source = "Johnson, Kotz & Balakrishnan 1994, chapter 16",
};

}  // namespace casus::random
