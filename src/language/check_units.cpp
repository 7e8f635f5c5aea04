// The third pass, statement by statement.
#include "language/units.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

/// What is no quantity's definition: treaties, variants, observations and the lines of games.
class Statements {
 public:
  explicit Statements(UnitChecker& checker) : to_(checker), model_(checker.model()) {}

  void games() {
    for (std::size_t i = 0; i < model_.games.size(); ++i) game(id_of<GameId>(i));
  }

  void others() {
    for (const Statement& statement : model_.tree.statements) {
      std::visit([this](const auto& at) { read(at); }, statement);
    }
  }

 private:
  template <class Other>
  void read(const Other& /*statement*/) {}

  void read(const StateStatement& state) {
    const QuantityId id = model_.quantity_named.at(state.target.name.text);
    const QuantityId beyond = model_[id].outside;
    if (index(beyond) == nothing) return;
    to_.checked(state.target.name.span, [&] {
      const Target own = to_.target(id);
      const Form outside = to_.of(beyond);
      if (!own.side.form.has_unit() || !outside.has_unit()) return;
      if (to_.equate(own.side.form.unit, outside.unit, state.outside.span)) return;
      to_.conflict("U104",
                   fmt::format("{} has {}, its values outside have {}", own.name,
                               to_.having(own.side.form.unit), to_.having(outside.unit)),
                   state.outside.span, {own.side, {outside, state.outside.span}});
    });
  }

  void read(const ObserveStatement& observe) {
    line(observe.condition);
    if (!observe.total) return line(observe.expression);
    to_.checked(observe.span, [&] {
      Target total{.name = "the total", .side = to_.side(observe.expression)};
      to_.law(observe.law, total);
      total.boundary = true;
      to_.assign(total, observe.value, "what was observed");
    });
  }

  void read(const TreatyStatement& treaty) {
    line(treaty.condition);
    for (const Assignment& term : treaty.terms) {
      to_.checked(term.span, [&] {
        const Target target = assigned(term.target);
        to_.assign(target, term.value, "the treaty's term");
        to_.duration(term.duration, "`for`");
        to_.assign(target, term.afterwards, "its value afterwards");
      });
    }
  }

  void read(const ExplainStatement& explain) {
    UnitTerm per_covariate;
    if (explain.covariate != no_node) {
      to_.checked(model_.tree[explain.covariate].span, [&] {
        const Form form = to_.expression(explain.covariate);
        if (form.has_unit()) per_covariate = form.unit.power({-1, 1});
      });
    }
    for (const VariantLine& each : explain.lines) {
      if (model_.is_rate(explain, each)) {
        rate(each, each.slope ? per_covariate : UnitTerm{});
        continue;
      }
      to_.checked(each.param.span, [&] {
        Target target = to_.target(model_.quantity_named.at(each.param.text));
        target.boundary = true;
        if (each.prior.written()) to_.law(each.prior, target);
        to_.assign(target, each.value, "its value here");
      });
    }
  }

  /// The logarithm of a rate is a plain number; times the covariate its slope is one too.
  void rate(const VariantLine& line, const UnitTerm& unit) {
    to_.checked(line.param.span, [&] {
      const Target target{
          .name = fmt::format("the {} of `{}`", line.slope ? "slope" : "log rate", line.param.text),
          .side = {{.unit = unit}, line.param.span},
          .boundary = true};
      if (line.prior.written()) to_.law(line.prior, target);
      to_.assign(target, line.value, "its value here");
    });
  }

  void read(const WhatifStatement& whatif) { interventions(whatif.lines); }
  void read(const StartStatement& start) { interventions(start.lines); }

  void interventions(const std::vector<Intervention>& lines) {
    for (const Intervention& each : lines) {
      to_.checked(each.span, [&] {
        to_.assign(assigned(each.target), each.value, "the value put here");
        if (each.credibility != no_node)
          to_.dimensionless("U106", to_.side(each.credibility), "a credibility");
      });
    }
  }

  Target assigned(const Indexed& target) {
    return to_.target(model_.quantity_named.at(target.name.text));
  }

  void line(NodeId node) {
    if (node == no_node) return;
    to_.checked(model_.tree[node].span, [&] { to_.expression(node); });
  }

  void game(GameId id) {
    const Game& at = model_.games[index(id)];
    const auto& statement = model_.statement<GameStatement>(at.statement);
    line(statement.condition);
    for (const MoveMenu& menu : statement.moves) line(menu.condition);
    for (const EndsLine& ends : statement.ends) line(ends.condition);
    for (const PayoffLine& payoff : statement.payoffs)
      paid(id, payoff.player, payoff.value, "its payoff");
    for (const CostLine& cost : statement.costs) {
      for (const CostLine::Item& item : cost.items) paid(id, cost.player, item.value, "this cost");
    }
    for (const RationalityLine& own : statement.rationalities)
      rationality(id, own.value, {player_of(at, own.player.text)});
    if (statement.rationality == no_node) return;
    std::vector<std::uint32_t> others;
    for (std::uint32_t player = 0; player < at.players.size(); ++player) {
      const bool own = std::any_of(
          statement.rationalities.begin(), statement.rationalities.end(),
          [&](const RationalityLine& each) { return each.player.text == at.players[player]; });
      if (!own) others.push_back(player);
    }
    rationality(id, statement.rationality, others);
  }

  static std::uint32_t player_of(const Game& game, const std::string& name) {
    const auto at = std::find(game.players.begin(), game.players.end(), name);
    return static_cast<std::uint32_t>(at - game.players.begin());
  }

  void paid(GameId id, const Word& player, NodeId value, std::string_view role) {
    to_.checked(model_.tree[value].span, [&] {
      const std::uint32_t number = player_of(model_.games[index(id)], player.text);
      const Target target{.name = fmt::format("what `{}` gets", player.text),
                          .side = {{.unit = to_.payoff(id, number)}, player.span}};
      to_.assign(target, value, role, "U106");
    });
  }

  /// Choices follow exp(rationality * payoff).
  void rationality(GameId id, NodeId value, const std::vector<std::uint32_t>& players) {
    to_.checked(model_.tree[value].span, [&] {
      const Side given = to_.side(value);
      if (given.form.kind == Form::Kind::faulty) return;
      for (const std::uint32_t player : players) {
        const UnitTerm payoff = to_.payoff(id, player);
        if (to_.equate(given.form.unit * payoff, {}, given.span)) continue;
        Diagnostic diagnostic{
            .code = "U106",
            .message = fmt::format("a rationality times a payoff has no unit, and the "
                                   "rationality has {} and the payoff of `{}` {}",
                                   to_.having(given.form.unit),
                                   model_.games[index(id)].players[player], to_.having(payoff)),
            .primary = {given.span, {}},
            .help = to_.help_for_rationality(payoff)};
        to_.add_trail(diagnostic, given.form.unit);
        to_.add_trail(diagnostic, payoff);
        to_.fault(std::move(diagnostic));
      }
    });
  }

  UnitChecker& to_;
  const Model& model_;
};

}  // namespace

/// Games before quantities, so that payoffs and not those who ask for them tell their units; both
/// read on the way what they need.
void check_units(const Model& model, Diagnostics& found) {
  UnitChecker checker(model, found);
  Statements statements(checker);
  for (std::size_t i = 0; i < model.functions.size(); ++i) checker.define(id_of<FunctionId>(i));
  statements.games();
  for (std::size_t i = 0; i < model.quantities.size(); ++i) checker.define(id_of<QuantityId>(i));
  statements.others();
}

}  // namespace casus::language
