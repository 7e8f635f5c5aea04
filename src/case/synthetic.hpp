// Records simulated from a case: parameters from their prior, one history, and what a record of it
// would hold where the real one holds something.
#pragma once

#include "case/posterior.hpp"
#include "language/model.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace casus::cases {

/// Which draws: records with other numbers, replications or seeds share none with each other, and
/// none with any fit or run.
struct SyntheticAddress {
  std::uint64_t seed = 1;
  std::uint32_t number = 0;
  std::uint32_t replication = 0;
};

/// A draw from the prior.
struct SyntheticTruth {
  std::vector<double> free;        ///< (n_free) normal scores of its probabilities, as `Fit::free`
  std::vector<double> parameters;  ///< (n_parameters), base units
};

/// Simulates records of one variant. The model must outlive it. Members may be called by several
/// threads at once.
class Synthesis {
 public:
  /// Nothing is simulated from step `until` on, and the records end there. Throws `Stop` when the
  /// variant cannot be lowered.
  Synthesis(const language::Model& model, language::Variant variant, std::uint32_t until);

  SyntheticTruth draw(const SyntheticAddress& at) const;

  /// A copy of the model with the record of one history (language/happened.hpp says how cells are
  /// written). Data that the model reads from a file, other than by `observe`, stay as they are.
  /// Nothing when a number of the history stops being finite. Cost: one history on the reference
  /// machine.
  std::optional<language::Model> record(std::span<const double> parameters,
                                        const SyntheticAddress& at) const;

  const language::Lowered& lowered() const { return lowered_; }

 private:
  const language::Model& model_;
  std::uint32_t until_;
  language::Lowered lowered_;
};

}  // namespace casus::cases
