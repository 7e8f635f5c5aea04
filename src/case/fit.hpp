// What a record says of a case's parameters: their posterior, and the evidence for the variant that
// was fitted, date by date.
#pragma once

#include "case/fit_checkpoint.hpp"
#include "case/fit_checks.hpp"
#include "case/job.hpp"
#include "case/posterior.hpp"
#include "case/results.hpp"

#include <filesystem>
#include <string>

namespace casus::cases {

/// A job of the command `fit`. Throws `Stop` on what cannot be run.
Job plan_fit(const LoadedCase& loaded, const Request& request);

/// Throws `Stop` when the numbers of sets, particles or repeats are impossible (R107).
FitSettings fit_settings(const Request& request);
/// The job's variant as samplers need it. Throws `Stop` when nothing is observed (R109), and
/// `lowered_for_fit` also when nothing is free (R109).
language::Lowered lowered_for_record(const LoadedCase& loaded, const Job& job);
language::Lowered lowered_for_fit(const LoadedCase& loaded, const Job& job);

/// Runs `n_repeats` samplers one after another; the posterior pools them by their evidence. Throws
/// `Stop` when nothing is observed or nothing free (R109), the numbers of sets or particles are
/// impossible (R107), a number stops being finite or no set makes the record possible (R001);
/// `Interrupted`. Goes on from where the checkpoint says that this very fit stood, and throws
/// `Stop` when it is another's (R120) or damaged (R121); it stays when the fit is done.
Fit fit_record(const LoadedCase& loaded, const Job& job, const CheckpointOptions& checkpoint,
               Workers workers);

std::string fit_text(const LoadedCase& loaded, const Job& job, const Fit& fit);
std::string fit_json(const LoadedCase& loaded, const Job& job, const Fit& fit);

/// Posterior, dates, one-step-ahead scores and predictive checks as CSV, a figure of these and
/// posterior.nc. They refer to `fit` and `checks`.
std::vector<ResultFile> fit_files(const LoadedCase& loaded, const Job& job, const Fit& fit,
                                  const FitChecks& checks);

/// These and the summary, into the folder.
Outcome publish_fit(const LoadedCase& loaded, const Job& job, const Fit& fit,
                    const FitChecks& checks, const std::filesystem::path& folder);

}  // namespace casus::cases
