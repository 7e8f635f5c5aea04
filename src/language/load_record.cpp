// Recorded moves and outcomes, read and held against the games: every row must lie on some path.
#include "base/text.hpp"
#include "language/compile.hpp"
#include "language/record.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace casus::language {

using Of = RecordColumn::Of;

namespace {

/// Of games in one step; a case with more is held against the first.
constexpr std::size_t most_combinations = 4096;

std::optional<Of> kind_of(const Quantity& quantity) {
  if (quantity.kind == Quantity::Kind::move) return Of::move;
  if (quantity.kind == Quantity::Kind::ends) return Of::ends;
  if (quantity.kind == Quantity::Kind::treaty) return Of::treaty;
  return {};
}

/// The column that a statement declares, without its cells.
std::optional<RecordColumn> column_of(const Model& model, std::uint32_t statement) {
  const auto* observe = std::get_if<ObserveStatement>(&model.tree.statements[statement]);
  if (observe == nullptr || observe->file.empty() || observe->law.written()) return {};
  RecordColumn column{.of = Of::event, .statement = statement, .labels = {"false", "true"}};
  if (observe->ends) {
    column.of = Of::outcome;
    column.labels.clear();
    for (std::size_t q = 0; q < model.quantities.size(); ++q) {
      if (model.quantities[q].kind != Quantity::Kind::ends) continue;
      column.outcomes.push_back(id_of<QuantityId>(q));
      column.labels.push_back(model.quantities[q].name.text);
    }
  } else if (observe->expression == no_node) {
    const auto named = model.quantity_named.find(observe->name.text);
    if (named == model.quantity_named.end()) return {};
    const std::optional<Of> of = kind_of(model[named->second]);
    if (!of) return {};
    column.of = *of;
    column.quantity = named->second;
    if (of == Of::move) column.labels = model[model[named->second].type.domain].labels;
  }
  return column;
}

/// Games by number.
using Games = std::vector<std::size_t>;

class RecordCheck {
 public:
  RecordCheck(const Model& model, Diagnostics& found) : model_(model), found_(found) {
    together_.emplace_back();
    for (std::size_t g = 0; g < model.games.size(); ++g) {
      games_.emplace_back(model, id_of<GameId>(g));
      for (std::size_t i = 0, n = together_.size(); i < n; ++i) {
        Games more = together_[i];
        const bool may = std::none_of(more.begin(), more.end(), [&](std::size_t other) {
          return never_together(model, id_of<GameId>(other), id_of<GameId>(g));
        });
        more.push_back(g);
        if (may && together_.size() < most_combinations) together_.push_back(std::move(more));
      }
    }
  }

  void run() {
    for (std::uint32_t step = 0; step < model_.steps.count; ++step) {
      if (says_nothing(step) || some_games_admit(step)) continue;
      report(step);
    }
  }

 private:
  bool says_nothing(std::uint32_t step) const {
    return std::all_of(model_.record.begin(), model_.record.end(), [&](const RecordColumn& at) {
      return at.of == Of::treaty || at.cells[step].kind == RecordedCell::Kind::blank;
    });
  }

  /// Whether some of the games, or none, can have been played in a step that is recorded like this.
  bool some_games_admit(std::uint32_t step) const {
    std::vector<bool> can_be_played;
    for (const RecordedLeaves& game : games_) can_be_played.push_back(game.admits_some(step));
    return std::any_of(together_.begin(), together_.end(), [&](const Games& played) {
      return std::all_of(played.begin(), played.end(),
                         [&](std::size_t game) { return can_be_played[game]; }) &&
             others_admit(played, step);
    });
  }

  /// Columns that are about none of these games, when no other is played.
  bool others_admit(const Games& played, std::uint32_t step) const {
    for (std::uint32_t i = 0; i < model_.record.size(); ++i) {
      const RecordColumn& column = model_.record[i];
      const bool is_theirs = std::any_of(played.begin(), played.end(), [&](std::size_t game) {
        const auto& own = games_[game].columns();
        return std::find(own.begin(), own.end(), i) != own.end();
      });
      if (is_theirs || column.of == Of::treaty) continue;
      if (!admits_no_game(column, column.cells[step])) return false;
    }
    return true;
  }

  void report(std::uint32_t step) {
    std::vector<std::string> said;
    Diagnostic diagnostic{.code = "D401", .message = {}, .primary = {}};
    bool first = true;
    for (const RecordColumn& column : model_.record) {
      const RecordedCell& cell = column.cells[step];
      if (cell.kind == RecordedCell::Kind::blank || column.of == Of::treaty) continue;
      std::vector<std::string> labels;
      for (const std::uint32_t label : cell.labels) labels.push_back(column.labels[label]);
      const auto& observe = model_.statement<ObserveStatement>(column.statement);
      const std::string about = observe.ends ? "ends" : observe.name.text;
      said.push_back(fmt::format(
          "{} {}", about.empty() ? observe.column.text : about,
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
  Diagnostics& found_;
  std::vector<RecordedLeaves> games_;
  std::vector<Games> together_;  ///< sets of games that one step may hold
};

}  // namespace

void load_record(Model& model, Inputs& inputs, Diagnostics& found) {
  for (std::uint32_t i = 0; i < model.tree.statements.size(); ++i) {
    std::optional<RecordColumn> column = column_of(model, i);
    if (!column) continue;
    column->cells =
        inputs.record(model.statement<ObserveStatement>(i), column->labels, model.steps, found);
    if (column->cells.size() == model.steps.count) model.record.push_back(std::move(*column));
  }
  if (found.has_errors() || model.record.empty()) return;
  RecordCheck(model, found).run();
}

}  // namespace casus::language
