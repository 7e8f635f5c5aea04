// What a history does of all that the record holds: one output for each column of scores, then the
// games with their moves.
#include "language/happened.hpp"
#include "language/lower_game.hpp"
#include "language/lowering.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

void Lowering::write_happened() {
  std::uint32_t output = plan_.lowered.first_score;
  for (const ScoreColumn& column : plan_.lowered.score_columns)
    builder_.write_output(output++, happened(column));
  for (std::size_t g = 0; g < model().games.size(); ++g) {
    GameLowering& at = game(id_of<GameId>(g));
    builder_.write_output(output++, at.played());
    for (const GameMove& move : model().games[g].moves)
      builder_.write_output(output++, at.realised(move.move));
  }
}

void Lowering::write_totals() {
  std::uint32_t output = plan_.lowered.first_score;
  for (ScoreColumn& column : plan_.lowered.score_columns) {
    Value drawn = builder_.constant(0.0);
    if (column.of == ScoreColumn::Of::total) {
      drawn = happened(column);
      const auto& observe = model().statement<ObserveStatement>(column.statement);
      const std::optional<double> recorded = builder_.known(number(observe.value, {}));
      if (recorded) column.recorded = *recorded;
    }
    builder_.write_output(output++, drawn);
  }
}

/// Columns about games are read off their moves.
Value Lowering::happened(const ScoreColumn& column) {
  builder_.set_origin(builder_.add_origin(
      {"record of " + column.name, model().statement<ObserveStatement>(column.statement).span}));
  switch (column.of) {
    case ScoreColumn::Of::record: {
      const RecordColumn& record = model().record[column.item];
      if (record.of == RecordColumn::Of::treaty) return element(record.quantity, 0, {});
      break;
    }
    case ScoreColumn::Of::observed: return element(column.quantity, column.item, {});
    case ScoreColumn::Of::total: return total_drawn(column);
  }
  return builder_.constant(0.0);
}

/// In the step that ends its span; elsewhere its law may have no arguments. Two reports of one span
/// are two draws.
Value Lowering::total_drawn(const ScoreColumn& column) {
  const auto& recorded = column.is_recorded;
  if (std::find(recorded.begin(), recorded.end(), true) == recorded.end())
    return builder_.constant(0.0);
  const auto& observe = model().statement<ObserveStatement>(column.statement);
  const std::string name = fmt::format("{} {}", column.name, column.statement);
  const machine::Region region = builder_.open(builder_.series(plan_.series(recorded)));
  const Value drawn = sample(observe.law, {}, name, observe.span, false);
  builder_.close();
  return region == builder_.current() ? drawn : builder_.joined(region, drawn, 0.0);
}

}  // namespace casus::language
