// The logarithm of the gamma function and its close relatives.
#include "random/elementary.hpp"
#include "random/special.hpp"

#include <array>
#include <cstddef>

namespace casus::random {
namespace {

constexpr double half_log_two_pi = 0.918938533204672741780;

/// From here on Stirling's series gives all digits.
constexpr double stirling_start = 8.0;

/// B_2k / (2k (2k - 1)), k = 1 ... 10 (Abramowitz & Stegun 6.1.41).
constexpr std::array stirling_series{8.33333333333333333e-2, -2.77777777777777778e-3,
                                     7.93650793650793651e-4, -5.95238095238095238e-4,
                                     8.41750841750841751e-4, -1.91752691752691753e-3,
                                     6.41025641025641026e-3, -2.95506535947712418e-2,
                                     1.79644372368830573e-1, -1.39243221690590112};

/// ln Gamma(2 + z) = sum c_k z^(k + 1): 1 less Euler's constant, then (-1)^k (zeta(k) - 1) / k for
/// k = 2 ... 27 (Abramowitz & Stegun 6.1.33), enough for |z| <= 1/2.
constexpr std::array series_at_two{
    4.22784335098467139e-1,  3.22467033424113218e-1,  -6.73523010531980951e-2,
    2.05808084277845479e-2,  -7.38555102867398527e-3, 2.89051033074152329e-3,
    -1.19275391170326098e-3, 5.09669524743042422e-4,  -2.23154758453579380e-4,
    9.94575127818085338e-5,  -4.49262367381331417e-5, 2.05072127756706917e-5,
    -9.43948827526839590e-6, 4.37486678990748780e-6,  -2.03921575380136624e-6,
    9.55141213040741983e-7,  -4.49246919876456604e-7, 2.12071848055546659e-7,
    -1.00432248239680996e-7, 4.76981016936398057e-8,  -2.27110946089431649e-8,
    1.08386592148969541e-8,  -5.18347504197004666e-9, 2.48367454380247832e-9,
    -1.19214014058609121e-9, 5.73136724167886201e-10, -2.75952288512423315e-10};

template <std::size_t n>
double polynomial(const std::array<double, n>& coefficients, double x) {
  double sum = 0.0;
  for (std::size_t i = n; i-- > 0;) sum = sum * x + coefficients[i];
  return sum;
}

double log_gamma_near_two(double z) { return z * polynomial(series_at_two, z); }

/// stirling_error for x >= stirling_start.
double stirling_tail(double x) { return polynomial(stirling_series, 1.0 / (x * x)) / x; }

/// ln B(a, b) for a >= b and a >= stirling_start: the large terms are taken together first.
double log_beta_one_large(double a, double b) {
  const double shared = (0.5 - a) * log1p_of(b / a) + stirling_tail(a) - stirling_tail(a + b);
  if (b < stirling_start) return log_gamma(b) + shared + b - b * log_of(a + b);
  return shared + half_log_two_pi - 0.5 * log_of(b) + b * log_of(b / (a + b)) + stirling_tail(b);
}

}  // namespace

double log_gamma(double x) {
  if (x >= stirling_start) {
    return (x - 0.5) * (log_of(x) - 1.0) + (half_log_two_pi - 0.5 + stirling_tail(x));
  }
  if (x < 0.5) return log_gamma_near_two(x) - log1p_of(x) - log_of(x);
  if (x < 1.5) return log_gamma_near_two(x - 1.0) - log1p_of(x - 1.0);
  double product = 1.0;
  while (x > 2.5) {
    x -= 1.0;
    product *= x;
  }
  return log_of(product) + log_gamma_near_two(x - 2.0);
}

double stirling_error(double x) {
  if (x >= stirling_start) return stirling_tail(x);
  return log_gamma(x + 1.0) - (x + 0.5) * log_of(x) + x - half_log_two_pi;
}

double log_beta(double a, double b) {
  if (a < b) return log_beta(b, a);
  if (a >= stirling_start) return log_beta_one_large(a, b);
  return log_gamma(a) + log_gamma(b) - log_gamma(a + b);
}

double log_choose(double n, double k) { return -log1p_of(n) - log_beta(n - k + 1.0, k + 1.0); }

double log_poisson_term(double a, double x) {
  if (a < stirling_start) return a * log_of(x) - x - log_gamma(a + 1.0);
  return -stirling_tail(a) - deviance(a, x) - 0.5 * log_of(a) - half_log_two_pi;
}

double log_binomial_term(double a, double b, double x, double y) {
  if (a == 0.0 && b == 0.0) return 0.0;
  if (a == 0.0) return b * (x < 0.5 ? log1p_of(-x) : log_of(y));
  if (b == 0.0) return a * (y < 0.5 ? log1p_of(-y) : log_of(x));
  const double n = a + b;
  return stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) -
         deviance(b, n * y) - 0.5 * log_of(a * (b / n)) - half_log_two_pi;
}

}  // namespace casus::random
