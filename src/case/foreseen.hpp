// Recorded data against draws of what was foreseen of them one step before: calibration and
// sharpness of a model's forecasts.
#pragma once

#include "language/steps.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace casus::cases {

/// NaN: not known of this datum.
struct ForeseenItem {
  std::uint32_t step = 0;
  double below = 0.0;  ///< share of draws below the datum; of a label: before it in its order
  double up_to = 0.0;  ///< that and the share of those alike
  /// Rank of the datum among the draws, ties broken at random, as a number between 0 and 1: uniform
  /// where the datum is as one more draw (Dawid 1984, JRSS A 147:278-292; of counts Czado,
  /// Gneiting & Held 2009, Biometrics 65:1254-1261). Not of a cell that admits several labels.
  double pit = 0.0;
  /// Continuous ranked probability score, in the datum's unit; the less the better (Gneiting &
  /// Raftery 2007, JASA 102:359-378). Of a label half the quadratic score, which for two labels is
  /// the same. Both without the bias of a finite number of draws.
  double crps = 0.0;
  bool is_decided = false;  ///< one label has more than 99 % of the draws
};

/// The items of a column of scores, in order of steps.
struct ForeseenSeries {
  std::string name;
  std::string unit{};
  bool is_label = false;
  std::vector<ForeseenItem> items{};
};

/// `draws` that are NaN do not count. `share` in (0, 1) breaks ties.
ForeseenItem foreseen_number(std::vector<double> draws, double recorded, double share);
/// `admitted` are the positions of labels that the cell admits.
ForeseenItem foreseen_label(std::span<const double> draws, std::span<const double> admitted,
                            double share);

/// What the items of a series come to. Data that were decided beforehand do not count in shares and
/// ranks: whatever a model gives, they would look the same.
struct ForeseenSummary {
  std::size_t n_pit = 0;  ///< data that have a rank and were not decided
  double crps = 0.0;      ///< mean over all that have one
  /// From here on NaN, and nothing, of fewer than five ranks.
  double in_middle = 0.0;  ///< share of ranks in the middle 90 %
  double p = 0.0;          ///< see inference::uniformity_p_value; of 2,000 ranks at most
  std::string seen_as{};   ///< how the record lies where p is small: "lower than foreseen"
};
ForeseenSummary summary_of(const ForeseenSeries& series);

/// A series in which the ranks of so many data may stray by chance once in a hundred times, in any
/// of `n_series`.
bool is_off(const ForeseenSummary& summary, std::size_t n_series);

/// Lines for those that are off, or one that none is; empty without ranks.
std::string foreseen_text(const std::vector<ForeseenSeries>& all);
std::string foreseen_csv(const language::Steps& steps, const std::vector<ForeseenSeries>& all);

/// Histograms of ranks, a panel a series, with what 90 % of uniform samples have in each bar; empty
/// where there are no ranks.
std::string foreseen_svg(const std::string& title, const std::vector<ForeseenSeries>& all);

/// Bars of a histogram of so many ranks, and the counts that a bar has with probability 5 % or less
/// to be below or above.
struct RankBars {
  std::size_t n = 0;
  std::size_t low = 0;
  std::size_t high = 0;
};
RankBars rank_bars(std::size_t n_ranks);

}  // namespace casus::cases
