// Consecutive histories that stand at the same step.
#pragma once

#include "case/ensemble.hpp"
#include "case/history.hpp"

namespace casus::cases {

/// Steps [first, end) and where their outputs go; nowhere when `outputs` is empty.
struct Chunk {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  std::span<double> outputs{};  ///< (n_steps × n_outputs × n_histories of the group)
};

/// Keeps states and accumulators of its histories between chunks. Different histories of a group
/// may be moved by different threads at the same time.
class Group {
 public:
  /// Histories [first, first + count); parameters are read from and measures written to `ensemble`.
  /// Members that are measured at a time lie in one chunk of its measures.
  Group(const language::Lowered& lowered, const EnsembleOptions& options, Ensemble& ensemble,
        std::size_t first, std::size_t count);

  std::size_t size() const { return stands_.size(); }

  // Each works on members [begin, end), counted from the group's first, and adds what failed to
  // `failures`; a history that failed takes no further part.

  void begin(std::size_t begin, std::size_t end, std::vector<Failure>& failures);
  /// In place of `begin`: all members stand as in `checkpoint`.
  void load(const Checkpoint& checkpoint);
  /// Puts all members into their places of `checkpoint`, which holds every history.
  void save(Checkpoint& checkpoint) const;
  void run(const Chunk& chunk, std::size_t begin, std::size_t end, std::vector<Failure>& failures);
  void measure(std::size_t begin, std::size_t end, std::vector<Failure>& failures);

 private:
  HistoryState history(std::size_t member);
  static void explain(HistoryRunner& runner, HistoryState& state, Failure& failure);
  void run_member(HistoryRunner& runner, const Chunk& chunk, std::size_t member,
                  std::vector<Failure>& failures);

  const language::Lowered& lowered_;
  const EnsembleOptions& options_;
  Ensemble& ensemble_;
  std::size_t first_;
  std::vector<std::uint8_t> stands_;  ///< (size) 0 once a history failed
  std::vector<double> states_;        ///< (size × n_states)
  std::vector<double> accumulators_;  ///< (size × n_accumulators)
};

}  // namespace casus::cases
