// What a record says of a case's parameters: their posterior, and the evidence for the variant that
// was fitted, date by date.
#pragma once

#include "case/job.hpp"
#include "case/posterior.hpp"

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
/// `Interrupted`.
Fit fit_record(const LoadedCase& loaded, const Job& job, Workers workers);

std::string fit_text(const LoadedCase& loaded, const Job& job, const Fit& fit);
std::string fit_json(const LoadedCase& loaded, const Job& job, const Fit& fit);

/// Posterior, dates and one-step-ahead scores as CSV, and the summary, into the folder.
Outcome publish_fit(const LoadedCase& loaded, const Job& job, const Fit& fit,
                    const std::filesystem::path& folder);

}  // namespace casus::cases
