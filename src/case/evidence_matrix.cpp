// Scores of items, gathered into groups that the chain rule ties together.
#include "case/evidence_matrix.hpp"

#include "base/text.hpp"
#include "inference/weights.hpp"
#include "language/record.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace casus::cases {
namespace {

using language::Model;
using language::RecordedCell;
using language::ScoreColumn;

constexpr double no_score = std::numeric_limits<double>::quiet_NaN();

std::string recorded_text(const Model& model, const ScoreColumn& column, std::uint32_t step) {
  if (column.of == ScoreColumn::Of::record) {
    const language::RecordColumn& record = model.record[column.item];
    const RecordedCell& cell = record.cells[step];
    if (cell.kind != RecordedCell::Kind::labels) return "-";
    std::vector<std::string> words;
    for (const std::uint32_t label : cell.labels) words.push_back(record.labels[label]);
    return join_text(words, "|");
  }
  if (column.of == ScoreColumn::Of::total) return "total";
  const language::Quantity& quantity = model[column.quantity];
  const language::Series& series = model.series[index(column.quantity)];
  const double value = series.values[step * quantity.n_elements(model.sets) + column.item];
  constexpr int digits = 6;
  return to_text(value / (quantity.unit ? quantity.unit->scale : 1.0), digits);
}

/// The columns of the record that a game ties to each other, game by game.
std::vector<std::vector<std::uint32_t>> columns_of_games(const Model& model) {
  std::vector<std::vector<std::uint32_t>> columns;
  for (std::size_t game = 0; game < model.games.size(); ++game)
    columns.push_back(
        language::RecordedLeaves(model, language::id_of<language::GameId>(game)).columns());
  return columns;
}

double spread_of(const std::vector<double>& scores) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double score : scores) {
    if (std::isnan(score)) continue;
    low = std::min(low, score);
    high = std::max(high, score);
  }
  return high > low ? high - low : 0.0;
}

class Matrix {
 public:
  Matrix(const Model& model, std::span<const Fit* const> fits)
      : model_(model), fits_(fits), games_(columns_of_games(model)) {
    for (const Fit* fit : fits) scores_.push_back(pooled_scores(*fit));
  }

  EvidenceMatrix made() const {
    EvidenceMatrix matrix;
    for (std::uint32_t step = 0; step < model_.steps.count; ++step) add(step, matrix);
    std::stable_sort(
        matrix.groups.begin(), matrix.groups.end(),
        [](const MatrixGroup& a, const MatrixGroup& b) { return a.spread > b.spread; });
    return matrix;
  }

 private:
  const std::vector<ScoreColumn>& columns() const { return fits_.front()->lowered.score_columns; }

  /// The score that a fit gives to an item, found by its name: variants may number them otherwise.
  double score(std::size_t fit, const ScoreColumn& column, std::uint32_t step) const {
    const std::vector<ScoreColumn>& own = fits_[fit]->lowered.score_columns;
    const auto at = std::find_if(own.begin(), own.end(), [&](const ScoreColumn& other) {
      return other.statement == column.statement && other.name == column.name;
    });
    if (at == own.end()) return no_score;
    return scores_[fit][step * own.size() + static_cast<std::size_t>(at - own.begin())];
  }

  /// The first column of the step that a chain of shared games leads to.
  std::size_t root(std::size_t column, const std::vector<std::size_t>& parents) const {
    while (parents[column] != column) column = parents[column];
    return column;
  }

  std::vector<std::size_t> tied(std::uint32_t step) const {
    std::vector<std::size_t> parents(columns().size());
    for (std::size_t i = 0; i < parents.size(); ++i) parents[i] = i;
    for (const std::vector<std::uint32_t>& game : games_) {
      std::size_t first = parents.size();
      for (std::size_t i = 0; i < parents.size(); ++i) {
        const ScoreColumn& column = columns()[i];
        const bool is_in = column.of == ScoreColumn::Of::record && column.is_recorded[step] &&
                           std::find(game.begin(), game.end(), column.item) != game.end();
        if (!is_in) continue;
        if (first == parents.size()) first = i;
        parents[root(i, parents)] = root(first, parents);
      }
    }
    for (std::size_t i = 0; i < parents.size(); ++i) parents[i] = root(i, parents);
    return parents;
  }

  void add(std::uint32_t step, EvidenceMatrix& matrix) const {
    const std::vector<std::size_t> roots = tied(step);
    std::map<std::size_t, MatrixGroup> groups;
    for (std::size_t i = 0; i < columns().size(); ++i) {
      const ScoreColumn& column = columns()[i];
      if (!column.is_recorded[step]) continue;
      MatrixRow row{
          .step = step, .name = column.name, .recorded = recorded_text(model_, column, step)};
      for (std::size_t fit = 0; fit < fits_.size(); ++fit)
        row.scores.push_back(score(fit, column, step));
      row.spread = spread_of(row.scores);
      MatrixGroup& group = groups[roots[i]];
      group.step = step;
      group.scores.resize(fits_.size());
      for (std::size_t fit = 0; fit < fits_.size(); ++fit) group.scores[fit] += row.scores[fit];
      group.rows.push_back(std::move(row));
    }
    for (auto& [first, group] : groups) {
      group.spread = spread_of(group.scores);
      matrix.groups.push_back(std::move(group));
    }
  }

  const Model& model_;
  std::span<const Fit* const> fits_;
  std::vector<std::vector<std::uint32_t>> games_;
  std::vector<std::vector<double>> scores_;
};

}  // namespace

std::vector<double> pooled_scores(const Fit& fit) {
  const std::size_t n_columns = fit.lowered.score_columns.size();
  const std::size_t n_dates = fit.runs.front().path.size();
  std::vector<double> scores;
  std::vector<double> logs(fit.runs.size());
  for (std::size_t date = 0; date < n_dates; ++date) {
    for (std::size_t k = 0; k < logs.size(); ++k)
      logs[k] = date == 0 ? 0.0 : fit.runs[k].path[date - 1];
    double before = inference::log_sum(logs);
    for (std::size_t column = 0; column < n_columns; ++column) {
      for (std::size_t k = 0; k < logs.size(); ++k) {
        const double score = fit.runs[k].scores[date * n_columns + column];
        logs[k] = std::isnan(score) ? inference::impossible : logs[k] + score;
      }
      const double now = inference::log_sum(logs);
      scores.push_back(before == inference::impossible ? no_score : now - before);
      before = now;
    }
  }
  return scores;
}

EvidenceMatrix evidence_matrix(const Model& model, std::span<const Fit* const> fits) {
  return Matrix(model, fits).made();
}

}  // namespace casus::cases
