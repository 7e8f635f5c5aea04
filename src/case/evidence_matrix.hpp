// Which items of the record speak for which explanation.
#pragma once

#include "case/posterior.hpp"
#include "language/model.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace casus::cases {

/// A recorded item: what was recorded of one thing in one step.
struct MatrixRow {
  std::uint32_t step = 0;
  std::string name;              ///< of its column of scores
  std::string recorded{};        ///< "raid|offensive", "-", "47"
  std::vector<double> scores{};  ///< by explanation: log probability one step ahead
  double spread = 0.0;           ///< greatest less least score
};

/// Items of one step and game, whose scores are terms of one chain rule: they count together. Any
/// other item is a group of its own.
struct MatrixGroup {
  std::uint32_t step = 0;
  std::vector<MatrixRow> rows{};
  std::vector<double> scores{};  ///< sums over the rows
  double spread = 0.0;
};

/// Groups in the order of how much they tell explanations apart.
struct EvidenceMatrix {
  std::vector<MatrixGroup> groups;
};

/// One-step-ahead log scores (n_dates × n_score_columns) of all runs of a fit together: the runs'
/// predictive probabilities, each weighted by its evidence up to then. NaN where no run has any.
std::vector<double> pooled_scores(const Fit& fit);

EvidenceMatrix evidence_matrix(const language::Model& model, std::span<const Fit* const> fits);

}  // namespace casus::cases
