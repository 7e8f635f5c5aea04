// What is known of a case on a day: parameters, states and what measures have gathered, given the
// record up to the day before. From there histories go on free.
#pragma once

#include "case/load.hpp"
#include "case/posterior.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace casus::cases {

/// Histories that stand where the record has brought them, with equal weights.
struct AsOf {
  Checkpoint checkpoint;           ///< its step is the first whose record is not used
  std::vector<double> parameters;  ///< (n_sets × n_parameters)
};

/// The draws of histories behind a snapshot, and of the choice of what they go on from, are those
/// of this epoch: samplers count theirs from zero.
inline constexpr std::uint32_t as_of_epoch = 0xffff0000U;

/// A variant's sampler as far as the last of some dates.
struct AsOfFit {
  Fit fit;               ///< at the last date
  std::vector<AsOf> at;  ///< by date
};

/// `steps` in increasing order, each at least 1: the first ones whose record is not used. `variant`
/// is free, without what-if or start; `options` say how many histories of how many sets. One pass
/// of the sampler gives all. Throws `Stop` where nothing is observed (R109) and as `fit_lowered`
/// does.
AsOfFit as_of(const LoadedCase& loaded, const language::Variant& variant,
              const std::vector<std::uint32_t>& steps, const EnsembleOptions& options,
              const FitSettings& settings, Workers workers);

/// Histories that a sampler of `lowered` chose before it took in `step`.
AsOf snapshot(const language::Lowered& lowered, std::uint32_t step, const EnsembleOptions& options,
              inference::Chosen chosen);

/// Stops unless a free program has the states and measures of the one that was sampled.
void check_layout(const language::Lowered& free, const Checkpoint& from);

/// The dated inputs of a case that change at or after `step`, by name: what is made of its results
/// knows what happened later.
std::vector<std::string> later_inputs(const language::Model& model, std::uint32_t step);

/// "hindcast given what later happened: oil_income, ..."; empty where nothing did.
std::string hindcast_text(const language::Model& model, std::uint32_t step);

}  // namespace casus::cases
