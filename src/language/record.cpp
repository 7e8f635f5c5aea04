// Paths judged by columns of the record.
#include "language/record.hpp"

#include "base/bug.hpp"
#include "language/exclusive.hpp"
#include "language/path.hpp"
#include "language/walk.hpp"

#include <algorithm>

namespace casus::language {

using Of = RecordColumn::Of;

namespace {

/// The moves that an expression mentions.
std::vector<QuantityId> moves_in(const Model& model, NodeId node) {
  std::vector<QuantityId> moves;
  walk(model.tree, node, [&](NodeId part) {
    const Meaning& meaning = model.meaning(part);
    if (meaning.kind != Meaning::Kind::quantity) return;
    if (model[QuantityId{meaning.target}].kind == Quantity::Kind::move)
      moves.push_back(QuantityId{meaning.target});
  });
  return moves;
}

bool has(const std::vector<QuantityId>& all, QuantityId one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

bool never_together(const Model& model, GameId a, GameId b) {
  const auto conjuncts = [&](GameId id) {
    const auto& game = model.statement<GameStatement>(model.games[index(id)].statement);
    return conjuncts_of(model, game.condition);
  };
  return contradict(conjuncts(a), conjuncts(b));
}

bool says(const RecordedCell& cell, std::uint32_t label) {
  if (cell.kind == RecordedCell::Kind::blank) return true;
  return std::find(cell.labels.begin(), cell.labels.end(), label) != cell.labels.end();
}

bool admits_no_game(const RecordColumn& column, const RecordedCell& cell) {
  if (cell.kind == RecordedCell::Kind::exactly) return false;
  if (cell.kind != RecordedCell::Kind::labels) return true;
  const bool is_truth = column.of == Of::ends || column.of == Of::event;
  return is_truth && says(cell, 0);
}

RecordedLeaves::RecordedLeaves(const Model& model, GameId game)
    : model_(model), game_(game), leaves_(leaves_of(model, game)) {
  for (std::uint32_t i = 0; i < model.record.size(); ++i) {
    if (concerns(model.record[i])) columns_.push_back(i);
  }
  std::stable_sort(columns_.begin(), columns_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return place_of_column(model_.record[a]) < place_of_column(model_.record[b]);
  });
  for (const games::Path& leaf : leaves_) {
    std::vector<Labels>& row = labels_.emplace_back();
    for (const std::uint32_t column : columns_)
      row.push_back(labels_at(model.record[column], leaf));
  }
}

bool RecordedLeaves::concerns(const RecordColumn& column) const {
  const Game& game = model_.games[index(game_)];
  switch (column.of) {
    case Of::move: return place_of(game, column.quantity).has_value();
    case Of::ends: return has(game.ends, column.quantity);
    case Of::outcome: return !game.ends.empty();
    case Of::treaty: return false;
    case Of::event: break;
  }
  const NodeId event = model_.statement<ObserveStatement>(column.statement).expression;
  const std::vector<QuantityId> moves = moves_in(model_, event);
  return std::any_of(moves.begin(), moves.end(),
                     [&](QuantityId move) { return place_of(game, move).has_value(); });
}

/// Of an event: that of its last move here.
std::size_t RecordedLeaves::place_of_column(const RecordColumn& column) const {
  const Game& game = model_.games[index(game_)];
  const std::size_t behind = game.moves.size();
  if (column.of == Of::move) return place_of(game, column.quantity).value_or(0);
  if (column.of != Of::event) return behind;
  const NodeId event = model_.statement<ObserveStatement>(column.statement).expression;
  std::size_t place = 0;
  for (const QuantityId move : moves_in(model_, event))
    place = std::max<std::size_t>(place, place_of(game, move).value_or(0));
  return place;
}

bool RecordedLeaves::ends_in(QuantityId ends, const games::Path& leaf) const {
  const auto& block = model_.statement<GameStatement>(model_.games[index(game_)].statement);
  return std::any_of(block.ends.begin(), block.ends.end(), [&](const EndsLine& line) {
    return line.name.text == model_[ends].name.text &&
           holds_on(model_, game_, line.condition, leaf).value_or(false);
  });
}

RecordedLeaves::Labels RecordedLeaves::labels_at(const RecordColumn& column,
                                                 const games::Path& leaf) const {
  const auto truth = [](bool holds) { return std::vector<std::uint32_t>{holds ? 1U : 0U}; };
  switch (column.of) {
    case Of::move: {
      const std::int32_t option = leaf[*place_of(model_.games[index(game_)], column.quantity)];
      if (option == games::not_reached) return {};
      return std::vector{static_cast<std::uint32_t>(option)};
    }
    case Of::ends: return truth(ends_in(column.quantity, leaf));
    case Of::event: {
      const auto& observe = model_.statement<ObserveStatement>(column.statement);
      return truth(holds_on(model_, game_, observe.expression, leaf).value_or(false));
    }
    case Of::outcome: {
      std::vector<std::uint32_t> held;
      for (std::uint32_t i = 0; i < column.outcomes.size(); ++i) {
        if (ends_in(column.outcomes[i], leaf)) held.push_back(i);
      }
      return held;
    }
    case Of::treaty: break;
  }
  throw Bug("a treaty was looked for on a path");
}

bool RecordedLeaves::admits(std::size_t leaf, std::uint32_t column,
                            const RecordedCell& cell) const {
  return cell.kind == RecordedCell::Kind::blank || fits(labels(leaf, column), cell);
}

bool RecordedLeaves::fits(const Labels& labels, const RecordedCell& cell) {
  if (cell.kind == RecordedCell::Kind::blank) return true;
  if (cell.kind == RecordedCell::Kind::not_reached) return !labels;
  if (cell.kind == RecordedCell::Kind::exactly) return labels && *labels == cell.labels;
  return labels && std::any_of(labels->begin(), labels->end(),
                               [&](std::uint32_t label) { return says(cell, label); });
}

const RecordedLeaves::Labels& RecordedLeaves::labels(std::size_t leaf, std::uint32_t column) const {
  const auto at = std::find(columns_.begin(), columns_.end(), column) - columns_.begin();
  return labels_[leaf][static_cast<std::size_t>(at)];
}

bool RecordedLeaves::admits(std::size_t leaf, std::uint32_t step) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!fits(labels_[leaf][i], model_.record[columns_[i]].cells[step])) return false;
  }
  return true;
}

bool RecordedLeaves::admits_some(std::uint32_t step) const {
  for (std::size_t leaf = 0; leaf < leaves_.size(); ++leaf) {
    if (admits(leaf, step)) return true;
  }
  return false;
}

std::size_t RecordedLeaves::number_of(const games::Path& leaf) const {
  const auto at = std::find(leaves_.begin(), leaves_.end(), leaf);
  require(at != leaves_.end(), "a path that is no leaf of its game");
  return static_cast<std::size_t>(at - leaves_.begin());
}

}  // namespace casus::language
