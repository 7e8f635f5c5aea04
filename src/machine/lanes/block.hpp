// The histories of one block on their way through a run.
#pragma once

#include "machine/lanes/seating.hpp"

#include <span>
#include <vector>

namespace casus::machine {

/// States and accumulators of the histories of a block outside it: number i of history h is at
/// `states + i * stride + h`.
template <class Number>
struct StatesElsewhere {
  Number* states = nullptr;
  Number* accumulators = nullptr;
  std::size_t stride = 0;
};

/// A seating with memory of its own. The functions fail as those of `Seating` do.
class LaneBlock {
 public:
  explicit LaneBlock(const LaneRun& run);

  /// Takes histories: their sets in order of lanes.
  void seat(std::span<const SetOfBlock> sets) { seating_.seat(sets); }
  std::size_t n_histories() const { return seating_.n_histories(); }

  /// States and accumulators at the start.
  bool begin();

  /// One step. Outputs go to `outputs`, when it has values.
  bool step(std::uint32_t step, const OutputRows& outputs);

  /// After the last step: measure i of all histories to `values + i * stride`.
  bool measure(const OutputRows& measures) { return seating_.measure(memory(), measures); }

  /// In place of `begin`. What varies by parameter set only must be alike in its histories.
  void load(const StatesElsewhere<const double>& from);
  void save(const StatesElsewhere<double>& to) const;

 private:
  LaneMemory memory();

  const LaneRun& run_;
  Seating seating_;
  ColumnMemory states_;
  ColumnMemory next_;
  ColumnMemory lanes_;
  ColumnMemory accumulators_;
};

}  // namespace casus::machine
