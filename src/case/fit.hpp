// What a record says of a case's parameters: their posterior, and the evidence for the variant that
// was fitted, date by date.
#pragma once

#include "case/job.hpp"
#include "inference/evidence.hpp"
#include "inference/smc.hpp"

#include <filesystem>
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

  std::size_t n_sets() const { return weights.size(); }
};

/// A job of the command `fit`. Throws `Stop` on what cannot be run.
Job plan_fit(const LoadedCase& loaded, const Request& request);

/// Runs `n_repeats` samplers one after another; the posterior pools them by their evidence. Throws
/// `Stop` when nothing is observed or nothing free (R109), the numbers of sets or particles are
/// impossible (R107), a number stops being finite or no set makes the record possible (R001);
/// `Interrupted`.
Fit fit_record(const LoadedCase& loaded, const Job& job, Workers workers);

std::string fit_text(const LoadedCase& loaded, const Job& job, const Fit& fit);
std::string fit_json(const LoadedCase& loaded, const Job& job, const Fit& fit);

/// Posterior, dates and one-step-ahead scores as CSV, and the summary, into the folder.
Outcome publish_fit(const LoadedCase& loaded, const Job& job, const Fit& fit,
                    const std::filesystem::path& folder);

}  // namespace casus::cases
