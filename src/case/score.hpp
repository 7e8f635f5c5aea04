// The log-likelihood of a case's record at one set of parameter values, where nothing that was not
// recorded is left to chance.
#pragma once

#include "case/job.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace casus::cases {

/// What a record scores. A step in which a column has no cell scores 0 there.
struct RecordScore {
  language::Lowered lowered;
  std::vector<double> parameters;  ///< (n_parameters), base units
  std::vector<double> scores;      ///< (n_steps × n_score_columns)
  std::vector<double> paths;       ///< (n_steps × n_path_columns), when asked for
  double log_likelihood = 0.0;

  double score(std::size_t step, std::size_t column) const {
    return scores[step * lowered.score_columns.size() + column];
  }
  /// The sum over steps, and how many steps have a cell.
  double of_column(std::size_t column) const;
  std::size_t n_recorded(std::size_t column) const;
};

/// Throws `Stop` with this help where draws that nobody recorded decide what the record scores
/// (R118).
void check_exact(const language::Lowered& lowered, const std::string& help);

/// The step behind the one that holds the date or has this label; all steps when it is empty.
/// Throws `Stop` when there is none (R105).
std::uint32_t step_behind(const LoadedCase& loaded, const std::string& until);

/// A job of the command `score`. Throws `Stop` on what cannot be run (R105, R106, R109).
Job plan_score(const LoadedCase& loaded, const Request& request);

/// Parameters that the request does not fix are at their priors' medians. Throws `Stop` when draws
/// that nobody recorded decide what the record scores (R118), a number stops being finite (R001),
/// or the date is none of the case's (R105).
RecordScore score_record(const LoadedCase& loaded, const Job& job);

/// Column by column, and the steps that fit worst.
std::string score_text(const LoadedCase& loaded, const RecordScore& score);
std::string score_json(const LoadedCase& loaded, const Job& job, const RecordScore& score);

/// Scores by step and column, probabilities of paths, parameters, and the summary, into the folder.
/// Throws `Stop` when it cannot be written.
Outcome publish_score(const LoadedCase& loaded, const Job& job, const RecordScore& score,
                      const std::filesystem::path& folder);

}  // namespace casus::cases
