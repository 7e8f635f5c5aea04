// What-ifs and projections of a fitted model: parameters and states are given the record to a day,
// and histories go on free from there.
#pragma once

#include "case/asof.hpp"
#include "case/fit.hpp"
#include "case/job.hpp"
#include "case/runs.hpp"

#include <string>
#include <vector>

namespace casus::cases {

/// A what-if job whose request asks for the fitted model. Throws `Stop` where it also asks for what
/// a record excludes: a start, priors' medians, a shard (R125).
Job plan_fitted(const LoadedCase& loaded, const Request& request);

/// As-of what-ifs: each goes on from the record to the day before its first step, and so does a
/// baseline of its own ("record to 2018-03"). One that changes the first step goes on from the
/// priors ("no record"). All from one pass of the sampler. Throws as `simulate_all` and `as_of` do.
Runs run_fitted(const LoadedCase& loaded, const Job& job, Workers workers);

/// A job of the command `project`. Throws `Stop` without a date to go to, or with one outside the
/// case's time (R126), or where nothing lies between (R127); and as `plan_fitted` does.
Job plan_project(const LoadedCase& loaded, const Request& request);

/// Histories of the model from the request's first date, else from behind the record, to its last.
/// Bands end there; measures that need later steps are left out and named in the notes.
Runs run_project(const LoadedCase& loaded, const Job& job, Workers workers);

/// The measures that need steps behind `last`, by column of `lowered.measure_columns`.
std::vector<bool> measures_beyond(const language::Lowered& lowered, std::uint32_t last);

}  // namespace casus::cases
