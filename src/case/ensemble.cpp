// Dividing histories into blocks and steps into chunks.
#include "case/ensemble.hpp"

#include "case/group.hpp"

#include <algorithm>
#include <limits>

namespace casus::cases {
namespace {

constexpr std::size_t block_size = 64;
constexpr std::size_t chunk_bytes = std::size_t{1} << 27;  // of output values between two summaries

class Simulation {
 public:
  Simulation(const language::Lowered& lowered, const EnsembleOptions& options,
             const Sharing& sharing, Workers workers)
      : lowered_(lowered),
        options_(options),
        sharing_(sharing),
        workers_(workers),
        first_step_(sharing.from == nullptr ? 0 : sharing.from->step),
        n_steps_(step_count(lowered)) {
    ensemble_.first_set = options.first_set;
    ensemble_.n_sets = options.n_sets;
    ensemble_.per_set = options.per_set;
  }

  Ensemble run() {
    draw_parameters();
    if (!ensemble_.failures.empty()) return std::move(ensemble_);
    const std::size_t n = ensemble_.n_histories();
    ensemble_.measures = MeasureTable(n, lowered_.n_measure_outputs, block_size);
    make_checkpoints(n);
    workers_.progress.advance(std::uint64_t{first_step_} * n);
    const std::size_t n_banded = options_.keep_bands ? std::min(n, most_band_histories) : 0;
    if (n_banded > 0) run_with_bands(n_banded);
    run_without_bands(n_banded, n);
    return std::move(ensemble_);
  }

 private:
  /// Blocks of [first, end), in parallel, which meet at multiples of their size as the chunks of
  /// measures do; failures are joined in order of blocks.
  template <class Work>
  void for_blocks(std::size_t first, std::size_t end, const Work& work) {
    if (first >= end) return;
    const std::size_t first_block = first / block_size;
    const std::size_t n_blocks = (end + block_size - 1) / block_size - first_block;
    std::vector<std::vector<Failure>> failures(n_blocks);
    workers_.parallel.for_each(n_blocks, [&](std::size_t block) {
      if (workers_.progress.stop_requested()) throw Interrupted{};
      const std::size_t begin = (first_block + block) * block_size;
      work(std::max(begin, first), std::min(begin + block_size, end), failures[block]);
    });
    for (const std::vector<Failure>& some : failures) {
      ensemble_.failures.insert(ensemble_.failures.end(), some.begin(), some.end());
    }
  }

  void draw_parameters() {
    const std::size_t n = lowered_.parameter_columns.size();
    ensemble_.parameters.resize(options_.n_sets * n);
    for_blocks(0, options_.n_sets, [&](std::size_t begin, std::size_t end, auto& failures) {
      HistoryRunner runner(lowered_);
      for (std::size_t set = begin; set < end; ++set) draw_set(runner, set, failures);
    });
  }

  void draw_set(HistoryRunner& runner, std::size_t set, std::vector<Failure>& failures) {
    const std::size_t n = lowered_.parameter_columns.size();
    const random::KeyAddress address{
        .purpose = random::Purpose::parameter,
        .parameter_set = options_.first_set + static_cast<std::uint32_t>(set)};
    const auto failed =
        runner.draw_parameters(random::key_of(options_.seed, address), options_.at_median,
                               std::span(ensemble_.parameters).subspan(set * n, n));
    if (!failed) return;
    failures.push_back({.history = set, .where = Failure::Where::parameters, .fault = *failed});
  }

  void make_checkpoints(std::size_t n_histories) {
    for (const std::uint32_t step : sharing_.keep) {
      ensemble_.checkpoints.push_back(
          {.step = step,
           .states = std::vector<double>(n_histories * lowered_.state_names.size()),
           .accumulators = std::vector<double>(n_histories * lowered_.accumulators.size())});
    }
  }

  void begin(Group& group, std::size_t begin, std::size_t end, std::vector<Failure>& failures) {
    if (sharing_.from == nullptr) group.begin(begin, end, failures);
  }

  /// The first step after `step` at which the histories must stand together.
  std::uint32_t next_checkpoint(std::uint32_t step) const {
    const auto next = std::upper_bound(sharing_.keep.begin(), sharing_.keep.end(), step);
    return next == sharing_.keep.end() ? n_steps_ : std::min(*next, n_steps_);
  }

  void save_at(std::uint32_t step, const Group& group) {
    for (Checkpoint& checkpoint : ensemble_.checkpoints) {
      if (checkpoint.step == step) group.save(checkpoint);
    }
  }

  /// Steps that may be kept at once, from `first` to the last of the same kind.
  std::uint32_t chunk_end(std::uint32_t first, std::size_t n_banded) const {
    const std::uint32_t limit = next_checkpoint(first);
    if (first < lowered_.first_result_step) return std::min(limit, lowered_.first_result_step);
    const std::size_t bytes = n_banded * lowered_.output_columns.size() * sizeof(double);
    const std::size_t length =
        std::max<std::size_t>(1, chunk_bytes / std::max<std::size_t>(1, bytes));
    return static_cast<std::uint32_t>(std::min<std::size_t>(limit, first + length));
  }

  void make_bands(std::size_t n_banded) {
    Bands& bands = ensemble_.bands;
    bands.first_step = lowered_.first_result_step;
    bands.n_histories = n_banded;
    bands.lines = band_lines(lowered_.output_columns);
    bands.values.resize((n_steps_ - bands.first_step) * bands.lines.size());
    if (first_step_ <= bands.first_step) return;
    const auto n_before =
        static_cast<std::ptrdiff_t>((first_step_ - bands.first_step) * bands.lines.size());
    std::copy_n(sharing_.before->values.begin(), n_before, bands.values.begin());
  }

  void run_with_bands(std::size_t n_banded) {
    make_bands(n_banded);
    Group group(lowered_, options_, ensemble_, 0, n_banded);
    if (sharing_.from != nullptr) group.load(*sharing_.from);
    for_blocks(0, n_banded, [&](std::size_t from, std::size_t to, auto& failures) {
      begin(group, from, to, failures);
    });
    for (std::uint32_t first = first_step_; first < n_steps_;) {
      save_at(first, group);
      first = run_chunk(group, first);
    }
    for_blocks(0, n_banded, [&](std::size_t from, std::size_t to, auto& failures) {
      group.measure(from, to, failures);
    });
  }

  /// The steps from `first` on that fit into memory together; returns the next one.
  std::uint32_t run_chunk(Group& group, std::uint32_t first) {
    Chunk chunk{.first = first, .end = chunk_end(first, group.size())};
    const std::size_t n_steps = chunk.end - chunk.first;
    if (first >= ensemble_.bands.first_step) {
      outputs_.assign(n_steps * lowered_.output_columns.size() * group.size(),
                      std::numeric_limits<double>::quiet_NaN());
      chunk.outputs = outputs_;
    }
    for_blocks(0, group.size(), [&](std::size_t from, std::size_t to, auto& failures) {
      group.run(chunk, from, to, failures);
      workers_.progress.advance((to - from) * n_steps);
    });
    if (!chunk.outputs.empty()) summarise(chunk);
    return chunk.end;
  }

  void summarise(const Chunk& chunk) {
    Bands& bands = ensemble_.bands;
    const std::size_t n_lines = bands.lines.size();
    const std::size_t n_steps = chunk.end - chunk.first;
    const std::size_t row = chunk.outputs.size() / n_steps;
    workers_.parallel.for_each(n_steps, [&](std::size_t step) {
      if (workers_.progress.stop_requested()) throw Interrupted{};
      const std::size_t at = (chunk.first - bands.first_step + step) * n_lines;
      fill_bands(chunk.outputs.subspan(step * row, row), bands.lines,
                 std::span(bands.values).subspan(at, n_lines));
    });
  }

  void run_without_bands(std::size_t first, std::size_t end) {
    for_blocks(first, end, [&](std::size_t from, std::size_t to, auto& failures) {
      Group group(lowered_, options_, ensemble_, from, to - from);
      if (sharing_.from != nullptr) group.load(*sharing_.from);
      begin(group, 0, group.size(), failures);
      for (std::uint32_t step = first_step_; step < n_steps_;) {
        save_at(step, group);
        const Chunk chunk{.first = step, .end = next_checkpoint(step)};
        group.run(chunk, 0, group.size(), failures);
        workers_.progress.advance((to - from) * (chunk.end - chunk.first));
        step = chunk.end;
      }
      group.measure(0, group.size(), failures);
    });
  }

  const language::Lowered& lowered_;
  const EnsembleOptions& options_;
  const Sharing& sharing_;
  Workers workers_;
  std::uint32_t first_step_;
  std::uint32_t n_steps_;
  Ensemble ensemble_;
  std::vector<double> outputs_;  ///< of the chunk being run
};

}  // namespace

Ensemble simulate(const language::Lowered& lowered, const EnsembleOptions& options,
                  Workers workers) {
  return simulate(lowered, options, {}, workers);
}

Ensemble simulate(const language::Lowered& lowered, const EnsembleOptions& options,
                  const Sharing& sharing, Workers workers) {
  Ensemble ensemble = Simulation(lowered, options, sharing, workers).run();
  std::stable_sort(ensemble.failures.begin(), ensemble.failures.end(),
                   [](const Failure& a, const Failure& b) { return a.history < b.history; });
  return ensemble;
}

double memory_at_work(const language::Lowered& lowered, const EnsembleOptions& options) {
  if (!options.keep_bands) return 0.0;
  const double n_histories = static_cast<double>(options.n_sets) * options.per_set;
  const double n_banded = std::min(n_histories, static_cast<double>(most_band_histories));
  const auto n_outputs = static_cast<double>(lowered.output_columns.size());
  const double of_states =
      n_banded * static_cast<double>(lowered.state_names.size() + lowered.accumulators.size());
  const double of_outputs =
      std::max(n_banded * n_outputs, std::min(static_cast<double>(chunk_bytes) / sizeof(double),
                                              n_banded * n_outputs * step_count(lowered)));
  return (of_states + of_outputs) * sizeof(double);
}

}  // namespace casus::cases
