// Paths through a game, judged from its moves alone: which menu comes next, and whether a condition
// about moves holds.
#pragma once

#include "games/game.hpp"
#include "language/model.hpp"

#include <optional>
#include <vector>

namespace casus::language {

/// A condition about this game's moves on a path; nothing when it asks about anything else.
std::optional<bool> holds_on(const Model& model, GameId game, NodeId condition,
                             const games::Path& path);

/// The first menu whose move is still open and whose condition holds; nothing at a leaf.
std::optional<games::Menu> menu_after(const Model& model, GameId id, const games::Path& path);

/// Every path from the opening to a leaf, in order of the menus.
std::vector<games::Path> leaves_of(const Model& model, GameId id);

/// Whether the menu of this line comes only where every move before it took its status quo.
bool opens(const Model& model, GameId id, std::uint32_t line);

/// Where a move stands in the game's paths.
std::optional<std::uint32_t> place_of(const Game& game, QuantityId move);

}  // namespace casus::language
