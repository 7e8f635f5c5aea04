#include "language/declare.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace casus::language {

bool Names::take(const Word& name) {
  if (name.empty()) return false;
  const auto [at, fresh] = taken_.emplace(name.text, name.span);
  if (fresh) return true;
  found_.add({.code = "N002",
              .message = fmt::format("`{}` is defined twice", name.text),
              .primary = {name.span, "again here"},
              .related = {{at->second, "first here"}},
              .help =
                  "give one of them another name; every set, quantity, function and game of a case "
                  "has its own"});
  return false;
}

std::optional<SetId> find_set(const Model& model, const Word& name, Diagnostics& found) {
  const auto at = model.set_named.find(name.text);
  if (at != model.set_named.end()) return at->second;
  std::vector<std::string> names;
  for (const Set& set : model.sets) names.push_back(set.name.text);
  const std::optional<std::string> near = nearest(name.text, names);
  found.add({.code = "N003",
             .message = fmt::format("there is no set `{}`", name.text),
             .primary = {name.span, {}},
             .help = near ? fmt::format("did you mean `{}`?", *near)
                          : fmt::format("declare it: `set {} = label, label`", name.text)});
  return {};
}

std::optional<WrittenUnit> written_unit(const Word& text, Diagnostics& found) {
  if (text.empty()) return {};
  std::string problem;
  std::optional<WrittenUnit> unit = parse_unit(text.text, problem);
  if (unit) return unit;
  found.add({.code = "U001",
             .message = fmt::format("`{}` is no unit: {}", text.text, problem),
             .primary = {text.span, {}},
             .help = "write for example \"person\", \"million USD / year\" or \"1 / month\""});
  return {};
}

std::optional<double> constant_number(const Tree& tree, NodeId node) {
  if (node == no_node) return {};
  const Expression& expression = tree[node].expression;
  if (const auto* number = std::get_if<Number>(&expression)) return number->value;
  const auto* unary = std::get_if<Unary>(&expression);
  if (unary == nullptr || unary->kind != UnaryKind::negate) return {};
  const std::optional<double> inner = constant_number(tree, unary->operand);
  if (!inner) return {};
  return -*inner;
}

std::optional<Date> written_date(const Tree& tree, NodeId node) {
  if (node == no_node) return {};
  const Expression& expression = tree[node].expression;
  if (const auto* date = std::get_if<DateValue>(&expression)) return date->date;
  if (const auto* number = std::get_if<Number>(&expression)) {
    const double year = number->value;
    if (year >= 1.0 && year <= 9999.0 && year == static_cast<double>(static_cast<int>(year))) {
      return Date{.year = static_cast<std::int32_t>(year)};
    }
  }
  return {};
}

void declare(Model& model, Inputs& inputs, Diagnostics& found) {
  model.meanings.assign(model.tree.size(), Meaning{});
  declare_steps(model, inputs, found);
  declare_sets(model, inputs, found);
  if (found.has_errors()) return;
  declare_links(model, inputs, found);
  declare_quantities(model, found);
  declare_games(model, found);
}

Model check(Tree tree, Inputs& inputs, Diagnostics& found) {
  Model model;
  model.tree = std::move(tree);
  declare(model, inputs, found);
  if (found.has_errors()) return model;
  resolve(model, found);
  if (found.has_errors()) return model;
  check_units(model, found);
  load_data(model, inputs, found);
  if (found.has_errors()) return model;
  load_record(model, inputs, found);
  return model;
}

}  // namespace casus::language
