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

/// What is left open in one of two steps is left open in both.
void merge(Given& both, const Given& other) {
  for (std::size_t g = 0; g < both.games.size(); ++g) {
    if (other.games[g] != both.games[g]) both.games[g] = Moves::some;
  }
  for (std::size_t q = 0; q < both.observed.size(); ++q)
    both.observed[q] = both.observed[q] && other.observed[q];
}

/// Reads the record of a model step by step.
class GivenReader {
 public:
  explicit GivenReader(const Model& model) : model_(model), observed_(model.quantities.size()) {
    games_.reserve(model.games.size());
    for (std::size_t g = 0; g < model.games.size(); ++g)
      games_.emplace_back(model, id_of<GameId>(g));
    const std::vector<bool> read = read_quantities(model);
    for (std::size_t q = 0; q < model.quantities.size(); ++q) {
      if (model.quantities[q].kind == Quantity::Kind::observed) observed_[q] = read[q];
    }
    for (const ExactObservation& exact : model.exact) {
      const auto& observe = model.statement<ObserveStatement>(exact.statement);
      if (observe.condition == no_node) observed_[index(exact.quantity)] = true;
    }
  }

  /// Writes over what `given` says.
  void read(std::uint32_t step, Given& given) const {
    given.games.clear();
    for (const RecordedLeaves& game : games_) given.games.push_back(moves_in(model_, game, step));
    given.games.push_back(Moves::free);  // so that a model without games is known to be given
    given.observed.assign(observed_.size(), false);
    for (std::size_t q = 0; q < observed_.size(); ++q) {
      if (observed_[q]) given.observed[q] = has_all(model_, id_of<QuantityId>(q), step);
    }
  }

 private:
  const Model& model_;
  std::vector<RecordedLeaves> games_{};
  std::vector<bool> observed_;  ///< by quantity: whether it matters if it has data
};

}  // namespace

void GivenSteps::add(const Given& given) {
  if (kinds_.empty() || kinds_.back() != given) kinds_.push_back(given);
  kind_of_.push_back(static_cast<std::uint32_t>(kinds_.size() - 1));
}

void GivenSteps::decide_until(std::size_t step) {
  GivenSteps made;
  for (std::size_t i = 0; i < size(); ++i) {
    Given given = (*this)[i];
    if (i >= step) given.decides = false;
    made.add(given);
  }
  *this = std::move(made);
}

/// Rows are independent of each other, so that one program for all of them will do: what it leaves
/// open costs nothing.
GivenSteps given_by_step(const Model& model, std::uint32_t until) {
  const GivenReader reader(model);
  const std::uint32_t n_given = std::min(until, model.steps.count);
  const bool is_by_row = model.steps.kind == Steps::Kind::rows;
  Given given;
  GivenSteps steps;
  if (is_by_row && n_given == model.steps.count && n_given > 0) {
    Given all;
    reader.read(0, all);
    for (std::uint32_t step = 1; step < n_given; ++step) {
      reader.read(step, given);
      merge(all, given);
    }
    for (std::uint32_t step = 0; step < n_given; ++step) steps.add(all);
    return steps;
  }
  for (std::uint32_t step = 0; step < model.steps.count; ++step) {
    if (step < n_given)
      reader.read(step, given);
    else
      given = Given{};
    steps.add(given);
  }
  return steps;
}

}  // namespace casus::language
