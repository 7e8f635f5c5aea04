// Short tables of measures and series.
#include "case/summary_text.hpp"

#include "base/text.hpp"
#include "case/headlines.hpp"
#include "case/layout.hpp"
#include "case/sparkline.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

using language::MeasureColumn;
using Align = TextTable::Align;

constexpr std::size_t picture_width = 48;

std::string with_unit(const std::string& text, const std::string& unit) {
  return unit.empty() ? text : text + " " + unit;
}

std::string short_text(const Figure* figure) {
  constexpr int digits = 3;
  if (figure == nullptr) return "";
  // numbers made from dates are infinite where the date never comes
  return std::isinf(figure->estimate.value) ? "never" : to_text(figure->estimate.value, digits);
}

/// "none of 4,096" says more than 0 %, whose error cannot be seen.
std::string share_text(const Estimate& share, std::size_t n) {
  if (share.value == 0.0) return fmt::format("none of {}", grouped(n));
  if (share.value == 1.0) return fmt::format("all of {}", grouped(n));
  return percent(share);
}

struct MeasureText {
  std::string value;
  std::string spread;
};

/// The likeliest label, then the others in the case's order.
MeasureText labels_text(const MeasureSummary& summary) {
  constexpr std::string_view prefix = "share of ";
  const auto share = [](const Figure& figure) { return figure.estimate.value; };
  const auto text = [&](const Figure& figure) {
    return figure.name.substr(prefix.size()) + " " + percent(figure.estimate);
  };
  const Figure* first = &summary.figures.front();
  for (const Figure& figure : summary.figures) {
    if (share(figure) > share(*first)) first = &figure;
  }
  std::vector<std::string> others;
  for (const Figure& figure : summary.figures) {
    if (&figure != first && share(figure) > 0.0) others.push_back(text(figure));
  }
  return {text(*first), join_text(others, ", ")};
}

/// Empty where every history gives the same.
std::string spread_text(const MeasureSummary& summary) {
  const Figure* low = summary.find("q05");
  const Figure* high = summary.find("q95");
  if (low->estimate.value == high->estimate.value &&
      short_text(low) == short_text(&summary.figures.front()))
    return "";
  return fmt::format("5-95 %: {} to {}", short_text(low), short_text(high));
}

MeasureText text_of(const MeasureColumn& column, const MeasureSummary& summary) {
  const Estimate& first = summary.figures.front().estimate;
  switch (column.kind) {
    case MeasureColumn::Kind::number:
      return {with_unit(with_error(first), column.unit), spread_text(summary)};
    case MeasureColumn::Kind::truth: return {share_text(first, summary.n_counted), ""};
    case MeasureColumn::Kind::ratio: return {with_unit(with_error(first), column.unit), ""};
    case MeasureColumn::Kind::date:
      return {
          summary.find("q50")->text,
          fmt::format("10-90 %: {} to {}", summary.find("q10")->text, summary.find("q90")->text) +
              (first.value == 0.0 ? "" : "; never: " + share_text(first, summary.n_counted))};
    case MeasureColumn::Kind::label: break;
  }
  return labels_text(summary);
}

/// "123 histories count" where not all do.
std::string counted_text(const MeasureSummary& summary, std::size_t n_histories) {
  if (summary.n_counted == n_histories) return "";
  if (summary.n_counted == 0) return "no history counts";
  return fmt::format("{}{} of {} histories count", summary.too_few() ? "only " : "",
                     grouped(summary.n_counted), grouped(n_histories));
}

/// A line's name, its picture from 0 or its least value to its greatest, and these in numbers.
std::vector<std::string> series_row(const Bands& bands, std::size_t line,
                                    const language::OutputColumn& column) {
  const bool is_number = bands.lines[line].kind == BandLine::Kind::number;
  std::vector<double> values;
  for (std::size_t step = 0; step < bands.n_steps(); ++step) {
    values.push_back(bands.at(step, line).mean / (is_number ? column.scale : 1.0));
  }
  const auto number = [is_number](double value) {
    constexpr int digits = 3;
    return is_number ? to_text(value, digits) : to_text(100.0 * value, digits) + " %";
  };
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double low = std::min(*least, 0.0);
  const std::string range = fmt::format("{} → {} (at most {})", number(values.front()),
                                        number(values.back()), number(*most));
  return {line_name(bands.lines[line], column), sparkline(values, low, *most, picture_width),
          with_unit(range, column.unit)};
}

std::string joined(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "; " + second;
}

std::string time_text(const language::Steps& steps) {
  using Kind = language::Steps::Kind;
  if (steps.kind == Kind::rows) return "of a file, each by itself";
  const std::string last = steps.label(steps.count - 1);
  return steps.kind == Kind::calendar
             ? fmt::format("by {}, {} to {}", steps.by, steps.label(0), last)
             : fmt::format("to {}", last);
}

}  // namespace

std::string heading_text(const LoadedCase& loaded, const Runs& runs) {
  const language::Steps& steps = loaded.model.steps;
  const std::string time = time_text(steps);
  const EnsembleOptions& options = runs.options;
  const std::string& explanation = runs.baselines.front().variant.explanation;
  const std::string of = explanation.empty() ? "" : fmt::format(" of explanation {}", explanation);
  std::string text =
      fmt::format("{}\n  {} {}\n  {}{}: {} of {}{}, seed {}\n",
                  loaded.model.title.empty() ? loaded.name : loaded.model.title,
                  counted(steps.count, steps.word()), time,
                  grouped(std::size_t{options.n_sets} * options.per_set) + " histories", of,
                  counted(options.n_sets, "parameter set"), options.per_set,
                  options.at_median ? " at the priors' medians" : "", options.seed);
  for (const std::string& note : runs.notes) text += fmt::format("  {}\n", note);
  return text;
}

std::string measures_text(const Run& run, std::size_t most) {
  TextTable table({Align::left, Align::right, Align::left});
  for (std::size_t i = 0; i < std::min(most, run.summaries.size()); ++i) {
    const MeasureSummary& summary = run.summaries[i];
    const MeasureColumn& column = run.lowered.measure_columns[summary.measure];
    const std::string counts = counted_text(summary, run.ensemble.n_histories());
    if (summary.n_counted == 0) {
      table.add({column.name, "-", counts});
      continue;
    }
    MeasureText text = text_of(column, summary);
    table.add({column.name, text.value, joined(text.spread, counts)});
  }
  std::string text = table.text(2);
  if (run.summaries.size() > most) {
    text += fmt::format("  and {} more\n", run.summaries.size() - most);
  }
  return text;
}

std::string series_text(const LoadedCase& loaded, const Run& run) {
  const Bands& bands = run.ensemble.bands;
  if (bands.n_steps() < 2) return "";
  TextTable table({Align::left, Align::left, Align::left});
  for (const std::size_t i : headline_lines(loaded.model, run, n_headlines)) {
    const BandLine& line = bands.lines[i];
    table.add(series_row(bands, i, run.lowered.output_columns[line.output]));
  }
  if (table.empty()) return "";
  const std::string of = bands.n_histories < run.ensemble.n_histories()
                             ? fmt::format(", of histories 0 to {}", grouped(bands.n_histories - 1))
                             : "";
  return fmt::format("\nOver time, {} to {} (means, shares of histories{})\n",
                     loaded.model.steps.label(bands.first_step),
                     loaded.model.steps.label(
                         static_cast<std::uint32_t>(bands.first_step + bands.n_steps() - 1)),
                     of) +
         table.text(2);
}

std::string evidence_text(const LoadedCase& loaded) {
  const std::size_t n = loaded.statements.size();
  if (!loaded.claims) {
    const auto cites = [](const evidence::Statement& one) { return !one.cited.empty(); };
    const auto n_citing = std::count_if(loaded.statements.begin(), loaded.statements.end(), cites);
    if (n_citing == 0) return fmt::format("  {}: none cites a claim\n", counted(n, "assumption"));
    const std::string citing = n_citing == 1 ? "1 cites" : fmt::format("{} cite", n_citing);
    return fmt::format("  {}: {} claims; the case names no file of claims\n",
                       counted(n, "assumption"), citing);
  }
  const auto count = [&](evidence::Footing footing) {
    return std::count_if(
        loaded.supports.begin(), loaded.supports.end(),
        [footing](const evidence::Support& row) { return row.footing == footing; });
  };
  return fmt::format("  {}: {} on sources, {} on low-reliability sources only, {} on none\n",
                     counted(n, "assumption"), count(evidence::Footing::sourced),
                     count(evidence::Footing::low_only), count(evidence::Footing::none));
}

}  // namespace casus::cases
