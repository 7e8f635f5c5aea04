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

bool is_share(const Aspect& aspect) {
  return aspect.kind != Aspect::Kind::mean && aspect.kind != Aspect::Kind::ratio;
}

std::string value_text(const Aspect& aspect, const Estimate& estimate) {
  return is_share(aspect) ? percent_alone(estimate) : value_alone(estimate);
}

std::string difference_text(const Comparison& one) {
  if (one.n_different == 0) return "·";
  return is_share(one.aspect) ? signed_percent(one.difference) : signed_with_error(one.difference);
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

}  // namespace

std::string whatif_table(const LoadedCase& loaded, const Runs& runs) {
  constexpr std::size_t widest = 24;
  const std::vector<std::size_t> chosen = headline_comparisons(runs);
  if (runs.whatifs.empty()) return "";
  const Run& baseline = runs.baselines.back();
  std::vector<Align> columns{Align::left};
  columns.resize(chosen.size() + 1, Align::right);
  TextTable table(columns);
  std::vector<std::string> head{""};
  std::vector<std::string> values{"(" + baseline.name + ")"};
  for (const std::size_t i : chosen) {
    const Comparison& one = runs.whatifs.front().comparisons[i];
    head.push_back(
        cut_to(comparison_name(one, baseline.lowered.measure_columns[one.measure]), widest));
    values.push_back(value_text(one.aspect, one.baseline));
  }
  table.add(head);
  table.add(values);
  std::vector<std::string> silent;
  for (const PairedRun& paired : runs.whatifs) {
    if (nothing_differs(paired.comparisons)) {
      silent.push_back(paired.run.name);
      continue;
    }
    std::vector<std::string> row{paired.run.name};
    for (const std::size_t i : chosen) row.push_back(difference_text(paired.comparisons[i]));
    table.add(std::move(row));
  }
  std::string text = fmt::format(
      "What-ifs from {}: differences from {} (± standard error)\n"
      "  paired by {}; ·: the same in every history\n",
      loaded.model.steps.label(baseline.lowered.first_result_step), baseline.name, coupling);
  if (silent.size() < runs.whatifs.size()) text += table.text(2);
  for (const std::string& name : silent) {
    text += fmt::format("  {}: no history differs\n", name);
  }
  return text;
}

std::string whatif_details(const LoadedCase& loaded, const PairedRun& paired) {
  const std::string description = whatif_description(loaded.model, paired.run.name);
  std::string text = paired.run.name;
  if (!description.empty()) text += fmt::format(" \"{}\"", description);
  if (nothing_differs(paired.comparisons)) return text + "\n  no history differs\n";
  TextTable table(
      {Align::left, Align::right, Align::left, Align::right, Align::right, Align::left});
  for (const Comparison& one : paired.comparisons) {
    if (one.n_different == 0 || one.difference.value == 0.0) continue;
    const MeasureColumn& column = paired.run.lowered.measure_columns[one.measure];
    table.add({comparison_name(one, column), value_text(one.aspect, one.baseline), "→",
               value_text(one.aspect, one.changed), difference_text(one), coupled_text(one)});
  }
  return text + "\n" + table.text(2);
}

}  // namespace casus::cases
