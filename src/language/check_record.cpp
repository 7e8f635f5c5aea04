// Recorded moves and outcomes against the games: every row of the record must lie on some path.
#include "base/text.hpp"
#include "language/compile.hpp"
#include "language/path.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace casus::language {

namespace {

/// One observed column: what it is about and its cells by step.
struct Column {
  enum class Of : std::uint8_t { move, ends, outcome, event } of{};
  const ObserveStatement* observe = nullptr;
  QuantityId quantity{};
  std::vector<std::string> labels{};
  std::vector<QuantityId> outcomes{};  ///< of `observe ends`
  std::vector<RecordedCell> cells{};
};

std::optional<Column> column_of(const Model& model, const ObserveStatement& observe) {
  if (observe.file.empty() || observe.law.written()) return {};
  Column column{.observe = &observe};
  if (observe.ends) {
    column.of = Column::Of::outcome;
    for (std::size_t q = 0; q < model.quantities.size(); ++q) {
      if (model.quantities[q].kind != Quantity::Kind::ends) continue;
      column.outcomes.push_back(id_of<QuantityId>(q));
      column.labels.push_back(model.quantities[q].name.text);
    }
    return column;
  }
  column.labels = {"false", "true"};
  if (observe.expression != no_node) {
    column.of = Column::Of::event;
    return column;
  }
  const auto named = model.quantity_named.find(observe.name.text);
  if (named == model.quantity_named.end()) return {};
  column.quantity = named->second;
  const Quantity& quantity = model[named->second];
  if (quantity.kind == Quantity::Kind::ends) {
    column.of = Column::Of::ends;
    return column;
  }
  if (quantity.kind != Quantity::Kind::move) return {};
  column.of = Column::Of::move;
  column.labels = model[quantity.type.domain].labels;
  return column;
}

class RecordCheck {
 public:
  RecordCheck(const Model& model, std::vector<Column> columns, Diagnostics& found)
      : model_(model), columns_(std::move(columns)), found_(found) {}

  void run() {
    for (std::uint32_t step = 0; step < model_.steps.count; ++step) {
      if (says_nothing(step) || unplayed_admits(step) || some_game_admits(step)) continue;
      report(step);
    }
  }

 private:
  bool says_nothing(std::uint32_t step) const {
    return std::all_of(columns_.begin(), columns_.end(), [&](const Column& at) {
      return at.cells[step].kind == RecordedCell::Kind::blank;
    });
  }

  /// A step without any game: everything blank or not reached, outcomes false.
  bool unplayed_admits(std::uint32_t step) const {
    return std::all_of(columns_.begin(), columns_.end(), [&](const Column& at) {
      const RecordedCell& cell = at.cells[step];
      if (cell.kind != RecordedCell::Kind::labels) return true;
      const bool truth = at.of == Column::Of::ends || at.of == Column::Of::event;
      return truth && std::find(cell.labels.begin(), cell.labels.end(), 0U) != cell.labels.end();
    });
  }

  bool some_game_admits(std::uint32_t step) {
    for (std::size_t g = 0; g < model_.games.size(); ++g) {
      for (const games::Path& leaf : leaves(g)) {
        const bool fits = std::all_of(columns_.begin(), columns_.end(), [&](const Column& at) {
          return admits(g, leaf, at, at.cells[step]);
        });
        if (fits) return true;
      }
    }
    return false;
  }

  const std::vector<games::Path>& leaves(std::size_t game) {
    auto [at, fresh] = leaves_.try_emplace(game);
    if (fresh) at->second = leaves_of(model_, id_of<GameId>(game));
    return at->second;
  }

  bool admits(std::size_t game, const games::Path& leaf, const Column& column,
              const RecordedCell& cell) {
    if (cell.kind == RecordedCell::Kind::blank) return true;
    const auto has = [&](std::uint32_t label) {
      return std::find(cell.labels.begin(), cell.labels.end(), label) != cell.labels.end();
    };
    if (column.of == Column::Of::move) {
      const std::int32_t option = option_on(game, leaf, column.quantity);
      if (cell.kind == RecordedCell::Kind::not_reached) return option == games::not_reached;
      return option != games::not_reached && has(static_cast<std::uint32_t>(option));
    }
    if (cell.kind == RecordedCell::Kind::not_reached) return false;
    if (column.of == Column::Of::outcome) {
      for (std::uint32_t i = 0; i < column.outcomes.size(); ++i) {
        if (has(i) && ends_on(game, leaf, column.outcomes[i])) return true;
      }
      return false;
    }
    const bool truth = column.of == Column::Of::ends
                           ? ends_on(game, leaf, column.quantity)
                           : holds_on(model_, id_of<GameId>(game), column.observe->expression, leaf)
                                 .value_or(false);
    return has(truth ? 1U : 0U);
  }

  std::int32_t option_on(std::size_t game, const games::Path& leaf, QuantityId move) const {
    const std::optional<std::uint32_t> place = place_of(model_.games[game], move);
    return place ? leaf[*place] : games::not_reached;
  }

  bool ends_on(std::size_t game, const games::Path& leaf, QuantityId ends) const {
    const auto& block = model_.statement<GameStatement>(model_.games[game].statement);
    return std::any_of(block.ends.begin(), block.ends.end(), [&](const EndsLine& line) {
      return line.name.text == model_[ends].name.text &&
             holds_on(model_, id_of<GameId>(game), line.condition, leaf).value_or(false);
    });
  }

  void report(std::uint32_t step) {
    std::vector<std::string> said;
    Diagnostic diagnostic{.code = "D401", .message = {}, .primary = {}};
    bool first = true;
    for (const Column& column : columns_) {
      const RecordedCell& cell = column.cells[step];
      if (cell.kind == RecordedCell::Kind::blank) continue;
      std::vector<std::string> labels;
      for (const std::uint32_t label : cell.labels) labels.push_back(column.labels[label]);
      const std::string about = column.observe->ends ? "ends" : column.observe->name.text;
      said.push_back(fmt::format(
          "{} {}", about.empty() ? column.observe->column.text : about,
          cell.kind == RecordedCell::Kind::not_reached ? "not reached" : join_text(labels, "|")));
      if (first)
        diagnostic.primary = {cell.span, {}};
      else
        diagnostic.related.push_back({cell.span, {}});
      first = false;
    }
    diagnostic.message = fmt::format("no path of any game gives what {} records: {}",
                                     model_.steps.label(step), join_text(said, ", "));
    diagnostic.help =
        "a move that its path does not reach is `-`, one that nobody saw is blank; check the row "
        "against the menus";
    found_.add(std::move(diagnostic));
  }

  const Model& model_;
  std::vector<Column> columns_;
  Diagnostics& found_;
  std::map<std::size_t, std::vector<games::Path>> leaves_;
};

}  // namespace

void check_record(const Model& model, Inputs& inputs, Diagnostics& found) {
  std::vector<Column> columns;
  for (const Statement& statement : model.tree.statements) {
    const auto* observe = std::get_if<ObserveStatement>(&statement);
    if (observe == nullptr) continue;
    std::optional<Column> column = column_of(model, *observe);
    if (!column) continue;
    column->cells = inputs.record(*observe, column->labels, model.steps, found);
    if (column->cells.size() == model.steps.count) columns.push_back(std::move(*column));
  }
  if (found.has_errors() || columns.empty()) return;
  RecordCheck(model, std::move(columns), found).run();
}

}  // namespace casus::language
