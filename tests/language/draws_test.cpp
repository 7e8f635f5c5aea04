// When draws are made (decision 13) and where their random numbers live (decision 21).
#include "language/running.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace casus::language {
namespace {

using Path = std::vector<double>;

std::size_t distinct(const Path& path) { return std::set<double>(path.begin(), path.end()).size(); }

TEST(Draws, PerStepByYearAndOnce) {
  const History h = over_time("from 1999-11 to 2001-02 by month", R"(
draw each ~ normal(0, 1)
draw yearly ~ normal(0, 1) by year
draw single ~ normal(0, 1) once
state start_of_it = 2 * single
let all = each + yearly + single
)")
                        .run();
  EXPECT_EQ(distinct(h.path("each")), 16U);
  const Path yearly = h.path("yearly");
  EXPECT_EQ(distinct(yearly), 3U);  // 1999, 2000, 2001
  EXPECT_EQ(yearly[0], yearly[1]);
  EXPECT_NE(yearly[1], yearly[2]);
  EXPECT_EQ(yearly[2], yearly[13]);
  EXPECT_NE(yearly[13], yearly[14]);
  EXPECT_EQ(distinct(h.path("single")), 1U);
  EXPECT_EQ(h.at("start_of_it", 0), 2 * h.at("single", 0));
  EXPECT_EQ(h.at("all", 3), h.at("each", 3) + yearly[3] + h.at("single", 3));
}

TEST(Draws, AreIndependentByElement) {
  const History h =
      over_steps(1, "set S = a, b\ndraw z[d in S] ~ normal(0, 1)\nlet y = z[a] - z[b]\n").run();
  EXPECT_NE(h.at_end("z[a]"), h.at_end("z[b]"));
  EXPECT_EQ(h.at_end("y"), h.at_end("z[a]") - h.at_end("z[b]"));
}

// A law reads its arguments by name in any order.
TEST(Draws, LawsByNameAndPlace) {
  const History h = over_steps(1, R"(
draw a ~ normal(5, 1e-9)
draw b ~ normal(sd = 1e-9, mean = 6)
draw c ~ bernoulli(0)
draw d ~ bernoulli(1)
let truths = (10 if c else 0) + (1 if d else 0)
)")
                        .run();
  EXPECT_NEAR(h.at_end("a"), 5, 1e-6);
  EXPECT_NEAR(h.at_end("b"), 6, 1e-6);
  EXPECT_EQ(h.at_end("truths"), 1);
}

TEST(Draws, HaveTheMomentsOfTheirLaw) {
  const Runner runner = over_steps(400,
                                   "draw z ~ normal(3, 2)\nmeasure m = mean(z)\n"
                                   "let square = (z - 3) ^ 2\nmeasure v = mean(square)\n")
                            .variant({});
  EXPECT_NEAR(runner.mean("m", 50), 3, 4 * 2 / std::sqrt(20000.0));
  EXPECT_NEAR(runner.mean("v", 50), 4, 4 * 4 * std::sqrt(2 / 20000.0));
}

constexpr std::string_view world = R"(
draw z ~ normal(0, 1)
draw single ~ gamma(2, 1) once
state x = single then x + z
game g rationality 2
    act by P: stay, go
    payoff P = (1 if act == go else 0)
param p ~ normal(0, 1)
)";

void expect_same(const History& a, const History& b) {
  for (const std::string_view column : {"z", "single", "x", "act"})
    EXPECT_EQ(a.path(column), b.path(column)) << column;
  EXPECT_EQ(a.parameter("p"), b.parameter("p"));
}

// Decision 21: adding draws, parameters, moves or steps shifts no other draw.
TEST(Draws, AddingOneShiftsNoOther) {
  const History plain = over_steps(5, world).run();
  const std::string more =
      "draw extra ~ normal(0, 1)\nparam other ~ beta(1, 1)\ndraw year_of_it ~ gamma(3, 1) once\n";
  expect_same(plain, over_steps(5, more + std::string(world)).run());
  expect_same(plain, over_steps(5, std::string(world) + more + R"(
game h rationality 1
    other_act by Q: left, right
    payoff Q = 0
)")
                         .run());
}

TEST(Draws, RenamingAnotherShiftsNone) {
  const std::string before = "draw first ~ normal(0, 1)\n";
  const std::string after = "draw second ~ normal(0, 1)\n";
  const History a = over_steps(5, before + std::string(world)).run();
  const History b = over_steps(5, after + std::string(world)).run();
  expect_same(a, b);
  EXPECT_NE(a.path("first"), b.path("second"));
}

TEST(Draws, ALongerCaseBeginsTheSame) {
  const Path five = over_steps(5, world).run().path("x");
  Path nine = over_steps(9, world).run().path("x");
  nine.resize(5);
  EXPECT_EQ(five, nine);
}

// A history is a function of (seed, parameter set, slot): the same whichever ran before it.
TEST(Draws, AHistoryDoesNotDependOnTheOthers) {
  const Runner runner = over_steps(5, world).variant({});
  const History alone = runner.run({.set = 7, .slot = 3});
  for (std::uint32_t set = 0; set < 3; ++set) static_cast<void>(runner.run({.set = set}));
  expect_same(alone, runner.run({.set = 7, .slot = 3}));
  EXPECT_NE(alone.path("x"), runner.run({.set = 7, .slot = 4}).path("x"));
  EXPECT_EQ(alone.parameter("p"), runner.run({.set = 7, .slot = 4}).parameter("p"));
  EXPECT_NE(alone.parameter("p"), runner.run({.set = 8, .slot = 3}).parameter("p"));
  EXPECT_NE(alone.path("x"), runner.run({.seed = 2, .set = 7, .slot = 3}).path("x"));
}

// A move has one uniform per name and step whatever the game's shape (decisions 7 and 16).
TEST(Draws, AMoveIsDrawnByInverseCdfOverItsOrder) {
  const Runner runner = over_steps(1, R"(
draw act_too ~ normal(0, 1)
game g rationality 1
    act by P: a, b, c
    payoff P = cases
        act == a : log(2)
        act == b : log(3)
        otherwise : log(5)
)")
                            .variant({});
  std::array<int, 3> times{};
  constexpr int n = 4000;
  for (std::uint32_t set = 0; set < n; ++set)
    ++times.at(static_cast<std::size_t>(runner.run({.set = set}).at_end("act")));
  EXPECT_NEAR(times[0], 0.2 * n, 4 * std::sqrt(0.2 * 0.8 * n));
  EXPECT_NEAR(times[1], 0.3 * n, 4 * std::sqrt(0.3 * 0.7 * n));
}

// O108: two names whose 32-bit addresses agree would share their numbers (found by search).
TEST(Draws, NamesThatWouldShareTheirNumbers) {
  EXPECT_EQ(over_steps(1, "draw pipabava ~ normal(0, 1)\ndraw pekekoza ~ normal(0, 1)\n").faults(),
            (std::vector<std::string>{"O108 pekekoza"}));
}

TEST(Draws, MedianHistoriesUseNoRandomNumbers) {
  const History h = over_steps(3, R"(
draw z ~ normal(4, 2)
draw e ~ exponential(2) once
param p ~ lognormal(1, 3)
)")
                        .run({.at_median = true});
  for (const double z : h.path("z")) EXPECT_NEAR(z, 4, 1e-12);
  EXPECT_NEAR(h.parameter("p"), std::exp(1.0), 1e-12);
}

}  // namespace
}  // namespace casus::language
