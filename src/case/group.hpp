// Consecutive histories that stand at the same step, in blocks of lanes.
#pragma once

#include "case/ensemble.hpp"
#include "machine/lanes/block.hpp"

namespace casus::cases {

/// Steps [first, end) and where their outputs go; nowhere when `outputs` is empty.
struct Chunk {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  std::span<double> outputs{};  ///< (n_steps × n_outputs × n_histories of the group)
};

/// What a group works with.
struct Setting {
  const language::Lowered& lowered;
  const EnsembleOptions& options;
  const machine::LaneRun& lanes;
  Ensemble& ensemble;                ///< parameters are read from it, measures written to it
  const Checkpoint* from = nullptr;  ///< where histories began, if not at the first step
};

/// Keeps its blocks between chunks. Different blocks may be moved by different threads at the same
/// time. A block in which a number stopped being finite adds its failures, one for each history
/// that failed, and takes no further part.
class Group {
 public:
  /// Histories [first, first + count).
  Group(const Setting& setting, std::size_t first, std::size_t count);

  std::size_t size() const { return count_; }
  std::size_t n_blocks() const { return blocks_.size(); }
  std::size_t size_of(std::size_t block) const { return blocks_[block].lanes.n_histories(); }

  void begin(std::size_t block, std::vector<Failure>& failures);
  /// In place of `begin`: all stand as in `checkpoint`.
  void load(std::size_t block, const Checkpoint& checkpoint);
  /// Puts all into their places of `checkpoint`, which holds every history.
  void save(std::size_t block, Checkpoint& checkpoint) const;
  void run(std::size_t block, const Chunk& chunk, std::vector<Failure>& failures);
  void measure(std::size_t block, std::vector<Failure>& failures);

 private:
  struct Block {
    std::size_t first = 0;  ///< history
    machine::LaneBlock lanes;
    bool is_spoilt = false;
  };

  void seat(Block& block, std::size_t count);
  void spoil(Block& block, std::vector<Failure>& failures);
  bool step(Block& block, const Chunk& chunk, std::uint32_t step);

  Setting setting_;
  std::size_t first_;
  std::size_t count_;
  std::vector<Block> blocks_;
};

}  // namespace casus::cases
