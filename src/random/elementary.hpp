// Elementary functions of casus's own: the same bits on every processor, one number at a time here,
// in vectors in machine/kernels/functions.hpp. Each declaration states the worst error found
// against MPFR, in units of the last place of the answer; the tests hold it to that figure. Special
// values and the signs of zeros are those of the C library; what is not a number is always the same
// one.
#pragma once

namespace casus::random {

/// e^x, 1 ULP; one unit of the smallest positive number where the result is no normal number.
double exp_of(double x);

/// e^x - 1, 1.25 ULP.
double expm1_of(double x);

/// The natural logarithm, 1 ULP.
double log_of(double x);

/// ln(1 + x), 1 ULP.
double log1p_of(double x);

/// 1 / (1 + e^-x), 1.25 ULP.
double logistic_of(double x);

/// ln(1 + e^x), 1.5 ULP.
double softplus_of(double x);

/// The hyperbolic tangent, 1.5 ULP.
double tanh_of(double x);

/// Of an angle in radians, 1 ULP for any x.
double sine_of(double x);
double cosine_of(double x);

/// a^b, 1 ULP. Exact where the result is a double; a^2 is a * a.
double power_of(double a, double b);

}  // namespace casus::random
