// The rows of the table of laws, each defined in the file of its name, and what the rows share.
#pragma once

#include "random/law.hpp"

#include <cmath>
#include <limits>

namespace casus::random {

extern const Law normal_law;
extern const Law lognormal_law;
extern const Law halfnormal_law;
extern const Law uniform_law;
extern const Law exponential_law;
extern const Law gamma_law;
extern const Law beta_law;
extern const Law logitnormal_law;
extern const Law studentt_law;
extern const Law cauchy_law;
extern const Law bernoulli_law;
extern const Law poisson_law;
extern const Law negbinomial_law;
extern const Law binomial_law;

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double smallest_positive = std::numeric_limits<double>::min();
inline constexpr double largest_finite = std::numeric_limits<double>::max();
inline constexpr double largest_below_one = 1.0 - 0x1p-53;
inline constexpr double log_root_two_pi = 0.918938533204672741780;

/// `Law::sample` for `Sampling::inverse`.
template <double (*quantile)(double, Arguments)>
double one_uniform(Draws& draws, Arguments args) {
  return quantile(draws.next(), args);
}

}  // namespace casus::random
