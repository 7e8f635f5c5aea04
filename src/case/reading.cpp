// From outputs to what a record would say.
#include "case/reading.hpp"

#include "language/record.hpp"

#include <algorithm>

namespace casus::cases {

using language::Model;
using language::RecordColumn;
using language::ScoreColumn;

OutputNumbers::OutputNumbers(const language::Lowered& lowered) {
  for (std::size_t i = 0; i < lowered.output_columns.size(); ++i) {
    const language::OutputColumn& column = lowered.output_columns[i];
    numbers_[{language::index(column.quantity), column.element}] = i;
  }
}

Reading::Reading(const Model& model, const OutputNumbers& outputs, const ScoreColumn& column,
                 double scale)
    : scale_(scale) {
  if (column.of == ScoreColumn::Of::observed) {
    outputs_ = {outputs.of(column.quantity, column.item)};
    return;
  }
  const RecordColumn& record = model.record[column.item];
  of_ = record.of;
  if (of_ == RecordColumn::Of::event) {
    add_games(model, outputs, column.item);
  } else if (of_ == RecordColumn::Of::outcome) {
    for (const language::QuantityId ends : record.outcomes) outputs_.push_back(outputs.of(ends, 0));
  } else {
    outputs_ = {outputs.of(record.quantity, 0)};
  }
}

double Reading::value(const double* outputs, std::size_t stride) const {
  if (of_ == RecordColumn::Of::event) return event(outputs, stride);
  if (of_ != RecordColumn::Of::outcome) return outputs[outputs_.front() * stride] / scale_;
  for (std::size_t i = 0; i < outputs_.size(); ++i)
    if (outputs[outputs_[i] * stride] != 0.0) return static_cast<double>(i);
  return no_label;
}

void Reading::add_games(const Model& model, const OutputNumbers& outputs, std::uint32_t number) {
  const language::RecordedCell yes{.kind = language::RecordedCell::Kind::labels, .labels = {1}};
  for (std::uint32_t g = 0; g < model.games.size(); ++g) {
    const language::RecordedLeaves leaves(model, language::GameId{g});
    const auto& columns = leaves.columns();
    if (std::find(columns.begin(), columns.end(), number) == columns.end()) continue;
    OfGame& game = games_.emplace_back();
    for (const language::GameMove& move : model.games[g].moves)
      game.outputs.push_back(outputs.of(move.move, 0));
    for (std::size_t leaf = 0; leaf < leaves.leaves().size(); ++leaf) {
      const games::Path& path = leaves.leaves()[leaf];
      game.leaves.push_back(
          {.moves = {path.begin(), path.end()}, .holds = leaves.admits(leaf, number, yes)});
    }
  }
}

/// Whether the leaf that was come to is of the event; not where no game was played.
double Reading::event(const double* outputs, std::size_t stride) const {
  for (const OfGame& game : games_) {
    for (const Leaf& leaf : game.leaves) {
      std::size_t i = 0;
      while (i < leaf.moves.size() && outputs[game.outputs[i] * stride] == leaf.moves[i]) ++i;
      if (i == leaf.moves.size()) return leaf.holds ? 1.0 : 0.0;
    }
  }
  return 0.0;
}

}  // namespace casus::cases
