// Warnings about what is allowed and rarely meant: a unit where a description stands, a parameter
// that nothing uses, two moments of one step in one number.
#include "language/compile.hpp"
#include "language/walk.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <vector>

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

/// Which lets hold a state's value at the beginning of their step.
class Beginnings {
 public:
  explicit Beginnings(const Model& model) : model_(model), known_(model.quantities.size()) {}

  /// A let that is worked out from a state, by way of other lets if need be.
  bool holds(std::uint32_t quantity) {
    if (model_.quantities[quantity].kind != Quantity::Kind::let) return false;
    std::optional<bool>& known = known_[quantity];
    if (known) return *known;
    known = false;  // a let that needs itself is refused elsewhere
    const auto& let = model_.statement<LetStatement>(model_.quantities[quantity].statement);
    bool any = false;
    walk(model_.tree, let.value, [&](NodeId node) {
      const Meaning& meaning = model_.meaning(node);
      if (meaning.kind != Meaning::Kind::quantity) return;
      any = any || is_state(meaning.target) || holds(meaning.target);
    });
    known_[quantity] = any;
    return any;
  }

  bool is_state(std::uint32_t quantity) const {
    return model_.quantities[quantity].kind == Quantity::Kind::state;
  }

 private:
  const Model& model_;
  std::vector<std::optional<bool>> known_;
};

/// `x - y at end`, where x is a state and y a let of states: one is of the step's end, the other of
/// its beginning.
void check_moments(const Model& model, Diagnostics& found) {
  Beginnings beginnings(model);
  for (std::uint32_t node = 0; node < model.tree.size(); ++node) {
    const auto* at = std::get_if<AtDate>(&model.tree[NodeId{node}].expression);
    if (at == nullptr) continue;
    std::optional<NodeId> state;
    std::optional<NodeId> let;
    walk(model.tree, at->body, [&](NodeId part) {
      const Meaning& meaning = model.meaning(part);
      if (meaning.kind != Meaning::Kind::quantity) return;
      if (!state && beginnings.is_state(meaning.target)) state = part;
      if (!let && beginnings.holds(meaning.target)) let = part;
    });
    if (!state || !let) continue;
    const auto name = [&model](NodeId part) {
      return model.quantities[model.meaning(part).target].name.text;
    };
    found.add(
        {.code = "O116",
         .message = fmt::format("`{}` is taken at the step's end, and `{}` from the states at "
                                "its beginning",
                                name(*state), name(*let)),
         .primary = {model.tree[*state].span},
         .related = {{model.tree[*let].span, "a step earlier"}},
         .help = fmt::format("write what `{}` is from the states themselves, or make `{}` a "
                             "let as well",
                             name(*let), name(*state)),
         .severity = Severity::warning});
  }
}

}  // namespace

void report_doubts(const Model& model, Diagnostics& found) {
  check_descriptions(model, found);
  check_unused(model, found);
  check_moments(model, found);
}

}  // namespace casus::language
