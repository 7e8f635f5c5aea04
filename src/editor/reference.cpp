// Pages of laws and functions.
#include "editor/reference.hpp"

#include "machine/operation.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::editor {
namespace {

std::string_view of_support(random::Support support) {
  switch (support) {
    case random::Support::real: return "any number";
    case random::Support::positive: return "numbers above zero";
    case random::Support::unit: return "numbers between 0 and 1";
    case random::Support::count: return "0, 1, 2, ...";
    case random::Support::truth: return "0 or 1";
  }
  return "";
}

std::string_view of_units(machine::UnitRule rule) {
  switch (rule) {
    case machine::UnitRule::same: return "Its arguments have one unit, which is the result's";
    case machine::UnitRule::product: return "The result has the product of the units";
    case machine::UnitRule::quotient: return "The result has the quotient of the units";
    case machine::UnitRule::square_root: return "The result has the square root of the unit";
    case machine::UnitRule::dimensionless: return "It takes and gives numbers without a unit";
    case machine::UnitRule::keep: return "The result has the unit of the argument";
    default: return "";
  }
}

Page page_of(const random::Law& law) {
  std::string arguments;
  std::string demands;
  for (const random::Parameter& each : law.parameters) {
    arguments += fmt::format("{}{}", arguments.empty() ? "" : ", ", each.name);
    if (each.domain == random::Domain::finite) continue;
    demands += fmt::format("; {} {}", each.name, random::requirement(each.domain));
  }
  const std::string_view unit =
      law.outcome == random::OutcomeUnit::dimensionless ? ", without a unit" : "";
  return {.name = std::string(law.name),
          .sort = "law",
          .form = fmt::format("{}({})", law.name, arguments),
          .meaning = fmt::format("Gives {}{}{}. Source: {}.", of_support(law.support), unit,
                                 demands, law.source)};
}

std::string_view operands_of(const machine::Operation& row) {
  if (row.arity == 1) return "x";
  return row.arity == 2 ? "a, b" : "x, low, high";
}

Page page_of(const machine::Operation& row) {
  const std::string_view units = of_units(row.units);
  const std::string example =
      row.example.empty() ? "" : fmt::format(" Example: `{}`.", row.example);
  return {.name = std::string(row.call),
          .sort = "function",
          .form = fmt::format("{}({})", row.call, operands_of(row)),
          .meaning = fmt::format("Gives {}.{}{}{}", row.meaning, units.empty() ? "" : " ", units,
                                 units.empty() ? example : "." + example)};
}

}  // namespace

std::optional<Page> find_page(std::string_view name) {
  if (const random::Law* law = random::find_law(name)) return page_of(*law);
  if (const machine::Operation* row = machine::find_function(name)) {
    Page page = page_of(*row);
    for (const WordRow& word : word_rows()) {
      if (word.word == name) page.meaning += fmt::format(" Also `{}`: {}", word.form, word.meaning);
    }
    return page;
  }
  for (const WordRow& row : word_rows()) {
    if (row.word != name) continue;
    return Page{.name = std::string(row.word),
                .sort = std::string(row.sort),
                .form = std::string(row.form),
                .meaning = std::string(row.meaning)};
  }
  return std::nullopt;
}

std::vector<std::string> names_of_pages() {
  std::vector<std::string> names;
  const auto add = [&names](std::string_view name) {
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
    names.emplace_back(name);
  };
  for (const random::Law* law : random::laws()) add(law->name);
  for (const machine::Operation& row : machine::operations()) add(row.call);
  for (const WordRow& row : word_rows()) add(row.word);
  return names;
}

}  // namespace casus::editor
