// Cells and data of a step, counted.
#include "language/given.hpp"

#include "language/walk.hpp"

#include <algorithm>
#include <cmath>

namespace casus::language {

namespace {

using Moves = Given::Moves;

bool is_blank(const Model& model, const RecordedLeaves& game, std::uint32_t step) {
  const auto& columns = game.columns();
  return std::all_of(columns.begin(), columns.end(), [&](std::uint32_t column) {
    return model.record[column].cells[step].kind == RecordedCell::Kind::blank;
  });
}

Moves moves_in(const Model& model, const RecordedLeaves& game, std::uint32_t step) {
  if (is_blank(model, game, step)) return Moves::free;
  std::size_t n_admitted = 0;
  for (std::size_t leaf = 0; leaf < game.leaves().size(); ++leaf) {
    if (game.admits(leaf, step) && ++n_admitted > 1) return Moves::some;
  }
  return Moves::all;
}

/// Quantities that some expression of the model names.
std::vector<bool> read_quantities(const Model& model) {
  std::vector<bool> read(model.quantities.size());
  for (std::size_t i = 0; i < model.tree.size(); ++i) {
    const Meaning& meaning = model.meanings[i];
    if (meaning.kind == Meaning::Kind::quantity) read[meaning.target] = true;
  }
  return read;
}

/// Whether each element of what is observed has a datum.
bool has_all(const Model& model, QuantityId id, std::uint32_t step) {
  const Series& series = model.series[index(id)];
  if (!series.by_step) return false;
  const std::size_t n = model[id].n_elements(model.sets);
  const auto* first = &series.values[step * n];
  return std::none_of(first, first + n, [](double datum) { return std::isnan(datum); });
}

/// Rows are independent of each other, so that one program for all of them will do: what it leaves
/// open costs nothing.
void make_alike(std::vector<Given>& steps) {
  Given all = steps.front();
  for (const Given& one : steps) {
    for (std::size_t g = 0; g < all.games.size(); ++g) {
      if (one.games[g] != all.games[g]) all.games[g] = Moves::some;
    }
    for (std::size_t q = 0; q < all.observed.size(); ++q)
      all.observed[q] = all.observed[q] && one.observed[q];
  }
  std::fill(steps.begin(), steps.end(), all);
}

}  // namespace

std::vector<Given> given_by_step(const Model& model, std::uint32_t until) {
  std::vector<RecordedLeaves> games;
  games.reserve(model.games.size());
  for (std::size_t g = 0; g < model.games.size(); ++g) games.emplace_back(model, id_of<GameId>(g));
  const std::vector<bool> read = read_quantities(model);
  std::vector<Given> result(model.steps.count);
  for (std::uint32_t step = 0; step < std::min(until, model.steps.count); ++step) {
    Given& given = result[step];
    for (const RecordedLeaves& game : games) given.games.push_back(moves_in(model, game, step));
    given.games.push_back(Moves::free);  // so that a model without games is known to be given
    given.observed.resize(model.quantities.size());
    for (std::size_t q = 0; q < model.quantities.size(); ++q) {
      if (model.quantities[q].kind != Quantity::Kind::observed || !read[q]) continue;
      given.observed[q] = has_all(model, id_of<QuantityId>(q), step);
    }
  }
  for (const ExactObservation& exact : model.exact) {
    const auto& observe = model.statement<ObserveStatement>(exact.statement);
    if (observe.condition != no_node) continue;
    for (std::uint32_t step = 0; step < std::min(until, model.steps.count); ++step)
      result[step].observed[index(exact.quantity)] = has_all(model, exact.quantity, step);
  }
  const bool is_by_row = model.steps.kind == Steps::Kind::rows;
  if (is_by_row && until >= model.steps.count) make_alike(result);
  return result;
}

}  // namespace casus::language
