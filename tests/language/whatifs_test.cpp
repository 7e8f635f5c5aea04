// Interventions on data, draws, lets, parameters and states, and starts (decision 15).
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Path = std::vector<double>;
using Found = std::vector<std::string>;

constexpr std::string_view world = R"(
data oil from "oil.csv"
param cap = 10
param loose ~ normal(0, 1)
draw z ~ normal(0, 1)
draw luck ~ normal(0, 1) by year
draw born ~ normal(0, 1) once
state stock = 100 then stock + income
state birth = born
let income = 2 * oil + cap
let seen = income + z
let sum_of_draws = luck + born
let used = loose
game g rationality 1
    act by A: stay, go
    payoff A = (0.1 * z if act == go else 0)
let went = (1 if act == go else 0)
whatif dear_oil
    from 2000-02 to 2000-03 oil := 10 * oil
whatif no_income
    from 2000-03 income := income - 3
whatif louder
    z := 2 * z
whatif luckier
    luck := 2 * luck
whatif reborn
    born := 2 * born
whatif other_cap
    from 2000-02 cap := cap + 1
    loose := 3
whatif raided
    at 2000-03 stock := stock / 2
whatif all_the_same
    from 2000-02 oil := oil
    cap := cap
    z := z
    luck := luck
    born := born
    from 2000-02 to 2000-03 income := income
    at 2000-03 stock := stock
whatif twice
    from 2000-02 oil := 10 * oil
    from 2000-03 oil := oil + 1
)";

Checked checked() {
  const MemoryAnswers answers{.series = {{"oil", {.by_step = true, .values = {1, 2, 3, 4}}}}};
  return over_time("from 2000-01 to 2000-04 by month", world, answers);
}

Path of(const std::string& whatif, std::string_view column) {
  return checked().whatif(whatif).run().path(column);
}

TEST(Whatifs, TheBaseline) {
  EXPECT_EQ(of("", "income"), (Path{12, 14, 16, 18}));
  EXPECT_EQ(of("", "stock"), (Path{112, 126, 142, 160}));
}

// Inside a new definition the old name means the old definition; both ends of a range count.
TEST(Whatifs, DataOverARange) {
  EXPECT_EQ(of("dear_oil", "income"), (Path{12, 50, 70, 18}));
  EXPECT_EQ(of("dear_oil", "stock"), (Path{112, 162, 232, 250}));
}

TEST(Whatifs, LetsFromADateOn) { EXPECT_EQ(of("no_income", "income"), (Path{12, 14, 13, 15})); }

TEST(Whatifs, ParametersOverARangeAndThroughout) {
  EXPECT_EQ(of("other_cap", "income"), (Path{12, 15, 17, 19}));
  EXPECT_EQ(of("other_cap", "used"), (Path{3, 3, 3, 3}));
}

Path doubled(Path path) {
  for (double& value : path) value *= 2;
  return path;
}

TEST(Whatifs, DrawsOfEveryKind) {
  EXPECT_EQ(of("louder", "z"), doubled(of("", "z")));
  EXPECT_EQ(of("luckier", "luck"), doubled(of("", "luck")));
  EXPECT_EQ(of("reborn", "born"), doubled(of("", "born")));
  EXPECT_EQ(of("reborn", "birth"), doubled(of("", "birth")));
}

// A state is set once, before anything else in its step reads it.
TEST(Whatifs, AStateAtADate) { EXPECT_EQ(of("raided", "stock"), (Path{112, 126, 79, 97})); }

// Later lines act on what earlier ones made.
TEST(Whatifs, LinesOnOneNameStack) {
  EXPECT_EQ(of("twice", "income"), (Path{12, 50, 72, 92}));  // oil: 1, 20, 31, 41
}

// A what-if keeps the draws and recomputes what follows: one that changes nothing changes no bit.
TEST(Whatifs, NothingChangedNoBitChanged) {
  const Checked model = checked();
  const Runner base = model.variant({});
  const Runner same = model.whatif("all_the_same");
  for (std::uint32_t set = 0; set < 20; ++set) {
    const History a = base.run({.set = set});
    const History b = same.run({.set = set});
    for (const OutputColumn& column : base.lowered().output_columns)
      EXPECT_EQ(a.path(column.name), b.path(column.name)) << column.name;
  }
}

TEST(Whatifs, EveryDrawIsSharedWithTheBaseline) {
  const Checked model = checked();
  const Runner base = model.variant({});
  for (const std::string whatif : {"dear_oil", "no_income", "other_cap", "raided"}) {
    const Runner changed = model.whatif(whatif);
    for (std::uint32_t set = 0; set < 20; ++set) {
      const History a = base.run({.set = set});
      const History b = changed.run({.set = set});
      for (const std::string_view column : {"z", "luck", "born", "act"})
        EXPECT_EQ(a.path(column), b.path(column)) << whatif << ' ' << column;
    }
  }
}

// Elements of arrays: by label, by subset, by the whole set.
TEST(Whatifs, ElementsOfArrays) {
  const Checked model = over_steps(2, R"(
set S = a, b, c
set T in S = b, c
let x[d in S] = 10
state y[d in S] = 1 then y[d] + 1
whatif some
    x[a] := 7
    from 2 x[d in T] := x[d] * 2 + (d == c)
    at 2 y[d in T] := y[d] * 100
)");
  const History h = model.whatif("some").run();
  EXPECT_EQ(h.path("x[a]"), (Path{7, 7}));
  EXPECT_EQ(h.path("x[b]"), (Path{10, 20}));
  EXPECT_EQ(h.path("x[c]"), (Path{10, 21}));
  EXPECT_EQ(h.path("y[a]"), (Path{2, 3}));
  EXPECT_EQ(h.path("y[c]"), (Path{2, 201}));
}

// A state set at a date under a running treaty is held at what it was set to.
TEST(Whatifs, AStateUnderATreaty) {
  const Checked model = over_steps(5, R"(
state n = 0 then n + 1
state x = 0 then x + 1
treaty t when n == 0
    x := 10 for 3 then 20
whatif broken
    at 2 x := 77
)");
  EXPECT_EQ(model.run().path("x"), (Path{10, 10, 10, 20, 21}));
  EXPECT_EQ(model.whatif("broken").run().path("x"), (Path{10, 77, 77, 20, 21}));
}

// ---- starts: interventions before a date, and results from that date on

TEST(Starts, MeasuresCountFromTheStart) {
  const Checked model = over_time("from 2000-01 to 2000-06 by month", R"(
state x = 1 then x + 1
measure total_x = total(x)
measure from_february = total(x) from 2000-02
measure first_big = first date x > 0
measure in_may = x at 2000-05
start spring at 2000-04
    at 2000-03 x := 100
start nothing_else at 2000-04
)");
  const History plain = model.run();
  EXPECT_EQ(plain.measure("total_x"), 21);
  EXPECT_EQ(plain.measure("first_big"), 0);
  const Runner started = model.variant({.start = "spring"});
  EXPECT_EQ(started.lowered().first_result_step, 3U);
  const History h = started.run();
  EXPECT_EQ(h.path("x"), (Path{2, 3, 101, 102, 103, 104}));
  EXPECT_EQ(h.measure("total_x"), 101 + 102 + 103);
  EXPECT_EQ(h.measure("from_february"), 101 + 102 + 103);
  EXPECT_EQ(h.measure("first_big"), 3);
  EXPECT_EQ(h.measure("in_may"), 103);
  EXPECT_EQ(model.variant({.start = "nothing_else"}).run().measure("total_x"), 4 + 5 + 6);
}

// A value at a date is that date's, before the start too: the way to the start is part of the run.
TEST(Starts, DatesBeforeTheStartKeepTheirValues) {
  const Checked model = over_time("from 2000-01 to 2000-06 by month", R"(
state x = 1 then x + 1
measure early = x at 2000-02
start spring at 2000-04
    at 2000-02 x := 100
)");
  EXPECT_EQ(model.run().measure("early"), 3);
  EXPECT_EQ(model.variant({.start = "spring"}).run().measure("early"), 101);
}

TEST(Whatifs, WhatCannotBeSet) {
  const std::string before = "state x = 1\nlet y = x\nmeasure m = x at end\nwhatif w\n    ";
  EXPECT_EQ(over_steps(3, before + "from 2 x := 3\n").faults().front().substr(0, 4), "N119");
  EXPECT_EQ(over_steps(3, before + "at 2 y := 3\n").faults().front().substr(0, 4), "N120");
  EXPECT_EQ(over_steps(3, before + "m := 3\n").faults().front().substr(0, 4), "N121");
}

// Nobody weighs a move that is forced; what it would have been worth may be asked all the same,
// even where only the game uses the draw that it hangs on.
TEST(Whatifs, AForcedMoveIsStillWeighedWhenAsked) {
  const Checked model = over_time("4 steps", R"(
draw luck ~ normal(0, 1)
state calm = 1
game g while calm > 0 rationality 0.5 + abs(luck)
    act by A: stay, go
    payoff A = (luck if act == go else 0)
let chance = prob(act == go)
let worth = g.worth(A) otherwise 0
whatif pushed
    act := go unforeseen throughout
measure mean_chance = mean(chance)
)");
  const History h = model.whatif("pushed").run();
  for (const std::size_t step : {0U, 3U}) {
    const double luck = h.at("luck", step);
    const double chance = 1.0 / (1.0 + std::exp(-(0.5 + std::abs(luck)) * luck));
    EXPECT_NEAR(h.at("chance", step), chance, 1e-15);
    EXPECT_NEAR(h.at("worth", step), chance * luck, 1e-15);
  }
}

}  // namespace
}  // namespace casus::language
