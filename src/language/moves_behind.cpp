#include "language/moves_behind.hpp"

#include "language/path.hpp"
#include "language/walk.hpp"

#include <algorithm>

namespace casus::language {

using Kind = Quantity::Kind;

namespace {

void merge(const MovesBehind& from, MovesBehind& into) {
  into.games.insert(from.games.begin(), from.games.end());
  into.by_definition = into.by_definition && from.by_definition;
}

/// Of what depends on itself nothing is known; lowering says so where it meets it.
const MovesBehind& circle() {
  static const MovesBehind unknown{.games = {}, .by_definition = false};
  return unknown;
}

}  // namespace

MovesBehind MoveFinder::in(NodeId expression) {
  MovesBehind found;
  collect(expression, found);
  return found;
}

MovesBehind MoveFinder::in(const LawCall& law) {
  MovesBehind found;
  for (const NodeId argument : law.arguments) collect(argument, found);
  return found;
}

const MovesBehind& MoveFinder::in(QuantityId quantity) {
  const auto [at, fresh] = quantities_.try_emplace(static_cast<std::uint32_t>(index(quantity)));
  if (!fresh) return at->second ? *at->second : circle();
  MovesBehind found = definition(quantity);
  return at->second.emplace(std::move(found));
}

const MovesBehind& MoveFinder::function(std::uint32_t number) {
  const auto [at, fresh] = functions_.try_emplace(number);
  if (!fresh) return at->second ? *at->second : circle();
  const Function& called = model_.functions[number];
  MovesBehind found = in(model_.statement<FunctionStatement>(called.statement).body);
  return at->second.emplace(std::move(found));
}

void MoveFinder::collect(NodeId node, MovesBehind& found) {
  walk(model_.tree, node, [&](NodeId each) { part(each, found); });
}

void MoveFinder::part(NodeId node, MovesBehind& found) {
  const Meaning& meaning = model_.meaning(node);
  if (std::get_if<Probability>(&model_.tree[node].expression) != nullptr ||
      meaning.kind == Meaning::Kind::game)
    return merge(all_games(), found);
  switch (meaning.kind) {
    case Meaning::Kind::quantity: return merge(in(QuantityId{meaning.target}), found);
    case Meaning::Kind::function: return merge(function(meaning.target), found);
    case Meaning::Kind::memory: {
      MovesBehind remembered;
      for (const NodeId argument : parts_of(model_.tree, node)) collect(argument, remembered);
      remembered.by_definition = !remembered.any();
      return merge(remembered, found);
    }
    default: return;
  }
}

MovesBehind MoveFinder::definition(QuantityId quantity) {
  const Quantity& at = model_[quantity];
  switch (at.kind) {
    case Kind::move: return games_with(quantity);
    case Kind::ends: return games_ending(quantity);
    case Kind::let: {
      MovesBehind found = in(model_.statement<LetStatement>(at.statement).value);
      if (model_.exact_of(quantity) != nullptr) found.by_definition = !found.any();
      return found;
    }
    case Kind::treaty: return in(model_.statement<TreatyStatement>(at.statement).condition);
    case Kind::observed:
      if (given_.is_used() && given_.observed[index(quantity)]) return {};
      return drawn(model_.statement<ObserveStatement>(at.statement).law);
    case Kind::draw: {
      MovesBehind found = drawn(model_.statement<DrawStatement>(at.statement).law);
      for (const ExactObservation& exact : model_.exact) {  // undone from the rest of a let
        if (exact.draw != quantity || exact.quantity == quantity) continue;
        const Quantity& let = model_[exact.quantity];
        merge(in(model_.statement<LetStatement>(let.statement).value), found);
      }
      found.by_definition = !found.any();
      return found;
    }
    default: return {};
  }
}

MovesBehind MoveFinder::drawn(const LawCall& law) {
  MovesBehind found = in(law);
  found.by_definition = !found.any();
  return found;
}

MovesBehind MoveFinder::games_with(QuantityId move) const {
  MovesBehind found;
  for (std::uint32_t i = 0; i < model_.games.size(); ++i) {
    if (place_of(model_.games[i], move)) found.games.insert(i);
  }
  return found;
}

MovesBehind MoveFinder::games_ending(QuantityId ends) {
  MovesBehind found;
  for (std::uint32_t i = 0; i < model_.games.size(); ++i) {
    const auto& of_game = model_.games[i].ends;
    if (std::find(of_game.begin(), of_game.end(), ends) != of_game.end()) found.games.insert(i);
  }
  return found;
}

MovesBehind MoveFinder::all_games() const {
  MovesBehind found{.games = {}, .by_definition = false};
  for (std::uint32_t i = 0; i < model_.games.size(); ++i) found.games.insert(i);
  return found;
}

}  // namespace casus::language
