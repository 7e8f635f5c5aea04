// Special functions of one number at a time. Each declaration states the worst error found against
// 50-digit references over the range it names; the tests hold it to that figure.
#pragma once

namespace casus::random {

/// The two tails of a distribution at one point; they add up to one, and each is accurate in itself
/// however small it is.
struct Tails {
  double lower = 0.0;
  double upper = 1.0;
};

/// ln Gamma(x), x > 0. Relative error 1e-15, also near the zeros at 1 and 2.
/// Abramowitz & Stegun 1964, 6.1.33 (series at 2) and 6.1.41 (Stirling).
double log_gamma(double x);

/// ln Gamma(x + 1) less Stirling's (x + 1/2) ln x - x + ln(2 pi) / 2, x > 0. Absolute error 4e-15.
double stirling_error(double x);

/// x ln(x / m) + m - x for x, m > 0, without cancellation where x is near m: relative error 2e-15.
/// Loader 2000, "Fast and accurate computation of binomial probabilities".
double deviance(double x, double m);

/// ln B(a, b), a and b > 0. Error 4e-15, relative where |ln B| > 1 and absolute elsewhere.
double log_beta(double a, double b);

/// ln of n choose k, 0 <= k <= n. Error as log_beta's.
double log_choose(double n, double k);

/// ln of x^a e^-x / Gamma(a + 1), a >= 0, x > 0: for whole a the log probability of a Poisson
/// count.
double log_poisson_term(double a, double x);

/// ln of Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b, a, b >= 0 and x + y = 1: for whole
/// a and b the log probability of a successes among a + b.
double log_binomial_term(double a, double b, double x, double y);

/// Probability that a standard normal is at most z. Relative error 1e-15, 8 ULP, for z > -37.5,
/// below which the result is no normal number. Cody 1969, "Rational Chebyshev approximations for
/// the error function".
double normal_cdf(double z);

/// The z below which a standard normal lies with probability u, 0 < u < 1; infinite at 0 and 1, no
/// number beyond. Relative error 1e-15.
/// Wichura 1988, algorithm AS 241, PPND16.
double inverse_normal(double u);

/// The z such that a standard normal lies between -z and z with probability u, 0 < u < 1; as
/// inverse_normal, and accurate however small u is.
double inverse_half_normal(double u);

/// Regularised incomplete gamma functions P (lower) and Q (upper), a > 0, x >= 0. Relative error of
/// either 2e-13 where it exceeds 1e-100, for a from 0.001 to 1e7. Series and continued fraction
/// (Abramowitz & Stegun 6.5.29, 6.5.31), Gautschi 1979 for small a, Temme 1979 for a >= 200.
Tails incomplete_gamma(double a, double x);

/// The x with P(a, x) = u, 0 < u < 1: Halley's method on the logarithm of the smaller tail, kept
/// inside a shrinking bracket. Where x would underflow, the smallest normal number. Relative error
/// 5e-15 for a from 1 to 1e4, 2e-13 from 0.001.
double inverse_incomplete_gamma(double a, double u);

/// Regularised incomplete beta functions I_x(a, b) (lower) and 1 - I_x(a, b) (upper), a, b > 0,
/// x, y >= 0, x + y = 1. Relative error of either 4e-13 where it exceeds 1e-100, for a and b from
/// 0.01 to 1e6. Time grows as sqrt(max(a, b)). DiDonato & Morris 1992.
Tails incomplete_beta(double a, double b, double x, double y);

/// A number between 0 and 1 and what it lacks to 1, both accurate however small.
struct Share {
  double value = 0.0;
  double rest = 1.0;
};

/// The x and 1 - x whose tails are `at`; method as inverse_incomplete_gamma, on the logit scale.
/// Relative error of the smaller of the two 4e-13 for a and b from 0.01 to 1e4; 0 where it
/// underflows.
Share inverse_incomplete_beta(double a, double b, Tails at);

}  // namespace casus::random
