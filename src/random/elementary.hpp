// Elementary functions of casus's own: the same bits on every processor, one number at a time here,
// in vectors in machine/kernels/functions.hpp. Each declaration states the worst error found
// against MPFR, in units of the last place of the answer; the tests hold it to that figure. Special
// values and the signs of zeros are those of the C library; what is not a number is always the same
// one.
#pragma once

namespace casus::random {

/// e^x, 1 ULP; one unit of the smallest positive number where the result is no normal number.
double exp_of(double x);

/// The natural logarithm, 1 ULP.
double log_of(double x);

}  // namespace casus::random
