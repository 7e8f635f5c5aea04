// What the record follows, and free histories of a fit's draws beside it.
#include "base/bug.hpp"
#include "case/fit_checks.hpp"
#include "case/history.hpp"
#include "case/lowered.hpp"
#include "case/reading.hpp"
#include "machine/lanes/block.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::cases {
namespace {

using language::Model;
using language::RecordColumn;
using language::ScoreColumn;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// ---- the record

void add_numbers(const Model& model, ObservedSeries& series, const ScoreColumn& column) {
  const language::Quantity& quantity = model[column.quantity];
  const auto& observe = model.statement<language::ObserveStatement>(column.statement);
  series.unit = quantity.unit ? observe.clauses.unit.text : "";
  series.scale = quantity.unit ? quantity.unit->scale : 1.0;
  if (column.of == ScoreColumn::Of::total) return;
  const std::size_t n = quantity.n_elements(model.sets);
  const std::vector<double>& data = model.series[language::index(column.quantity)].values;
  for (const std::uint32_t step : series.steps)
    series.recorded.push_back(data[step * n + column.item] / series.scale);
}

void add_labels(const RecordColumn& record, ObservedSeries& series) {
  series.labels = record.labels;
  for (const std::uint32_t step : series.steps) {
    const language::RecordedCell& cell = record.cells[step];
    std::vector<double>& admitted = series.admitted.emplace_back();
    for (const std::uint32_t label : cell.labels) admitted.push_back(label);
    if (cell.kind == language::RecordedCell::Kind::not_reached) admitted = {no_label};
    series.recorded.push_back(admitted.size() == 1 ? admitted.front() : nan);
  }
}

// ---- histories

/// A free history for each draw, in blocks.
class FreeHistories {
 public:
  FreeHistories(const language::Lowered& lowered, const Model& model, const Fit& fit,
                FitChecks& checks)
      : lowered_(lowered),
        fit_(fit),
        checks_(checks),
        lanes_(programs_of(lowered),
               {.per_set = 1, .outputs = true, .kernels = machine::kernels_of("")}) {
    const OutputNumbers outputs(lowered);
    for (std::size_t i = 0; i < checks.series.size(); ++i) {
      ObservedSeries& series = checks.series[i];
      const ScoreColumn& column = fit.lowered.score_columns[series.column];
      series.predicted.assign(series.steps.size() * checks.draws.n_all(), nan);
      if (column.of == ScoreColumn::Of::total) {
        const ScoreColumn& drawn = lowered.score_columns[series.column];
        series.recorded.assign(series.steps.size(), drawn.recorded);
        readings_.emplace_back(i, Reading(lowered.first_score + series.column, series.scale));
      } else {
        readings_.emplace_back(i, Reading(model, outputs, column, series.scale));
      }
      if (!series.steps.empty()) n_steps_ = std::max(n_steps_, series.steps.back() + 1);
    }
  }

  std::uint32_t n_steps() const { return n_steps_; }
  std::size_t n_blocks() const { return (checks_.draws.n_all() + block_size() - 1) / block_size(); }

  /// Histories of a block; how many failed.
  std::size_t run_block(std::size_t block) {
    const std::size_t first = block * block_size();
    const std::size_t count = std::min(block_size(), checks_.draws.n_all() - first);
    if (run_together(first, count)) return 0;
    std::size_t n_failed = 0;
    for (std::size_t draw = first; draw < first + count; ++draw)
      n_failed += run_alone(draw) ? 0U : 1U;
    return n_failed;
  }

 private:
  std::size_t block_size() const { return lanes_.options().n_lanes; }

  std::size_t n_outputs() const { return lowered_.first_score + lowered_.score_columns.size(); }

  random::Key key_of(std::size_t draw) const {
    const std::size_t n = checks_.draws.n_draws;
    return random::key_of(
        fit_.settings.seed,
        {.purpose = random::Purpose::datum,
         .parameter_set = static_cast<std::uint32_t>(draw % n),
         .replication = fit_.settings.first_replication + static_cast<std::uint32_t>(draw / n)});
  }

  std::span<const double> parameters_of(std::size_t draw) const {
    const std::size_t width = lowered_.parameter_columns.size();
    return std::span(checks_.draws.parameters).subspan(draw * width, width);
  }

  bool run_together(std::size_t first, std::size_t count) {
    if (lanes_.fails()) return false;
    machine::LaneBlock block(lanes_);
    std::vector<machine::SetOfBlock> sets;
    for (std::size_t draw = first; draw < first + count; ++draw) {
      sets.push_back(
          {.key = key_of(draw), .parameters = parameters_of(draw), .first_slot = 0, .n_lanes = 1});
    }
    block.seat(sets);
    if (!block.begin()) return false;
    std::vector<double> outputs(n_outputs() * count);
    for (std::uint32_t step = 0; step < n_steps_; ++step) {
      if (!block.step(step, {.values = outputs.data(), .stride = count, .n = count})) return false;
      for (std::size_t i = 0; i < count; ++i) take(step, first + i, &outputs[i], count);
    }
    return true;
  }

  /// To its end, or to where a number stops being finite: then nothing of it counts.
  bool run_alone(std::size_t draw) {
    HistoryRunner runner(lowered_);
    std::vector<double> states(lowered_.state_names.size());
    std::vector<double> outputs(n_outputs());
    std::vector<double> accumulators(lowered_.accumulators.size());
    HistoryState history{.parameters = parameters_of(draw),
                         .states = states,
                         .accumulators = accumulators,
                         .key = key_of(draw),
                         .slot = 0};
    bool goes_on = !runner.begin(history);
    for (std::uint32_t step = 0; goes_on && step < n_steps_; ++step) {
      const std::size_t segment = segment_of(lowered_, step);
      goes_on = !runner.step(history, segment, step);
      if (!goes_on) break;
      runner.copy_outputs(segment, outputs, 1);
      take(step, draw, outputs.data(), 1);
    }
    if (goes_on) return true;
    for (const auto& [number, reading] : readings_) {
      ObservedSeries& series = checks_.series[number];
      for (std::size_t row = 0; row < series.steps.size(); ++row)
        series.predicted[row * checks_.draws.n_all() + draw] = nan;
    }
    return false;
  }

  void take(std::uint32_t step, std::size_t draw, const double* outputs, std::size_t stride) {
    for (const auto& [number, reading] : readings_) {
      ObservedSeries& series = checks_.series[number];
      const auto at = std::lower_bound(series.steps.begin(), series.steps.end(), step);
      if (at == series.steps.end() || *at != step) continue;
      const auto row = static_cast<std::size_t>(at - series.steps.begin());
      series.predicted[row * checks_.draws.n_all() + draw] = reading.value(outputs, stride);
    }
  }

  const language::Lowered& lowered_;
  const Fit& fit_;
  FitChecks& checks_;
  machine::LaneRun lanes_;
  std::vector<std::pair<std::size_t, Reading>> readings_;
  std::uint32_t n_steps_ = 0;
};

}  // namespace

std::vector<ObservedSeries> observed_series(const Model& model, const language::Lowered& lowered) {
  std::vector<ObservedSeries> all;
  for (std::size_t i = 0; i < lowered.score_columns.size(); ++i) {
    const ScoreColumn& column = lowered.score_columns[i];
    ObservedSeries series{.name = column.name, .column = i};
    for (std::uint32_t step = 0; step < column.is_recorded.size(); ++step)
      if (column.is_recorded[step]) series.steps.push_back(step);
    if (series.steps.empty()) continue;
    if (column.of == ScoreColumn::Of::record) {
      add_labels(model.record[column.item], series);
    } else {
      add_numbers(model, series, column);
    }
    all.push_back(std::move(series));
  }
  return all;
}

language::Variant free_variant(const Job& job) {
  language::Variant variant = job.plan.baselines.front();
  variant.start = "";
  variant.measures = false;
  return variant;
}

void simulate_draws(const LoadedCase& loaded, const Job& job, const Fit& fit, FitChecks& checks,
                    Workers workers) {
  language::Variant variant = free_variant(job);
  variant.totals = true;
  const language::Lowered lowered = lower_or_stop(loaded.model, variant);
  require(lowered.parameter_columns.size() == fit.lowered.parameter_columns.size(),
          "a free variant of other parameters");
  FreeHistories histories(lowered, loaded.model, fit, checks);
  std::vector<std::size_t> failed(histories.n_blocks());
  workers.progress.stage("free histories", failed.size());
  workers.parallel.for_each(failed.size(), [&](std::size_t block) {
    if (workers.progress.stop_requested()) throw Interrupted{};
    failed[block] = histories.run_block(block);
    workers.progress.advance(1);
  });
  workers.progress.finish();
  for (const std::size_t n : failed) checks.n_failed += n;
}

}  // namespace casus::cases
