// Games for tests: written out as trees of numbers, with their values read back as numbers.
#pragma once

#include "games/game.hpp"
#include "machine/builder.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace casus::games {

/// The number a value has when parameter i is `inputs[i]`.
double number(const Builder& builder, Value value, std::span<const double> inputs = {});

std::vector<double> numbers(const Builder& builder, const std::vector<Value>& values,
                            std::span<const double> inputs = {});

/// A tree of numbers. A leaf has payoffs by player, a node has branches.
struct Tree {
  std::vector<double> payoffs{};  ///< (n_players) of a leaf

  std::uint32_t move = 0;
  std::uint32_t player = 0;
  std::vector<Tree> branches{};
  std::vector<std::int32_t> options{};  ///< (n_branches); empty: 0, 1, 2, ...
  std::vector<double> costs{};          ///< (n_branches) of the mover; empty: none
  std::vector<double> offsets{};        ///< (n_branches); empty: none

  bool is_leaf() const { return branches.empty(); }
  std::int32_t option(std::size_t k) const {
    return options.empty() ? static_cast<std::int32_t>(k) : options[k];
  }
};

/// The node a path leads to.
const Tree& walk(const Tree& tree, const Path& path);

/// How many times a solver asked.
struct Asked {
  int menus = 0;
  int payoffs = 0;
};

/// `tree` as a game over constants. The tree, the rationalities (by player) and `asked`, where
/// given, must outlive the form.
Form form_of(Builder& builder, const Tree& tree, const std::vector<double>& rationality,
             std::uint32_t n_moves, Asked* asked = nullptr);

}  // namespace casus::games
