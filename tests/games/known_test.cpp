// Games with published or closed-form answers.
#include "games/game.hpp"
#include "games/plain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::games {
namespace {

void expect_close(double value, double answer, double relative = 1e-9) {
  EXPECT_NEAR(value, answer, relative * std::abs(answer));
}

/// A tree's choice probabilities after the options taken so far.
struct Solved {
  Solved(const Tree& game, const std::vector<double>& rationality, std::uint32_t n_moves)
      : tree(game),
        lambda(rationality),
        form(form_of(builder, tree, lambda, n_moves)),
        solver(builder, form) {}

  double choice(const Path& path, std::size_t k) {
    return number(builder, solver.choice(path).at(k));
  }

  /// Probability of the one leaf.
  double outcome(const Path& leaf) {
    const auto here = [&](const Path& other) {
      return builder.constant(other == leaf ? 1.0 : 0.0);
    };
    return number(builder, solver.probability(solver.opening(), here));
  }

  double payoff(const Path& path, std::uint32_t player) {
    return number(builder, solver.payoff(path, player));
  }

  Builder builder;
  Tree tree;
  std::vector<double> lambda;
  Form form;
  Solver solver;
};

constexpr std::int32_t none = not_reached;

// Agent quantal response (McKelvey & Palfrey 1998) of a deterrence game; the answers are
// 1 / (1 + exp(-2 lambda)) and 1 / (1 + exp(-lambda (3 - 5 r))), evaluated with 40 digits.
TEST(KnownGames, two_stage_deterrence) {
  const Tree game{
      .branches = {
          {.payoffs = {0, 2}},
          {.move = 1, .player = 1, .branches = {{.payoffs = {3, -3}}, {.payoffs = {-2, -1}}}}}};
  struct Row {
    double lambda, attack, resist;
  };
  constexpr std::array rows{Row{0.5, 0.41881338891139856, 0.73105857863000488},
                            Row{1.0, 0.19718445181212098, 0.88079707797788244},
                            Row{2.0, 0.021454394431727304, 0.98201379003790844}};
  for (const Row& row : rows) {
    Solved solved(game, {row.lambda, row.lambda}, 2);
    expect_close(solved.choice({none, none}, 1), row.attack);
    expect_close(solved.choice({1, none}, 1), row.resist);
    expect_close(solved.outcome({1, 0}), row.attack * (1.0 - row.resist));
    expect_close(solved.payoff({1, none}, 0), 3.0 - 5.0 * row.resist);
  }
}

// Challenger, client and patron: the patron's payoff moves the client and the challenger. Answers
// by logistic functions of expected payoffs from the last mover back, with 40 digits.
TEST(KnownGames, challenger_client_patron) {
  struct Row {
    double patron;
    std::array<double, 7> answers;  // intervene, resist, challenge, then the four outcomes
  };
  constexpr std::array rows{
      Row{0.3,
          {0.57444251681165899, 0.42295145688536421, 0.57507839383789655, 0.42492160616210345,
           0.33184814934086295, 0.10350845068344245, 0.13972179381359115}},
      Row{1.3,
          {0.78583498304255861, 0.48575435144539308, 0.49841933006966284, 0.50158066993033716,
           0.25630997164382646, 0.051851354852824502, 0.19025800357301187}}};
  for (const Row& row : rows) {
    const Tree last{.move = 2,
                    .player = 2,
                    .branches = {{.payoffs = {0.5, -1, 0}}, {.payoffs = {-1.5, 0.2, row.patron}}}};
    const Tree client{.move = 1, .player = 1, .branches = {{.payoffs = {1, 0, 0}}, last}};
    Solved solved({.branches = {{.payoffs = {0, 0, 0}}, client}}, {1, 1, 1}, 3);
    expect_close(solved.choice({1, 1, none}, 1), row.answers[0]);
    expect_close(solved.choice({1, none, none}, 1), row.answers[1]);
    expect_close(solved.choice({none, none, none}, 1), row.answers[2]);
    expect_close(solved.outcome({0, none, none}), row.answers[3]);
    expect_close(solved.outcome({1, 0, none}), row.answers[4]);
    expect_close(solved.outcome({1, 1, 0}), row.answers[5]);
    expect_close(solved.outcome({1, 1, 1}), row.answers[6]);
  }
}

// The two-stage tree of Signorino (1999, APSR 93:279-297; 2003), logit with lambda 1.
TEST(KnownGames, signorino_tree) {
  const Tree second{
      .move = 1, .player = 1, .branches = {{.payoffs = {0, 0}}, {.payoffs = {-1.4, 0.1}}}};
  Solved solved({.branches = {{.payoffs = {-1, 0}}, second}}, {1, 1}, 2);
  expect_close(solved.choice({1, none}, 1), 0.52497918747893999);
  expect_close(solved.choice({none, none}, 1), 0.56587216085972519);
  expect_close(solved.outcome({0, none}), 0.43412783914027481);
  expect_close(solved.outcome({1, 0}), 0.26880105363463464);
  expect_close(solved.outcome({1, 1}), 0.29707110722509056);
}

// Fearon (1995, IO 49:379-414): A offers itself x, B's cost of war is uniform on [0, C] and B's
// own knowledge. Chance draws the cost after the offer; B answers with next to no noise.
struct Ultimatum {
  double p = 0.5;  ///< A's probability to win
  double c_a = 0.1;
  double span = 0.4;  ///< C
  std::size_t n_offers = 41;
  std::size_t n_types = 80;

  double offer(std::size_t k) const {
    return p + span * static_cast<double>(k) / static_cast<double>(n_offers - 1);
  }

  Tree tree() const {
    Tree game;
    for (std::size_t k = 0; k < n_offers; ++k) {
      Tree chance{.move = 1, .player = 2};
      for (std::size_t j = 0; j < n_types; ++j)
        chance.branches.push_back(answer(offer(k), cost(j)));
      game.branches.push_back(chance);
    }
    return game;
  }

  double cost(std::size_t j) const {
    return span * (static_cast<double>(j) + 0.5) / static_cast<double>(n_types);
  }

  Tree answer(double x, double c_b) const {
    return {.move = 2,
            .player = 1,
            .branches = {{.payoffs = {x, 1.0 - x, 0}}, {.payoffs = {p - c_a, 1.0 - p - c_b, 0}}}};
  }
};

struct Bargain {
  double offer = 0.0;  ///< the likeliest
  double war = 0.0;    ///< its probability
};

Bargain struck(const Ultimatum& game, double lambda) {
  Solved solved(game.tree(), {lambda, 1e9, 0.0}, 3);
  const Path opening = {none, none, none};
  const auto is_war = [&](const Path& leaf) {
    return solved.builder.constant(leaf[2] == 1 ? 1.0 : 0.0);
  };
  const double war = number(solved.builder, solved.solver.probability(opening, is_war));
  const std::vector<double> p = numbers(solved.builder, solved.solver.choice(opening));
  const auto best = std::max_element(p.begin(), p.end()) - p.begin();
  return {.offer = game.offer(static_cast<std::size_t>(best)), .war = war};
}

TEST(KnownGames, ultimatum_with_private_cost) {
  for (const double p : {0.5, 0.3}) {
    const Bargain exact = struck({.p = p}, 1e6);
    expect_close(exact.offer, p + 0.15);
    expect_close(exact.war, 0.375);
  }
}

TEST(KnownGames, ultimatum_is_approached_as_rationality_grows) {
  double before = 0.125;  // offers at random: war with 1/2
  for (const double lambda : {3.0, 10.0, 30.0, 100.0, 300.0}) {
    const double distance = std::abs(struck({}, lambda).war - 0.375);
    EXPECT_LT(distance, before) << lambda;
    before = distance;
  }
  EXPECT_LT(before, 1e-4);
}

struct Offers {
  double mean = 0.0;
  double variance = 0.0;
  double war = 0.0;
};

Offers offers(const Ultimatum& game, double lambda) {
  const auto refused = [&](double x) { return (x - game.p) / game.span; };
  Tree tree;
  for (std::size_t k = 0; k < game.n_offers; ++k) {
    const double x = game.offer(k);
    const double no = refused(x);
    tree.branches.push_back({.payoffs = {(1.0 - no) * x + no * (game.p - game.c_a)}});
  }
  Solved solved(tree, {lambda}, 1);
  const std::vector<double> p = numbers(solved.builder, solved.solver.choice({none}));
  Offers result;
  double square = 0.0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    const double x = game.offer(k);
    result.mean += p[k] * x;
    result.war += p[k] * refused(x);
    square += p[k] * x * x;
  }
  result.variance = square - result.mean * result.mean;
  return result;
}

TEST(KnownGames, ultimatum_on_a_fine_grid) {
  const Ultimatum game{.n_offers = 1001};
  for (const double lambda : {1e3, 1e4, 1e5}) {
    const Offers result = offers(game, lambda);
    expect_close(result.mean, 0.65);
    expect_close(result.war, 0.375);
    expect_close(result.variance, game.span / (2.0 * lambda), 1e-3);
  }
}

// After Kydd (2003): a mediator who has seen "weak" says so or says "strong"; the party believes
// it and demands x_H or x_L; a strong opponent, of probability 1 - mu, fights x_H. Chance moves by
// its logits alone. Indifferent at b = c_M (1 - mu) / (mu x_H + (1 - mu) w - x_L) = 1/7.
Tree mediation(double bias) {
  constexpr double pi = 0.5;
  constexpr double q = 0.8;
  constexpr double mu = pi * q / (pi * q + (1.0 - pi) * (1.0 - q));
  const auto opponent = [bias](double demand, double resistance) {
    return Tree{.move = 3,
                .player = 2,
                .branches = {{.payoffs = {bias * demand, demand, 1.0 - demand, 0}},
                             {.payoffs = {bias * 0.2 - 0.2, 0.2, resistance, 0}}}};
  };
  const auto chance = [&](double demand) {
    return Tree{.move = 2,
                .player = 3,
                .branches = {opponent(demand, 0.1), opponent(demand, 0.5)},
                .offsets = {std::log(mu), std::log(1.0 - mu)}};
  };
  const auto party = [&](double demand) {
    return Tree{.move = 1, .player = 1, .branches = {chance(demand)}};
  };
  return {.branches = {party(0.8), party(0.4)}};
}

TEST(KnownGames, biased_mediator) {
  constexpr double lambda = 1e5;
  const auto truth = [](double bias) {
    return Solved(mediation(bias), {lambda, lambda, lambda, 0.0}, 4).choice({-1, -1, -1, -1}, 0);
  };
  EXPECT_NEAR(truth(1.0 / 7.0), 0.5, 1e-9);
  EXPECT_LT(truth(1.0 / 7.0 - 1e-3), 1e-9);
  EXPECT_GT(truth(1.0 / 7.0 + 1e-3), 1.0 - 1e-9);
}

// Downs & Rocke (1994), gambling for resurrection: fight on iff
// p > (S_c - S_l) / (S_w - S_l) = 0.125.
TEST(KnownGames, gambling_for_resurrection) {
  const auto fight = [](double p) {
    const Tree war{.move = 1,
                   .player = 1,
                   .branches = {{.payoffs = {0.9, 0}}, {.payoffs = {0.1, 0}}},
                   .offsets = {std::log(p), std::log(1.0 - p)}};
    return Solved({.branches = {{.payoffs = {0.2, 0}}, war}}, {1e6, 0.0}, 2).choice({-1, -1}, 1);
  };
  EXPECT_NEAR(fight(0.125), 0.5, 1e-9);
  EXPECT_LT(fight(0.1249), 1e-9);
  EXPECT_GT(fight(0.1251), 1.0 - 1e-9);
}

}  // namespace
}  // namespace casus::games
