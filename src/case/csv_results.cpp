// Results as rows.
#include "case/csv_results.hpp"

#include "base/text.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::cases {
namespace {

using language::MeasureColumn;
using table::Writer;

constexpr std::size_t piece_rows = 4096;

constexpr std::array<std::string_view, 5> kinds{"number", "truth", "date", "label", "ratio"};

/// Calls `each(run)` for all runs in order.
template <class Each>
void for_runs(const Runs& runs, const Each& each) {
  for (const Run* run : all_of(runs)) each(*run);
}

void estimate(Writer& writer, const Estimate& estimate) {
  writer.number_or_blank(estimate.value).number_or_blank(estimate.error);
}

std::vector<std::string> measure_headers(const MeasureColumn& column) {
  if (column.kind != MeasureColumn::Kind::ratio) return {column.name};
  return {column.name + ".numerator", column.name + ".denominator"};
}

void measure_cell(Writer& writer, const MeasureColumn& column, const MeasureValues& values,
                  std::size_t history, const language::Steps& steps) {
  const bool counts = values.counts(history);
  const bool is_ratio = column.kind == MeasureColumn::Kind::ratio;
  if (!counts) {
    writer.text("");
    if (is_ratio) writer.text("");
    return;
  }
  const double value = values.value(history);
  switch (column.kind) {
    case MeasureColumn::Kind::number: writer.number(value / column.scale); break;
    case MeasureColumn::Kind::truth: writer.integer(value != 0.0 ? 1 : 0); break;
    case MeasureColumn::Kind::date: writer.text(date_text(value, steps)); break;
    case MeasureColumn::Kind::label:
      writer.text(value < 0.0 ? "none" : column.labels[static_cast<std::size_t>(value)]);
      break;
    case MeasureColumn::Kind::ratio:
      writer.number(value / column.scale);
      writer.number(values.denominator(history));
      break;
  }
}

void coupled(Writer& writer, const std::optional<CoupledShare>& share) {
  if (!share) {
    for (int i = 0; i < 4; ++i) writer.text("");
    return;
  }
  estimate(writer, share->estimate);
  writer.number(share->least).number(share->most);
}

std::string label_of(const BandLine& line, const language::OutputColumn& column) {
  if (line.kind != BandLine::Kind::label) return "";
  return line.label < 0 ? "none" : column.labels[static_cast<std::size_t>(line.label)];
}

/// Seven digits: bands are for looking at, and shorter by half so.
void band_row(Writer& writer, const Band& band, double scale) {
  constexpr int digits = 7;
  for (const double value : {band.mean, band.q05, band.q25, band.q50, band.q75, band.q95}) {
    writer.text(std::isnan(value) ? "" : to_text(value / scale, digits));
  }
}

bool same_band(const Band& a, const Band& b) {
  const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return same(a.mean, b.mean) && same(a.q05, b.q05) && same(a.q25, b.q25) && same(a.q50, b.q50) &&
         same(a.q75, b.q75) && same(a.q95, b.q95);
}

/// `baseline` is null for a baseline itself.
void band_rows(Writer& writer, const Run& run, const Run* baseline, const language::Steps& steps,
               const Pieces& pieces) {
  const Bands& bands = run.ensemble.bands;
  for (std::size_t step = 0; step < bands.n_steps(); ++step) {
    const auto number_of_step = static_cast<std::uint32_t>(bands.first_step + step);
    for (std::size_t i = 0; i < bands.lines.size(); ++i) {
      const Band& band = bands.at(step, i);
      if (baseline != nullptr && same_band(band, baseline->ensemble.bands.at(step, i))) continue;
      const BandLine& line = bands.lines[i];
      const language::OutputColumn& column = run.lowered.output_columns[line.output];
      writer.text(run.name).integer(number_of_step).text(steps.label(number_of_step));
      writer.text(column.name).text(column.unit).text(label_of(line, column));
      band_row(writer, band, line.kind == BandLine::Kind::number ? column.scale : 1.0);
      writer.end_row();
    }
    pieces(writer.take());
  }
}

void figure_row(Writer& writer, const Run& run, const MeasureSummary& summary,
                const Figure& figure) {
  const MeasureColumn& column = run.lowered.measure_columns[summary.measure];
  writer.text(run.name).text(column.name).text(kind_name(column.kind));
  writer.text(column.unit).text(figure.name);
  if (figure.text.empty()) {
    estimate(writer, figure.estimate);
  } else {
    writer.text(figure.text).text("");
  }
  writer.integer(static_cast<std::int64_t>(summary.n_counted)).end_row();
}

/// Histories [first, first + count).
void history_rows(Writer& writer, const Run& run, std::size_t first, std::size_t count,
                  const language::Steps& steps) {
  const std::vector<MeasureColumn>& columns = run.lowered.measure_columns;
  std::vector<MeasureValues> values;
  values.reserve(columns.size());
  for (const MeasureColumn& column : columns) {
    values.emplace_back(run.ensemble.measures, column, first, count);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t history = first + i;
    writer.text(run.name).integer(static_cast<std::int64_t>(history));
    writer.integer(static_cast<std::int64_t>(history / run.ensemble.per_set));
    writer.integer(static_cast<std::int64_t>(history % run.ensemble.per_set));
    for (std::size_t j = 0; j < columns.size(); ++j) {
      measure_cell(writer, columns[j], values[j], i, steps);
    }
    writer.end_row();
  }
}

}  // namespace

std::string_view kind_name(MeasureColumn::Kind kind) {
  return kinds.at(static_cast<std::size_t>(kind));
}

std::string measures_csv(const Runs& runs) {
  Writer writer(
      {"run", "measure", "kind", "unit", "statistic", "value", "standard_error", "histories"});
  for_runs(runs, [&writer](const Run& run) {
    for (const MeasureSummary& summary : run.summaries) {
      for (const Figure& figure : summary.figures) figure_row(writer, run, summary, figure);
    }
  });
  return writer.take();
}

void bands_csv(const Runs& runs, const language::Steps& steps, const Pieces& pieces) {
  Writer writer(
      {"run", "step", "date", "name", "unit", "label", "mean", "q05", "q25", "q50", "q75", "q95"});
  for (const Run& run : runs.baselines) band_rows(writer, run, nullptr, steps, pieces);
  for (const PairedRun& paired : runs.whatifs) {
    band_rows(writer, paired.run, &baseline_of(runs, paired), steps, pieces);
  }
}

void parameters_csv(const Runs& runs, const Pieces& pieces) {
  const auto& columns = runs.baselines.front().lowered.parameter_columns;
  std::vector<std::string> header{"run", "set"};
  for (const language::ParameterColumn& column : columns) header.push_back(column.name);
  Writer writer(header);
  for_runs(runs, [&](const Run& run) {
    for (std::size_t set = 0; set < run.ensemble.n_sets; ++set) {
      writer.text(run.name).integer(static_cast<std::int64_t>(set));
      for (std::size_t i = 0; i < columns.size(); ++i) {
        writer.number(run.ensemble.parameters[set * columns.size() + i] / columns[i].scale);
      }
      writer.end_row();
      if (set % piece_rows == 0) pieces(writer.take());
    }
  });
  pieces(writer.take());
}

void histories_csv(const Runs& runs, const language::Steps& steps, const Pieces& pieces) {
  std::vector<std::string> header{"run", "history", "set", "slot"};
  for (const MeasureColumn& column : runs.baselines.front().lowered.measure_columns) {
    for (std::string& name : measure_headers(column)) header.push_back(std::move(name));
  }
  Writer writer(header);
  for_runs(runs, [&](const Run& run) {
    const std::size_t n = run.ensemble.n_histories();
    for (std::size_t first = 0; first < n; first += piece_rows) {
      history_rows(writer, run, first, std::min(piece_rows, n - first), steps);
      pieces(writer.take());
    }
  });
}

bool any_spread(const Runs& runs) {
  return std::any_of(runs.whatifs.begin(), runs.whatifs.end(), [](const PairedRun& paired) {
    return std::any_of(paired.comparisons.begin(), paired.comparisons.end(),
                       [](const Comparison& one) { return one.spread.has_value(); });
  });
}

std::string whatifs_csv(const Runs& runs) {
  std::vector<std::string> header{"whatif",        "measure",      "statistic",  "unit",
                                  "baseline",      "changed",      "difference", "standard_error",
                                  "histories",     "differing",    "averted",    "averted_error",
                                  "averted_least", "averted_most", "caused",     "caused_error",
                                  "caused_least",  "caused_most"};
  const bool has_spreads = any_spread(runs);
  if (has_spreads) header.insert(header.end(), {"q05", "q95"});
  Writer writer(header);
  for (const PairedRun& paired : runs.whatifs) {
    for (const Comparison& one : paired.comparisons) {
      const MeasureColumn& column = paired.run.lowered.measure_columns[one.measure];
      writer.text(paired.run.name).text(column.name).text(name_of(one.aspect, column));
      writer.text(column.unit);
      writer.number_or_blank(one.baseline.value).number_or_blank(one.changed.value);
      estimate(writer, one.difference);
      writer.integer(static_cast<std::int64_t>(one.n_counted));
      writer.integer(static_cast<std::int64_t>(one.n_different));
      coupled(writer, one.averted);
      coupled(writer, one.caused);
      if (has_spreads) {
        writer.number_or_blank(one.spread ? one.spread->first : std::nan(""));
        writer.number_or_blank(one.spread ? one.spread->second : std::nan(""));
      }
      writer.end_row();
    }
  }
  return writer.take();
}

}  // namespace casus::cases
