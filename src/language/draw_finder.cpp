#include "language/draw_finder.hpp"

#include "language/walk.hpp"

#include <algorithm>

namespace casus::language {

namespace {

using Kind = Quantity::Kind;

constexpr std::size_t most_places =
    2'000'000;  // what is left unread beyond counts as without draws
constexpr std::size_t deepest_call = 64;

void add(Occurrence one, std::vector<Occurrence>& found) {
  const auto same = [&](const Occurrence& each) { return each.draw == one.draw; };
  if (std::count_if(found.begin(), found.end(), same) < 2) found.push_back(one);
}

}  // namespace

std::vector<Occurrence> DrawFinder::in(Place place) {
  std::vector<Occurrence> found;
  collect(place, found);
  return found;
}

const std::vector<Occurrence>& DrawFinder::in(QuantityId let) {
  const auto [at, fresh] = lets_.try_emplace(index(let));
  if (fresh) {
    std::vector<Occurrence> found = in(Place{definition_of(let), nullptr});
    at->second = std::move(found);
  }
  return at->second;
}

NodeId DrawFinder::definition_of(QuantityId let) const {
  return model_.statement<LetStatement>(model_[let].statement).value;
}

const FunctionStatement& DrawFinder::called(NodeId call) const {
  const Function& function = model_.functions[model_.meaning(call).target];
  return model_.statement<FunctionStatement>(function.statement);
}

void DrawFinder::collect(Place place, std::vector<Occurrence>& found) {
  if (++n_places_ > most_places) return;
  const Meaning& meaning = model_.meaning(place.node);
  switch (meaning.kind) {
    case Meaning::Kind::memory: return;
    case Meaning::Kind::quantity: quantity(place, QuantityId{meaning.target}, found); break;
    case Meaning::Kind::argument:
      if (place.arguments == nullptr) return;
      return collect({(*place.arguments->nodes)[meaning.target], place.arguments->outer}, found);
    case Meaning::Kind::function: {
      if (depth_ >= deepest_call) return;
      const auto& call = std::get<Call>(model_.tree[place.node].expression);
      const Arguments inner{&call.arguments, place.arguments};
      ++depth_;
      collect({called(place.node).body, &inner}, found);
      --depth_;
      return;
    }
    default: break;
  }
  for (const NodeId part : parts_of(model_.tree, place.node))
    collect({part, place.arguments}, found);
}

void DrawFinder::quantity(Place place, QuantityId id, std::vector<Occurrence>& found) {
  const Span span = model_.tree[place.node].span;
  if (model_[id].kind == Kind::draw) add({id, span}, found);
  if (model_[id].kind != Kind::let) return;
  const std::vector<Occurrence> inside = in(id);
  for (const Occurrence& each : inside) add({each.draw, span}, found);
}

}  // namespace casus::language
