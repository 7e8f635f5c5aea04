// A lowered variant's parameters from its record: prior, sampler, pooled runs.
#pragma once

#include "case/ensemble.hpp"
#include "inference/evidence.hpp"
#include "inference/smc.hpp"
#include "language/lowered.hpp"

#include <cstdint>
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

/// What one of a fit's samplers found.
struct FitRun {
  double log_evidence = 0.0;
  std::uint32_t replication = 0;
  std::size_t first_set = 0;      ///< of its sets among all of the fit
  std::uint32_t n_particles = 0;  ///< of a set at the end
  std::vector<double> path{};     ///< (n_dates) log evidence of all that was recorded up to each
  std::vector<double> scores{};   ///< (n_dates × n_score_columns) one step ahead
  std::vector<inference::Trail> trails{};  ///< of its sets: where their draws came from
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
  std::vector<FitRun> runs{};             ///< one a sampler, in order
  std::uint64_t seed = 1;

  std::size_t n_sets() const { return weights.size(); }
};

/// How much work a fit is, and with which draws.
struct FitSettings {
  std::size_t n_sets = 500;
  std::uint32_t n_particles = 200;  ///< of each set at first
  std::uint32_t n_repeats = 1;      ///< independent samplers, whose posteriors are pooled
  std::uint64_t seed = 1;
  std::uint32_t first_replication = 0;  ///< of the first sampler; fits that differ share no draws
  /// Whether a record that no set makes possible is evidence -inf, and no fault.
  bool may_be_impossible = false;
  std::string label{};  ///< what is fitted, for those who wait; empty: nothing to tell apart
};

/// Throws `Stop` over what a sampler cannot go on from (R001).
[[noreturn]] void stop_at_fault(const language::Steps& steps, const inference::Fault& fault);

/// The variant as samplers need it: given the record before step `until`, with free parameters.
language::Variant scored_variant(language::Variant variant, std::uint32_t until);

/// `lowered` must be of such a variant, and score something. Throws `Stop` when a number stops
/// being finite or no set makes the record possible (R001), unless that may be; `Interrupted`.
Fit fit_lowered(language::Lowered lowered, const language::Steps& steps,
                const FitSettings& settings, Workers workers);

}  // namespace casus::cases
