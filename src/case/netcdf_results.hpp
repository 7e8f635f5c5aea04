// All results of a command as one netCDF-4 file with the CF conventions, version 1.8: labels and
// dates are coordinates. docs/results.md describes it for those who read it.
#pragma once

#include "case/job.hpp"
#include "case/netcdf_place.hpp"

namespace casus::cases {

/// results.nc. Throws `Interrupted` when the user asks to stop.
///   root       what every quantity does by step: (run, time, statistic, sets) for numbers,
///              (run, time, sets) for shares of truths, (run, time, sets, label) for shares of
///              labels; parameters (run, set, sets) where they are kept
///   measures   (run, measure_statistic, sets), their standard errors, shares of labels
///   whatifs    (whatif, comparison)
///   histories  measures of each history (run, history, sets), where they are kept
NetcdfImage results_nc(const LoadedCase& loaded, const Job& job, const Runs& runs,
                       const Progress& progress);

/// What a file's root says of where it comes from: versions, command, case, seed.
void describe_origin(const NetcdfGroup& root, const LoadedCase& loaded, const Job& job);

// ---- its parts

void add_steps(NetcdfPlace& root, const Runs& runs, int run_dimension, const Progress& progress);
void add_parameters(NetcdfPlace& root, const Runs& runs, int run_dimension);
void add_measures(NetcdfPlace& group, const Runs& runs);
void add_whatifs(NetcdfPlace& group, const Runs& runs);
void add_histories(NetcdfPlace& group, const Runs& runs, const Progress& progress);

/// A dimension of all runs.
int add_runs(NetcdfPlace& place, const Runs& runs);

}  // namespace casus::cases
