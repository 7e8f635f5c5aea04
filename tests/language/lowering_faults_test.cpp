// Faults that show only when a model becomes a program: their codes and the text they mark.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Found = std::vector<std::string>;

Found faults(const std::string& body) { return over_steps(2, body).faults(); }

TEST(LoweringFaults, CirclesThroughElements) {
  EXPECT_EQ(faults(R"(
set S = a, b
let x[d in S] = sum(e in S if e != d: x[e])
)"),
            (Found{"O101 x"}));
  // x[b] needs x[a] only: no circle
  EXPECT_EQ(faults(R"(
set S = a, b
let x[d in S] = sum(e in S if e == a and d == b: x[e]) + 1
)"),
            Found{});
}

// O102: a game's payoffs, guard or rationality may not use its own moves of the step.
TEST(LoweringFaults, AGameThatNeedsItsOwnOutcome) {
  const auto game = [](const std::string& header, const std::string& payoff) {
    return "game g " + header + "\n    act by A: stay, go\n    payoff A = " + payoff +
           "\nlet went = (1 if act == go else 0)\n";
  };
  EXPECT_EQ(faults(game("rationality 1", "went")).size(), 1U);
  EXPECT_EQ(faults(game("rationality 1", "went")).front().substr(0, 2), "O1");
  EXPECT_EQ(faults(game("rationality 1 + went", "0")).front().substr(0, 2), "O1");
  EXPECT_EQ(faults(game("while went < 1 rationality 1", "0")).front().substr(0, 2), "O1");
  EXPECT_EQ(faults(game("rationality 1", "(1 if act == go else 0)")), Found{});
}

// G020: values of siblings that ask each other.
TEST(LoweringFaults, ValuesThatAskEachOther) {
  EXPECT_EQ(faults(R"(
game g rationality 1
    act by A: stay, go
    payoff A = (0.5 * value(go) if act == stay else 0.5 * value(stay))
)"),
            (Found{"G020 g"}));
}

// G019: `prob` asks about moves and nothing else.
TEST(LoweringFaults, ProbOfSomethingElse) {
  const std::string game = R"(
state s = 1
game g rationality 1
    act by A: stay, go
    payoff A = 0
let y = )";
  EXPECT_EQ(faults(game + "prob(act == go and s > 0)\n"), (Found{"G019 s"}));
  EXPECT_EQ(faults(game + "prob(s > 0)\n"), (Found{"G019 s"}));
  EXPECT_EQ(faults(game + "g.value(act != go) otherwise 0\n").front().substr(0, 4), "G010");
}

// G018: no game has both moves, and `prob` does not multiply games.
TEST(LoweringFaults, ProbAcrossGames) {
  EXPECT_EQ(faults(R"(
game g rationality 1
    act by A: stay, go
    payoff A = 0
game h rationality 1
    reply by B: calm, angry
    payoff B = 0
let y = prob(act == go and reply == calm)
)"),
            (Found{"G018 prob(act == go and reply == calm)"}));
}

// `prob` of a bound label, of membership, of a label of a numeric set.
TEST(LoweringFaults, ProbOfEveryOption) {
  const History h = over_steps(1, R"(
set Demand = 0 to 1 by 0.25
game g rationality 5
    demand by A: Demand
    payoff A = demand
let sum_of_all = sum(x in Demand: prob(demand == x))
let mean_demand = sum(x in Demand: prob(demand == x) * x)
let extreme = prob(demand in ("0", "1"))
)")
                        .run();
  double weights = 0;
  double weighted = 0;
  for (const double x : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    weights += std::exp(5 * x);
    weighted += x * std::exp(5 * x);
  }
  EXPECT_NEAR(h.at_end("sum_of_all"), 1, 1e-15);
  EXPECT_NEAR(h.at_end("mean_demand"), weighted / weights, 1e-15);
  EXPECT_NEAR(h.at_end("extreme"), (1 + std::exp(5.0)) / weights, 1e-15);
}

// N122: lets of a game are its own.
TEST(LoweringFaults, LetsOfAGameStayInIt) {
  const Found found = faults(R"(
game g rationality 1
    act by A: stay, go
    let odds = 1
    payoff A = odds
let y = odds
)");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().substr(0, 1), "N");
  EXPECT_EQ(found.front().substr(5), "odds");
}

// I112: the largest of nothing, known while the program is built.
TEST(LoweringFaults, TheLargestOfNothing) {
  EXPECT_EQ(faults("set S = a, b\nlet x[d in S] = max(e in S if e != d and e != a: 1)\n"),
            (Found{"I112 1"}));
}

// A fault is told once, however many segments a what-if makes.
TEST(LoweringFaults, EachOnce) {
  const Checked model = over_steps(9, R"(
let a = b
let b = a
state x = 0
whatif w
    from 3 to 5 a := 2 * a
    from 4 a := a + 1
)");
  EXPECT_EQ(model.faults().size(), 1U);
  EXPECT_EQ(model.faults({.whatif = "w"}).size(), 1U);
}

// A definition of an intervention may make a circle of its own.
TEST(LoweringFaults, CirclesThatAWhatIfMakes) {
  const Checked model = over_steps(3, R"(
let a = 1
let b = a
whatif w
    from 2 a := b
)");
  EXPECT_EQ(model.faults(), Found{});
  EXPECT_EQ(model.faults({.whatif = "w"}).front().substr(0, 4), "O101");
}

}  // namespace
}  // namespace casus::language
