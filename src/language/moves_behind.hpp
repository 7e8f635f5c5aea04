// Whose moves a quantity depends on within a step, and whether through plain definitions only.
#pragma once

#include "language/given.hpp"
#include "language/model.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>

namespace casus::language {

/// What of games is part of a quantity or an expression.
struct MovesBehind {
  std::set<std::uint32_t> games{};  ///< by number; empty: no move decides it in its step
  /// Whether moves decide it through lets, functions, outcomes and treaties alone. Else they do so
  /// through what is drawn, remembered or asked of a game (`prob`, `worth`, `value`).
  bool by_definition = true;

  bool any() const { return !games.empty(); }
  friend bool operator==(const MovesBehind&, const MovesBehind&) = default;
};

/// Finds moves through lets, functions, outcomes, treaties and laws. States are what they were when
/// the step began, and a quantity with a datum for each element is what its data are.
class MoveFinder {
 public:
  /// `model` and `given` must outlive the finder.
  MoveFinder(const Model& model, const Given& given) : model_(model), given_(given) {}

  MovesBehind in(NodeId expression);
  MovesBehind in(const LawCall& law);
  const MovesBehind& in(QuantityId quantity);

 private:
  void collect(NodeId node, MovesBehind& found);
  void part(NodeId node, MovesBehind& found);
  MovesBehind definition(QuantityId quantity);
  MovesBehind drawn(const LawCall& law);
  MovesBehind games_with(QuantityId move) const;
  MovesBehind games_ending(QuantityId ends);
  MovesBehind all_games() const;
  const MovesBehind& function(std::uint32_t number);

  const Model& model_;
  const Given& given_;
  std::map<std::uint32_t, std::optional<MovesBehind>> quantities_{};  ///< nothing: being read
  std::map<std::uint32_t, std::optional<MovesBehind>> functions_{};
};

}  // namespace casus::language
