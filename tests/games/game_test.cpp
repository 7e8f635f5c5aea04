// Backward induction against a plain recursion on random trees, and under other names.
#include "games/game.hpp"

#include "games/plain.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::games {
namespace {

/// Congruential numbers (Knuth's MMIX constants), the same in every run.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  double between(double low, double high) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return low + (high - low) * static_cast<double>(state_ >> 11) * 0x1p-53;
  }
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(between(0.0, static_cast<double>(n)));
  }

 private:
  std::uint64_t state_;
};

constexpr std::uint32_t n_moves = 7;
constexpr std::uint32_t n_players = 3;

/// A random tree; moves stand in another order on every path, options are any three of five.
Tree random_tree(Dice& dice, std::vector<std::uint32_t> moves_left, int depth) {
  Tree tree;
  if (depth == 0 || dice.below(6) == 0) {
    for (std::uint32_t i = 0; i < n_players; ++i) tree.payoffs.push_back(dice.between(-2.0, 2.0));
    return tree;
  }
  const std::uint32_t pick = dice.below(static_cast<std::uint32_t>(moves_left.size()));
  tree.move = moves_left[pick];
  moves_left.erase(moves_left.begin() + pick);
  tree.player = dice.below(n_players);
  const std::uint32_t n = 1 + dice.below(4);
  for (std::uint32_t k = 0; k < n; ++k) {
    tree.branches.push_back(random_tree(dice, moves_left, depth - 1));
    tree.options.push_back(static_cast<std::int32_t>(2 * k + dice.below(2)));
    tree.costs.push_back(dice.between(-0.5, 1.0));
    tree.offsets.push_back(dice.between(-1.0, 1.0));
  }
  return tree;
}

Tree random_tree(Dice& dice) {
  std::vector<std::uint32_t> moves(n_moves);
  for (std::uint32_t move = 0; move < n_moves; ++move) moves[move] = move;
  Tree tree = random_tree(dice, moves, 5);
  return tree.is_leaf() ? random_tree(dice) : tree;
}

/// A node solved by hand: probabilities as 1 / sum of odds, payoffs and costs by player.
struct Plain {
  std::vector<double> choice;
  std::vector<double> payoffs = std::vector<double>(n_players, 0.0);
  std::vector<double> costs = std::vector<double>(n_players, 0.0);
};

struct Promise {
  std::uint32_t move = 0;
  std::int32_t option = 0;
  double credibility = 0.0;
};

Plain plain(const Tree& tree, const std::vector<double>& lambda,
            const std::optional<Promise>& promise) {
  if (tree.is_leaf()) return {.choice = {}, .payoffs = tree.payoffs};
  const std::size_t n = tree.branches.size();
  std::vector<Plain> later;
  std::vector<double> logits;
  for (std::size_t k = 0; k < n; ++k) {
    later.push_back(plain(tree.branches[k], lambda, promise));
    const double net = later[k].payoffs[tree.player] - later[k].costs[tree.player] - tree.costs[k];
    logits.push_back(lambda[tree.player] * net + tree.offsets[k]);
  }
  const auto kept =
      std::find(tree.options.begin(), tree.options.end(), promise ? promise->option : not_reached);
  const bool promised = promise && promise->move == tree.move && kept != tree.options.end();
  Plain here;
  for (std::size_t k = 0; k < n; ++k) {
    double odds = 0.0;
    for (const double other : logits) odds += std::exp(other - logits[k]);
    double p = 1.0 / odds;
    if (promised) {
      const double q = promise->credibility;
      p = (tree.options[k] == *kept ? q : 0.0) + (1.0 - q) * p;
    }
    here.choice.push_back(p);
    here.costs[tree.player] += p * tree.costs[k];
    for (std::uint32_t i = 0; i < n_players; ++i) {
      here.payoffs[i] += p * later[k].payoffs[i];
      here.costs[i] += p * later[k].costs[i];
    }
  }
  return here;
}

/// A game with its solver and the answers to hold it to.
struct Trial {
  const Tree& tree;
  const std::vector<double>& lambda;
  std::optional<Promise> promise;
};

double distance(const std::vector<double>& x, const std::vector<double>& y) {
  double result = x.size() == y.size() ? 0.0 : 1.0;
  for (std::size_t k = 0; k < std::min(x.size(), y.size()); ++k) {
    result = std::max(result, std::abs(x[k] - y[k]));
  }
  return result;
}

/// The largest difference between solver and recursion at `node` and below.
double gap(const Trial& trial, const Tree& node, const Path& path, Solver& solver,
           const Builder& builder) {
  const Plain answer = plain(node, trial.lambda, trial.promise);
  std::vector<double> payoffs;
  std::vector<double> costs;
  for (std::uint32_t i = 0; i < n_players; ++i) {
    payoffs.push_back(number(builder, solver.payoff(path, i)));
    costs.push_back(payoffs.back() - number(builder, solver.worth(path, i)));
  }
  double result = std::max(distance(payoffs, answer.payoffs), distance(costs, answer.costs));
  if (node.is_leaf()) return result;
  result = std::max(result, distance(numbers(builder, solver.choice(path)), answer.choice));
  for (std::size_t k = 0; k < node.branches.size(); ++k) {
    Path next = path;
    next[node.move] = node.options[k];
    result = std::max(result, gap(trial, node.branches[k], next, solver, builder));
  }
  return result;
}

TEST(Game, random_trees_as_a_plain_recursion_has_them) {
  Dice dice(1);
  for (int trial = 0; trial < 200; ++trial) {
    const Tree tree = random_tree(dice);
    const std::vector<double> lambda = {dice.between(0.0, 3.0), 1.0, dice.between(0.0, 9.0)};
    Builder builder;
    const Form form = form_of(builder, tree, lambda, n_moves);
    Solver solver(builder, form);
    EXPECT_LT(gap({tree, lambda, std::nullopt}, tree, solver.opening(), solver, builder), 1e-13);
  }
}

TEST(Game, random_trees_with_a_commitment) {
  Dice dice(2);
  for (int trial = 0; trial < 200; ++trial) {
    const Tree tree = random_tree(dice);
    const std::vector<double> lambda = {2.0, 1.0, 0.5};
    const double credibility = trial % 3 == 0 ? 1.0 : dice.between(0.0, 1.0);
    const auto n = static_cast<std::uint32_t>(tree.options.size());
    const Promise promise{.move = trial % 2 == 0 ? tree.move : dice.below(n_moves),
                          .option = tree.options[dice.below(n)],
                          .credibility = credibility};
    Builder builder;
    Form form = form_of(builder, tree, lambda, n_moves);
    form.commitments.resize(n_moves);
    form.commitments[promise.move] =
        Commitment{.option = promise.option, .credibility = builder.constant(credibility)};
    Solver solver(builder, form);
    EXPECT_LT(gap({tree, lambda, promise}, tree, solver.opening(), solver, builder), 1e-13);
  }
}

double probability_of(const Tree& tree, const Path& leaf, const std::vector<double>& lambda) {
  if (tree.is_leaf()) return 1.0;
  const Plain here = plain(tree, lambda, std::nullopt);
  for (std::size_t k = 0; k < here.choice.size(); ++k) {
    if (tree.options[k] != leaf[tree.move]) continue;
    return here.choice[k] * probability_of(tree.branches[k], leaf, lambda);
  }
  return 0.0;
}

TEST(Game, probability_of_an_event_sums_its_leaves) {
  Dice dice(3);
  for (int trial = 0; trial < 50; ++trial) {
    const Tree tree = random_tree(dice);
    const std::vector<double> lambda = {1.0, 2.0, 3.0};
    Builder builder;
    const Form form = form_of(builder, tree, lambda, n_moves);
    Solver solver(builder, form);
    const std::int32_t option = tree.options.back();
    double sum = 0.0;
    const auto event = [&](const Path& leaf) {
      const bool holds = leaf[tree.move] == option && leaf[(tree.move + 1) % n_moves] < 3;
      if (holds) sum += probability_of(tree, leaf, lambda);
      return builder.constant(holds ? 1.0 : 0.0);
    };
    const double p = number(builder, solver.probability(solver.opening(), event));
    EXPECT_NEAR(p, sum, 1e-13);
  }
}

/// The tree with player i called `names[i]`.
Tree renamed(const Tree& tree, const std::vector<std::uint32_t>& names) {
  Tree result = tree;
  if (tree.is_leaf()) {
    for (std::uint32_t i = 0; i < n_players; ++i) result.payoffs[names[i]] = tree.payoffs[i];
    return result;
  }
  result.player = names[tree.player];
  for (Tree& branch : result.branches) branch = renamed(branch, names);
  return result;
}

/// The opening's probabilities, and the worths of the players called `names`.
std::vector<double> answers(const Tree& tree, const std::vector<double>& lambda,
                            const std::vector<std::uint32_t>& names) {
  Builder builder;
  const Form form = form_of(builder, tree, lambda, n_moves);
  Solver solver(builder, form);
  std::vector<double> result = numbers(builder, solver.choice(solver.opening()));
  for (const std::uint32_t name : names) {
    result.push_back(number(builder, solver.worth(solver.opening(), name)));
  }
  return result;
}

TEST(Game, exchanging_players_exchanges_their_answers_bit_for_bit) {
  Dice dice(4);
  const std::vector<std::uint32_t> names = {2, 0, 1};
  for (int trial = 0; trial < 50; ++trial) {
    const Tree tree = random_tree(dice);
    EXPECT_EQ(answers(tree, {0.7, 2.3, 5.1}, {0, 1, 2}),
              answers(renamed(tree, names), {2.3, 5.1, 0.7}, names));
  }
}

TEST(Game, a_symmetric_duel_has_symmetric_answers_bit_for_bit) {
  // Chance says who moves first; then either side's game is the other's with the names exchanged.
  const auto duel = [](std::uint32_t one, std::uint32_t two) {
    const auto shares = [one](double mine, double other) {
      return Tree{.payoffs = one == 0 ? std::vector<double>{mine, other, 0}
                                      : std::vector<double>{other, mine, 0}};
    };
    const Tree answer{
        .move = 1 + two, .player = two, .branches = {shares(0.9, 0.1), shares(-0.3, -0.6)}};
    return Tree{.move = 1 + one, .player = one, .branches = {shares(0.4, 0.7), answer}};
  };
  const Tree tree{.player = 2, .branches = {duel(0, 1), duel(1, 0)}};
  const std::vector<double> lambda = {1.7, 1.7, 0.0};
  Builder builder;
  const Form form = form_of(builder, tree, lambda, 3);
  Solver solver(builder, form);
  EXPECT_EQ(number(builder, solver.payoff({-1, -1, -1}, 0)),
            number(builder, solver.payoff({-1, -1, -1}, 1)));
  EXPECT_EQ(numbers(builder, solver.choice({0, -1, -1})),
            numbers(builder, solver.choice({1, -1, -1})));
}

}  // namespace
}  // namespace casus::games
