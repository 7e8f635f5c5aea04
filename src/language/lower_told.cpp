// What observed variables tell of moves that the record leaves open: each path of the game is
// weighed by how probable it makes the step's data. The data score what all paths together make of
// them, given the state before the moves, and the path is drawn given them too. So particles die of
// what their states say, not of a move drawn amiss (the optimal proposal of Doucet, Godsill and
// Andrieu 2000, Statistics and Computing 10:197-208, for the moves of a step).
#include "language/leaf_weights.hpp"
#include "language/lower_game.hpp"
#include "language/supposition.hpp"

#include <algorithm>
#include <map>

namespace casus::language {

/// Whether the record leaves something of the game to be told, and nobody sets its moves.
bool GameLowering::is_open() const {
  return lowering_.given().is_used() && lowering_.given().decides && given() != Given::Moves::all &&
         lowering_.active().empty();
}

/// Whether a column has a datum in steps of this program, and a law that this game's moves enter
/// through definitions, and no others' that may be made in the same step.
bool GameLowering::tells(const ScoreColumn& column) {
  const Model& model = lowering_.model();
  if (column.of != ScoreColumn::Of::observed || model.exact_of(column.quantity) != nullptr)
    return false;
  const MovesBehind behind =
      lowering_.moves_behind().in(model.statement<ObserveStatement>(column.statement).law);
  const auto here = static_cast<std::uint32_t>(index(id_));
  if (!behind.by_definition || !behind.games.contains(here)) return false;
  const bool alone = std::all_of(behind.games.begin(), behind.games.end(), [&](std::uint32_t g) {
    return g == here || never_together(model, id_, GameId{g});
  });
  const GivenSteps& steps = lowering_.plan().given;
  for (std::size_t step = 0; alone && step < steps.size(); ++step) {
    if (column.is_recorded[step] && steps[step] == lowering_.given()) return true;
  }
  return false;
}

/// By leaf: its probability, 0 in steps whose record does not admit it.
std::vector<Value> GameLowering::masses() {
  const std::size_t n_columns = given() == Given::Moves::free ? 0 : recorded_->columns().size();
  std::vector<Value> result;
  for (std::size_t leaf = 0; leaf < recorded_->leaves().size(); ++leaf)
    result.push_back(lowering_.builder().multiply(leaf_probability(recorded_->leaves()[leaf]),
                                                  allowed(leaf, n_columns)));
  return result;
}

/// The arguments of a column's law on every path; nothing where paths do not matter, or take too
/// much to tell.
std::optional<GameLowering::LawsByLeaf> GameLowering::laws_by_leaf(const ScoreColumn& column) {
  LawsByLeaf laws;
  const std::vector<games::Path>& leaves = recorded_->leaves();
  for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf) {
    Supposition supposition(lowering_, *this, leaves[leaf]);
    Lowering::LawArguments law = lowering_.law_of(column, supposition.path());
    if (supposition.failed()) return {};
    const auto same = std::find_if(laws.begin(), laws.end(), [&](const auto& each) {
      return each.first.values == law.values;
    });
    if (same == laws.end())
      laws.push_back({std::move(law), {leaf}});
    else
      same->second.push_back(leaf);
  }
  return laws.size() > 1 ? std::optional(std::move(laws)) : std::nullopt;
}

/// Of a datum by leaf; worked out where some leaf of a law is possible.
std::vector<Value> GameLowering::log_densities(const ScoreColumn& column, const LawsByLeaf& laws,
                                               const LeafWeights& weights) {
  Builder& builder = lowering_.builder();
  const Value datum = lowering_.data_of(column.quantity, column.item);
  std::vector<Value> result(recorded_->leaves().size(), builder.constant(0.0));
  for (const auto& [law, leaves] : laws) {
    const Value possible = builder.apply(Op::less, builder.constant(0.0), weights.mass(leaves));
    const machine::Region region = builder.open(possible);
    const Value density = lowering_.log_density(column, law, datum);
    builder.close();
    for (const std::size_t leaf : leaves) result[leaf] = builder.joined(region, density, 0.0);
  }
  return result;
}

/// Takes in the data of every column that tells, in their order.
void GameLowering::hear() {
  std::optional<LeafWeights> weights;
  for (const ScoreColumn& column : lowering_.plan().lowered.score_columns) {
    if (!tells(column)) continue;
    const std::optional<LawsByLeaf> laws = laws_by_leaf(column);
    if (!laws) continue;
    if (!weights) weights.emplace(lowering_.builder(), masses());
    const std::optional<Value> score = weights->hear(
        lowering_.where_observed(column), [&] { return log_densities(column, *laws, *weights); });
    if (score) told_.emplace(&column, *score);
  }
  if (!told_.empty()) heard_ = weights->weights();
}

std::optional<Value> GameLowering::told(const ScoreColumn& column) const {
  const auto at = told_.find(&column);
  return at == told_.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace casus::language
