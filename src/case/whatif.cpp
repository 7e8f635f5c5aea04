// Paired comparison.
#include "case/whatif.hpp"

#include "base/bug.hpp"
#include "case/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

using language::MeasureColumn;

/// Histories true in `from` and false in `to`.
CoupledShare lost_share(const Terms& from, const Terms& to, std::size_t per_set) {
  std::vector<double> lost(from.numerator.size());
  const std::vector<double> each(lost.size(), 1.0);
  for (std::size_t i = 0; i < lost.size(); ++i) {
    lost[i] = from.numerator[i] * (1.0 - to.numerator[i]);
  }
  const double p_from = ratio_of(from.numerator, each, per_set).value;
  const double p_to = ratio_of(to.numerator, each, per_set).value;
  return {.estimate = estimate_of(ratio_of(lost, each, per_set)),
          .least = std::max(0.0, p_from - p_to),
          .most = std::min(p_from, 1.0 - p_to)};
}

Comparison compare_aspect(const MeasureColumn& column, const Aspect& aspect,
                          const MeasureValues& baseline, const MeasureValues& changed,
                          std::size_t per_set) {
  const Terms before = baseline.terms(aspect);
  const Terms after = changed.terms(aspect);
  const Ratio ratio_before = ratio_of(before.numerator, before.denominator, per_set);
  const Ratio ratio_after = ratio_of(after.numerator, after.denominator, per_set);
  Comparison result{.aspect = aspect,
                    .baseline = estimate_of(ratio_before),
                    .changed = estimate_of(ratio_after),
                    .difference = difference_of(ratio_after, ratio_before)};
  for (std::size_t history = 0; history < baseline.n_histories(); ++history) {
    if (baseline.counts(history) && changed.counts(history)) ++result.n_counted;
    if (baseline.differs(changed, history)) ++result.n_different;
  }
  const bool all_count = result.n_counted == baseline.n_histories();
  if (column.kind == MeasureColumn::Kind::truth && all_count) {
    result.averted = lost_share(before, after, per_set);
    result.caused = lost_share(after, before, per_set);
  }
  return result;
}

}  // namespace

std::vector<Comparison> compare(const language::Lowered& lowered, const Ensemble& baseline,
                                const Ensemble& changed) {
  require(baseline.n_sets == changed.n_sets && baseline.per_set == changed.per_set,
          "a what-if of other sets than its baseline");
  std::vector<Comparison> comparisons;
  for (std::size_t i = 0; i < lowered.measure_columns.size(); ++i) {
    const MeasureColumn& column = lowered.measure_columns[i];
    const MeasureValues before(baseline.measures, column);
    const MeasureValues after(changed.measures, column);
    for (const Aspect& aspect : aspects_of(column)) {
      comparisons.push_back(compare_aspect(column, aspect, before, after, baseline.per_set));
      comparisons.back().measure = i;
    }
  }
  return comparisons;
}

void add_spreads(const language::Lowered& lowered, const Ensemble& baseline,
                 const Ensemble& changed, std::vector<Comparison>& comparisons) {
  for (Comparison& one : comparisons) {
    if (one.aspect.kind != Aspect::Kind::mean) continue;
    const MeasureColumn& column = lowered.measure_columns[one.measure];
    const MeasureValues before(baseline.measures, column);
    const MeasureValues after(changed.measures, column);
    std::vector<double> differences;
    for (std::size_t i = 0; i < before.n_histories(); ++i) {
      const double difference = (after.value(i) - before.value(i)) / column.scale;
      if (std::isfinite(difference)) differences.push_back(difference);
    }
    if (differences.size() < 20) continue;  // nothing can be said of one in twenty
    std::sort(differences.begin(), differences.end());
    one.spread = {quantile_between(differences, 0.05), quantile_between(differences, 0.95)};
  }
}

std::string comparison_name(const Comparison& one, const MeasureColumn& column) {
  const bool is_plain = one.aspect.kind == Aspect::Kind::mean ||
                        one.aspect.kind == Aspect::Kind::share ||
                        one.aspect.kind == Aspect::Kind::ratio;
  return is_plain ? column.name : fmt::format("{}: {}", column.name, name_of(one.aspect, column));
}

bool nothing_differs(const std::vector<Comparison>& comparisons) {
  return std::all_of(comparisons.begin(), comparisons.end(),
                     [](const Comparison& one) { return one.n_different == 0; });
}

}  // namespace casus::cases
