// The histories of one block on their way through a run.
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

/// States and accumulators of the histories of a block outside it: number i of history h is at
/// `states + i * stride + h`.
template <class Number>
struct StatesElsewhere {
  Number* states = nullptr;
  Number* accumulators = nullptr;
  std::size_t stride = 0;
};

/// Each function moves all lanes, and returns false when in some lane a number stopped being finite
/// or an argument of a law is invalid. Then the block is spoilt: only the reference machine can say
/// which lane and why.
class LaneBlock {
 public:
  explicit LaneBlock(const LaneRun& run);

  /// Takes histories: their sets in order of lanes.
  void seat(std::span<const SetOfBlock> sets);
  std::size_t n_histories() const { return n_histories_; }

  /// States and accumulators at the start.
  bool begin();

  /// One step. Outputs go to `outputs`, when it has values.
  bool step(std::uint32_t step, const OutputRows& outputs);

  /// After the last step: measure i of all histories to `values + i * stride`.
  bool measure(const OutputRows& measures);

  /// In place of `begin`. What varies by parameter set only must be alike in its histories.
  void load(const StatesElsewhere<const double>& from);
  void save(const StatesElsewhere<double>& to) const;

 private:
  void address(std::span<const SetOfBlock> sets);
  bool enter(std::size_t segment, Work& work);
  bool compute_sets(const Piece& piece, Work& work);
  bool execute_step(const PreparedProgram& program, Work& work);
  Work work_of(const PreparedProgram& program, std::uint32_t step);
  void load_sets(const double* from, double* column) const;
  void swap_states();
  void keep(const Code& code);

  const LaneRun& run_;
  std::size_t n_histories_ = 0;
  std::vector<LanesOfSet> sets_;
  std::vector<std::uint64_t> half_slot_;
  std::vector<std::uint64_t> key_0_;
  std::vector<std::uint64_t> key_1_;
  std::vector<std::uint64_t> is_odd_;
  bool is_paired_ = false;
  std::size_t segment_;  ///< entered last; no segment at first

  ColumnMemory parameters_;
  ColumnMemory set_states_;
  ColumnMemory set_next_;
  ColumnMemory set_values_;
  ColumnMemory states_;
  ColumnMemory next_;
  ColumnMemory lanes_;
  ColumnMemory accumulators_;
};

}  // namespace casus::machine
