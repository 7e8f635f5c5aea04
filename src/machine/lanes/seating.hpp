// The histories seated in one block: their parameter sets, what varies by set, and the addresses of
// their draws. The columns over histories are elsewhere.
#pragma once

#include "machine/lanes/execute.hpp"
#include "machine/lanes/memory.hpp"
#include "machine/lanes/run.hpp"
#include "random/philox.hpp"

#include <span>
#include <vector>

namespace casus::machine {

/// A parameter set with lanes in a block.
struct SetOfBlock {
  random::Key key{};                     ///< of the draws of its histories
  std::span<const double> parameters{};  ///< (n_parameters)
  std::uint32_t first_slot = 0;          ///< of its first lane; the next follow
  std::uint32_t n_lanes = 0;
};

/// Columns over the lanes of a block: number i of lane l is at `first + i * stride + l`. Each
/// begins where loops want it to and has whole groups of lanes.
template <class Number>
struct LaneColumns {
  Number* first = nullptr;
  std::size_t stride = 0;

  Number* column(std::size_t i) const { return first + i * stride; }
};

/// What the lanes of a block work on.
struct LaneMemory {
  LaneColumns<const double> states{};  ///< at the step's start
  LaneColumns<double> next{};          ///< at its end
  LaneColumns<double> lanes{};         ///< `LaneRun::n_lane_columns` of them, not kept
  LaneColumns<double> accumulators{};  ///< without numbers: nothing is folded
  /// Whether `states` and `next` change places from step to step and nothing else touches them:
  /// then states that a segment leaves alone are written once.
  bool alternates = false;
};

/// Each function that moves lanes moves all, and returns false when in some lane a number stopped
/// being finite or an argument of a law is invalid. Then the block is spoilt: only the reference
/// machine can say which lane and why.
class Seating {
 public:
  explicit Seating(const LaneRun& run);

  /// Takes histories: their sets in order of lanes.
  void seat(std::span<const SetOfBlock> sets);
  std::size_t n_histories() const { return n_histories_; }
  std::span<const LanesOfSet> sets() const { return sets_; }

  /// A lane behind the last history does as the one so many before it.
  std::size_t lanes_in_step() const { return is_paired_ ? 2 : 1; }

  /// States at the start, to `memory.next`.
  bool begin(const LaneMemory& memory);

  /// One step. Outputs go to `outputs`, when it has values.
  bool step(std::uint32_t step, const LaneMemory& memory, const OutputRows& outputs);

  /// After the last step, of `memory.accumulators`: measure i of all histories to
  /// `values + i * stride`.
  bool measure(const LaneMemory& memory, const OutputRows& measures);

  /// In place of `begin`: the states that vary by parameter set only, from columns over lanes in
  /// which they are alike for all histories of a set.
  void load_sets(LaneColumns<const double> states);
  void save_sets(LaneColumns<double> states) const;

 private:
  void address(std::span<const SetOfBlock> sets);
  bool enter(std::size_t segment, const LaneMemory& memory, Work& work);
  bool compute_sets(const Piece& piece, Work& work);
  bool execute_step(const PreparedProgram& program, Work& work);
  Work work_of(const PreparedProgram& program, std::uint32_t step, const LaneMemory& memory);
  void keep_sets(const Code& code);
  void keep_lanes(const Code& code, const LaneMemory& memory) const;

  const LaneRun* run_;
  std::size_t n_histories_ = 0;
  std::vector<LanesOfSet> sets_;
  std::vector<std::uint64_t> half_slot_;
  std::vector<std::uint64_t> key_0_;
  std::vector<std::uint64_t> key_1_;
  std::vector<std::uint64_t> is_odd_;
  bool is_paired_ = false;
  bool is_run_ = false;
  std::size_t segment_;  ///< entered last; no segment at first

  ColumnMemory parameters_;
  ColumnMemory set_states_;
  ColumnMemory set_next_;
  ColumnMemory set_values_;
};

}  // namespace casus::machine
