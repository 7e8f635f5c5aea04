// Histories once more on the reference machine, to say which failed, where and why.
#pragma once

#include "case/ensemble.hpp"

namespace casus::cases {

/// Histories [first, first + count), which began where the checkpoint says if there is one.
struct HistoryRange {
  std::size_t first = 0;
  std::size_t count = 0;
  const Checkpoint* from = nullptr;
};

/// The failures of these histories, in order. Takes as long as the reference machine does.
std::vector<Failure> replay(const language::Lowered& lowered, const EnsembleOptions& options,
                            std::span<const double> parameters, const HistoryRange& range);

/// The key of the draws of the histories of parameter set `set` of a run.
random::Key key_of_set(const EnsembleOptions& options, std::size_t set);

}  // namespace casus::cases
