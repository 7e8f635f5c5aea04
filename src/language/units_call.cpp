// Units of calls: operations by their row of the table, functions by their body, questions to
// games, and the calendar.
#include "language/units.hpp"
#include "machine/operation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

/// Functions are read again at every call. What is left unread beyond this is left unchecked.
constexpr std::uint32_t most_call_nodes = 5'000'000;
constexpr std::size_t deepest_call = 64;

}  // namespace

Form UnitChecker::visit(NodeId node, const Call& at) {
  const Meaning& meaning = model_.meaning(node);
  switch (meaning.kind) {
    case Meaning::Kind::calendar: return calendar_call(at);
    case Meaning::Kind::memory: return memory_call(node, at);
    case Meaning::Kind::link: return {.unit = links_[meaning.target]};
    case Meaning::Kind::function: return function_call(node, at, FunctionId{meaning.target});
    case Meaning::Kind::game: return game_call(node, at);
    case Meaning::Kind::operation: return operation_call(node, at);
    default: return Form::faulty_part();
  }
}

Form UnitChecker::operation_call(NodeId node, const Call& at) {
  const machine::Operation& operation =
      machine::operation(static_cast<machine::Op>(model_.meaning(node).target));
  std::vector<Side> sides;
  for (const NodeId argument : at.arguments) sides.push_back(side(argument));
  if (sides.empty()) return Form::faulty_part();
  const Form& first = sides.front().form;
  switch (operation.units) {
    case machine::UnitRule::same: return alternatives(sides);
    case machine::UnitRule::keep: return first;
    case machine::UnitRule::square_root:
      return first.has_unit() ? Form{.unit = first.unit.power({1, 2})} : first;
    default: break;
  }
  for (const Side& each : sides) dimensionless("U103", each, fmt::format("`{}`", operation.call));
  return {};
}

Form UnitChecker::function_call(NodeId node, const Call& at, FunctionId id) {
  ActiveCall call{.function = id, .span = model_.tree[node].span};
  for (const NodeId argument : at.arguments) call.arguments.push_back(expression(argument));
  const bool again = std::any_of(frame_.calls.begin(), frame_.calls.end(),
                                 [id](const ActiveCall& each) { return each.function == id; });
  if (again || frame_.calls.size() >= deepest_call || n_call_nodes_ >= most_call_nodes)
    return Form::faulty_part();
  define(id);
  if (functions_[index(id)] != Progress::good) return Form::faulty_part();
  const auto& statement =
      model_.statement<FunctionStatement>(model_.functions[index(id)].statement);
  frame_.calls.push_back(std::move(call));
  Form form = expression(statement.body);
  frame_.calls.pop_back();
  return form;
}

void UnitChecker::define(FunctionId id) {
  Progress& progress = functions_[index(id)];
  if (progress != Progress::fresh) return;
  progress = Progress::open;
  const Function& function = model_.functions[index(id)];
  const auto& statement = model_.statement<FunctionStatement>(function.statement);
  const bool good = checked(function.name.span, [&] {
    ActiveCall itself{.function = id};
    for (std::size_t i = 0; i < statement.parameters.size(); ++i)
      itself.arguments.push_back({.unit = system_.fresh()});
    frame_.calls.push_back(std::move(itself));
    expression(statement.body);
  });
  functions_[index(id)] = good ? Progress::good : Progress::faulty;
}

/// The player whose option is asked about in `value(offensive)` or `value(attack == offensive)`.
std::optional<std::uint32_t> UnitChecker::mover_of(GameId game, NodeId option) const {
  const auto player_of = [&](auto fits) -> std::optional<std::uint32_t> {
    for (const GameMove& move : model_.games[index(game)].moves) {
      if (fits(move)) return move.player;
    }
    return {};
  };
  const auto* equality = std::get_if<Binary>(&model_.tree[option].expression);
  if (equality == nullptr) {
    const DomainId domain = model_.meaning(option).type.domain;
    return player_of([&](const GameMove& move) { return model_[move.move].type.domain == domain; });
  }
  for (const NodeId part : {equality->left, equality->right}) {
    const Meaning& meaning = model_.meaning(part);
    if (meaning.kind != Meaning::Kind::quantity) continue;
    return player_of([&](const GameMove& move) { return move.move == QuantityId{meaning.target}; });
  }
  return {};
}

Form UnitChecker::game_call(NodeId node, const Call& at) {
  const GameId game{model_.meaning(node).target};
  const NodeId asked = at.arguments.front();
  const std::optional<std::uint32_t> player =
      at.function.text == "worth" ? model_.meaning(asked).target : mover_of(game, asked);
  const Form otherwise = at.otherwise == no_node ? Form{} : expression(at.otherwise);
  if (!player) return Form::faulty_part();
  Form form{.unit = payoff(game, *player)};
  if (at.otherwise == no_node) return form;
  return alternatives(
      {{form, model_.tree[node].span}, {otherwise, model_.tree[at.otherwise].span}});
}

Form UnitChecker::memory_call(NodeId node, const Call& at) {
  Form form = expression(at.arguments.front());
  form.quantity = QuantityId{nothing};
  duration(at.arguments.back(), fmt::format("`{}`", at.function.text));
  const bool slope = model_.memories[model_.meaning(node).target].kind == Memory::Kind::slope;
  if (!slope || form.kind == Form::Kind::faulty) return form;
  return {.unit = (form.has_unit() ? form.unit : UnitTerm{}) / time_};
}

Form UnitChecker::calendar_call(const Call& at) {
  if (at.function.text == "half_life") {
    duration(at.arguments.front(), "`half_life`");
    return {};
  }
  if (at.function.text != "pulse") return {};
  const Meaning& event = model_.meaning(at.arguments.front());
  if (event.kind != Meaning::Kind::quantity) return Form::faulty_part();
  return of(QuantityId{event.target});
}

}  // namespace casus::language
