// Many histories of one variant: parameter sets, the histories of each, their measures and bands.
#pragma once

#include "base/diagnostic.hpp"
#include "base/parallel.hpp"
#include "base/progress.hpp"
#include "case/bands.hpp"
#include "case/measure_table.hpp"
#include "language/lowered.hpp"
#include "machine/lanes/run.hpp"
#include "machine/reference.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace casus::cases {

/// How many histories, and which. Cost: n_sets * per_set histories of all steps.
struct EnsembleOptions {
  std::uint32_t first_set = 0;  ///< number of the first parameter set: other than 0 in a shard
  std::uint32_t n_sets = 256;   ///< parameter sets, drawn from the variant's priors
  std::uint32_t per_set = 16;   ///< histories of each
  std::uint64_t seed = 1;       ///< of all draws
  std::uint32_t epoch = 0;      ///< runs of one seed that differ here share no draws of histories
  bool at_median = false;       ///< every set is the median of the priors
  bool keep_bands = true;       ///< also summarise every output in every step

  // ---- how the work is done; no byte of the results depends on it
  std::uint32_t n_lanes = 0;  ///< histories that are moved together; 0: as many as suit the program
  const machine::Kernels* kernels = nullptr;  ///< loops for a kind of processor; null: the best
};

/// Who does the work and who is told.
struct Workers {
  Parallel& parallel;
  Progress& progress;
};

/// A history, or a parameter set, in which a number stopped being finite.
struct Failure {
  enum class Where : std::uint8_t { parameters, initial, step, measures };

  std::size_t history = 0;  ///< or parameter set
  Where where{};
  std::uint32_t segment = 0;  ///< of a step
  machine::NotFinite fault;
};

/// Where all histories stood when a step began.
struct Checkpoint {
  std::uint32_t step = 0;
  std::size_t n_histories = 0;
  std::vector<double> states;        ///< (n_states × n_histories)
  std::vector<double> accumulators;  ///< (n_accumulators × n_histories)
  std::vector<machine::Rate> rates;  ///< (n_states) how they vary
};

/// History h is number h % per_set of parameter set first_set + h / per_set. Its draws are at the
/// addresses of its set (key) and of its number in it (slot): the same in every run with this seed,
/// however many histories are run and however the work is divided.
struct Ensemble {
  std::size_t first_set = 0;
  std::size_t n_sets = 0;
  std::size_t per_set = 0;
  std::vector<double> parameters;  ///< (n_sets × n_parameters), base units
  MeasureTable measures;           ///< (n_histories × n_measure_outputs), base units
  Bands bands;
  std::vector<Failure> failures;  ///< in order of histories; when there are any, the rest is void
  std::vector<Checkpoint> checkpoints;  ///< those asked for, in order of steps

  std::size_t n_histories() const { return n_sets * per_set; }
};

/// What runs that are alike at first may share. It saves work and changes no byte.
struct Sharing {
  std::vector<std::uint32_t> keep{};  ///< steps to keep checkpoints of, in increasing order
  const Checkpoint* from = nullptr;   ///< begin here instead of at the first step,
  const Bands* before = nullptr;      ///< with these bands until then
  /// (n_sets × n_parameters) instead of draws from the priors; empty: draw
  std::span<const double> parameters{};
};

/// Runs parameter sets on the reference machine and histories on the vector machine. Progress
/// advances by one for every step of a history; its stage is the caller's. Throws `Interrupted`
/// when the user asks to stop.
Ensemble simulate(const language::Lowered& lowered, const EnsembleOptions& options,
                  Workers workers);

/// The same, with checkpoints kept or begun from.
Ensemble simulate(const language::Lowered& lowered, const EnsembleOptions& options,
                  const Sharing& sharing, Workers workers);

/// What the vector machine needs of a run, which must outlive it.
machine::RunPrograms programs_of(const language::Lowered& lowered);

/// Bytes that `simulate` holds while it runs, beside what it gives, roughly.
double memory_at_work(const language::Lowered& lowered, const EnsembleOptions& options);

/// "a calculation failed in 3 of 4096 histories; first in history 17 (set 1, slot 1) at
/// 1994-03: log of -0.3 in `strength[Armenia]`" (R001). Adds nothing when nothing failed.
void report_failures(const language::Lowered& lowered, const language::Steps& steps,
                     const Ensemble& ensemble, Diagnostics& found);

}  // namespace casus::cases
