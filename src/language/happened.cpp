// Cells and data from a history's moves and draws.
#include "language/happened.hpp"

#include "base/bug.hpp"
#include "language/amend.hpp"
#include "language/record.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::language {
namespace {

using Of = RecordColumn::Of;
using Kind = RecordedCell::Kind;

bool is_truth(const RecordColumn& column) {
  return column.of == Of::ends || column.of == Of::event || column.of == Of::treaty;
}

/// Writes one step after another.
class Scribe {
 public:
  Scribe(const Model& model, const Lowered& lowered)
      : model_(model), lowered_(lowered), made_(model) {
    for (std::size_t g = 0; g < model.games.size(); ++g)
      games_.emplace_back(model, id_of<GameId>(g));
  }

  Model written(std::span<const double> happened) {
    const std::size_t width = n_happened(model_, lowered_);
    const auto n_steps = static_cast<std::uint32_t>(happened.size() / width);
    for (std::uint32_t step = 0; step < n_steps; ++step)
      write(step, happened.subspan(step * width, width));
    for (std::uint32_t step = n_steps; step < model_.steps.count; ++step) forget(step);
    return std::move(made_);
  }

 private:
  void write(std::uint32_t step, std::span<const double> outputs) {
    find_leaves(outputs.subspan(lowered_.score_columns.size()));
    for (std::size_t i = 0; i < lowered_.score_columns.size(); ++i) {
      const ScoreColumn& column = lowered_.score_columns[i];
      if (!column.is_recorded[step]) continue;
      switch (column.of) {
        case ScoreColumn::Of::record: write_cell(column.item, step, outputs[i]); break;
        case ScoreColumn::Of::observed: write_datum(column, step, outputs[i]); break;
        case ScoreColumn::Of::total: write_total(column, outputs[i]); break;
      }
    }
  }

  /// The leaf of each game that was played.
  void find_leaves(std::span<const double> outputs) {
    leaves_.assign(games_.size(), {});
    std::size_t at = 0;
    for (std::size_t g = 0; g < games_.size(); ++g) {
      const bool played = outputs[at++] != 0.0;
      games::Path path;
      for (std::size_t move = 0; move < model_.games[g].moves.size(); ++move)
        path.push_back(static_cast<std::int32_t>(outputs[at++]));
      if (played) leaves_[g] = games_[g].number_of(path);
    }
  }

  /// The game played that the column is about. Of several it is the last that scores.
  std::optional<std::size_t> game_of(std::uint32_t column) const {
    std::optional<std::size_t> found;
    for (std::size_t g = 0; g < games_.size(); ++g) {
      const auto& own = games_[g].columns();
      if (leaves_[g] && std::find(own.begin(), own.end(), column) != own.end()) found = g;
    }
    return found;
  }

  void write_cell(std::uint32_t number, std::uint32_t step, double truth) {
    const RecordColumn& column = model_.record[number];
    RecordedCell& cell = made_.record[number].cells[step];
    const std::optional<std::size_t> game = game_of(number);
    if (column.of == Of::treaty) {
      const std::uint32_t label = truth != 0.0 ? 1 : 0;
      if (!says(cell, label)) cell = {.kind = Kind::labels, .labels = {label}, .span = cell.span};
    } else if (game) {
      if (!games_[*game].admits(*leaves_[*game], number, cell))
        cell = detailed(column, games_[*game].labels(*leaves_[*game], number), cell);
    } else if (!admits_no_game(column, cell)) {
      cell = without_game(column, cell);
    }
  }

  /// What a step without the game says where its real cell cannot.
  static RecordedCell without_game(const RecordColumn& column, const RecordedCell& cell) {
    if (is_truth(column)) return {.kind = Kind::labels, .labels = {0}, .span = cell.span};
    return {.kind = Kind::not_reached, .span = cell.span};
  }

  /// What a leaf says where the real cell does not admit it.
  static RecordedCell detailed(const RecordColumn& column,
                               const std::optional<std::vector<std::uint32_t>>& labels,
                               const RecordedCell& cell) {
    if (!labels) return {.kind = Kind::not_reached, .span = cell.span};
    const bool is_plain = is_truth(column) && cell.kind == Kind::labels;
    return {.kind = is_plain ? Kind::labels : Kind::exactly, .labels = *labels, .span = cell.span};
  }

  void write_datum(const ScoreColumn& column, std::uint32_t step, double value) {
    const std::size_t n = model_[column.quantity].n_elements(model_.sets);
    made_.series[index(column.quantity)].values[step * n + column.item] = value;
  }

  void write_total(const ScoreColumn& column, double value) {
    auto& observe = std::get<ObserveStatement>(made_.tree.statements[column.statement]);
    const Quantity& quantity = model_[column.quantity];
    const double scale = quantity.unit ? quantity.unit->scale : 1.0;
    observe.value = add_number(made_, value / scale, observe.span);
  }

  void forget(std::uint32_t step) {
    for (RecordColumn& column : made_.record) column.cells[step] = {};
    for (std::size_t q = 0; q < model_.quantities.size(); ++q) {
      const bool is_observed = model_.quantities[q].kind == Quantity::Kind::observed ||
                               model_.exact_of(id_of<QuantityId>(q)) != nullptr;
      if (!is_observed || !model_.series[q].by_step) continue;
      const std::size_t n = model_.quantities[q].n_elements(model_.sets);
      const auto from = made_.series[q].values.begin() + static_cast<std::ptrdiff_t>(step * n);
      std::fill_n(from, n, std::numeric_limits<double>::quiet_NaN());
    }
  }

  const Model& model_;
  const Lowered& lowered_;
  Model made_;
  std::vector<RecordedLeaves> games_;
  std::vector<std::optional<std::size_t>> leaves_{};  ///< by game, in the step being written
};

}  // namespace

std::size_t n_happened(const Model& model, const Lowered& lowered) {
  std::size_t n = lowered.score_columns.size() + model.games.size();
  for (const Game& game : model.games) n += game.moves.size();
  return n;
}

Model with_record_of(const Model& model, const Lowered& lowered, std::span<const double> happened) {
  require(happened.size() % n_happened(model, lowered) == 0, "outputs of half a step");
  return Scribe(model, lowered).written(happened);
}

}  // namespace casus::language
