// POSIX's count of pages, and sums of sizes.
#include "case/memory.hpp"

#include <algorithm>
#include <limits>
#include <unistd.h>

namespace casus::cases {
namespace {

using language::MeasureColumn;

double n_histories_of(const EnsembleOptions& options) {
  return static_cast<double>(options.n_sets) * options.per_set;
}

/// What a whole number up to `most` takes in a table of measures.
double bytes_of_whole(std::size_t most) {
  constexpr std::size_t most_of_byte = 250;
  constexpr std::size_t most_of_word = 65'000;
  if (most <= most_of_byte) return 1.0;
  return most <= most_of_word ? 2.0 : sizeof(float);
}

/// What the values of a measure take in one history, at most.
double bytes_of(const MeasureColumn& column, std::size_t n_steps) {
  const double of_given = column.given ? 1.0 : 0.0;
  switch (column.kind) {
    case MeasureColumn::Kind::number: return of_given + sizeof(double);
    case MeasureColumn::Kind::truth: return of_given + 1.0;
    case MeasureColumn::Kind::date: return of_given + bytes_of_whole(n_steps);
    case MeasureColumn::Kind::label: return of_given + bytes_of_whole(column.labels.size());
    case MeasureColumn::Kind::ratio: break;
  }
  return of_given + 2 * sizeof(double);
}

}  // namespace

double machine_memory() {
#if defined(_SC_PHYS_PAGES) && defined(_SC_PAGESIZE)
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  if (pages > 0 && page > 0) return static_cast<double>(pages) * static_cast<double>(page);
#endif
  return std::numeric_limits<double>::infinity();
}

double memory_of_results(const language::Lowered& lowered, const EnsembleOptions& options) {
  const std::size_t n_steps = lowered.segments.back().last + std::size_t{1};
  constexpr double of_packing = 1.0;  // of one output in one history, beside its value
  double bytes = 0.0;
  for (const MeasureColumn& column : lowered.measure_columns) bytes += bytes_of(column, n_steps);
  bytes += of_packing * lowered.n_measure_outputs;
  bytes *= n_histories_of(options);
  bytes += static_cast<double>(options.n_sets) *
           static_cast<double>(lowered.parameter_columns.size() * sizeof(double));
  if (!options.keep_bands) return bytes;
  const std::size_t n_lines = band_lines(lowered.output_columns).size();
  return bytes + static_cast<double>(n_steps * n_lines * sizeof(Band));
}

double memory_of_checkpoint(const language::Lowered& lowered, const EnsembleOptions& options) {
  const std::size_t width = lowered.state_names.size() + lowered.accumulators.size();
  return n_histories_of(options) * static_cast<double>(width * sizeof(double));
}

double most_checkpoint_memory() {
  constexpr double most_bytes = 1e9;
  return std::min(most_bytes, 0.25 * machine_memory());
}

double memory_of_runs(const language::Lowered& lowered, const EnsembleOptions& options,
                      std::size_t n_baselines, std::size_t n_whatifs) {
  constexpr double n_columns = 12.0;  // of numbers, in a comparison of two runs
  const double of_checkpoints =
      std::min(static_cast<double>(n_whatifs) * memory_of_checkpoint(lowered, options),
               most_checkpoint_memory());
  return static_cast<double>(n_baselines + n_whatifs) * memory_of_results(lowered, options) +
         memory_at_work(lowered, options) + of_checkpoints +
         n_columns * sizeof(double) * n_histories_of(options);
}

}  // namespace casus::cases
