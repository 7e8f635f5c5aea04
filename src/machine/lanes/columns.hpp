// Gives the values of a piece their columns, each reused once its last reader has run.
#pragma once

#include "machine/lanes/code.hpp"

#include <map>
#include <set>

namespace casus::machine {

/// Columns by the value they hold.
using ColumnMap = std::map<std::uint32_t, std::uint32_t>;

/// What an allocation must respect.
struct ColumnRules {
  Area area{};
  std::uint32_t first = 0;              ///< columns below are taken
  const std::set<std::uint32_t>& kept;  ///< values that keep their columns to the end
  const ColumnMap& imported;            ///< columns of values that other pieces computed
};

/// Numbers the columns of one area in `piece`, which until then are named by values, and sets
/// `piece.n_columns` to the number behind the last. Returns the columns of the piece's own values.
ColumnMap allocate_columns(Piece& piece, const ColumnRules& rules);

/// Calls `use` with each place that a word of `piece` reads.
template <class PieceType, class WordType, class Use>
void for_each_place_read(PieceType& piece, WordType& word, Use use) {
  if (takes_law(word.action)) {
    for (auto& argument : piece.calls[word.detail].arguments) use(argument);
  }
  switch (word.action) {
    case Action::apply: {
      const std::uint8_t arity = operation(word.op).arity;
      use(word.a);
      if (arity > 1) use(word.b);
      if (arity > 2) use(word.c);
      break;
    }
    case Action::uniform:
    case Action::sample: break;
    case Action::quantile:
    case Action::log_density: use(word.b); break;
    case Action::check:
    case Action::fold:
      use(word.a);
      if (word.has_mask) use(word.b);
      break;
    default: use(word.a);
  }
  if (takes_law(word.action) && word.has_mask) use(word.c);
}

constexpr bool writes(Action action) {
  return action == Action::apply || action == Action::spread || action == Action::uniform ||
         takes_law(action);
}

}  // namespace casus::machine
