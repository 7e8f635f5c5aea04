// Which choices and observed variables the record decides in which steps.
#pragma once

#include "language/record.hpp"

#include <vector>

namespace casus::language {

/// What the record decides in a step. Steps that are alike have the same program.
struct Given {
  enum class Moves : std::uint8_t {
    free,  ///< nothing is recorded of the game
    some,  ///< cells admit several of its leaves
    all,   ///< cells admit one leaf at most
  };
  std::vector<Moves> games{};  ///< by game; empty: the record is not used
  /// By quantity, observed by a law or exactly: whether each of its elements has a datum that
  /// counts.
  std::vector<bool> observed{};
  bool decides = true;  ///< false: the record is scored only

  bool is_used() const { return !games.empty(); }
  friend bool operator==(const Given&, const Given&) = default;
};

/// By step; from `until` on the record is not used. Observed variables that nothing else in the
/// model reads count as without data: what they are does not matter.
std::vector<Given> given_by_step(const Model& model, std::uint32_t until);

struct ScoreColumn;

/// What of the record is scored, with the steps before `until` that have it: recorded choices game
/// by game in the order of their moves, then observed variables, then totals.
std::vector<ScoreColumn> score_columns(const Model& model, std::uint32_t until);

}  // namespace casus::language
