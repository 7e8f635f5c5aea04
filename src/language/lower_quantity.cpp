// Quantities to values: each element once, under the interventions that hold.
#include "base/bug.hpp"
#include "base/text.hpp"
#include "language/lower_game.hpp"
#include "language/lowering.hpp"
#include "language/supposition.hpp"
#include "random/address.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

using Kind = Quantity::Kind;

Value Lowering::element(QuantityId id, std::uint32_t number, const Environment& environment) {
  const Quantity& quantity = model()[id];
  const auto key = static_cast<std::uint32_t>(index(id));
  if (environment.game.game != nullptr) {
    if (quantity.kind == Kind::game_let)
      return environment.game.game->let(id, *environment.game.path);
    if (quantity.kind == Kind::move) {
      if (const auto here = environment.game.game->on_path(id, *environment.game.path))
        return *here;
    }
    if (quantity.kind == Kind::ends) {
      if (const auto here = environment.game.game->ends_on_path(id, *environment.game.path))
        return *here;
    }
    if (environment.game.supposed != nullptr) {
      if (const auto here = environment.game.supposed->element(id, number)) return *here;
    }
  }
  if (environment.old_quantity == key) return definition(id, environment.old_layer, number);
  if (environment.end_of_step && quantity.kind == Kind::state) return state_after(id, number);
  return definition(id, static_cast<std::uint32_t>(layers(id, number).size()), number);
}

/// The definition in force at `layer`: 0 is the model's own, k the k-th intervention on it.
Value Lowering::definition(QuantityId id, std::uint32_t layer, std::uint32_t number) {
  const Key key{static_cast<std::uint32_t>(index(id)), layer, number};
  auto made = made_.find(key);
  if (made == made_.end()) {
    if (std::find(open_.begin(), open_.end(), key) != open_.end()) {
      cycle(id, number);
      return builder_.constant(0.0);
    }
    open_.push_back(key);
    builder_.to_root();
    const Quantity& quantity = model()[id];
    const std::uint32_t previous = builder_.set_origin(
        builder_.add_origin({element_name(model(), id, number), quantity.name.span}));
    const Made fresh = quantity.kind == Kind::measure ? measured_definition(id, number)
                                                      : Made{new_definition(id, layer, number), {}};
    builder_.set_origin(previous);
    builder_.leave();
    open_.pop_back();
    made = made_.emplace(key, fresh).first;
  }
  if (made->second.exists) needs(*made->second.exists);
  return made->second.value;
}

Value Lowering::new_definition(QuantityId id, std::uint32_t layer, std::uint32_t number) {
  if (moment_ == Moment::measures && asked_)
    plan_.measured.push_back({id, number, asked_->span, std::string(asked_->word)});
  if (layer == 0) return base_definition(id, number);
  const Intervention& line = *layers(id, number)[layer - 1];
  Environment inside{.bound = bindings_for(model(), line.target, id, number).value()};
  inside.old_quantity = static_cast<std::uint32_t>(index(id));
  inside.old_layer = layer - 1;
  return model()[id].type.kind == TypeKind::number ? this->number(line.value, inside)
                                                   : expression(line.value, inside);
}

void Lowering::cycle(QuantityId id, std::uint32_t number) {
  const auto start = std::find_if(open_.begin(), open_.end(), [&](const Key& key) {
    return std::get<0>(key) == index(id) && std::get<2>(key) == number;
  });
  std::vector<std::string> chain;
  std::vector<Label> related;
  for (auto at = start; at != open_.end(); ++at) {
    if (std::get<0>(*at) == nothing) {  // a game on the way
      const Word& game = model().games[std::get<1>(*at)].name;
      chain.push_back("the game " + game.text);
      related.push_back({game.span, "by way of this game"});
      continue;
    }
    const QuantityId part{std::get<0>(*at)};
    chain.push_back(element_name(model(), part, std::get<2>(*at)));
    if (at != start) related.push_back({model()[part].name.span, "by way of this"});
  }
  chain.push_back(element_name(model(), id, number));
  found_.add({.code = "O101",
              .message = fmt::format("`{}` depends on itself within one step: {}", chain.front(),
                                     join_text(chain, " <- ")),
              .primary = {model()[id].name.span, "needs its own value"},
              .related = std::move(related),
              .help = moment_ == Moment::parameters
                          ? "a prior uses parameters that do not need it in turn"
                          : "let one of them use a state, which means its value at the step's "
                            "start"});
}

/// Interventions with a new definition for this element, in order.
std::vector<const Intervention*> Lowering::layers(QuantityId id, std::uint32_t number) const {
  std::vector<const Intervention*> result;
  const Kind kind = model()[id].kind;
  if (kind == Kind::move || moment_ == Moment::parameters || moment_ == Moment::measures)
    return result;
  for (const ActiveLine& active : active()) {
    if (kind == Kind::state && moment_ == Moment::initial) continue;
    if (active.target == id && bindings_for(model(), active.line->target, id, number))
      result.push_back(active.line);
  }
  return result;
}

Environment Lowering::environment_of(const Indexed& target, const Quantity& quantity,
                                     std::uint32_t number) const {
  Environment environment;
  const std::vector<std::uint32_t> positions = positions_of(model(), quantity, number);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    environment.bound.push_back({target.indices[i].bound.text, quantity.shape[i], positions[i]});
  }
  return environment;
}

Value Lowering::base_definition(QuantityId id, std::uint32_t number) {
  const Quantity& quantity = model()[id];
  const auto key = static_cast<std::uint32_t>(index(id));
  switch (quantity.kind) {
    case Kind::parameter:
    case Kind::constant: return parameter_value(id, number);
    case Kind::data: return data_value(id, number);
    case Kind::let: {
      if (const ExactObservation* exact = model().exact_of(id);
          exact != nullptr && given().is_used() && moment_ == Moment::step)
        return exact_value(*exact, number);
      return let_value(id, number);
    }
    case Kind::state: {
      if (moment_ == Moment::step) return builder_.state(plan_.first_state.at(key) + number);
      return not_known_here(quantity);
    }
    case Kind::draw: return draw_value(id, number);
    case Kind::observed: {
      if (moment_ != Moment::step) return not_known_here(quantity);
      return observed_value(id, number);
    }
    case Kind::move: return move_value(id);
    case Kind::ends: return ends_value(id);
    case Kind::treaty:
      return expression(model().statement<TreatyStatement>(quantity.statement).condition, {});
    case Kind::measure: return measure_value(id, number);
    case Kind::game_let:
      fault("N122", fmt::format("`{}` is known inside its game only", quantity.name.text),
            quantity.name.span);
      return builder_.constant(0.0);
    case Kind::event: break;
  }
  throw Bug("an event reached lowering as a value");
}

Value Lowering::let_value(QuantityId id, std::uint32_t number, const GamePath& path) {
  const Quantity& quantity = model()[id];
  const auto& let = model().statement<LetStatement>(quantity.statement);
  Environment inside = environment_of(let.target, quantity, number);
  inside.game = path;
  return quantity.type.kind == TypeKind::number ? this->number(let.value, inside)
                                                : expression(let.value, inside);
}

/// A quantity that changes within a history, asked for before or after it.
Value Lowering::not_known_here(const Quantity& quantity) {
  const std::string& name = quantity.name.text;
  const Span span = asked_ ? asked_->span : quantity.name.span;
  if (moment_ == Moment::measures) {
    fault(
        "O109",
        fmt::format("`{}` changes over a history, and this measure does not say when", name), span,
        fmt::format(
            "write `{0} at end`, `{0} at DATE`, or reduce it over steps: `any(...)`, `total(...)`",
            name));
  } else {
    fault("O106",
          fmt::format("a start value may not use `{}`, which is not known before the first step",
                      name),
          span, "use parameters, data or draws made `once`");
  }
  return builder_.constant(0.0);
}

Value Lowering::data_value(QuantityId id, std::uint32_t number) {
  const Quantity& quantity = model()[id];
  const auto& data = model().statement<DataStatement>(quantity.statement);
  if (data.value != no_node) {
    if (quantity.type.kind == TypeKind::label) return expression(data.value, {});
    const double scale = quantity.unit ? quantity.unit->scale : 1.0;
    return builder_.multiply(this->number(data.value, {}), builder_.constant(scale));
  }
  const Series& series = model().series[index(id)];
  if (!series.by_step) return builder_.constant(series.values[number]);
  if (moment_ == Moment::parameters || moment_ == Moment::measures) {
    const bool measured = moment_ == Moment::measures;
    std::string then = "_then = 12";
    if (quantity.type.kind == TypeKind::label) {
      const Domain& domain = model()[quantity.type.domain];
      then = fmt::format("_then : {} = {}",
                         model().set_named.contains(domain.name)
                             ? domain.name
                             : '{' + join_text(domain.labels, ", ") + '}',
                         domain.labels.front());
    }
    fault("O107",
          fmt::format("`{}` changes over time, and {} is one value", quantity.name.text,
                      measured ? "this measure" : "what stands here"),
          asked_span(id),
          measured ? fmt::format("write `{0} at end`, `{0} at DATE`, or reduce it over steps",
                                 quantity.name.text)
                   : fmt::format("use the value of one date, as a constant: `data {}{}`",
                                 quantity.name.text, then));
    return builder_.constant(0.0);
  }
  return builder_.series(plan_.first_series.at(static_cast<std::uint32_t>(index(id))) + number);
}

std::uint32_t Lowering::site(const std::string& name, Span span) {
  const std::uint32_t address = random::site_of(name);
  const auto [at, fresh] = plan_.sites.emplace(address, name);
  if (!fresh && at->second != name) {
    fault("O108", fmt::format("`{}` and `{}` would share their random numbers", name, at->second),
          span, "rename one of them");
  }
  return address;
}

/// A law's arguments in the law's own order, whatever order they were written in.
Lowering::LawArguments Lowering::arguments_of(const LawCall& call, const Environment& environment) {
  LawArguments result{.law = random::find_law(call.law.text)};
  const auto& parameters = result.law->parameters;
  result.values.resize(parameters.size(), builder_.constant(0.0));
  result.spans.resize(parameters.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    std::size_t place = i;
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      if (parameters[k].name == call.argument_names[i].text) place = k;
    }
    result.values[place] = number(call.arguments[i], environment);
    result.spans[place] = model().tree[call.arguments[i]].span;
  }
  return result;
}

/// Reports an argument that is known and outside its domain.
void Lowering::check_arguments(const LawArguments& given) {
  const auto& parameters = given.law->parameters;
  std::vector<double> numbers;
  numbers.reserve(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    // in place of one that is not known stands one that is in order
    numbers.push_back(builder_.known(given.values[i]).value_or(parameters[i].examples.front()));
  }
  const std::optional<std::size_t> wrong = random::first_invalid(*given.law, numbers);
  if (!wrong || !builder_.known(given.values[*wrong])) return;
  const random::Parameter& parameter = parameters[*wrong];
  const bool on_first = parameter.domain == random::Domain::above_low;
  if (on_first && !builder_.known(given.values.front())) return;
  fault("N124",
        fmt::format("argument `{}` of `{}` {}, found {}", parameter.name, given.law->name,
                    random::requirement(parameter.domain), to_text(numbers[*wrong])),
        given.spans[*wrong]);
}

Value Lowering::sample(const LawCall& call, const Environment& environment, const std::string& name,
                       Span span, bool prior) {
  return sample(arguments_of(call, environment), name, span, prior);
}

Value Lowering::sample(const LawArguments& given, const std::string& name, Span span, bool prior) {
  check_arguments(given);
  const std::uint32_t address = site(name, span);
  if (prior && plan_.variant.at_probabilities) {
    std::vector<std::string>& free = plan_.lowered.free_parameters;
    free.push_back(name);
    const Value probability = builder_.state(static_cast<std::uint32_t>(free.size() - 1));
    return builder_.quantile(*given.law, given.values, probability);
  }
  if (prior || given.law->sampling == random::Sampling::inverse) {
    return builder_.quantile(*given.law, given.values, builder_.uniform(address));
  }
  return builder_.sample(*given.law, given.values, address);
}

/// A move is made in whichever of its games is played; the others leave it at `none`, which is -1.
Value Lowering::move_value(QuantityId id) {
  if (moment_ != Moment::step) return not_known_here(model()[id]);
  std::optional<Value> result;
  for (std::size_t i = 0; i < model().games.size(); ++i) {
    const Game& at = model().games[i];
    const bool has = std::any_of(at.moves.begin(), at.moves.end(),
                                 [&](const GameMove& move) { return move.move == id; });
    if (!has) continue;
    const Value here = game(id_of<GameId>(i)).realised(id);
    result = result ? builder_.apply(Op::maximum, *result, here) : here;
  }
  require(result.has_value(), "a move belongs to no game");
  return *result;
}

Value Lowering::ends_value(QuantityId id) {
  if (moment_ != Moment::step) return not_known_here(model()[id]);
  Value result = builder_.constant(0.0);
  for (std::size_t i = 0; i < model().games.size(); ++i) {
    const auto& block = model().statement<GameStatement>(model().games[i].statement);
    for (const EndsLine& line : block.ends) {
      if (line.name.text != model()[id].name.text) continue;
      const Value played = game(id_of<GameId>(i)).played();
      const Value holds = expression(line.condition, {});
      result =
          builder_.apply(Op::logical_or, result, builder_.apply(Op::logical_and, played, holds));
    }
  }
  return result;
}

GameLowering& Lowering::game(GameId id) {
  std::unique_ptr<GameLowering>& made = games_[static_cast<std::uint32_t>(index(id))];
  if (made) return *made;
  const auto key = Key{nothing, static_cast<std::uint32_t>(index(id)), 0};
  if (std::find(open_.begin(), open_.end(), key) != open_.end()) {
    fault(
        "O102",
        fmt::format("the game `{}` depends on its own outcome", model().games[index(id)].name.text),
        model().games[index(id)].name.span, "use states, which mean values at the step's start");
    throw UnsolvedGame{};
  }
  open_.push_back(key);
  auto solved = std::make_unique<GameLowering>(*this, id);
  open_.pop_back();
  games_[static_cast<std::uint32_t>(index(id))] = std::move(solved);
  return *games_[static_cast<std::uint32_t>(index(id))];
}

void Lowering::fault(std::string_view code, std::string message, Span span, std::string help) {
  found_.add({.code = code,
              .message = std::move(message),
              .primary = {span, {}},
              .help = std::move(help)});
}

}  // namespace casus::language
