// Ratios of sums over histories, with standard errors that know that the histories of one
// parameter set belong together.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace casus::cases {

/// A number and its standard error; NaN when there is none.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double error = std::numeric_limits<double>::quiet_NaN();
};

/// sum(numerator) / sum(denominator): a mean or a share where the denominator counts histories.
struct Ratio {
  double value = std::numeric_limits<double>::quiet_NaN();
  /// (n_sets) how much each parameter set moves the ratio, to first order: the sum over its
  /// histories of (numerator - value * denominator), divided by the sum of all denominators
  /// (linearisation; Binder 1983, Wolter 2007, section 6).
  std::vector<double> influence{};
};

/// `numerator` and `denominator` have a number a history, `per_set` histories a parameter set, sets
/// one after another. NaN when the denominators sum to zero.
Ratio ratio_of(std::span<const double> numerator, std::span<const double> denominator,
               std::size_t per_set);

/// With the standard error sqrt(C / (C - 1) * sum of squared influences), C parameter sets
/// (clusters; Liang & Zeger 1986). No error with a single set.
Estimate estimate_of(const Ratio& ratio);

/// `changed` - `baseline`, two runs of the same sets: the influences are subtracted set by set, so
/// that what the runs share drops out of the error.
Estimate difference_of(const Ratio& changed, const Ratio& baseline);

}  // namespace casus::cases
