// Moves drawn from a solved game: frequencies, order, forced options, impossible ones.
#include "games/game.hpp"
#include "games/plain.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <map>

namespace casus::games {
namespace {

constexpr std::int32_t none = not_reached;

/// Three moves; the menu of the second depends on the first, the third comes on one path only.
Tree three_moves() {
  const Tree last{.move = 2, .player = 0, .branches = {{.payoffs = {0, 1}}, {.payoffs = {0.8, 0}}}};
  const Tree after_raid{.move = 1, .player = 1, .branches = {{.payoffs = {1, 0}}, last}};
  const Tree after_war{
      .move = 1,
      .player = 1,
      .branches = {{.payoffs = {2, -1}}, {.payoffs = {0, 0}}, {.payoffs = {-1, 1}}},
      .options = {0, 2, 3}};
  return {.branches = {{.payoffs = {0.5, 0}}, after_raid, after_war}};
}

/// A game whose uniforms are the inputs 0, 1, 2, ...
struct Drawn {
  explicit Drawn(const Tree& game, std::vector<double> rationality = {1.0, 1.0})
      : tree(game), lambda(std::move(rationality)), form(form_of(builder, tree, lambda, 3)) {}

  void realise_with(const std::vector<std::optional<std::int32_t>>& forced) {
    Solver solver(builder, form);
    std::vector<Value> uniforms;
    for (std::uint32_t move = 0; move < 3; ++move) uniforms.push_back(builder.parameter(move));
    labels = realise(builder, form, solver, {.uniforms = uniforms, .forced = forced});
  }

  Path path(const std::vector<double>& uniforms) const {
    Path result;
    for (const double label : numbers(builder, labels, uniforms)) {
      result.push_back(static_cast<std::int32_t>(label));
    }
    return result;
  }

  double probability(const Path& leaf) {
    Solver solver(builder, form);
    const auto here = [&](const Path& other) {
      return builder.constant(other == leaf ? 1.0 : 0.0);
    };
    return number(builder, solver.probability(solver.opening(), here));
  }

  Builder builder;
  Tree tree;
  std::vector<double> lambda;
  Form form;
  std::vector<Value> labels;
};

TEST(Realise, shares_of_paths_are_their_probabilities) {
  Drawn drawn(three_moves());
  drawn.realise_with({{}, {}, {}});
  constexpr int n = 32;
  std::map<Path, int> counts;
  const auto cell = [](int i) { return (i + 0.5) / n; };
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < n; ++k) ++counts[drawn.path({cell(i), cell(j), cell(k)})];
    }
  }
  EXPECT_EQ(counts.size(), 7U);
  for (const auto& [leaf, count] : counts) {
    const double p = drawn.probability(leaf);
    // A boundary of each of three moves falls inside a cell of width 1/n, at either end.
    EXPECT_NEAR(count / std::pow(n, 3), p, 3.0 / n) << testing::PrintToString(leaf);
  }
}

TEST(Realise, independent_uniforms_give_frequencies_within_four_standard_errors) {
  Drawn drawn(three_moves());
  drawn.realise_with({{}, {}, {}});
  constexpr int n = 20000;
  std::map<Path, int> counts;
  std::uint64_t state = 5;
  const auto uniform = [&state] {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (static_cast<double>(state >> 12) + 0.5) * 0x1p-52;
  };
  for (int i = 0; i < n; ++i) ++counts[drawn.path({uniform(), uniform(), uniform()})];
  for (const auto& [leaf, count] : counts) {
    const double p = drawn.probability(leaf);
    EXPECT_NEAR(static_cast<double>(count) / n, p, 4.0 * std::sqrt(p * (1.0 - p) / n));
  }
}

TEST(Realise, options_follow_each_other_in_declared_order) {
  Drawn drawn(three_moves());
  drawn.realise_with({{}, {}, {}});
  Solver solver(drawn.builder, drawn.form);
  const std::vector<double> p = numbers(drawn.builder, solver.choice({none, none, none}));
  const std::vector<double> q = numbers(drawn.builder, solver.choice({2, none, none}));
  const auto at = [&](double u, double v) { return drawn.path({u, v, 0.99}); };
  constexpr double step = 1e-12;
  const std::vector<Path> found = {
      at(p[0] - step, 0.9),         at(p[0] + step, 0.01),
      at(p[0] + p[1] - step, 0.01), at(p[0] + p[1] + step, q[0] - step),
      at(0.9999, q[0] + step),      at(0.9999, q[0] + q[1] + step),
  };
  const std::vector<Path> answer = {{0, none, none}, {1, 0, none}, {1, 0, none},
                                    {2, 0, none},    {2, 2, none}, {2, 3, none}};
  EXPECT_EQ(found, answer);
}

TEST(Realise, one_uniform_serves_every_node_of_a_move) {
  // The reply's logits differ only by who began, so that a mover's draw decides alike on both.
  const Tree reply{.move = 1, .player = 1, .branches = {{.payoffs = {0, 0}}, {.payoffs = {0, 0}}}};
  Drawn drawn({.branches = {reply, reply}}, {0.0, 0.0});
  drawn.realise_with({{}, {}, {}});
  for (const double u : {0.2, 0.8}) {
    EXPECT_EQ(drawn.path({u, 0.49, 0.5})[1], 0);
    EXPECT_EQ(drawn.path({u, 0.51, 0.5})[1], 1);
    EXPECT_EQ(drawn.path({u, 0.51, 0.5})[2], none);
  }
}

TEST(Realise, a_forced_option_is_taken_where_offered_and_nowhere_else) {
  Drawn drawn(three_moves());
  drawn.realise_with({{}, 3, {}});
  for (const double u : {0.05, 0.25, 0.5, 0.75, 0.95}) {
    const Path path = drawn.path({u, 0.01, 0.5});
    const std::array<std::int32_t, 3> second = {none, 0, 3};  // by the first move
    EXPECT_EQ(path[1], second.at(static_cast<std::size_t>(path[0])));
  }
  Drawn opening(three_moves());
  opening.realise_with({1, 1, 1});
  EXPECT_EQ(opening.builder.known(opening.labels[0]), 1.0);
  EXPECT_EQ(opening.builder.known(opening.labels[1]), 1.0);
  EXPECT_EQ(opening.builder.known(opening.labels[2]), 1.0);
}

TEST(Realise, forcing_a_move_leaves_the_probabilities_as_they_are) {
  Drawn drawn(three_moves());
  Solver solver(drawn.builder, drawn.form);
  const std::vector<Value> before = solver.choice({none, none, none});
  const std::vector<Value> uniforms(3, drawn.builder.parameter(0));
  realise(drawn.builder, drawn.form, solver, {.uniforms = uniforms, .forced = {{}, 1, {}}});
  EXPECT_EQ(solver.choice({none, none, none}), before);
}

/// First moves under the lowest, a middle and the highest uniform when the first mover keeps to
/// `option`, whose credibility is input 3.
std::vector<std::int32_t> first_moves(Drawn& drawn, std::int32_t option, Value credibility) {
  drawn.form.commitments = {Commitment{.option = option, .credibility = credibility}};
  drawn.realise_with({{}, {}, {}});
  std::vector<std::int32_t> moves;
  for (const double u : {0x1p-53, 0.5, 1.0 - 0x1p-53}) moves.push_back(drawn.path({u, u, u, 1})[0]);
  return moves;
}

TEST(Realise, impossible_options_are_never_drawn) {
  for (const std::int32_t option : {0, 1, 2}) {
    Drawn drawn(three_moves());
    const Value certain = drawn.builder.constant(1.0);
    EXPECT_EQ(first_moves(drawn, option, certain), std::vector<std::int32_t>(3, option));
    EXPECT_EQ(drawn.builder.known(drawn.labels[0]), option);
  }
}

TEST(Realise, options_that_only_turn_out_impossible_are_never_drawn) {
  for (const std::int32_t option : {0, 1, 2}) {
    Drawn drawn(three_moves());
    const Value one = drawn.builder.parameter(3);
    EXPECT_EQ(first_moves(drawn, option, one), std::vector<std::int32_t>(3, option));
  }
}

TEST(Realise, the_last_possible_option_catches_what_rounding_leaves) {
  // Seven equal shares add up to less than one.
  Tree tree;
  for (int k = 0; k < 7; ++k) tree.branches.push_back({.payoffs = {0, 0}});
  Drawn drawn(tree);
  drawn.realise_with({{}, {}, {}});
  EXPECT_EQ(drawn.path({1.0 - 0x1p-53, 0.5, 0.5})[0], 6);
}

TEST(Realise, a_game_that_is_over_before_it_begins_reaches_nothing) {
  Drawn drawn({.payoffs = {0, 0}});
  drawn.realise_with({{}, {}, {}});
  EXPECT_EQ(drawn.path({0.5, 0.5, 0.5}), (Path{none, none, none}));
}

TEST(Realise, choices_of_the_played_game_must_be_finite) {
  Drawn drawn(three_moves());
  drawn.form.rationality = [&](std::uint32_t) { return drawn.builder.parameter(3); };
  drawn.realise_with({{}, {}, {}});
  drawn.builder.write_output(0, drawn.labels[0]);
  EXPECT_EQ(drawn.builder.finish().sinks.size(), 4U) << "one a node that draws";
}

}  // namespace
}  // namespace casus::games
