// Origins say most of it; what measures fold is found back from their outputs.
#include "case/statement_names.hpp"

#include "base/text.hpp"
#include "machine/lanes/needs.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace casus::cases {
namespace {

/// What lowering writes before an element whose start or next value it computes.
constexpr std::array<std::string_view, 2> prefixes{"next ", "start of "};

std::string without_prefix(const std::string& name) {
  for (const std::string_view prefix : prefixes) {
    if (name.rfind(prefix, 0) == 0) return name.substr(prefix.size());
  }
  return name;
}

std::string stem_of(const std::string& element) { return element.substr(0, element.find('[')); }

/// The states, here accumulators, that some output of a program depends on.
std::vector<bool> read_by(const machine::Program& program,
                          const std::vector<std::uint32_t>& outputs, std::size_t n_states) {
  machine::Program part = program;
  std::erase_if(part.outputs, [&](const machine::Write& write) {
    return std::find(outputs.begin(), outputs.end(), write.target) == outputs.end();
  });
  part.sinks.clear();
  const std::vector<machine::Rate> rates(n_states, machine::Rate::history);
  const machine::Studied study = machine::studied(part, rates, true);
  std::vector<bool> read(n_states);
  for (std::size_t i = 0; i < part.code.size(); ++i) {
    const bool is_read = study.needed[i] && part.code[i].op == machine::Op::state;
    if (is_read) read[part.code[i].a] = true;
  }
  return read;
}

}  // namespace

std::string common_name(std::span<const std::string> elements) {
  if (elements.size() == 1) return elements.front();
  std::vector<std::string> stems;
  for (const std::string& element : elements) {
    const std::string stem = stem_of(element);
    if (std::find(stems.begin(), stems.end(), stem) == stems.end()) stems.push_back(stem);
  }
  return fmt::format("{} × {}", join_text(stems, ", "), elements.size());
}

StatementNames::StatementNames(const language::Model& model, const language::Lowered& lowered)
    : model_(model),
      accumulators_(lowered.accumulators.size()),
      measure_outputs_(lowered.n_measure_outputs),
      accumulator_spans_(lowered.accumulators.size()),
      measure_output_spans_(lowered.n_measure_outputs) {
  name_measures(lowered);
}

void StatementNames::name_measures(const language::Lowered& lowered) {
  for (const language::MeasureColumn& column : lowered.measure_columns) {
    const Span span = model_[column.quantity].name.span;
    std::vector<std::uint32_t> outputs{column.value};
    if (column.kind == language::MeasureColumn::Kind::ratio) outputs.push_back(column.denominator);
    if (column.given) outputs.push_back(*column.given);
    for (const std::uint32_t output : outputs) {
      measure_outputs_[output] = column.name;
      measure_output_spans_[output] = span;
    }
    const std::vector<bool> read = read_by(lowered.measures, outputs, accumulators_.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
      if (!read[i] || !accumulators_[i].empty()) continue;
      accumulators_[i] = column.name;
      accumulator_spans_[i] = span;
    }
  }
}

/// The measure in whose body `inside` stands: the last that begins before it.
StatementName StatementNames::measure_at(Span inside) const {
  StatementName found{.element = "a measure", .span = inside};
  std::uint32_t nearest = 0;
  for (const language::QuantityId id : model_.measures) {
    const language::Word& name = model_[id].name;
    const bool is_nearer = name.span.file == inside.file && name.span.begin <= inside.begin &&
                           name.span.begin >= nearest;
    if (!is_nearer) continue;
    nearest = name.span.begin;
    found = {.element = name.text, .span = name.span};
  }
  return found;
}

StatementName StatementNames::of(const machine::Origin& origin) const {
  if (origin.span == Span{}) return {.element = origin.name};
  if (origin.name == "a measure") return measure_at(origin.span);
  return {.element = without_prefix(origin.name), .span = origin.span};
}

StatementName StatementNames::of_fold(std::uint32_t accumulator) const {
  return {.element = accumulators_[accumulator], .span = accumulator_spans_[accumulator]};
}

StatementName StatementNames::of_measure_output(std::uint32_t output) const {
  return {.element = measure_outputs_[output], .span = measure_output_spans_[output]};
}

}  // namespace casus::cases
