// A lowered variant's parameters from its record: prior, sampler, pooled runs.
#pragma once

#include "case/ensemble.hpp"
#include "case/foreseen.hpp"
#include "case/tempering.hpp"
#include "inference/evidence.hpp"
#include "inference/smc.hpp"
#include "language/lowered.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

class FitCheckpoint;

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

/// How much work a fit is, and with which draws.
struct FitSettings {
  std::size_t n_sets = 500;
  std::uint32_t n_particles = 200;  ///< of each set at first
  std::uint32_t n_repeats = 1;      ///< independent samplers, whose posteriors are pooled
  /// Samplers are added while the log evidence has a greater error, up to `most_repeats` in all.
  double wanted_error = std::numeric_limits<double>::infinity();
  std::uint32_t most_repeats = 20;
  std::uint64_t seed = 1;
  std::uint32_t first_replication = 0;  ///< of the first sampler; fits that differ share no draws
  /// Whether a record that no set makes possible is evidence -inf, and no fault.
  bool may_be_impossible = false;
  std::string label{};  ///< what is fitted, for those who wait; empty: nothing to tell apart
};

/// What one of a fit's samplers found.
struct FitRun {
  double log_evidence = 0.0;
  std::uint32_t replication = 0;
  std::uint32_t n_particles = 0;  ///< of a set at the end
  std::size_t first_set = 0;      ///< of its sets among all of the fit
  std::vector<double> weights{};  ///< (n_sets of the run) that sum to one
  std::vector<inference::DateRecord> dates{};
  std::vector<double> path{};    ///< (n_dates) log evidence of all that was recorded up to each
  std::vector<double> scores{};  ///< (n_dates × n_score_columns) one step ahead
  std::vector<inference::Trail> trails{};  ///< of its sets: where their draws came from
  inference::Boosts boosts{};              ///< how often each particle was drawn
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
  FitSettings settings{};
  bool is_exact = false;  ///< nothing unobserved is random: no particles were needed
  inference::Evidence evidence{};
  std::vector<inference::DateRecord> dates{};  ///< of the first run
  std::vector<double> scores{};      ///< (n_dates × n_score_columns) one step ahead, first run
  std::vector<double> weights{};     ///< (n_sets) of all runs, sum to one
  std::vector<double> parameters{};  ///< (n_sets × n_parameters), base units
  std::vector<double> free{};        ///< (n_sets × n_free) normal scores under the prior
  std::vector<double> log_likelihoods{};   ///< (n_sets)
  std::vector<FitRun> runs{};              ///< their sets follow each other, `settings.n_sets` each
  std::vector<AheadRow> ahead{};           ///< what lay behind a cut of the record
  std::vector<ForeseenSeries> foreseen{};  ///< one step ahead, by the first run
  std::optional<Tempering> tempering{};    ///< where it was asked for

  std::size_t n_sets() const { return weights.size(); }
};

/// Called with the first step that a sampler has not taken in: before its first, between two,
/// behind its last.
using Between = std::function<void(std::uint32_t step, inference::Smc& smc)>;

/// Who looks on while samplers are at work.
struct FitWatch {
  Between between{};
  FitCheckpoint* checkpoint = nullptr;  ///< where they are kept, and gone on with
  /// What `between` has gathered, as bytes that are kept with the samplers, and how to go on from
  /// them: false where they are another's.
  std::function<std::vector<std::uint8_t>()> gathered{};
  std::function<bool(std::span<const std::uint8_t>)> go_on{};
  /// No sampler is kept from this step on: what `between` took there would be lost.
  std::uint32_t kept_before = 0xffffffffU;
};

/// Throws `Stop` over what a sampler cannot go on from (R001).
[[noreturn]] void stop_at_fault(const language::Steps& steps, const inference::Fault& fault);

/// `lowered` must be of such a variant, and score something. Throws `Stop` when a number stops
/// being finite or no set makes the record possible (R001), unless that may be; `Interrupted`.
Fit fit_lowered(language::Lowered lowered, const language::Steps& steps,
                const FitSettings& settings, Workers workers);
Fit fit_lowered(language::Lowered lowered, const language::Steps& steps,
                const FitSettings& settings, const FitWatch& watch, Workers workers);

}  // namespace casus::cases
