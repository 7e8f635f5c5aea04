// Could this record tell explanations apart? Records are simulated from each and compared by all.
#pragma once

#include "case/job.hpp"
#include "case/posterior.hpp"

#include <filesystem>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

struct RecoverSettings {
  std::vector<std::string> names{};  ///< explanations, "none" the baseline; empty: all there are
  std::vector<std::pair<std::string, double>> fixed{};  ///< as `--set`
  std::uint32_t until = 0xffffffffU;                    ///< the first step whose record is not used
  FitSettings fit{.n_sets = 200};
  std::uint32_t n_records = 20;  ///< from each explanation
};

/// A simulated record and what each explanation made of it.
struct RecoveredRecord {
  std::size_t truth = 0;
  std::vector<double> log_evidences{};  ///< by explanation; empty: it could not be made or fitted

  /// The explanation that comes first; `nobody` without evidence.
  std::size_t first() const;
  static constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();
};

struct Recovery {
  std::vector<std::string> names;
  std::vector<RecoveredRecord> records{};

  /// How many records of one explanation had another first.
  std::size_t count(std::size_t truth, std::size_t first) const;
  std::size_t n_records(std::size_t truth) const;  ///< of those that could be fitted
  double share_of_truth(std::size_t truth) const;
  /// Whether each explanation is first in at least 70 % of its own records.
  bool is_separable() const;
};

/// A job of the command `recover`. Throws `Stop` on what cannot be run.
Job plan_recover(const LoadedCase& loaded, const Request& request);

/// Throws `Stop` on names that the case does not have (R105) and impossible numbers (R107).
RecoverSettings recover_settings(const LoadedCase& loaded, const Request& request);

/// Parameters are drawn from the prior of each explanation in turn, and a history; its record is
/// blank where the case's is. Throws `Stop` when there are fewer than two explanations (R130) or
/// nothing is observed (R109); `Interrupted`.
Recovery recover_explanations(const language::Model& model, const RecoverSettings& settings,
                              Workers workers);

/// Records, the table of who came first, and the summary, into the folder. Throws `Stop` when it
/// cannot be written.
Outcome publish_recovery(const LoadedCase& loaded, const Job& job, const Recovery& recovery,
                         const std::filesystem::path& folder);

}  // namespace casus::cases
