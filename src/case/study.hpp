// What a study says of the record: every explanation fitted within a few minutes, and set side by
// side.
#pragma once

#include "case/compare.hpp"
#include "case/fit_checks.hpp"

#include <string>
#include <vector>

namespace casus::cases {

struct StudiedRecord {
  Explanations compared;  ///< one alone where a case has no explanations
  std::size_t shown = 0;  ///< the one that the study's runs are of
  FitChecks checks{};     ///< of that one

  const Fit& fit() const { return compared.all[shown].fit; }
};

/// Whether the record is fitted, into the job; and how many sets, particles and repeats that takes
/// where its request says 0: the largest sizes of a ladder that stay within a few minutes of two
/// cores, by the length of the case's programs alone. Throws `Stop` on a shard of such a study
/// (R125).
void plan_record(const LoadedCase& loaded, Job& job);

/// Throws as `compare_explanations` and `check_fit` do.
StudiedRecord study_record(const LoadedCase& loaded, const Job& job, Workers workers);

/// A paragraph for the study's text.
std::string record_text(const LoadedCase& loaded, const StudiedRecord& studied);
/// "record" as one field of a JSON object.
std::string record_json(const LoadedCase& loaded, const Job& job, const StudiedRecord& studied);
/// The files that `fit` and `compare` write, without their summaries. They refer to `studied`.
std::vector<ResultFile> record_files(const LoadedCase& loaded, const Job& job,
                                     const StudiedRecord& studied);

}  // namespace casus::cases
