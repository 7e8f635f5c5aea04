// Warnings about what is allowed and rarely meant: a unit where a description stands, a parameter
// that nothing uses.
#include "language/compile.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace casus::language {

namespace {

using Words = std::set<std::string>;

void add_words(const std::string& text, Words& words) {
  std::string problem;
  const std::optional<WrittenUnit> unit = parse_unit(text, problem);
  if (!unit) return;
  for (const auto& [word, exponent] : unit->unit.exponents()) words.insert(word);
}

/// The words of which the model's units are made, and those of time.
Words unit_words(const Model& model) {
  Words words{"year"};
  for (const Quantity& quantity : model.quantities) {
    if (quantity.unit) add_words(quantity.unit->text, words);
  }
  for (std::uint32_t node = 0; node < model.tree.size(); ++node) {
    const auto* number = std::get_if<NumberWithUnit>(&model.tree[NodeId{node}].expression);
    if (number != nullptr) add_words(number->unit.text, words);
  }
  return words;
}

/// "million USD / year", or words that are units elsewhere in the model. Any word may be a unit, so
/// others are left alone.
bool reads_as_unit(const std::string& text, const Words& known) {
  std::string problem;
  const std::optional<WrittenUnit> unit = parse_unit(text, problem);
  if (!unit || unit->unit.dimensionless()) return false;
  const auto& words = unit->unit.exponents();
  const auto is_known = [&known](const auto& word) { return known.contains(word.first); };
  if (std::all_of(words.begin(), words.end(), is_known)) return true;
  const bool divides = text.find(" / ") != std::string::npos || text.find('^') != std::string::npos;
  return divides ||
         (text.find('/') != std::string::npos && std::any_of(words.begin(), words.end(), is_known));
}

void check_description(const Clauses& clauses, const Words& known, Diagnostics& found) {
  if (!clauses.unit.empty() || !reads_as_unit(clauses.description, known)) return;
  found.add({.code = "U114",
             .message =
                 fmt::format("\"{}\" is read as a description, not as a unit", clauses.description),
             .primary = {clauses.described_at},
             .help = fmt::format("for a unit write `unit \"{}\"`", clauses.description),
             .severity = Severity::warning});
}

void check_descriptions(const Model& model, Diagnostics& found) {
  const Words known = unit_words(model);
  for (const Statement& statement : model.tree.statements) {
    std::visit(
        [&](const auto& at) {
          if constexpr (requires { at.target; }) check_description(at.clauses, known, found);
        },
        statement);
  }
}

void check_unused(const Model& model, Diagnostics& found) {
  std::vector<bool> used(model.quantities.size());
  for (const Meaning& meaning : model.meanings) {
    if (meaning.kind == Meaning::Kind::quantity) used[meaning.target] = true;
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    const Quantity& quantity = model.quantities[i];
    const bool is_param =
        quantity.kind == Quantity::Kind::parameter || quantity.kind == Quantity::Kind::constant;
    if (used[i] || !is_param) continue;
    found.add({.code = "N123",
               .message = fmt::format("nothing uses the parameter `{}`", quantity.name.text),
               .primary = {quantity.name.span},
               .help = "use it in an expression, or take it out",
               .severity = Severity::warning});
  }
}

}  // namespace

void report_doubts(const Model& model, Diagnostics& found) {
  check_descriptions(model, found);
  check_unused(model, found);
}

}  // namespace casus::language
