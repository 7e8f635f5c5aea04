// Answers of MPFR, and how far a double is from them.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <mpfr.h>

namespace casus::random {

/// A number of 160 binary digits.
class Exact {
 public:
  Exact() { mpfr_init2(value_, 160); }
  explicit Exact(double x) : Exact() { mpfr_set_d(value_, x, MPFR_RNDN); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;
  ~Exact() { mpfr_clear(value_); }

  mpfr_ptr get() { return value_; }

  /// How far `got` is, in units of the last place of the answer.
  double error_of(double got) {
    const double rounded = mpfr_get_d(value_, MPFR_RNDN);
    if (std::isnan(rounded) || std::isinf(rounded) || std::isnan(got) || std::isinf(got)) {
      const bool same = rounded == got || (std::isnan(rounded) && std::isnan(got));
      return same ? 0.0 : std::numeric_limits<double>::infinity();
    }
    const int exponent = rounded == 0.0 ? -1074 : std::max(std::ilogb(rounded) - 52, -1074);
    mpfr_sub_d(value_, value_, got, MPFR_RNDN);
    mpfr_mul_2si(value_, value_, -exponent, MPFR_RNDN);
    return std::abs(mpfr_get_d(value_, MPFR_RNDN));
  }

 private:
  mpfr_t value_;
};

}  // namespace casus::random
