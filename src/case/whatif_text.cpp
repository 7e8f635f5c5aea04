// Tables of what-ifs.
#include "base/text.hpp"
#include "case/headlines.hpp"
#include "case/layout.hpp"
#include "case/summary_text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

using language::MeasureColumn;
using Align = TextTable::Align;

constexpr std::string_view nothing_new = "no measure differs in any history";
constexpr std::string_view about_coupling =
    "  averted, caused: shares of histories as paired here; in brackets what any pairing allows\n";

bool is_share(const Aspect& aspect) {
  return aspect.kind != Aspect::Kind::mean && aspect.kind != Aspect::Kind::ratio;
}

/// "2016-04, never 12 %": a run's median of a date measure before the share of histories in which
/// it never came.
std::string date_value(const Run& run, std::size_t measure, const std::string& share) {
  const std::string& median = run.summaries[measure].find("q50")->text;
  return fmt::format("{}never {}", median == "never" ? "" : median + ", ", share);
}

/// "41 %", "3.2"; of dates also the median: "2016-04, never 12 %".
std::string value_text(const Comparison& one, const Run& run, const Estimate& estimate) {
  std::string value = is_share(one.aspect) ? percent_alone(estimate) : value_alone(estimate);
  if (one.aspect.kind != Aspect::Kind::never) return value;
  return date_value(run, one.measure, value);
}

std::string difference_text(const Comparison& one) {
  if (one.n_different == 0) return "·";
  return is_share(one.aspect) ? points(one.difference) : signed_with_error(one.difference);
}

/// In a table of what-ifs a cell has no room for what it is compared with.
std::string cell_text(const Comparison& one, const Run& run) {
  std::string difference = difference_text(one);
  if (one.aspect.kind != Aspect::Kind::never || one.n_different == 0) return difference;
  return date_value(run, one.measure, difference);
}

std::string row_name(const Comparison& one, const MeasureColumn& column) {
  const bool is_label = one.aspect.kind == Aspect::Kind::label;
  return is_label ? fmt::format("{}: {}", column.name, name_of(one.aspect, column)) : column.name;
}

std::string unit_of(const Comparison& one, const MeasureColumn& column) {
  return is_share(one.aspect) ? "" : column.unit;
}

std::string in_brackets(const std::string& text) {
  return text.empty() ? text : fmt::format("({})", text);
}

std::string whatif_description(const language::Model& model, const std::string& whatif) {
  for (const std::uint32_t at : model.whatifs) {
    const auto& statement = model.statement<language::WhatifStatement>(at);
    if (statement.name.text == whatif) return statement.clauses.description;
  }
  return {};
}

/// "averted 12 % (5 to 20), caused 1.2 % (0 to 9)": what the pairing says, and what any would
/// allow.
std::string coupled_text(const Comparison& one) {
  if (!one.averted || one.n_different == 0) return "";
  const auto part = [](std::string_view verb, const CoupledShare& share) {
    constexpr int digits = 3;
    const auto number = [](double value) { return to_text(100.0 * value, digits); };
    return fmt::format("{} {} % ({} to {})", verb, number(share.estimate.value),
                       number(share.least), number(share.most));
  };
  return fmt::format("{}, {}", part("averted", *one.averted), part("caused", *one.caused));
}

/// "pairs: -3.1 to 0.4": where nine of ten pairs differ.
std::string spread_text(const Comparison& one) {
  if (!one.spread || one.n_different == 0) return "";
  constexpr int digits = 3;
  return fmt::format("pairs, 5-95 %: {} to {}", to_text(one.spread->first, digits),
                     to_text(one.spread->second, digits));
}

/// Names of the columns, their units where there are any, and the values of the baseline of a
/// what-if.
void add_head(const Runs& runs, const PairedRun& first, const std::vector<std::size_t>& chosen,
              TextTable& table) {
  constexpr std::size_t widest = 24;
  const Run& baseline = baseline_of(runs, first);
  std::vector<std::string> names{""};
  std::vector<std::string> units{""};
  std::vector<std::string> values{"(" + baseline.name + ")"};
  for (const std::size_t i : chosen) {
    const Comparison& one = first.comparisons[i];
    const MeasureColumn& column = baseline.lowered.measure_columns[one.measure];
    names.push_back(cut_to(row_name(one, column), widest));
    units.push_back(cut_to(in_brackets(unit_of(one, column)), widest));
    values.push_back(value_text(one, baseline, one.baseline));
  }
  const auto is_written = [](const std::string& unit) { return !unit.empty(); };
  table.add(std::move(names));
  if (std::any_of(units.begin(), units.end(), is_written)) table.add(std::move(units));
  table.add(std::move(values));
}

/// What needs saying about the columns that a table has.
std::string legend(const Runs& runs, const std::vector<std::size_t>& chosen) {
  const auto is_of = [&](auto holds) {
    return std::any_of(chosen.begin(), chosen.end(), [&](std::size_t i) {
      return holds(runs.whatifs.front().comparisons[i].aspect);
    });
  };
  std::string text;
  if (is_of(is_share)) text += "; points: percentage points";
  if (is_of([](const Aspect& aspect) { return aspect.kind == Aspect::Kind::never; }))
    text += "; dates: medians";
  return text;
}

/// What-ifs of one baseline.
std::string table_of(const LoadedCase& loaded, const Runs& runs,
                     const std::vector<const PairedRun*>& rows,
                     const std::vector<std::size_t>& chosen) {
  const Run& baseline = baseline_of(runs, *rows.front());
  std::vector<Align> columns{Align::left};
  columns.resize(chosen.size() + 1, Align::right);
  TextTable table(columns);
  add_head(runs, *rows.front(), chosen, table);
  std::vector<std::string> silent;
  for (const PairedRun* paired : rows) {
    if (nothing_differs(paired->comparisons)) {
      silent.push_back(paired->run.name);
      continue;
    }
    std::vector<std::string> row{paired->run.name};
    for (const std::size_t i : chosen)
      row.push_back(cell_text(paired->comparisons[i], paired->run));
    table.add(std::move(row));
  }
  std::string text = fmt::format(
      "What-ifs from {}: differences from {} (± standard error)\n"
      "  paired by {}; ·: the same in every history{}\n",
      loaded.model.steps.label(baseline.lowered.first_result_step), baseline.name, coupling,
      legend(runs, chosen));
  if (silent.size() < rows.size()) text += table.text(2);
  for (const std::string& name : silent) text += fmt::format("  {}: {}\n", name, nothing_new);
  return text;
}

/// One measure in both runs. What differs in histories and not on average is left out, but for the
/// dates.
void add_comparison(const Comparison& one, const Run& baseline, const Run& changed,
                    TextTable& table) {
  const bool is_date = one.aspect.kind == Aspect::Kind::never;
  const bool is_same = one.difference.value == 0.0 && !(one.difference.error > 0.0);
  if (one.n_different == 0 || (is_same && !is_date)) return;
  const MeasureColumn& column = changed.lowered.measure_columns[one.measure];
  const std::string unit = in_brackets(unit_of(one, column));
  table.add({row_name(one, column) + (unit.empty() ? "" : " " + unit),
             value_text(one, baseline, one.baseline), "→", value_text(one, changed, one.changed),
             difference_text(one), coupled_text(one) + spread_text(one)});
}

}  // namespace

std::string whatif_table(const LoadedCase& loaded, const Runs& runs) {
  const std::vector<std::size_t> chosen = headline_comparisons(runs);
  std::string text;
  for (std::size_t i = 0; i < runs.baselines.size(); ++i) {
    std::vector<const PairedRun*> rows;
    for (const PairedRun& paired : runs.whatifs) {
      if (paired.baseline == i) rows.push_back(&paired);
    }
    if (rows.empty()) continue;
    text += (text.empty() ? "" : "\n") + table_of(loaded, runs, rows, chosen);
  }
  return text;
}

std::string whatif_details(const LoadedCase& loaded, const Run& baseline, const PairedRun& paired) {
  const std::string description = whatif_description(loaded.model, paired.run.name);
  std::string text = paired.run.name;
  if (!description.empty()) text += fmt::format(" \"{}\"", description);
  if (nothing_differs(paired.comparisons)) return fmt::format("{}\n  {}\n", text, nothing_new);
  TextTable table(
      {Align::left, Align::right, Align::left, Align::right, Align::right, Align::left});
  for (const Comparison& one : paired.comparisons) {
    add_comparison(one, baseline, paired.run, table);
  }
  const bool is_coupled =
      std::any_of(paired.comparisons.begin(), paired.comparisons.end(),
                  [](const Comparison& one) { return !coupled_text(one).empty(); });
  text += "\n" + table.text(2) + (is_coupled ? std::string(about_coupling) : "");
  return text + (paired.parting ? parting_text(*paired.parting, loaded.model.steps) : "");
}

}  // namespace casus::cases
