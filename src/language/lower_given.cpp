// A game of which something is recorded: the path is drawn given the record, node by node, and each
// column of the record scores what it adds by the chain rule.
#include "language/lower_game.hpp"

#include <algorithm>

namespace casus::language {

using Moves = Given::Moves;

Moves GameLowering::given() const {
  const Given& given = lowering_.given();
  return given.is_used() ? given.games[index(id_)] : Moves::free;
}

/// 1 in steps whose cells of the first `n_columns` columns admit a leaf, else 0.
Value GameLowering::allowed(std::size_t leaf, std::size_t n_columns) {
  const Model& model = lowering_.model();
  const auto& columns = recorded_->columns();
  std::vector<bool> admitted(model.steps.count, true);
  for (std::uint32_t step = 0; step < admitted.size(); ++step) {
    if (step >= lowering_.plan().variant.given_until) break;
    for (std::size_t i = 0; i < n_columns && admitted[step]; ++i) {
      admitted[step] = recorded_->admits(leaf, columns[i], model.record[columns[i]].cells[step]);
    }
  }
  if (std::find(admitted.begin(), admitted.end(), false) == admitted.end())
    return lowering_.builder().constant(1.0);
  return lowering_.builder().series(lowering_.plan().series(admitted));
}

/// Probability, from `path` on, of leaves that the first `n_columns` columns admit; computed where
/// the builder stands, so that steps without a record skip it.
Value GameLowering::admitted(const games::Path& path, std::size_t n_columns) {
  return ahead(path, [&](std::size_t leaf) { return allowed(leaf, n_columns); });
}

/// The mean, from `path` on, of a number that each leaf has.
Value GameLowering::ahead(const games::Path& path,
                          const std::function<Value(std::size_t leaf)>& of_leaf) {
  const games::Menu* menu = solver_->menu(path);
  if (menu == nullptr) return of_leaf(recorded_->number_of(path));
  Builder& builder = lowering_.builder();
  const std::vector<Value> choice = solver_->choice(path);
  std::vector<Value> next;
  for (const std::int32_t option : menu->options)
    next.push_back(ahead(games::after(path, *menu, option), of_leaf));
  const bool alike =
      std::all_of(next.begin(), next.end(), [&](Value value) { return value == next.front(); });
  if (alike) return next.front();
  Value sum = builder.constant(0.0);
  for (std::size_t k = 0; k < choice.size(); ++k)
    sum = builder.add(sum, builder.multiply(choice[k], next[k]));
  return sum;
}

/// In steps in which one leaf is admitted its options; where none is, the history has weight zero
/// whatever it does.
std::vector<Value> GameLowering::recorded_moves() {
  const Model& model = lowering_.model();
  std::vector<std::vector<double>> options(
      form_.n_moves, std::vector<double>(model.steps.count, games::not_reached));
  for (std::uint32_t step = 0; step < model.steps.count; ++step) {
    for (std::size_t leaf = 0; leaf < recorded_->leaves().size(); ++leaf) {
      if (!recorded_->admits(leaf, step)) continue;
      for (std::uint32_t move = 0; move < form_.n_moves; ++move)
        options[move][step] = recorded_->leaves()[leaf][move];
      break;
    }
  }
  std::vector<Value> moves;
  moves.reserve(options.size());
  for (const std::vector<double>& series : options)
    moves.push_back(lowering_.builder().series(lowering_.plan().series(series)));
  return moves;
}

/// log of P(first k + 1 columns) / P(first k) for every column, inside the region of the game.
void GameLowering::write_scores() {
  Builder& builder = lowering_.builder();
  const auto& columns = recorded_->columns();
  Value before = builder.constant(1.0);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Value says = lowering_.where_recorded(lowering_.model().record[columns[i]]);
    const machine::Region region = builder.open(says);
    const Value after = admitted(solver_->opening(), i + 1);
    builder.must_be_finite(after);
    const Value score = builder.select(builder.apply(Op::less, builder.constant(0.0), before),
                                       builder.apply(Op::logarithm, builder.divide(after, before)),
                                       builder.constant(0.0));
    builder.close();
    before = builder.select(says, builder.joined(region, after, 0.0), before);
    scores_.emplace(columns[i], builder.joined(region, score, 0.0));
  }
}

std::optional<Value> GameLowering::score(std::uint32_t column) {
  if (!recorded_) return {};
  const auto& columns = recorded_->columns();
  if (std::find(columns.begin(), columns.end(), column) == columns.end()) return {};
  const auto at = scores_.find(column);
  return at == scores_.end() ? lowering_.builder().constant(0.0) : at->second;
}

}  // namespace casus::language
