// `averaged`, `lagged` and `slope` (decision 14), against closed forms.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Faults = std::vector<std::string>;

constexpr std::string_view year = "from 2000-01 to 2001-12 by month";

TEST(Lagged, IsTheValueOfAnEarlierStepAndTheFirstBefore) {
  const History h = over_time(year, R"(
state n = 5 then n + n * 0.1
let x = n ^ 2
let y = lagged(x, 3 months)
let z = lagged(n, 1 month) + lagged(x, 1 year)
)")
                        .run();
  const std::vector<double>& x = h.path("x");
  const std::vector<double>& n = h.path("n");  // at the step's end
  for (std::size_t step = 0; step < x.size(); ++step) {
    EXPECT_EQ(h.at("y", step), x[step < 3 ? 0 : step - 3]) << step;
    const double before = step < 2 ? 5.0 : n[step - 2];
    EXPECT_EQ(h.at("z", step), before + x[step < 12 ? 0 : step - 12]) << step;
  }
}

TEST(Lagged, BeyondTheRunIsTheFirstValue) {
  const History h = over_steps(4, "state n = 1 then n + 1\nlet y = lagged(n, 50)\n").run();
  EXPECT_EQ(h.path("y"), (std::vector<double>{1, 1, 1, 1}));
}

// A truth counts as 0 or 1; a draw is remembered as it was drawn.
TEST(Lagged, OfDrawsAndTruths) {
  const History h = over_steps(6,
                               "draw u ~ normal(0, 1)\nlet back = lagged(u, 2)\n"
                               "let was = lagged(u > 0, 1)\n")
                        .run();
  for (std::size_t step = 2; step < 6; ++step) {
    EXPECT_EQ(h.at("back", step), h.at("u", step - 2));
    EXPECT_EQ(h.at("was", step), h.at("u", step - 1) > 0 ? 1.0 : 0.0);
  }
}

TEST(Lagged, OfElements) {
  MemoryAnswers answers;
  answers.links["near"] = {{"east", "west"}, {"west", "east"}};
  const History h = over_steps(4, R"(
set Side = east, west
link near(Side, Side) from "near.csv"
state n[s in Side] = (1 if s == east else 10) then 2 * n[s]
let back[s in Side] = lagged(n[s], 1)
let others[s in Side] = sum(e in near(s): lagged(n[e], 2) + n[s])
measure most = highest(lagged(n[west], 1))
measure each[s in Side] = lagged(n[s], 1) at end
)",
                               answers)
                        .run();
  EXPECT_EQ(h.path("back[east]"), (std::vector<double>{1, 1, 2, 4}));
  EXPECT_EQ(h.path("back[west]"), (std::vector<double>{10, 10, 20, 40}));
  EXPECT_EQ(h.path("others[east]"), (std::vector<double>{11, 12, 14, 28}));
  EXPECT_EQ(h.measure("most"), 40.0);
  EXPECT_EQ(h.measure("each[east]"), 4.0);
}

// Hidden states are those of the labels that x depends on, whatever else is bound around it.
TEST(Lagged, TakesStatesForTheNamesItUses) {
  const Checked model = over_steps(3, R"(
set Side = east, west
set Year = 1 to 9 by 1
state n[s in Side] = 1 then n[s] + 1
let far[s in Side] = sum(e in Side: lagged(n[e], 2) * (s != e))
measure m[y in Year] = highest(lagged(n[east], 1)) from y to y
)");
  EXPECT_EQ(model.variant({}).lowered().state_names.size(), 2U + 2 * 2U + 1U);
  EXPECT_EQ(model.run().path("far[west]"), (std::vector<double>{1, 1, 1}));
  EXPECT_EQ(model.run().measure("m[3]"), 2.0);
}

// An exponential filter of a constant that jumps: a = 1 - exp(-t / tau).
TEST(Averaged, FollowsAJumpExponentially) {
  for (const char* by : {"month", "week", "day"}) {
    const std::string time = std::string("from 2000-01-01 to 2001-12-31 by ") + by;
    const Checked model = over_time(time, R"(
let x = since(2000-03-01)
let a = averaged(x, 30 months)
)");
    const History h = model.run();
    const double dt = model.model().steps.dt;
    std::size_t before = 0;
    while (h.at("x", before) == 0.0) ++before;
    EXPECT_EQ(h.at("a", before), 0.0);
    for (std::size_t step = before; step < h.path("a").size(); ++step) {
      const double t = dt * static_cast<double>(step - before);
      EXPECT_NEAR(h.at("a", step), 1.0 - std::exp(-t / 2.5), 1e-13) << by << " " << step;
    }
  }
}

TEST(Averaged, BeginsWithTheFirstValueAndTakesAParameter) {
  const History h = over_steps(5, R"(
param tau = 2
state n = 3 then n + 1
let a = averaged(n, tau)
)")
                        .run();
  const double k = 1.0 - std::exp(-0.5);
  double a = 3.0;
  for (std::size_t step = 0; step < 5; ++step) {
    EXPECT_NEAR(h.at("a", step), a, 1e-15);
    a += k * (3.0 + static_cast<double>(step) - a);
  }
}

// The difference quotient of a line is its slope once the delay has passed; the unit is per year.
TEST(Slope, IsTheDifferenceQuotient) {
  const History h = over_time(year, R"(
state n = 2 unit "person" then n + dt * 6 "person / year"
let s = slope(n, 6 months) unit "person / year"
)")
                        .run();
  for (std::size_t step = 0; step < 24; ++step) {
    const double months = std::min(static_cast<double>(step), 6.0);
    EXPECT_NEAR(h.at("s", step), 6.0 * months / 6.0, 1e-12) << step;
  }
}

TEST(Memories, AreCheckedForUnits) {
  const std::string text = "state n = 2 unit \"person\"\n";
  EXPECT_EQ(over_time(year, text + "let a = averaged(n, 3 months) unit \"USD\"\n").faults(),
            Faults{"U104 averaged(n, 3 months)"});
  EXPECT_EQ(over_time(year, text + "let a = slope(n, 3 months) unit \"person\"\n").faults(),
            Faults{"U104 slope(n, 3 months)"});
  EXPECT_EQ(over_time(year, text + "let a = averaged(n, 3)\n").faults(), Faults{"U110 3"});
  EXPECT_TRUE(
      over_time(year, text + "let a = lagged(n, 1 month) unit \"person\"\n").faults().empty());
}

TEST(Memories, LookBackByWholeSteps) {
  EXPECT_EQ(over_time(year, "let a = lagged(1, 10 days)\n").faults(), Faults{"T108 10 days"});
  EXPECT_EQ(over_time(year, "param d = 3 unit \"month\"\nlet a = lagged(1, d)\n").faults(),
            Faults{"T108 d"});
  EXPECT_EQ(over_steps(4, "let a = slope(1, 0.5)\n").faults(), Faults{"T108 0.5"});
  EXPECT_EQ(over_steps(4, "let a = lagged(1, 0)\n").faults(), Faults{"T108 0"});
}

TEST(Memories, StandWhereThereIsOneValueAStep) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"function f(x) = lagged(x, 1)\nlet a = f(3)\n", "O114 lagged(x, 1)"},
      {"param a ~ normal(lagged(1, 1), 1)\n", "O114 lagged(1, 1)"},
      {"let a = 1\nmeasure m = lagged(a, 1)\n", "O114 lagged(a, 1)"},
      {"let a = 1\nwhatif w\n    a := lagged(a, 1)\n", "O114 lagged(a, 1)"},
      {"game g rationality 1\n    a by A: x, y\n    payoff A = lagged(1, 1)\n",
       "O114 lagged(1, 1)"},
      {"state s = lagged(1, 1)\n", "O106 lagged(1, 1)"},
      {"let a = lagged(a, 1)\n", "O101 a"},
  };
  for (const auto& [text, fault] : rows)
    EXPECT_EQ(over_steps(3, text).faults(), Faults{fault}) << text;
}

// They go on through a stretch in which a what-if replaces what asks for them.
TEST(Memories, GoOnUnderWhatIfs) {
  const Checked model = over_steps(6, R"(
state n = 1 then n + 1
let x = 10 * n
let y = lagged(x, 1)
whatif other
    from 2 to 3 y := -1
whatif half
    from 3 x := 0
)");
  EXPECT_EQ(model.whatif("other").run().path("y"), (std::vector<double>{10, -1, -1, 30, 40, 50}));
  EXPECT_EQ(model.whatif("half").run().path("y"), (std::vector<double>{10, 10, 20, 0, 0, 0}));
}

}  // namespace
}  // namespace casus::language
