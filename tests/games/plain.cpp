// Games for tests: written out as trees of numbers, with their values read back as numbers.
#include "games/plain.hpp"

#include <map>
#include <stdexcept>

namespace casus::games {

using machine::Op;

namespace {

class Reading {
 public:
  Reading(const Builder& builder, std::span<const double> inputs)
      : builder_(builder), inputs_(inputs) {}

  double of(Value value) {
    if (const std::optional<double> constant = builder_.known(value)) return *constant;
    const auto seen = seen_.find(value);
    if (seen != seen_.end()) return seen->second;
    const machine::Instruction& made = builder_.definition(value);
    const double result = made.op == Op::parameter ? inputs_[made.a] : applied(made);
    seen_.emplace(value, result);
    return result;
  }

 private:
  double applied(const machine::Instruction& made) {
    if (made.op < Op::add) throw std::logic_error("not a number of a game");
    const std::uint8_t arity = machine::operation(made.op).arity;
    const double a = of(Value{made.a});
    const double b = arity > 1 ? of(Value{made.b}) : 0.0;
    const double c = arity > 2 ? of(Value{made.c}) : 0.0;
    return machine::evaluate(made.op, a, b, c);
  }

  const Builder& builder_;
  std::span<const double> inputs_;
  std::map<Value, double> seen_;
};

double entry(const std::vector<double>& values, const Tree& node, std::int32_t option) {
  if (values.empty()) return 0.0;
  std::size_t k = 0;
  while (node.option(k) != option) ++k;
  return values.at(k);
}

}  // namespace

double number(const Builder& builder, Value value, std::span<const double> inputs) {
  return Reading(builder, inputs).of(value);
}

std::vector<double> numbers(const Builder& builder, const std::vector<Value>& values,
                            std::span<const double> inputs) {
  Reading reading(builder, inputs);
  std::vector<double> result(values.size());
  for (std::size_t k = 0; k < values.size(); ++k) result[k] = reading.of(values[k]);
  return result;
}

const Tree& walk(const Tree& tree, const Path& path) {
  const Tree* node = &tree;
  while (!node->is_leaf() && path.at(node->move) != not_reached) {
    std::size_t k = 0;
    while (node->option(k) != path[node->move]) ++k;
    node = &node->branches.at(k);
  }
  return *node;
}

Form form_of(Builder& builder, const Tree& tree, const std::vector<double>& rationality,
             std::uint32_t n_moves, Asked* asked) {
  Form form;
  form.n_moves = n_moves;
  form.n_players = static_cast<std::uint32_t>(rationality.size());
  form.menu = [&tree, asked](const Path& path) -> std::optional<Menu> {
    if (asked != nullptr) ++asked->menus;
    const Tree& node = walk(tree, path);
    if (node.is_leaf()) return std::nullopt;
    Menu menu{.move = node.move, .player = node.player, .options = {}};
    for (std::size_t k = 0; k < node.branches.size(); ++k) menu.options.push_back(node.option(k));
    return menu;
  };
  form.payoff = [&builder, &tree, asked](Solver&, const Path& leaf, std::uint32_t player) {
    if (asked != nullptr) ++asked->payoffs;
    return builder.constant(walk(tree, leaf).payoffs.at(player));
  };
  form.cost = [&builder, &tree](Solver&, const Path& path, const Menu&, std::int32_t option) {
    const Tree& node = walk(tree, path);
    return builder.constant(entry(node.costs, node, option));
  };
  form.offset = [&builder, &tree](const Path& path, const Menu&, std::int32_t option) {
    const Tree& node = walk(tree, path);
    return builder.constant(entry(node.offsets, node, option));
  };
  form.rationality = [&builder, &rationality](std::uint32_t player) {
    return builder.constant(rationality.at(player));
  };
  return form;
}

}  // namespace casus::games
