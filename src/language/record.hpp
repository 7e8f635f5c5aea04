// The record of choices and outcomes beside the games: which labels a path gives to which column,
// and which paths a step's cells admit.
#pragma once

#include "games/game.hpp"
#include "language/model.hpp"

#include <optional>
#include <vector>

namespace casus::language {

/// Whether a cell says one of these labels. A blank cell says everything.
bool says(const RecordedCell& cell, std::uint32_t label);

/// Whether a step without any of the games that a column is about could be recorded like this.
bool admits_no_game(const RecordColumn& column, const RecordedCell& cell);

/// Whether the conditions of two games contradict each other, so that no step has both.
bool never_together(const Model& model, GameId a, GameId b);

/// The leaves of one game as the columns of a record see them.
class RecordedLeaves {
 public:
  RecordedLeaves(const Model& model, GameId game);

  const std::vector<games::Path>& leaves() const { return leaves_; }

  /// Columns of `Model::record` that are about this game: in the order in which its moves are made,
  /// sets of leaves last.
  const std::vector<std::uint32_t>& columns() const { return columns_; }

  /// The labels of a column that a leaf fulfils; nothing where the move is not reached.
  using Labels = std::optional<std::vector<std::uint32_t>>;
  const Labels& labels(std::size_t leaf, std::uint32_t column) const;

  bool admits(std::size_t leaf, std::uint32_t column, const RecordedCell& cell) const;

  /// Whether all cells of a step about this game admit the leaf.
  bool admits(std::size_t leaf, std::uint32_t step) const;

  /// Whether some leaf fits all cells of a step about this game.
  bool admits_some(std::uint32_t step) const;

  /// The leaf that a path is.
  std::size_t number_of(const games::Path& leaf) const;

 private:
  static bool fits(const Labels& labels, const RecordedCell& cell);
  bool concerns(const RecordColumn& column) const;
  std::size_t place_of_column(const RecordColumn& column) const;
  Labels labels_at(const RecordColumn& column, const games::Path& leaf) const;
  bool ends_in(QuantityId ends, const games::Path& leaf) const;

  const Model& model_;
  GameId game_;
  std::vector<games::Path> leaves_;
  std::vector<std::uint32_t> columns_;
  std::vector<std::vector<Labels>> labels_;  ///< [leaf][position in `columns_`]
};

}  // namespace casus::language
