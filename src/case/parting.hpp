// Where paired histories part: the first decision that differs, and those that differ after it.
#pragma once

#include "case/ensemble.hpp"
#include "language/lowered.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace casus::cases {

/// One decision that is another one in the what-if.
struct PartingLink {
  std::string decision;  ///< the move
  std::string from;      ///< the option in the baseline, "none" where it is not reached
  std::string to;        ///< the option in the what-if
  std::size_t n = 0;     ///< pairs
  std::uint32_t median_step = 0;
};

struct Parting {
  std::size_t n_histories = 0;
  std::size_t n_parted = 0;        ///< pairs in which some decision differs
  std::vector<PartingLink> first;  ///< first decisions that differ, the most frequent first
  /// From the most frequent first decision on: the most frequent next one among the pairs that came
  /// that far, and so on while they are at least a tenth.
  std::vector<PartingLink> chain;
};

/// Both programs have the same moves; both runs shared all draws and began at `from`, or, without
/// it, at the first step. Both ran without failures. Their outputs must have been lowered.
struct PartingRuns {
  const language::Model& model;
  const language::Lowered& baseline;
  const language::Lowered& changed;
  const Ensemble& ensemble;  ///< the parameters
  const EnsembleOptions& options;
  const Checkpoint* from = nullptr;
};

/// Runs both once more, side by side. A move of a step comes before another where its game has it
/// first. Depends on how histories are paired: by shared draws at the same random addresses.
Parting part(const PartingRuns& runs, Workers workers);

/// The table of a terminal.
std::string parting_text(const Parting& parting, const language::Steps& steps);

/// The rows of all what-ifs as CSV.
struct NamedParting {
  std::string whatif;
  const Parting* parting = nullptr;
};
std::string partings_csv(const std::vector<NamedParting>& partings, const language::Steps& steps);

}  // namespace casus::cases
