// What a what-if changes, history by history: both runs share every draw by its random address, so
// that a difference is due to the intervention.
#pragma once

#include "case/aspects.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// The coupling under which "averted" and "caused" hold; their bounds hold under any.
inline constexpr std::string_view coupling = "shared draws by random address";

/// A share of histories that depends on how the two runs are coupled, with what the two shares
/// alone allow (Fréchet bounds): max(0, from - to) to min(from, 1 - to).
struct CoupledShare {
  Estimate estimate;
  double least = 0.0;
  double most = 0.0;
};

/// One aspect of one measure in both runs.
struct Comparison {
  std::size_t measure = 0;  ///< in Lowered::measure_columns
  Aspect aspect;
  Estimate baseline;
  Estimate changed;
  Estimate difference;          ///< changed - baseline, paired
  std::size_t n_counted = 0;    ///< histories that count in both
  std::size_t n_different = 0;  ///< histories whose value of the measure differs
  /// Of truths that every history of both runs has: true in the baseline and not in the what-if,
  /// and the reverse.
  std::optional<CoupledShare> averted{};
  std::optional<CoupledShare> caused{};
  /// Of a number, where parameters and states come from a record: 5 and 95 % of the differences
  /// inside pairs, in printed units.
  std::optional<std::pair<double, double>> spread{};
};

/// Both programs have the same measures, both ensembles the same seed and sets.
std::vector<Comparison> compare(const language::Lowered& lowered, const Ensemble& baseline,
                                const Ensemble& changed);

/// Adds `spread` to what `compare` gave.
void add_spreads(const language::Lowered& lowered, const Ensemble& baseline,
                 const Ensemble& changed, std::vector<Comparison>& comparisons);

/// "war", "first_war: share never"
std::string comparison_name(const Comparison& one, const language::MeasureColumn& column);

/// True when no measure of no history differs: the what-if did nothing.
bool nothing_differs(const std::vector<Comparison>& comparisons);

}  // namespace casus::cases
