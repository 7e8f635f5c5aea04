// posterior.nc: a fit as the InferenceData of ArviZ, and what led there. docs/results.md describes
// it for those who read it.
#pragma once

#include "case/fit_checks.hpp"
#include "case/netcdf_place.hpp"

namespace casus::cases {

/// Groups; chains are runs of the sampler, sets are a parameter's:
///   posterior             parameters (chain, draw, sets), equally weighted
///   sample_stats          of each draw: which set of its run it is, and that one's log-likelihood
///   prior                 parameters (chain, draw, sets) that the sampler began with
///   log_likelihood        what each recorded item scores (chain, draw, NAME_time, sets)
///   posterior_predictive  free histories, where something is recorded: as log_likelihood
///   observed_data         the record (NAME_time, sets)
///   constant_data         data (time, sets), and parameters that do not vary (sets)
///   smc                   the sampler's weighted sets (chain, set), and its dates (chain, time)
NetcdfImage posterior_nc(const LoadedCase& loaded, const Job& job, const Fit& fit,
                         const FitChecks& checks);

// ---- its parts

/// A parameter with all its elements: columns [first, first + n).
struct ParameterBlock {
  std::size_t first = 0;
  std::size_t n = 0;
  bool varies = false;  ///< over the sets of the fit
};
std::vector<ParameterBlock> parameter_blocks(const language::Model& model, const Fit& fit);

void add_observed(const NetcdfGroup& root, const language::Model& model, const Fit& fit,
                  const FitChecks& checks);

/// Dimensions `chain` and `draw`.
std::vector<int> add_draws(NetcdfPlace& place, const FitDraws& draws);

}  // namespace casus::cases
