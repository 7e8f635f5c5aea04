// What to code next: how far each cell that the record leaves blank would tell explanations apart.
#pragma once

#include "case/posterior.hpp"
#include "case/reading.hpp"
#include "case/step_ahead.hpp"
#include "language/model.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// What an explanation gives of blank cells, each one step ahead.
struct BlankCells {
  struct Cell {
    std::size_t column = 0;  ///< in Lowered::score_columns
    std::uint32_t step = 0;
    bool is_label = false;
    std::map<double, double> shares{};  ///< of draws that have a label
    std::vector<double> quantiles{};    ///< of a number: 100, the middles of equal parts
  };
  std::vector<Cell> cells{};  ///< in order of steps, then of columns
};

/// Looks on at the first of a fit's samplers. Totals over several steps are left out.
class BlankLook {
 public:
  /// `ahead` must outlive it; cells of steps from `until` on do not count.
  BlankLook(const language::Model& model, StepAhead& ahead, const language::Lowered& sampled,
            std::uint32_t until);

  /// As `Between`.
  void take(std::uint32_t step, inference::Smc& smc);

  BlankCells result() const { return found_; }

 private:
  struct Column {
    std::size_t number = 0;
    bool is_label = false;
    std::vector<bool> is_recorded;  ///< by step
    Reading reading;
  };

  StepAhead& ahead_;
  std::uint32_t until_;
  std::uint32_t next_ = 0;
  std::vector<Column> columns_;
  BlankCells found_;
};

/// A blank cell by what it would tell.
struct UncodedCell {
  std::uint32_t step = 0;
  std::string name;  ///< of its column of scores
  /// Expected size of the log Bayes factor that the cell would give between an explanation and the
  /// reference, were either of them as likely to be true: the greatest over explanations. A number
  /// counts by which tenth of both forecasts together it falls into.
  double expected = 0.0;
  double noise = 0.0;  ///< what `expected` would be on average if both gave the same
  std::size_t explanation = 0;
};

/// Of two shares of each of some labels, from so many draws each: see `expected` and `noise`.
std::pair<double, double> expected_factor(const std::vector<double>& a,
                                          const std::vector<double>& b, double n_draws);

/// All blank cells, those first that would tell most. `all` by explanation; one of them empty: it
/// makes the record impossible, and does not count.
std::vector<UncodedCell> uncoded_cells(const language::Lowered& lowered,
                                       const std::vector<BlankCells>& all, std::size_t reference);

}  // namespace casus::cases
