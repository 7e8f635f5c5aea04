// The regularised incomplete gamma functions and the inverse of P.
#include "random/elementary.hpp"
#include "random/special.hpp"
#include "random/special/solve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace casus::random {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// From this shape on Temme's expansion serves the middle, |x - a| <= 0.4 a.
constexpr double temme_start = 200.0;

// Coefficients of powers of eta in the functions C_0 ... C_6 of Temme 1979 (NIST DLMF 8.12.8 to
// 8.12.11), from exact rational recurrences; as many as a >= 200 and |eta| < 0.48 need.
constexpr std::array temme_0{
    -3.3333333333333331e-1,  8.3333333333333329e-2,   -1.4814814814814815e-2,
    1.1574074074074073e-3,   3.5273368606701942e-4,   -1.787551440329218e-4,
    3.9192631785224377e-5,   -2.185448510679992e-6,   -1.85406221071516e-6,
    8.2967113409530865e-7,   -1.7665952736826078e-7,  6.7078535434014984e-9,
    1.0261809784240309e-8,   -4.3820360184533529e-9,  9.1476995822367902e-10,
    -2.5514193994946248e-11, -5.8307721325504256e-11, 2.4361948020667415e-11,
    -5.0276692801141755e-12};
constexpr std::array temme_1{
    -1.8518518518518519e-3, -3.472222222222222e-3,   2.6455026455026454e-3,  -9.9022633744855963e-4,
    2.0576131687242798e-4,  -4.018775720164609e-7,   -1.8098550334489977e-5, 7.6491609160811098e-6,
    -1.6120900894563446e-6, 4.647127802807434e-9,    1.3786334469157209e-7,  -5.7525456035177047e-8,
    1.1951628599778148e-8,  -1.7543241719747647e-11, -1.0091543710600413e-9};
constexpr std::array temme_2{
    4.1335978835978834e-3, -2.6813271604938273e-3, 7.716049382716049e-4,   2.0093878600823047e-6,
    -1.073665322636516e-4, 5.2923448829120125e-5,  -1.2760635188618728e-5, 3.4235787340961378e-8,
    1.3721957309062934e-6, -6.2989921383800548e-7, 1.4280614206064242e-7,  -2.0477098421990866e-10};
constexpr std::array temme_3{6.4943415637860077e-4, 2.2947209362139917e-4,  -4.691894943952557e-4,
                             2.6772063206283885e-4, -7.5618016718839766e-5, -2.3965051138672968e-7,
                             1.1082654115347302e-5, -5.6749528269915965e-6, 1.4230900732435883e-6};
constexpr std::array temme_4{-8.6188829091671173e-4, 7.8403922172006662e-4, -2.9907248030319018e-4,
                             -1.4638452578843418e-6, 6.6414982154651219e-5, -3.9683650471794347e-5,
                             1.1375726970678419e-5,  2.5074972262375329e-10};
constexpr std::array temme_5{-3.3679855336635813e-4, -6.9728137583658571e-5, 2.7727532449593918e-4,
                             -1.9932570516188847e-4, 6.797780477937208e-5,   1.4190629206439671e-7,
                             -1.3594048189768693e-5};
constexpr std::array temme_6{5.3130793646399225e-4, -5.9216643735369393e-4, 2.708782096718045e-4,
                             7.9023532326603281e-7};

template <std::size_t n>
double polynomial(const std::array<double, n>& coefficients, double x) {
  double sum = 0.0;
  for (std::size_t i = n; i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

Tails temme(double a, double x) {
  const double exponent = deviance(a, x);
  const double eta = std::copysign(std::sqrt(2.0 * exponent / a), x - a);
  const std::array by_shape{polynomial(temme_0, eta), polynomial(temme_1, eta),
                            polynomial(temme_2, eta), polynomial(temme_3, eta),
                            polynomial(temme_4, eta), polynomial(temme_5, eta),
                            polynomial(temme_6, eta)};
  constexpr double root_two_pi = 2.50662827463100050242;
  const double rest =
      exp_of(-exponent) / (root_two_pi * std::sqrt(a)) * polynomial(by_shape, 1.0 / a);
  const double z = eta * std::sqrt(a);
  return {normal_cdf(z) - rest, normal_cdf(-z) + rest};
}

/// P by its power series, x < a + 1.
double lower_series(double a, double x) {
  double term = 1.0;
  double sum = 1.0;
  double n = a;
  while (term > epsilon * 0.125 * sum) {
    n += 1.0;
    term *= x / n;
    sum += term;
  }
  return exp_of(log_poisson_term(a, x)) * sum;
}

/// Q by Legendre's continued fraction (Lentz's evaluation), x >= a + 1.
double upper_fraction(double a, double x) {
  double b = x + 1.0 - a;
  double c = 1.0e300;
  double d = 1.0 / b;
  double fraction = d;
  for (int i = 1; i < 1000; ++i) {
    const double numerator = i * (a - i);
    b += 2.0;
    d = 1.0 / (numerator * d + b);
    c = b + numerator / c;
    fraction *= c * d;
    if (std::abs(c * d - 1.0) < 2.0 * epsilon) break;
  }
  return exp_of(log_poisson_term(a, x)) * a * fraction;
}

/// Both tails for small a and x, where Q is a small difference (Gautschi 1979).
Tails small_shape(double a, double x) {
  double term = 1.0;
  double sum = 0.0;
  for (int n = 1; std::abs(term) > epsilon * 0.125; ++n) {
    term *= -x / n;
    sum += term / (a + n);
  }
  const double log_leading = a * log_of(x) - log_gamma(a + 1.0);
  const double leading = exp_of(log_leading);
  return {leading * (1.0 + a * sum), -expm1_of(log_leading) - leading * a * sum};
}

/// Where to start the search for the inverse, on the scale of ln x: Wilson & Hilferty 1931, or the
/// first term of the power series, which never lies above the root.
double first_guess(double a, double u) {
  const double from_series = (log_of(u) + log_gamma(a + 1.0)) / a;
  const double root = 1.0 - 1.0 / (9.0 * a) + inverse_normal(u) / (3.0 * std::sqrt(a));
  if (root <= 0.0) return from_series;
  return std::max(from_series, log_of(a) + 3.0 * log_of(root));
}

}  // namespace

Tails incomplete_gamma(double a, double x) {
  if (x <= 0.0) return {0.0, 1.0};
  if (!std::isfinite(x)) return {1.0, 0.0};
  if (a >= temme_start && std::abs(x - a) <= 0.4 * a) return temme(a, x);
  if (a < 1.0 && x < 1.5) return small_shape(a, x);
  if (x < a + 1.0) {
    const double lower = lower_series(a, x);
    return {lower, 1.0 - lower};
  }
  const double upper = upper_fraction(a, x);
  return {1.0 - upper, upper};
}

double inverse_incomplete_gamma(double a, double u) {
  const double log_scale = log_gamma(a);
  const auto at = [a, log_scale](double t) {
    const double x = exp_of(t);
    const double slope =
        a < 8.0 ? exp_of(a * t - x - log_scale) : a * exp_of(log_poisson_term(a, x));
    return Ascent{.tails = incomplete_gamma(a, x), .slope = slope, .log_slope_change = a - x};
  };
  const double t = climb(at, {u, 1.0 - u}, first_guess(a, u));
  return std::max(exp_of(t), std::numeric_limits<double>::min());
}

}  // namespace casus::random
