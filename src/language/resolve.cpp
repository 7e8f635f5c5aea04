// The second pass, statement by statement.
#include "base/text.hpp"
#include "language/declare.hpp"
#include "language/resolver.hpp"
#include "language/walk.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

using Kind = Quantity::Kind;

class Statements {
 public:
  Statements(Resolver& resolver, Model& model) : to_(resolver), model_(model) {}

  void run() {
    for (std::size_t i = 0; i < model_.functions.size(); ++i) function(model_.functions[i]);
    for (const Statement& statement : model_.tree.statements) {
      const auto* state = std::get_if<StateStatement>(&statement);
      if (state == nullptr || state->outside.empty()) continue;
      outside(model_.quantity_named.at(state->target.name.text), state->outside);
    }
    for (std::size_t i = 0; i < model_.quantities.size(); ++i) to_.define(id_of<QuantityId>(i));
    for (std::size_t i = 0; i < model_.games.size(); ++i) to_.game(id_of<GameId>(i));
    for (const Statement& statement : model_.tree.statements) {
      std::visit([this](const auto& at) { read(at); }, statement);
    }
  }

 private:
  template <class Other>
  void read(const Other& /*statement*/) {}  // sets, links and lets have been read

  void function(const Function& at) {
    const auto& statement = model_.statement<FunctionStatement>(at.statement);
    std::set<std::string> names;
    for (const Word& word : statement.parameters) {
      if (names.insert(word.text).second) continue;
      to_.fault(
          "N002",
          fmt::format("`{}` stands twice among the arguments of `{}`", word.text, at.name.text),
          word.span, "give one of them another name");
    }
    to_.number(statement.body, {.arguments = &statement.parameters});
  }

  void read(const DataStatement& data) {
    const Type type = model_[model_.quantity_named.at(data.target.name.text)].type;
    if (type.kind == TypeKind::label) label(data);
    if (data.value != no_node) to_.value_of(type, data.value, fixed());
  }

  /// What numbers may have and labels may not.
  void label(const DataStatement& data) {
    no_unit(data.target.name, data.clauses);
    if (data.linear) {
      to_.fault("D212",
                fmt::format("`{}` is a label, and between two labels lies nothing",
                            data.target.name.text),
                data.linear_at, "leave out `linear`: a label holds until the next one");
    }
  }

  void no_unit(const Word& name, const Clauses& clauses) {
    if (clauses.unit.empty()) return;
    to_.fault("D213", fmt::format("`{}` is a label, and a label has no unit", name.text),
              clauses.unit.span, "leave out the unit");
  }

  void read(const EventStatement& event) {
    for (const EventStatement::Date& date : event.dates) {
      to_.date(date.at);
      to_.date(date.to);
      if (date.magnitude != no_node) to_.number(date.magnitude, fixed());
    }
  }

  void read(const ParamStatement& param) {
    const Scope scope = to_.scope_of(param.target, fixed());
    if (param.prior.written()) to_.law(param.prior, scope);
    if (param.value != no_node) to_.number(param.value, scope);
    if (param.base != no_node) to_.number(param.base, scope);
  }

  void read(const StateStatement& state) {
    const QuantityId id = model_.quantity_named.at(state.target.name.text);
    const Scope scope = to_.scope_of(state.target, {});
    const Type type = model_[id].type;
    if (type.kind == TypeKind::label)
      no_unit(state.target.name, state.clauses);
    else if (label_without_list(state, scope))
      return;
    for (const NodeId node : {state.initial, state.next}) {
      if (node != no_node) to_.value_of(type, node, scope);
    }
  }

  /// `state phase = peace`: a state that has labels lists them, or names their set.
  bool label_without_list(const StateStatement& state, const Scope& scope) {
    const auto* named = std::get_if<Name>(&model_.tree[state.initial].expression);
    if (named == nullptr || to_.knows(named->word, scope)) return false;
    const std::string& label = named->word.text;
    std::vector<std::string> names;
    for (const auto& [name, id] : model_.quantity_named) names.push_back(name);
    if (nearest(label, names)) return false;  // rather a slip
    std::string of = fmt::format("{{{}, ...}}", label);
    for (const Set& set : model_.sets) {
      if (set.position(label)) of = set.name.text;
    }
    to_.fault("N101", fmt::format("there is no `{}`", label), named->word.span,
              fmt::format("a state with labels says which: `state {} : {} = {}`",
                          state.target.name.text, of, label));
    return true;
  }

  void outside(QuantityId id, const Word& name) {
    const auto at = model_.quantity_named.find(name.text);
    if (at == model_.quantity_named.end()) return to_.unknown_name(name, {});
    const Quantity& other = model_[at->second];
    const Quantity& state = model_[id];
    const bool fits = state.shape.size() == 1 && other.kind == Kind::data &&
                      other.shape.size() == 1 && other.type == state.type &&
                      model_[other.shape.front()].root == model_[state.shape.front()].root;
    if (fits) {
      model_.quantities[index(id)].outside = at->second;
      return;
    }
    to_.fault("I109",
              fmt::format("`{}` cannot give the values outside `{}`", name.text, state.name.text),
              name.span, "name data over the wider set");
  }

  void read(const DrawStatement& draw) {
    to_.drawn(draw);
    const QuantityId id = model_.quantity_named.at(draw.target.name.text);
    if (model_[id].type.kind == TypeKind::label) no_unit(draw.target.name, draw.clauses);
    const bool yearly = draw.when == DrawStatement::When::year;
    if (!yearly || model_.steps.kind == Steps::Kind::calendar) return;
    to_.fault("T106", "a draw `by year` needs a calendar, and this case counts its own time",
              draw.target.name.span,
              "leave `by year` out for a draw in every step, or write `once` for one in a history");
  }

  void read(const ObserveStatement& observe) {
    Scope scope;
    for (const Indexed::Index& at : observe.indices) {
      const auto set = model_.set_named.find(at.set.text);
      if (!at.bound.empty() && set != model_.set_named.end())
        scope.bound.push_back({at.bound.text, set->second});
    }
    if (observe.law.written()) to_.law(observe.law, scope);
    if (observe.condition != no_node) {
      to_.truth(observe.condition, {});
      same_everywhere(observe.condition);
    }
    to_.range(observe.over);
    if (observe.value != no_node) to_.number(observe.value, fixed());
    if (observe.total) return total(observe);
    if (observe.exact) return exact(observe);
    if (observe.expression != no_node) to_.truth(observe.expression, {});
    if (observe.ends || observe.name.empty() || observe.law.written()) return;
    const auto named = model_.quantity_named.find(observe.name.text);
    if (named == model_.quantity_named.end()) return to_.unknown_name(observe.name, {});
    const Kind kind = model_[named->second].kind;
    if (kind == Kind::move || kind == Kind::ends || kind == Kind::treaty) return;
    const std::string help =
        kind == Kind::state  ? "observe a `let` of it: what is seen is the value in the step"
        : kind == Kind::data ? "data are known; observe what the model is to explain"
                             : "say how it is observed: `~ normal(mean = ..., sd = ...)`";
    to_.fault("N113",
              fmt::format("`{}` is no move, and no law says how it is observed", observe.name.text),
              observe.name.span, help);
  }

  /// What is observed exactly is a let or a draw; `find_exact` finds the draw behind it.
  void exact(const ObserveStatement& observe) {
    const auto refuse = [&](std::string message, Span span, std::string help) {
      to_.fault("O115", std::move(message), span, std::move(help));
    };
    if (observe.name.empty())
      return refuse("what is observed exactly has a name", observe.span,
                    "give it a `let` of its own, and observe that");
    if (observe.law.written())
      return refuse(fmt::format("`{}` is observed exactly, and by a law", observe.name.text),
                    observe.law.span, "leave out `exact`, or the law");
    const auto named = model_.quantity_named.find(observe.name.text);
    if (named == model_.quantity_named.end()) return to_.unknown_name(observe.name, {});
    const Quantity& quantity = model_[named->second];
    if (quantity.kind != Kind::let && quantity.kind != Kind::draw)
      return refuse(
          fmt::format("`{}` is no let, so no draw stands in its definition", observe.name.text),
          observe.name.span,
          quantity.kind == Kind::state
              ? "observe a `let` of it: what is seen is the value in the step"
              : "an exact datum decides the draw in a `let`");
    if (to_.type_of(named->second).kind != TypeKind::number)
      return refuse(fmt::format("`{}` is no number", observe.name.text), observe.name.span,
                    "an exact datum is a number");
    if (observe.indices.empty()) return;
    if (observe.indices.size() != quantity.shape.size())
      return to_.wrong_indices(quantity, observe.indices.size(), observe.name.span);
    for (std::size_t i = 0; i < quantity.shape.size(); ++i) {
      const Word& over = model_[quantity.shape[i]].name;
      if (observe.indices[i].set.text == over.text) continue;
      to_.fault("I105", fmt::format("`{}` is declared over `{}`", quantity.name.text, over.text),
                observe.indices[i].set.span, fmt::format("write `[{}]`, or no index", over.text));
    }
  }

  /// What is observed must not differ between histories: it would not be the same evidence.
  void same_everywhere(NodeId condition) {
    walk(model_.tree, condition, [&](NodeId part) {
      const Meaning& meaning = model_.meaning(part);
      if (meaning.kind != Meaning::Kind::quantity) return;
      const Quantity& quantity = model_[QuantityId{meaning.target}];
      if (quantity.kind == Kind::data || quantity.kind == Kind::event ||
          quantity.kind == Kind::constant)
        return;
      to_.fault("N127",
                fmt::format("whether something is observed depends on `{}`, which may differ "
                            "between histories",
                            quantity.name.text),
                model_.tree[part].span, "use data and dates only: `while since(2000) > 0`");
    });
  }

  void total(const ObserveStatement& observe) {
    to_.number(observe.expression, {});
    if (!observe.law.written()) {
      to_.fault("N113", "no law says how this total is observed", observe.span,
                "add one: `~ negbinomial(mean = ..., size = ...)`");
    }
    const Meaning& summed = model_.meaning(observe.expression);
    if (summed.kind == Meaning::Kind::quantity &&
        model_[QuantityId{summed.target}].kind == Kind::observed) {
      return;
    }
    if (summed.kind != Meaning::Kind::quantity) return;
    to_.fault("N114", "this is no observed variable, so it has no observed total",
              model_.tree[observe.expression].span,
              "observe the variable itself first: `observe deaths from ... ~ law`");
  }

  void read(const TreatyStatement& treaty) {
    to_.truth(treaty.condition, {});
    for (const Word& other : treaty.after) {
      const auto at = model_.quantity_named.find(other.text);
      if (at == model_.quantity_named.end() || model_[at->second].kind != Kind::treaty) {
        std::vector<std::string> names;
        for (const Quantity& quantity : model_.quantities) {
          if (quantity.kind == Kind::treaty) names.push_back(quantity.name.text);
        }
        const std::optional<std::string> near = nearest(other.text, names);
        to_.fault("N115", fmt::format("`{}` is no treaty", other.text), other.span,
                  near ? fmt::format("did you mean `{}`?", *near) : std::string{});
      }
    }
    for (const Assignment& term : treaty.terms)
      assignment(term.target, term.value, term.afterwards, true);
    for (const Assignment& term : treaty.terms) {
      if (term.duration != no_node) to_.number(term.duration, fixed());
    }
  }

  /// `x[d in Belt] := e`: what may be assigned, and its right sides.
  void assignment(const Indexed& target, NodeId value, NodeId afterwards, bool treaty) {
    const auto at = model_.quantity_named.find(target.name.text);
    if (at == model_.quantity_named.end()) return to_.unknown_name(target.name, {});
    const Quantity& quantity = model_[at->second];
    if (treaty && quantity.kind != Kind::state) {
      return to_.fault("N116",
                       fmt::format("a treaty sets states, and `{}` is none", target.name.text),
                       target.name.span);
    }
    Scope scope = target_scope(target, quantity);
    scope.intervention = !treaty;
    for (const NodeId node : {value, afterwards}) {
      if (node == no_node) continue;
      to_.value_of(to_.type_of(at->second), node, scope);
    }
  }

  Scope target_scope(const Indexed& target, const Quantity& quantity) {
    Scope scope;
    if (target.indices.size() != quantity.shape.size()) {
      to_.wrong_indices(quantity, target.indices.size(), target.name.span);
      return scope;
    }
    for (std::size_t i = 0; i < target.indices.size(); ++i) {
      const Indexed::Index& at = target.indices[i];
      const Set& over = model_[quantity.shape[i]];
      const auto set = model_.set_named.find(at.set.text);
      if (set != model_.set_named.end() && model_[set->second].root == over.root) {
        if (at.bound.empty()) continue;
        to_.bound_name(at.bound, scope);
        scope.bound.push_back({at.bound.text, set->second});
        continue;
      }
      if (at.bound.empty() && over.position(at.set.text)) continue;
      const std::optional<std::string> near = nearest(at.set.text, over.labels);
      to_.fault(
          "I104",
          fmt::format("`{}` is no label of `{}` and no set within it", at.set.text, over.name.text),
          at.set.span, near ? fmt::format("did you mean `{}`?", *near) : std::string{});
    }
    return scope;
  }

  void read(const ExplainStatement& explain) {
    if (!explain.replaces.empty()) to_.rival(explain);
    for (const VariantLine& line : explain.lines) {
      if (model_.is_rate(explain, line)) continue;
      const auto at = model_.quantity_named.find(line.param.text);
      if (at == model_.quantity_named.end()) {
        if (explain.replaces.empty()) to_.unknown_name(line.param, {});
      } else if (model_[at->second].kind != Kind::parameter &&
                 model_[at->second].kind != Kind::constant) {
        to_.fault("N117", fmt::format("`{}` is no parameter", line.param.text), line.param.span,
                  "an explanation frees, fixes or re-draws parameters");
      } else if (line.kind == VariantLine::Kind::free && !has_prior(at->second)) {
        to_.fault("N118", fmt::format("`{}` has no prior to be free under", line.param.text),
                  line.param.span,
                  fmt::format("give it one here: `{} ~ halfnormal(1)`", line.param.text));
      }
      if (line.prior.written()) to_.law(line.prior, fixed());
      if (line.value != no_node) to_.number(line.value, fixed());
    }
  }

  bool has_prior(QuantityId id) const {
    return model_.statement<ParamStatement>(model_[id].statement).prior.written();
  }

  void read(const WhatifStatement& whatif) {
    for (const Intervention& line : whatif.lines) intervention(line);
  }

  void read(const StartStatement& start) {
    to_.date(start.at);
    to_.inside_time(start.at);
    for (const Intervention& line : start.lines) intervention(line);
  }

  void intervention(const Intervention& line) {
    to_.range(line.range);
    to_.date(line.at);
    to_.inside_time(line.at);
    if (line.credibility != no_node) credibility(line.credibility);
    assignment(line.target, line.value, no_node, false);
    const auto at = model_.quantity_named.find(line.target.name.text);
    if (at == model_.quantity_named.end()) return;
    const Quantity& quantity = model_[at->second];
    if (quantity.kind == Kind::state && line.at == no_node) {
      to_.fault("N119",
                fmt::format("a state is set once: `at DATE  {} := ...`", quantity.name.text),
                line.span, "to change how it moves, change a `let` or a parameter its `then` uses");
    }
    if (quantity.kind != Kind::state && line.at != no_node) {
      to_.fault("N120", fmt::format("`at` sets a state, and `{}` is none", quantity.name.text),
                line.span, "give a range: `from DATE [to DATE]`");
    }
    if (line.commits && quantity.kind != Kind::move) {
      to_.fault("G017",
                fmt::format("a player commits to a move, and `{}` is none", quantity.name.text),
                line.target.name.span);
    } else if (line.commits) {
      mover(quantity, line.player);
    }
    const bool can_change = quantity.kind == Kind::state || quantity.kind == Kind::move ||
                            quantity.kind == Kind::data || quantity.kind == Kind::let ||
                            quantity.kind == Kind::draw || quantity.kind == Kind::parameter ||
                            quantity.kind == Kind::constant;
    if (!can_change) {
      to_.fault("N121", fmt::format("`{}` cannot be set from outside", quantity.name.text),
                line.target.name.span,
                "an intervention sets data, lets, draws, parameters, moves or, once, a state");
    }
  }

  /// A probability; one that is written as a number is judged at once.
  void credibility(NodeId node) {
    to_.number(node, {});
    const std::optional<double> written = constant_number(model_.tree, node);
    if (!written || (*written >= 0.0 && *written <= 1.0)) return;
    to_.fault("G026", "a credibility is a probability, from 0 to 1", model_.tree[node].span,
              *written > 1.0 && *written <= 100.0
                  ? fmt::format("for percent write {}", to_text(*written / 100.0))
                  : std::string{});
  }

  void mover(const Quantity& move, const Word& player) {
    for (const Game& game : model_.games) {
      for (const GameMove& at : game.moves) {
        if (model_[at.move].name.text != move.name.text) continue;
        if (game.players[at.player] == player.text) return;
        return to_.fault(
            "G003", fmt::format("`{}` is made by `{}`", move.name.text, game.players[at.player]),
            player.span);
      }
    }
  }

  static Scope fixed() { return {.fixed_only = true}; }

  Resolver& to_;
  Model& model_;
};

}  // namespace

Type Resolver::type_of(QuantityId id) {
  const Quantity& quantity = model_[id];
  const bool inferred = quantity.kind == Kind::let || quantity.kind == Kind::game_let ||
                        quantity.kind == Kind::measure;
  if (inferred) define(id);
  return model_[id].type;
}

void Resolver::define(QuantityId id) {
  const auto number = static_cast<std::uint32_t>(index(id));
  const Quantity quantity = model_[id];
  NodeId value = no_node;
  NodeId given = no_node;
  Scope scope;
  if (quantity.kind == Kind::let) {
    const auto& let = model_.statement<LetStatement>(quantity.statement);
    value = let.value;
    if (defined_.contains(number) || open_.contains(number)) return;
    scope = scope_of(let.target, scope);
  } else if (quantity.kind == Kind::game_let) {
    value = model_.statement<GameStatement>(quantity.statement).lets[quantity.item].value;
    scope.game = quantity.game;
  } else if (quantity.kind == Kind::measure) {
    const auto& measure = model_.statement<MeasureStatement>(quantity.statement);
    value = measure.value;
    scope.measure = true;
    if (defined_.contains(number) || open_.contains(number)) return;
    scope = scope_of(measure.target, scope);
    given = measure.given;
  } else {
    return;
  }
  if (defined_.contains(number) || !open_.insert(number).second)
    return;  // a cycle is the order pass's to tell
  if (given != no_node) truth(given, scope);
  model_.quantities[number].type = expression(value, scope);
  open_.erase(number);
  defined_.insert(number);
}

Scope Resolver::scope_of(const Indexed& target, Scope scope) {
  for (const Indexed::Index& at : target.indices) {
    if (at.bound.empty()) {
      fault("I110", fmt::format("`[{}]` binds no name for the definition to use", at.set.text),
            at.set.span, fmt::format("write `[d in {}]`", at.set.text));
      continue;
    }
    Binder binder{.name = at.bound, .set = at.set};
    bind(binder, scope);
  }
  return scope;
}

std::optional<SetId> Resolver::find_set_here(const Word& name) {
  const auto at = model_.set_named.find(name.text);
  if (at != model_.set_named.end()) return at->second;
  std::vector<std::string> names;
  for (const Set& set : model_.sets) names.push_back(set.name.text);
  const std::optional<std::string> near = nearest(name.text, names);
  fault("N003", fmt::format("there is no set `{}`", name.text), name.span,
        near ? fmt::format("did you mean `{}`?", *near) : std::string{});
  return {};
}

void resolve(Model& model, Diagnostics& found) {
  Resolver resolver(model, found);
  Statements(resolver, model).run();
  if (!found.has_errors()) find_exact(model, found);
}

}  // namespace casus::language
