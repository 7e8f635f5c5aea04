// Scoring what lay behind a cut by histories that go on free.
#include "case/ahead.hpp"

#include "base/text.hpp"
#include "case/group.hpp"
#include "case/history.hpp"
#include "case/layout.hpp"
#include "case/lowered.hpp"
#include "case/stop.hpp"
#include "inference/weights.hpp"
#include "random/laws.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace casus::cases {
namespace {

using language::Lowered;
using language::ScoreColumn;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// ---- the model

class Ahead {
 public:
  Ahead(const LoadedCase& loaded, Lowered lowered, const AsOf& from, const EnsembleOptions& options,
        Workers workers)
      : loaded_(loaded),
        lowered_(std::move(lowered)),
        options_(options),
        from_(from),
        workers_(workers),
        ensemble_(ensemble_of(options, from)),
        lanes_(programs_of(lowered_), lane_options()),
        group_({.lowered = lowered_,
                .options = options_,
                .lanes = lanes_,
                .ensemble = ensemble_,
                .from = &from_.checkpoint},
               0, ensemble_.n_histories()) {}

  /// (n_columns) sums over the steps behind the cut.
  std::vector<double> scores() {
    const std::size_t n = group_.size();
    const std::size_t n_columns = lowered_.score_columns.size();
    std::vector<double> outputs(n_columns * n);
    std::vector<double> sums(n_columns);
    std::vector<std::vector<Failure>> failures(group_.n_blocks());
    workers_.parallel.for_each(group_.n_blocks(),
                               [&](std::size_t block) { group_.load(block, from_.checkpoint); });
    for (std::uint32_t step = from_.checkpoint.step; step < step_count(lowered_); ++step) {
      if (workers_.progress.stop_requested()) throw Interrupted{};
      const Chunk chunk{.first = step, .end = step + 1, .outputs = outputs};
      workers_.parallel.for_each(
          group_.n_blocks(), [&](std::size_t block) { group_.run(block, chunk, failures[block]); });
      stop_on(failures);
      add(step, outputs, sums);
    }
    return sums;
  }

 private:
  machine::LaneOptions lane_options() const {
    return {.n_lanes = options_.n_lanes,
            .per_set = options_.per_set,
            .outputs = true,
            .at_least = from_.checkpoint.rates,
            .kernels = options_.kernels == nullptr ? machine::kernels_of("") : options_.kernels};
  }

  static Ensemble ensemble_of(const EnsembleOptions& options, const AsOf& from) {
    Ensemble ensemble;
    ensemble.n_sets = options.n_sets;
    ensemble.per_set = options.per_set;
    ensemble.parameters = from.parameters;
    return ensemble;
  }

  void stop_on(const std::vector<std::vector<Failure>>& failures) {
    for (const std::vector<Failure>& some : failures)
      ensemble_.failures.insert(ensemble_.failures.end(), some.begin(), some.end());
    Diagnostics found;
    report_failures(lowered_, loaded_.model.steps, ensemble_, found);
    stop_on_errors(found);
  }

  /// Columns of the step one after another, by the chain rule over histories.
  void add(std::uint32_t step, std::span<const double> outputs, std::vector<double>& sums) const {
    const std::size_t n = group_.size();
    std::vector<double> logs(n);
    double before = 0.0;
    for (std::size_t column = 0; column < sums.size(); ++column) {
      if (!lowered_.score_columns[column].is_recorded[step]) continue;
      for (std::size_t i = 0; i < n; ++i) logs[i] += outputs[column * n + i];
      const double after = inference::log_mean(logs);
      sums[column] += after - before;
      if (after == inference::impossible) return;  // what follows has nothing to go on
      before = after;
    }
  }

  const LoadedCase& loaded_;
  Lowered lowered_;
  EnsembleOptions options_;
  const AsOf& from_;
  Workers workers_;
  Ensemble ensemble_;
  machine::LaneRun lanes_;
  Group group_;
};

// ---- the data

Seen seen_of_record(const language::RecordColumn& column) {
  Seen seen{.values = std::vector<double>(column.cells.size(), nan),
            .as = Seen::As::option,
            .n_options = column.labels.size()};
  bool has_none = false;
  for (std::size_t step = 0; step < column.cells.size(); ++step) {
    const language::RecordedCell& cell = column.cells[step];
    if (cell.kind == language::RecordedCell::Kind::not_reached) {
      has_none = true;
      seen.values[step] = -1.0;
    } else if (cell.labels.size() == 1) {
      seen.values[step] = cell.labels.front();
    }
  }
  if (has_none) ++seen.n_options;
  if (column.labels.empty()) seen.n_options = 2;  // truths
  return seen;
}

Seen seen_of_observed(const language::Model& model, const ScoreColumn& column) {
  const language::Quantity& quantity = model[column.quantity];
  const auto& observe = model.statement<language::ObserveStatement>(column.statement);
  const random::Law* const law = random::find_law(observe.law.law.text);
  const std::vector<double>& values = model.series[language::index(column.quantity)].values;
  const std::size_t n = quantity.n_elements(model.sets);
  Seen seen{.values = {}, .as = Seen::As::number, .n_options = 0};
  if (law != nullptr && law->support == random::Support::count) seen.as = Seen::As::count;
  if (law != nullptr && law->support == random::Support::truth) {
    seen.as = Seen::As::option;
    seen.n_options = 2;
  }
  const double scale = quantity.unit ? quantity.unit->scale : 1.0;
  for (std::size_t step = 0; step < model.steps.count; ++step)
    seen.values.push_back(values[step * n + column.item] / scale);
  return seen;
}

/// Whether each recorded datum behind the cut is one that simple forecasts can score: cells that
/// leave several options open are not.
bool is_whole(const Seen& seen, const ScoreColumn& column, std::uint32_t cut) {
  for (std::size_t step = cut; step < seen.values.size(); ++step) {
    if (column.is_recorded[step] && std::isnan(seen.values[step])) return false;
  }
  return true;
}

SimpleScores simple_scores_of(const language::Model& model, const ScoreColumn& column,
                              std::uint32_t cut) {
  if (column.of == ScoreColumn::Of::total) return {};
  const Seen seen = column.of == ScoreColumn::Of::record ? seen_of_record(model.record[column.item])
                                                         : seen_of_observed(model, column);
  if (!is_whole(seen, column, cut)) return {};
  return simple_scores(seen, cut);
}

std::string score_text(const std::optional<double>& score) {
  if (!score) return "·";
  return std::isfinite(*score) ? fmt::format("{:.2f}", *score) : "-inf";
}

}  // namespace

std::vector<AheadRow> look_ahead(const LoadedCase& loaded, const language::Variant& variant,
                                 const AsOf& from, const EnsembleOptions& options,
                                 Workers workers) {
  language::Variant scored = variant;
  scored.outputs = false;
  scored.measures = false;
  scored.given = true;
  scored.free_from = from.checkpoint.step;
  Lowered lowered = lower_or_stop(loaded.model, scored);
  lowered.output_columns.assign(lowered.score_columns.size(), {});  // what programs put out
  check_layout(lowered, from.checkpoint);
  const std::vector<ScoreColumn> columns = lowered.score_columns;
  EnsembleOptions apart = options;
  apart.epoch = as_of_epoch;
  const std::uint32_t cut = from.checkpoint.step;
  const std::vector<double> sums = Ahead(loaded, std::move(lowered), from, apart, workers).scores();
  std::vector<AheadRow> rows;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& recorded = columns[i].is_recorded;
    const auto n = std::count(recorded.begin() + cut, recorded.end(), true);
    if (n == 0) continue;
    const SimpleScores simple = simple_scores_of(loaded.model, columns[i], cut);
    rows.push_back({.name = columns[i].name,
                    .n = static_cast<std::size_t>(n),
                    .model = sums[i],
                    .no_change = simple.no_change,
                    .base_rate = simple.base_rate});
  }
  return rows;
}

std::string ahead_text(const std::vector<AheadRow>& rows) {
  if (rows.empty()) return "";
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right});
  table.add({"observed", "after", "model", "no change", "base rate"});
  for (const AheadRow& row : rows) {
    table.add({row.name, grouped(row.n), score_text(row.model), score_text(row.no_change),
               score_text(row.base_rate)});
  }
  return table.text(2);
}

std::string ahead_csv(const std::vector<AheadRow>& rows) {
  table::Writer writer({"observed", "after", "model", "no_change", "base_rate"});
  for (const AheadRow& row : rows) {
    writer.text(row.name).integer(static_cast<std::int64_t>(row.n)).number(row.model);
    for (const std::optional<double>& score : {row.no_change, row.base_rate}) {
      if (score) {
        writer.number(*score);
      } else {
        writer.text("");
      }
    }
    writer.end_row();
  }
  return writer.take();
}

}  // namespace casus::cases
