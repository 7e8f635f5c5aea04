// What laws of counts share: telling a count, and the quantile from the two tails.
#pragma once

#include "random/law.hpp"
#include "random/special.hpp"

#include <cmath>

namespace casus::random {

inline bool is_count(double x) { return x >= 0.0 && std::floor(x) == x && std::isfinite(x); }

/// Probability of at most x, where `tails_at(k)` are the probabilities of at most k and of more.
template <class TailsAt>
double cdf_of_counts(const TailsAt& tails_at, double x) {
  if (x < 0.0) return 0.0;
  return std::isfinite(x) ? tails_at(std::floor(x)).lower : 1.0;
}

/// The smallest count k whose lower tail is at least u, with `tails_at` as above. The counts looked
/// at depend on u only through comparisons in one fixed tree, so the result never falls where u
/// rises, whatever the rounding of the tails. `mean` sets the size of the tree; the time is
/// logarithmic in it.
template <class TailsAt>
double smallest_count(const TailsAt& tails_at, double u, double mean) {
  const auto reaches = [u, &tails_at](double k) {
    const Tails tails = tails_at(k);
    return u <= 0.5 ? tails.lower >= u : tails.upper <= 1.0 - u;
  };
  double high = 1.0;
  while (high < mean && high < 0x1p1000) high *= 2.0;
  while (tails_at(high).upper > 0x1p-54 && high < 0x1p1000) high *= 2.0;
  double low = -1.0;
  while (high - low > 1.0) {
    const double middle = std::floor(low + 0.5 * (high - low));
    if (middle <= low || middle >= high) break;  // beyond 2^53 not every count is a number
    (reaches(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace casus::random
