// How much memory there is, and how much a command takes.
#pragma once

#include "case/ensemble.hpp"

#include <cstddef>

namespace casus::cases {

/// Bytes of the machine's memory; infinity where it cannot be known.
double machine_memory();

/// Bytes of what `simulate` gives, at most: measures, parameters and bands, which are kept until
/// results are written.
double memory_of_results(const language::Lowered& lowered, const EnsembleOptions& options);

/// Bytes that a baseline and `n_whatifs` what-ifs take at the same time, at most: `n_baselines`
/// results and those of the what-ifs, one run at work, where all histories stood when what-ifs part
/// from it, and columns of measures being compared.
double memory_of_runs(const language::Lowered& lowered, const EnsembleOptions& options,
                      std::size_t n_baselines, std::size_t n_whatifs);

/// Bytes of one checkpoint of all histories.
double memory_of_checkpoint(const language::Lowered& lowered, const EnsembleOptions& options);

/// Bytes that checkpoints may take together.
double most_checkpoint_memory();

}  // namespace casus::cases
