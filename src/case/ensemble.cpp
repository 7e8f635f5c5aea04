// Dividing histories into blocks and steps into chunks.
#include "case/ensemble.hpp"

#include "base/bug.hpp"
#include "case/group.hpp"
#include "case/history.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace casus::cases {
namespace {

/// Of output values between two summaries: they should not have left the processor's memory.
constexpr std::size_t chunk_bytes = std::size_t{1} << 24;
constexpr std::size_t sets_at_once = 64;
constexpr std::size_t lines_at_once = 16;

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
    workers_.progress.advance(std::uint64_t{first_step_} * n);
    require(!options_.keep_bands || lowered_.score_columns.empty(),
            "bands of a program that scores: its outputs are more than its columns");
    const std::size_t n_banded = options_.keep_bands ? std::min(n, most_band_histories) : 0;
    std::optional<machine::LaneRun> banded;
    std::optional<machine::LaneRun> others;
    if (n_banded > 0) banded.emplace(lanes(true));
    if (n_banded < n) others.emplace(lanes(false));
    make_measures(banded, others);
    if (banded) run_with_bands(*banded, n_banded);
    if (others) run_without_bands(*others, n_banded, n);
    return std::move(ensemble_);
  }

 private:
  /// `work(i, failures)` for every i, in parallel; failures are joined in order.
  template <class Work>
  void for_each(std::size_t n, const Work& work) {
    std::vector<std::vector<Failure>> failures(n);
    workers_.parallel.for_each(n, [&](std::size_t i) {
      if (workers_.progress.stop_requested()) throw Interrupted{};
      work(i, failures[i]);
    });
    for (const std::vector<Failure>& some : failures) {
      ensemble_.failures.insert(ensemble_.failures.end(), some.begin(), some.end());
    }
  }

  void draw_parameters() {
    const std::size_t n = lowered_.parameter_columns.size();
    const std::size_t n_sets = options_.n_sets;
    if (!sharing_.parameters.empty()) {
      ensemble_.parameters.assign(sharing_.parameters.begin(), sharing_.parameters.end());
      require(ensemble_.parameters.size() == n_sets * n, "parameters of other sets");
      return;
    }
    ensemble_.parameters.resize(n_sets * n);
    for_each((n_sets + sets_at_once - 1) / sets_at_once, [&](std::size_t i, auto& failures) {
      HistoryRunner runner(lowered_);
      const std::size_t end = std::min((i + 1) * sets_at_once, n_sets);
      for (std::size_t set = i * sets_at_once; set < end; ++set) draw_set(runner, set, failures);
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

  machine::LaneRun lanes(bool outputs) const {
    machine::LaneOptions options{.n_lanes = options_.n_lanes,
                                 .per_set = options_.per_set,
                                 .outputs = outputs,
                                 .at_least = {},
                                 .kernels = options_.kernels};
    if (options.kernels == nullptr) options.kernels = machine::kernels_of("");
    if (sharing_.from != nullptr) options.at_least = sharing_.from->rates;
    return machine::LaneRun(programs_of(lowered_), options);
  }

  Setting setting(const machine::LaneRun& lanes) {
    return {.lowered = lowered_,
            .options = options_,
            .lanes = lanes,
            .ensemble = ensemble_,
            .from = sharing_.from};
  }

  /// A block fills whole chunks of the table, so that no two threads write to one.
  void make_measures(const std::optional<machine::LaneRun>& banded,
                     const std::optional<machine::LaneRun>& others) {
    std::size_t chunk = ensemble_.n_histories();
    if (banded) chunk = banded->options().n_lanes;
    if (others) chunk = std::gcd(banded ? chunk : 0, std::size_t{others->options().n_lanes});
    ensemble_.measures = MeasureTable(ensemble_.n_histories(), lowered_.n_measure_outputs, chunk);
  }

  // ---- checkpoints

  void make_checkpoints(const machine::LaneRun& lanes) {
    if (!ensemble_.checkpoints.empty()) return;
    const std::size_t n = ensemble_.n_histories();
    for (const std::uint32_t step : sharing_.keep) {
      ensemble_.checkpoints.push_back(
          {.step = step,
           .n_histories = n,
           .states = std::vector<double>(n * lowered_.state_names.size()),
           .accumulators = std::vector<double>(n * lowered_.accumulators.size()),
           .rates = {lanes.state_rates().begin(), lanes.state_rates().end()}});
    }
  }

  /// The first step after `step` at which the histories must stand together.
  std::uint32_t next_checkpoint(std::uint32_t step) const {
    const auto next = std::upper_bound(sharing_.keep.begin(), sharing_.keep.end(), step);
    return next == sharing_.keep.end() ? n_steps_ : std::min(*next, n_steps_);
  }

  void begin(Group& group, std::size_t block, std::vector<Failure>& failures) const {
    if (sharing_.from == nullptr) {
      group.begin(block, failures);
    } else {
      group.load(block, *sharing_.from);
    }
  }

  void save_at(std::uint32_t step, const Group& group, std::size_t block) {
    for (Checkpoint& checkpoint : ensemble_.checkpoints) {
      if (checkpoint.step == step) group.save(block, checkpoint);
    }
  }

  void run_block(Group& group, std::size_t block, const Chunk& chunk,
                 std::vector<Failure>& failures) {
    save_at(chunk.first, group, block);
    group.run(block, chunk, failures);
    workers_.progress.advance(group.size_of(block) * (chunk.end - chunk.first));
  }

  // ---- histories whose outputs are summarised step by step

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
    require(sharing_.before != nullptr, "histories that go on from nobody's bands");
    const auto n_before =
        static_cast<std::ptrdiff_t>((first_step_ - bands.first_step) * bands.lines.size());
    std::copy_n(sharing_.before->values.begin(), n_before, bands.values.begin());
  }

  void run_with_bands(const machine::LaneRun& run, std::size_t n_banded) {
    make_bands(n_banded);
    make_checkpoints(run);
    Group group(setting(run), 0, n_banded);
    for_each(group.n_blocks(),
             [&](std::size_t block, auto& failures) { begin(group, block, failures); });
    for (std::uint32_t first = first_step_; first < n_steps_;) first = run_chunk(group, first);
    for_each(group.n_blocks(),
             [&](std::size_t block, auto& failures) { group.measure(block, failures); });
  }

  /// The steps from `first` on that are kept together; returns the next one.
  std::uint32_t run_chunk(Group& group, std::uint32_t first) {
    Chunk chunk{.first = first, .end = chunk_end(first, group.size())};
    if (first >= ensemble_.bands.first_step) {
      outputs_.resize((chunk.end - chunk.first) * lowered_.output_columns.size() * group.size());
      chunk.outputs = outputs_;
    }
    for_each(group.n_blocks(),
             [&](std::size_t block, auto& failures) { run_block(group, block, chunk, failures); });
    if (!chunk.outputs.empty() && ensemble_.failures.empty()) summarise(chunk);
    return chunk.end;
  }

  /// Lines of one step in groups, so that there is work for all threads.
  void summarise(const Chunk& chunk) {
    Bands& bands = ensemble_.bands;
    const std::size_t n_lines = bands.lines.size();
    const std::size_t n_groups = (n_lines + lines_at_once - 1) / lines_at_once;
    const std::size_t n_steps = chunk.end - chunk.first;
    const std::size_t row = chunk.outputs.size() / n_steps;
    workers_.parallel.for_each(n_steps * n_groups, [&](std::size_t task) {
      if (workers_.progress.stop_requested()) throw Interrupted{};
      const std::size_t step = task / n_groups;
      const std::size_t first = task % n_groups * lines_at_once;
      const std::size_t count = std::min(lines_at_once, n_lines - first);
      const std::size_t at = (chunk.first - bands.first_step + step) * n_lines + first;
      fill_bands(chunk.outputs.subspan(step * row, row),
                 std::span(bands.lines).subspan(first, count), bands.n_histories,
                 std::span(bands.values).subspan(at, count));
    });
  }

  // ---- the others

  /// Blocks meet at multiples of their size, as chunks of measures do.
  void run_without_bands(const machine::LaneRun& run, std::size_t first, std::size_t end) {
    make_checkpoints(run);
    const std::size_t n_lanes = run.options().n_lanes;
    const std::size_t first_block = first / n_lanes;
    for_each((end + n_lanes - 1) / n_lanes - first_block, [&](std::size_t i, auto& failures) {
      const std::size_t from = std::max((first_block + i) * n_lanes, first);
      Group group(setting(run), from, std::min((first_block + i + 1) * n_lanes, end) - from);
      begin(group, 0, failures);
      for (std::uint32_t step = first_step_; step < n_steps_;) {
        const Chunk chunk{.first = step, .end = next_checkpoint(step)};
        run_block(group, 0, chunk, failures);
        step = chunk.end;
      }
      group.measure(0, failures);
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

machine::RunPrograms programs_of(const language::Lowered& lowered) {
  machine::RunPrograms programs{.initial = &lowered.initial,
                                .segments = {},
                                .measures = &lowered.measures,
                                .series = &lowered.series,
                                .accumulators = lowered.accumulators,
                                .n_states = lowered.state_names.size(),
                                .n_parameters = lowered.parameter_columns.size(),
                                .first_result_step = lowered.first_result_step};
  for (const language::Segment& segment : lowered.segments) {
    programs.segments.push_back(
        {.first = segment.first, .last = segment.last, .program = &segment.program});
  }
  return programs;
}

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
      n_banded * static_cast<double>(2 * lowered.state_names.size() + lowered.accumulators.size());
  const double of_outputs =
      std::max(n_banded * n_outputs, std::min(static_cast<double>(chunk_bytes) / sizeof(double),
                                              n_banded * n_outputs * step_count(lowered)));
  return (of_states + of_outputs) * sizeof(double);
}

}  // namespace casus::cases
