// A lowered variant's parameters from its record: prior, sampler, pooled runs.
#pragma once

#include "case/ensemble.hpp"
#include "inference/evidence.hpp"
#include "inference/smc.hpp"
#include "language/lowered.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

/// The priors of a lowered variant with `at_probabilities`: the free coordinate of a parameter is
/// the normal score z of its probability, so that all are standard normal.
class CasePrior final : public inference::Prior {
 public:
  explicit CasePrior(const language::Lowered& lowered) : lowered_(lowered) {}

  std::size_t n_free() const override { return lowered_.free_parameters.size(); }
  void sample(random::Key key, std::span<double> free) const override;
  double log_density(std::span<const double> free) const override;
  /// Where the parameters program cannot say a number they are NaN.
  void parameters(std::span<const double> free, std::span<double> parameters) const override;

 private:
  const language::Lowered& lowered_;
};

/// Sums of log scores of one column's data behind the cut, each datum given the record before the
/// cut alone.
struct AheadRow {
  std::string name;   ///< see `language::ScoreColumn`
  std::size_t n = 0;  ///< data behind the cut
  double model = 0.0;
  std::optional<double> no_change{};  ///< nothing where too little stands before the cut
  std::optional<double> base_rate{};
};

struct Fit {
  language::Lowered lowered;
  bool is_exact = false;  ///< nothing unobserved is random: no particles were needed
  inference::Evidence evidence{};
  std::vector<inference::DateRecord> dates{};  ///< of the first run
  std::vector<double> scores{};      ///< (n_dates × n_score_columns) one step ahead, first run
  std::vector<double> weights{};     ///< (n_sets) of all runs, sum to one
  std::vector<double> parameters{};  ///< (n_sets × n_parameters), base units
  std::vector<double> free{};        ///< (n_sets × n_free) normal scores under the prior
  std::vector<double> log_likelihoods{};  ///< (n_sets)
  std::vector<AheadRow> ahead{};          ///< what lay behind a cut of the record

  std::size_t n_sets() const { return weights.size(); }
};

/// How much work a fit is, and with which draws.
struct FitSettings {
  std::size_t n_sets = 500;
  std::uint32_t n_particles = 200;  ///< of each set at first
  std::uint32_t n_repeats = 1;      ///< independent samplers, whose posteriors are pooled
  std::uint64_t seed = 1;
  std::uint32_t first_replication = 0;  ///< of the first sampler; fits that differ share no draws
};

/// The variant as samplers need it: given the record before step `until`, with free parameters.
language::Variant scored_variant(language::Variant variant, std::uint32_t until);

/// Called with the first step that a sampler has not taken in: before its first, between two,
/// behind its last.
using Between = std::function<void(std::uint32_t step, inference::Smc& smc)>;

/// `lowered` must be of such a variant, and score something and have something free. Throws `Stop`
/// when a number stops being finite or no set makes the record possible (R001); `Interrupted`.
Fit fit_lowered(language::Lowered lowered, const language::Steps& steps,
                const FitSettings& settings, Workers workers);
Fit fit_lowered(language::Lowered lowered, const language::Steps& steps,
                const FitSettings& settings, const Between& between, Workers workers);

}  // namespace casus::cases
