// The regularised incomplete beta function and its inverse.
#include "random/elementary.hpp"
#include "random/special.hpp"
#include "random/special/solve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::random {
namespace {

/// I_x(a, b) by the continued fraction of DiDonato & Morris 1992, "Significant digit computation of
/// the incomplete beta function ratios", (9), whose terms do not cancel where x or y is near one;
/// for x <= (a + 1) / (a + b + 2) it needs about sqrt(max(a, b)) terms.
double lower_tail(double a, double b, double x, double y) {
  const double factor = exp_of(log_binomial_term(a, b, x, y)) * (a * (b / (a + b)));
  if (factor == 0.0) return 0.0;
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  const double excess = a * y - b * x + 1.0;
  double fraction = a * excess / (a + 1.0);
  double c = fraction;
  double d = 0.0;
  for (int count = 1; count < 1'000'000; ++count) {
    const double m = count;
    const double odd = a + 2.0 * m - 1.0;
    const double numerator = (a + m - 1.0) / odd * ((a + b + m - 1.0) / odd) * m * (b - m) * x * x;
    const double term =
        m + m * (b - m) * x / odd + (a + m) / (odd + 2.0) * (excess + m * (1.0 + y));
    d = 1.0 / (term + numerator * d);
    c = term + numerator / c;
    fraction *= c * d;
    if (std::abs(c * d - 1.0) < 2.0 * epsilon) break;
  }
  return factor / fraction;
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
    return log_of(a / b) - 2.0 * w;
  }
  const double log_left = a * log_of(a / (a + b)) - log_of(a);
  const double log_right = b * log_of(b / (a + b)) - log_of(b);
  const double left_share = 1.0 / (1.0 + exp_of(log_right - log_left));
  const double log_whole = log_left - log_of(left_share);
  if (at.lower < left_share) {
    const double log_x = (log_of(a * at.lower) + log_whole) / a;
    return log_x - log1p_of(-exp_of(std::min(log_x, -0.1)));
  }
  const double log_y = (log_of(b * at.upper) + log_whole) / b;
  return log1p_of(-exp_of(std::min(log_y, -0.1))) - log_y;
}

Share logistic(double t) {
  const double e = exp_of(-std::abs(t));
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
    const double slope = exp_of(log_binomial_term(a, b, x, y)) * (a * (b / (a + b)));
    return Ascent{
        .tails = incomplete_beta(a, b, x, y), .slope = slope, .log_slope_change = a * y - b * x};
  };
  return logistic(climb(ascent, at, first_guess(a, b, at)));
}

}  // namespace casus::random
