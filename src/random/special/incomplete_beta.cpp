// The regularised incomplete beta function and its inverse.
#include "random/special.hpp"
#include "random/special/solve.hpp"

#include <cmath>
#include <limits>

namespace casus::random {
namespace {

/// The continued fraction of I_x(a, b) without its factor, by Lentz's method (NIST DLMF 8.17.22);
/// for x <= (a + 1) / (a + b + 2) it needs about sqrt(max(a, b)) terms.
double fraction(double a, double b, double x) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  constexpr double tiny = 1.0e-300;
  const double n = a + b;
  const auto safe = [](double value) { return std::abs(value) < tiny ? tiny : value; };
  double c = 1.0;
  double d = 1.0 / safe(1.0 - n * x / (a + 1.0));
  double result = d;
  for (double m = 1.0; m < 1.0e6; m += 1.0) {
    const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
    d = 1.0 / safe(1.0 + even * d);
    c = safe(1.0 + even / c);
    result *= c * d;
    const double odd = -(a + m) * (n + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    d = 1.0 / safe(1.0 + odd * d);
    c = safe(1.0 + odd / c);
    result *= c * d;
    if (std::abs(c * d - 1.0) < 2.0 * epsilon) break;
  }
  return result;
}

double lower_tail(double a, double b, double x, double y) {
  const double factor = std::exp(log_binomial_term(a, b, x, y)) * (b / (a + b));
  return factor * fraction(a, b, x);
}

/// Where to start the search for the inverse, on the logit scale: the leading power of the side in
/// which the wanted point lies, or for arguments above one Abramowitz & Stegun 26.5.22.
double first_guess(double a, double b, Tails at) {
  if (a >= 1.0 && b >= 1.0) {
    const double z = at.lower < at.upper ? inverse_normal(at.lower) : -inverse_normal(at.upper);
    const double r = 1.0 / (2.0 * a - 1.0);
    const double s = 1.0 / (2.0 * b - 1.0);
    const double h = 2.0 / (r + s);
    const double lambda = (z * z - 3.0) / 6.0;
    const double w = -z * std::sqrt(std::max(0.0, h + lambda)) / h -
                     (s - r) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
    return std::log(a / b) - 2.0 * w;
  }
  const double log_left = a * std::log(a / (a + b)) - std::log(a);
  const double log_right = b * std::log(b / (a + b)) - std::log(b);
  const double left_share = 1.0 / (1.0 + std::exp(log_right - log_left));
  const double log_whole = log_left - std::log(left_share);
  if (at.lower < left_share) {
    const double log_x = (std::log(a * at.lower) + log_whole) / a;
    return log_x - std::log1p(-std::exp(std::min(log_x, -0.1)));
  }
  const double log_y = (std::log(b * at.upper) + log_whole) / b;
  return std::log1p(-std::exp(std::min(log_y, -0.1))) - log_y;
}

Share logistic(double t) {
  const double e = std::exp(-std::abs(t));
  const double small = e / (1.0 + e);
  const double large = 1.0 / (1.0 + e);
  return t < 0.0 ? Share{small, large} : Share{large, small};
}

}  // namespace

Tails incomplete_beta(double a, double b, double x, double y) {
  if (x <= 0.0) return {0.0, 1.0};
  if (y <= 0.0) return {1.0, 0.0};
  if (x <= (a + 1.0) / (a + b + 2.0)) {
    const double lower = lower_tail(a, b, x, y);
    return {lower, 1.0 - lower};
  }
  const double upper = lower_tail(b, a, y, x);
  return {1.0 - upper, upper};
}

Share inverse_incomplete_beta(double a, double b, Tails at) {
  const auto ascent = [a, b](double t) {
    const auto [x, y] = logistic(t);
    const double slope = std::exp(log_binomial_term(a, b, x, y)) * (a * (b / (a + b)));
    return Ascent{
        .tails = incomplete_beta(a, b, x, y), .slope = slope, .log_slope_change = a * y - b * x};
  };
  return logistic(climb(ascent, at, first_guess(a, b, at)));
}

}  // namespace casus::random
