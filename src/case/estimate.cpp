// Linearised standard errors over clusters.
#include "case/estimate.hpp"

#include "base/bug.hpp"
#include "case/sums.hpp"

#include <cmath>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// a - b, and exactly 0 where the two differ by no more than the rounding of their sums: a value
/// that is the same in every history has no error.
double beyond_rounding(double a, double b) {
  constexpr double rounding = 1e-13;
  const double gap = a - b;
  return std::abs(gap) <= rounding * (std::abs(a) + std::abs(b)) ? 0.0 : gap;
}

double error_of(std::span<const double> influence) {
  const auto n = static_cast<double>(influence.size());
  if (influence.size() < 2) return nan;
  std::vector<double> squares;
  squares.reserve(influence.size());
  for (const double part : influence) squares.push_back(part * part);
  return std::sqrt(n / (n - 1.0) * tree_sum(squares));
}

}  // namespace

Ratio ratio_of(std::span<const double> numerator, std::span<const double> denominator,
               std::size_t per_set) {
  require(numerator.size() == denominator.size() && per_set > 0, "a ratio of unequal lengths");
  const double below = tree_sum(denominator);
  const std::size_t n_sets = numerator.size() / per_set;
  Ratio ratio{.value = nan, .influence = std::vector<double>(n_sets, nan)};
  if (below == 0.0) return ratio;
  ratio.value = tree_sum(numerator) / below;
  for (std::size_t set = 0; set < n_sets; ++set) {
    const double above = tree_sum(numerator.subspan(set * per_set, per_set));
    const double weight = tree_sum(denominator.subspan(set * per_set, per_set));
    ratio.influence[set] = beyond_rounding(above, ratio.value * weight) / below;
  }
  return ratio;
}

Estimate estimate_of(const Ratio& ratio) {
  return {.value = ratio.value, .error = error_of(ratio.influence)};
}

Estimate difference_of(const Ratio& changed, const Ratio& baseline) {
  require(changed.influence.size() == baseline.influence.size(), "runs of different sets");
  std::vector<double> influence(changed.influence.size());
  for (std::size_t set = 0; set < influence.size(); ++set) {
    influence[set] = changed.influence[set] - baseline.influence[set];
  }
  return {.value = changed.value - baseline.value, .error = error_of(influence)};
}

}  // namespace casus::cases
