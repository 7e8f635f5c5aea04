// What the solver promises beside its answers: each value once and only when needed, cycles found,
// regions kept.
#include "games/game.hpp"
#include "games/plain.hpp"

#include <cmath>
#include <ctime>
#include <gtest/gtest.h>

namespace casus::games {
namespace {

TEST(Solver, a_sure_event_is_certain_and_a_small_one_keeps_its_digits) {
  const std::vector<double> lambda = {1.0};
  const std::vector<Tree> trees = {
      {.branches = {{.payoffs = {0}}, {.payoffs = {70}}, {.payoffs = {1}}}},
      {.branches = {{.payoffs = {0}}, {.payoffs = {70}}}}};
  for (const Tree& tree : trees) {
    Builder builder;
    const Form form = form_of(builder, tree, lambda, 1);
    Solver solver(builder, form);
    const auto all = [&](const Path&) { return builder.constant(1.0); };
    const auto first = [&](const Path& leaf) { return builder.constant(leaf[0] == 0 ? 1.0 : 0.0); };
    EXPECT_EQ(builder.known(solver.probability(solver.opening(), all)), 1.0);
    const double rare = number(builder, solver.probability(solver.opening(), first));
    EXPECT_NEAR(rare / std::exp(-70.0), 1.0, 1e-13);
  }
}

TEST(Solver, every_leaf_is_asked_once_a_player_and_only_when_needed) {
  Tree offers;
  for (int k = 0; k < 4; ++k) {
    offers.branches.push_back(
        {.move = 1, .player = 1, .branches = {{.payoffs = {1.0 * k, 2}}, {.payoffs = {0, 1}}}});
  }
  const std::vector<double> lambda = {1.0, 1.0};
  Asked asked;
  Builder builder;
  const Form form = form_of(builder, offers, lambda, 2, &asked);
  Solver solver(builder, form);
  EXPECT_EQ(asked.menus, 0);
  solver.choice({2, not_reached});
  EXPECT_EQ(asked.payoffs, 2) << "the responder's, after one offer";
  for (const std::uint32_t player : {0U, 1U, 0U, 1U}) solver.worth(solver.opening(), player);
  solver.probability(solver.opening(), [&](const Path&) { return builder.constant(1.0); });
  EXPECT_EQ(asked.payoffs, 16) << "eight leaves, two players";
  EXPECT_EQ(asked.menus, 13);
}

/// A thousand and one offers, each accepted or refused; inputs: the prize, what the responder has
/// after refusing, the rationality, then one uniform a move.
struct Offers {
  Offers() {
    form.n_moves = 2;
    form.n_players = 2;
    for (std::int32_t k = 0; k <= 1000; ++k) options.push_back(k);
    form.menu = [this](const Path& path) -> std::optional<Menu> {
      if (path[0] == not_reached) return Menu{.move = 0, .player = 0, .options = options};
      if (path[1] == not_reached) return Menu{.move = 1, .player = 1, .options = {0, 1}};
      return std::nullopt;
    };
    form.payoff = [this](Solver&, const Path& leaf, std::uint32_t player) {
      const double share = 1e-3 * leaf[0];
      if (leaf[1] == 1) return player == 0 ? builder.constant(0.0) : builder.parameter(1);
      return builder.multiply(builder.constant(player == 0 ? share : 1.0 - share),
                              builder.parameter(0));
    };
    form.rationality = [this](std::uint32_t) { return builder.parameter(2); };
  }

  Builder builder;
  std::vector<std::int32_t> options;
  Form form;
};

TEST(Solver, menus_of_a_thousand_options_are_built_within_a_second) {
  const std::clock_t start = std::clock();
  Offers game;
  Solver solver(game.builder, game.form);
  const Value worth = solver.worth(solver.opening(), 0);
  const std::vector<Value> uniforms = {game.builder.parameter(3), game.builder.parameter(4)};
  const Value offer =
      realise(game.builder, game.form, solver, {.uniforms = uniforms, .forced = {{}, {}}})[0];
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 1.0);
  // With little noise the offer leaves the responder a little more than 0.2.
  const std::vector<double> inputs = {1.0, 0.2, 300.0, 0.5, 0.5};
  EXPECT_NEAR(number(game.builder, offer, inputs), 790.0, 10.0);
  EXPECT_NEAR(number(game.builder, worth, inputs), 0.78, 0.02);
}

/// attack: hold, attack; then the answer of the other. `hold` is worth what its payoff says.
class WaitingGame {
 public:
  explicit WaitingGame(std::function<Value(Solver&, Builder&)> hold) : hold_(std::move(hold)) {
    form.n_moves = 2;
    form.n_players = 2;
    form.menu = [](const Path& path) -> std::optional<Menu> {
      if (path[0] == not_reached) return Menu{.move = 0, .player = 0, .options = {0, 1}};
      if (path[0] == 1 && path[1] == not_reached) {
        return Menu{.move = 1, .player = 1, .options = {0, 1}};
      }
      return std::nullopt;
    };
    form.payoff = [this](Solver& solver, const Path& leaf, std::uint32_t player) {
      if (leaf[0] == 0 && player == 0) return hold_(solver, builder);
      return builder.constant(player == 0 ? 1.0 - leaf[1] : 0.5 * leaf[1]);
    };
    form.rationality = [this](std::uint32_t) { return builder.constant(1.0); };
  }

  Builder builder;
  Form form;

 private:
  std::function<Value(Solver&, Builder&)> hold_;
};

Value half(Solver&, Builder& builder) { return builder.constant(0.5); }

TEST(Solver, what_is_being_worked_out_is_in_progress) {
  std::vector<bool> seen;
  WaitingGame game([&seen](Solver& solver, Builder& builder) {
    seen = {solver.in_progress({-1, -1}), solver.in_progress({0, -1}), solver.in_progress({1, -1})};
    return builder.constant(0.0);
  });
  Solver solver(game.builder, game.form);
  solver.choice(solver.opening());
  EXPECT_EQ(seen, (std::vector<bool>{true, true, false}));
  EXPECT_FALSE(solver.in_progress(solver.opening()));
}

TEST(Solver, a_payoff_may_use_another_branch_of_its_menu) {
  WaitingGame game([](Solver& solver, Builder& builder) {
    const Value refuse = solver.choice({1, -1})[1];
    return builder.add(solver.payoff({1, -1}, 0), builder.multiply(refuse, builder.constant(2.0)));
  });
  Solver solver(game.builder, game.form);
  const double refuse = 1.0 / (1.0 + std::exp(-0.5));
  const double later = 1.0 - refuse;
  EXPECT_NEAR(number(game.builder, solver.choice({-1, -1})[1]),
              1.0 / (1.0 + std::exp(2.0 * refuse)), 1e-15);
  EXPECT_NEAR(number(game.builder, solver.payoff({0, -1}, 0)), later + 2.0 * refuse, 1e-15);
}

/// Where the solver came back to.
Path cycle_in(Solver& solver) {
  try {
    solver.choice(solver.opening());
  } catch (const CyclicValue& cycle) {
    return cycle.path;
  }
  return {};
}

Path cycle_of(const std::function<Value(Solver&, Builder&)>& hold) {
  WaitingGame game(hold);
  Solver solver(game.builder, game.form);
  return cycle_in(solver);
}

TEST(Solver, a_payoff_that_needs_itself_is_a_cycle) {
  const Path opening = {-1, -1};
  const Path hold = {0, -1};
  const std::vector<Path> found = {
      cycle_of([](Solver& s, Builder&) {
        return s.choice({-1, -1})[1];
      }),
      cycle_of([](Solver& s, Builder&) {
        return s.payoff({-1, -1}, 1);
      }),
      cycle_of([](Solver& s, Builder&) {
        return s.worth({-1, -1}, 0);
      }),
      cycle_of([](Solver& s, Builder&) {
        return s.payoff({0, -1}, 0);
      }),
      cycle_of([](Solver& s, Builder& b) {
        return s.probability({-1, -1}, [&b](const Path&) { return b.constant(1.0); });
      }),
      cycle_of(half)};
  EXPECT_EQ(found, (std::vector<Path>{opening, opening, opening, hold, opening, {}}));
}

TEST(Solver, a_cycle_leaves_the_rest_of_the_game_usable) {
  WaitingGame game([](Solver& s, Builder&) { return s.payoff({-1, -1}, 1); });
  Solver solver(game.builder, game.form);
  EXPECT_EQ(cycle_in(solver), solver.opening());
  EXPECT_FALSE(solver.in_progress(solver.opening()));
  EXPECT_NEAR(number(game.builder, solver.choice({1, -1})[1]), 1.0 / (1.0 + std::exp(-0.5)), 1e-15);
}

TEST(Solver, a_believed_commitment_needs_no_look_ahead) {
  WaitingGame game([](Solver& s, Builder&) { return s.choice({-1, -1})[1]; });
  game.form.commitments = {Commitment{.option = 0, .credibility = game.builder.constant(1.0)}};
  Solver solver(game.builder, game.form);
  EXPECT_EQ(numbers(game.builder, solver.choice(solver.opening())),
            (std::vector<double>{1.0, 0.0}));
}

TEST(Solver, values_asked_for_in_an_inner_region_stand_in_the_solvers) {
  WaitingGame game(half);
  Builder& builder = game.builder;
  const machine::Region peace = builder.open(builder.parameter(1));
  Solver solver(builder, game.form);
  builder.open(builder.parameter(2));
  const Value attack = solver.choice(solver.opening())[1];
  builder.close();
  const Value twice = builder.add(attack, builder.multiply(attack, builder.parameter(0)));
  builder.close();
  EXPECT_NO_THROW(builder.joined(peace, twice, -1.0));
}

TEST(Solver, values_asked_for_after_its_region_stand_in_it) {
  WaitingGame game([](Solver&, Builder& builder) { return builder.parameter(0); });
  Builder& builder = game.builder;
  const machine::Region peace = builder.open(builder.parameter(1));
  Solver solver(builder, game.form);
  builder.close();
  const Value late = solver.worth(solver.opening(), 0);
  EXPECT_EQ(builder.current(), machine::root_region);
  EXPECT_NO_THROW(builder.joined(peace, late, 0.0));
}

}  // namespace
}  // namespace casus::games
