// A whole run made ready for blocks of lanes: shared by all blocks and never changed.
#pragma once

#include "machine/lanes/code.hpp"
#include "machine/lanes/memory.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace casus::machine {

/// One program for the steps [first, last].
struct StepsOf {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  const Program* program = nullptr;
};

/// The programs of a run, in the order in which a history meets them. They must outlive what is
/// made of them.
struct RunPrograms {
  const Program* initial = nullptr;   ///< writes all states
  std::vector<StepsOf> segments{};    ///< without gaps
  const Program* measures = nullptr;  ///< reads accumulators as states
  const SeriesTable* series = nullptr;
  std::span<const Accumulator> accumulators{};
  std::size_t n_states = 0;
  std::size_t n_parameters = 0;
  std::uint32_t first_result_step = 0;  ///< accumulators and outputs begin here
};

struct LaneOptions {
  std::uint32_t n_lanes = 0;  ///< of a block: a multiple of `lane_group`; 0: what suits the run
  std::uint32_t per_set = 1;  ///< histories of a parameter set; they are consecutive
  bool outputs = true;        ///< whether outputs are taken
  /// Rates of states that the run begins with (see `LaneRun::state_rates`); empty: the least.
  std::span<const Rate> at_least{};
  const Kernels* kernels = nullptr;
};

/// A program in pieces, and the numbers of its steps.
struct PreparedProgram {
  Code code;
  std::vector<double> rows{};  ///< (n_steps × code.step_row.size())
  bool fails = false;          ///< a number of some step is not finite

  const double* row(std::uint32_t step_of_segment) const {
    return rows.data() + step_of_segment * code.step_row.size();
  }
};

class LaneRun {
 public:
  LaneRun(const RunPrograms& programs, const LaneOptions& options);

  const RunPrograms& programs() const { return programs_; }
  const LaneOptions& options() const { return options_; }
  Spread spread() const { return spread_; }
  /// How each state varies: a run that goes on from another's states must not think less of them.
  std::span<const Rate> state_rates() const { return state_rates_; }

  const PreparedProgram& initial() const { return initial_; }
  const PreparedProgram& segment(std::size_t i) const { return segments_[i]; }
  const PreparedProgram& measures() const { return measures_; }
  std::size_t segment_of(std::uint32_t step) const;

  /// Whether some number that is the same in all histories is not finite: then every history fails.
  bool fails() const;

  /// The most sets that a block can hold lanes of.
  std::size_t most_sets() const;
  /// Columns that a block needs of an area.
  std::size_t n_set_values() const;
  std::size_t n_lane_columns() const;

 private:
  void prepare_all();
  PreparedProgram prepare(const Program& program, std::span<const Rate> states, std::uint32_t first,
                          std::uint32_t last) const;
  void compute_rows(PreparedProgram& prepared, std::uint32_t first, std::uint32_t n_steps) const;
  template <class Use>
  void for_programs(Use use) const;

  RunPrograms programs_;
  LaneOptions options_;
  Spread spread_{};
  std::vector<Rate> state_rates_;
  PreparedProgram initial_;
  std::vector<PreparedProgram> segments_;
  PreparedProgram measures_;
};

}  // namespace casus::machine
