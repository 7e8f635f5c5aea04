// Special functions of one number at a time. Each declaration states the worst error found against
// 50-digit references over the range it names; the tests hold it to that figure.
#pragma once

namespace casus::random {

/// ln Gamma(x), x > 0. Relative error 2e-15, near the zeros at 1 and 2 as well.
double log_gamma(double x);

/// ln B(a, b), a and b > 0.
double log_beta(double a, double b);

/// ln of n choose k, 0 <= k <= n.
double log_choose(double n, double k);

/// Probability that a standard normal is at most z; relative error in both tails.
double normal_cdf(double z);

/// The z below which a standard normal lies with probability u, 0 < u < 1.
double inverse_normal(double u);

}  // namespace casus::random
