// A game of a case as a form that the solver understands, and what the rest of the model may ask of
// it: realised moves, outcomes, probabilities and worths.
#pragma once

#include "language/lowering.hpp"

namespace casus::language {

class LeafWeights;

class GameLowering {
 public:
  GameLowering(Lowering& lowering, GameId id);
  GameLowering(const GameLowering&) = delete;
  GameLowering& operator=(const GameLowering&) = delete;
  ~GameLowering() = default;

  /// A move's label in this step as drawn or forced, -1 when not reached or not played.
  Value realised(QuantityId move);

  GameId id() const { return id_; }

  /// The score of a column of the record (see `ScoreColumn`) in histories that play the game;
  /// nothing when the column is not about it.
  std::optional<Value> score(std::uint32_t column);

  /// The score of an observed variable in histories that play the game, where its datum tells paths
  /// apart that the record leaves open; nothing where it does not.
  std::optional<Value> told(const ScoreColumn& column) const;

  /// Truth of the game being played in this step.
  Value played() const { return played_; }

  /// Probability of a path from the opening to a leaf; 0 in steps without the game.
  Value path_probability(const games::Path& leaf);

  /// `prob(E)` and `prob(E given F)`; 0 in steps without the game.
  Value probability(const Probability& at, const Environment& environment);
  Value worth(const Call& at, const Environment& environment, Value otherwise);
  Value value(const Call& at, const Environment& environment, Value otherwise);

  /// The option of a move on a path: a constant, -1 when not made; nothing for other games' moves.
  std::optional<Value> on_path(QuantityId move, const games::Path& path);

  /// Whether a path ends in an outcome of this game; nothing for other games' outcomes.
  std::optional<Value> ends_on_path(QuantityId ends, const games::Path& path);

  /// A let of the game's block, for a path.
  Value let(QuantityId id, const games::Path& path);

 private:
  void refuse_cycle();
  void draw_moves();
  void weigh_all(const games::Path& path);
  Given::Moves given() const;
  Value allowed(std::size_t leaf, std::size_t n_columns);
  Value admitted(const games::Path& path, std::size_t n_columns);
  Value ahead(const games::Path& path, const std::function<Value(std::size_t leaf)>& of_leaf);
  std::vector<Value> recorded_moves();
  void write_scores();
  bool is_open() const;
  void hear();
  bool tells(const ScoreColumn& column);
  std::vector<Value> masses();
  /// A law, and the numbers of the leaves that have it.
  using LawsByLeaf = std::vector<std::pair<Lowering::LawArguments, std::vector<std::size_t>>>;
  std::optional<LawsByLeaf> laws_by_leaf(const ScoreColumn& column);
  std::vector<Value> log_densities(const ScoreColumn& column, const LawsByLeaf& laws,
                                   const LeafWeights& weights);
  Value leaf_probability(const games::Path& leaf);
  Value circle(std::vector<QuantityId> lets);
  Value payoff(const games::Path& leaf, std::uint32_t player);
  Value cost(const games::Path& path, const games::Menu& menu, std::int32_t option);
  Value offset(const games::Menu& menu, std::int32_t option) const;
  Value rationality(std::uint32_t player);
  std::optional<std::vector<Value>> rates(const Rival& rival, const games::Menu& menu);
  std::optional<games::Commitment> commitment(std::uint32_t move);
  std::optional<std::int32_t> forced(std::uint32_t move);
  Value truth_at(NodeId event, const games::Path& path, const Environment& asking);
  struct Branch {
    games::Path path;
    std::uint32_t move = 0;  ///< whose option it is
  };
  Branch branch(NodeId option, const games::Path& path);
  games::Path sibling(const games::Path& path, std::uint32_t move, std::int32_t option);
  std::int32_t forced_label(const Intervention& line, std::uint32_t move);
  template <class Ask>
  Value outside(Ask ask, Value otherwise);
  const GameStatement& statement() const;
  const Game& shape() const { return lowering_.model().games[index(id_)]; }
  Environment at(const games::Path& path);

  Lowering& lowering_;
  GameId id_;
  Value played_{};
  std::optional<machine::Region> region_;
  games::Form form_;
  std::unique_ptr<games::Solver> solver_;
  std::vector<Value> moves_;
  std::optional<RecordedLeaves> recorded_;    ///< when the record is used
  std::map<std::uint32_t, Value> scores_;     ///< by column of the record
  std::map<const ScoreColumn*, Value> told_;  ///< by observed variable that tells
  std::vector<Value> heard_;                  ///< by leaf, its weight by what they tell; or empty
  std::map<std::uint32_t, std::map<games::Path, Value>> lets_;
  std::vector<QuantityId> open_lets_;  ///< being built, each for the next one
};

/// True when every move and outcome that an expression mentions belongs to the game, and it
/// mentions one.
bool knows_moves_of(const Model& model, const Game& game, NodeId node);

}  // namespace casus::language
