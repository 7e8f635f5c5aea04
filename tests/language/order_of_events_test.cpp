// When each kind of definition runs within a step: docs/order-of-events.md, which names these
// tests.
#include "language/running.hpp"

#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace casus::language {
namespace {

using Path = std::vector<double>;

// Decision 5: every state name means its value at the step's start.
TEST(OrderOfEvents, LetsSeeStatesAtTheStepsStart) {
  const History h = over_steps(3, R"(
state x = 10 then x + 1
let seen = x
let after_it = seen * 2
)")
                        .run();
  EXPECT_EQ(h.path("seen"), (Path{10, 11, 12}));
  EXPECT_EQ(h.path("after_it"), (Path{20, 22, 24}));
}

// Decision 5: in results a state is shown as it is at the step's end, a let as it was in the step.
TEST(OrderOfEvents, ResultsShowStatesAtTheStepsEnd) {
  const Checked model = over_steps(3, R"(
state x = 10 then x + 1
let seen = x
measure state_at_2 = x at 2
measure let_at_2 = seen at 2
measure both_at_2 = x - seen at 2
measure state_at_end = x at end
)");
  const History h = model.run();
  EXPECT_EQ(h.path("x"), (Path{11, 12, 13}));
  EXPECT_EQ(h.measure("state_at_2"), 12);
  EXPECT_EQ(h.measure("let_at_2"), 11);
  EXPECT_EQ(h.measure("both_at_2"), 1);
  EXPECT_EQ(h.measure("state_at_end"), 13);
}

// Decision 5: all `then` values are written together, so two states can be exchanged.
TEST(OrderOfEvents, ThenValuesAreWrittenTogether) {
  const History h = over_steps(3, R"(
state a = 1 then b
state b = 2 then a
)")
                        .run();
  EXPECT_EQ(h.path("a"), (Path{2, 1, 2}));
  EXPECT_EQ(h.path("b"), (Path{1, 2, 1}));
}

// Decision 5: a state without `then` stays.
TEST(OrderOfEvents, AStateWithoutThenStays) {
  const History h = over_steps(3, R"(
state a = 4
state phase : {peace, war} = war
)")
                        .run();
  EXPECT_EQ(h.path("a"), (Path{4, 4, 4}));
  EXPECT_EQ(h.labels("phase"), (std::vector<std::string>{"war", "war", "war"}));
}

// Decision 5: lets, draws and moves follow the data flow whatever the order in the file.
TEST(OrderOfEvents, TheOrderInTheFileDoesNotMatter) {
  const History h = over_steps(2, R"(
let c = b + 1
let b = a + 1
let a = x
state x = 0 then c
)")
                        .run();
  EXPECT_EQ(h.path("c"), (Path{2, 4}));
}

constexpr std::string_view sure_game = R"(
state n = 0 then n + 1
state last : {stay, go} = stay then (go if act == go else stay)
game g rationality 1000
    act by P: stay, go
    payoff P = (1 if act == go else 0) * (2 * (n > 0.5) - 1)
let acted = (1 if act == go else 0)
)";

// Decision 5: a let sees the moves of the same step, `then` carries them to the step's end.
TEST(OrderOfEvents, LetsSeeMovesOfTheSameStep) {
  const History h = over_steps(3, sure_game).run();
  EXPECT_EQ(h.labels("act"), (std::vector<std::string>{"stay", "go", "go"}));
  EXPECT_EQ(h.path("acted"), (Path{0, 1, 1}));
  EXPECT_EQ(h.labels("last"), (std::vector<std::string>{"stay", "go", "go"}));
}

// Decision 6: treaties write on top of `then`, and their conditions and right sides see what a let
// sees: states at the step's start, moves of the step.
TEST(OrderOfEvents, TreatiesComeLast) {
  const History h = over_steps(4, R"(
state x = 1 then x + 1
state y = 0
treaty cut when x == 2
    x := 10 * x
    y := x + z
let z = 100 * x
)")
                        .run();
  // x at the start: 1, 2, then 10 * 2 = 20 in place of 3, then 21.
  EXPECT_EQ(h.path("x"), (Path{2, 20, 21, 22}));
  EXPECT_EQ(h.path("y"), (Path{0, 202, 202, 202}));
  EXPECT_EQ(h.path("cut"), (Path{0, 1, 0, 0}));
}

// Decision 5: an observed variable follows the data flow as a draw does, and lets may use it.
TEST(OrderOfEvents, ObservedVariablesAreSimulatedInTheStep) {
  const Checked model = over_steps(2, R"(
state x = 3 then deaths
let twice = 2 * deaths
observe deaths from "deaths.csv" ~ normal(mean = 100 * x, sd = 1e-9)
)");
  const History h = model.run();
  EXPECT_NEAR(h.at("deaths", 0), 300, 1e-6);
  EXPECT_NEAR(h.at("twice", 0), 600, 1e-6);
  EXPECT_NEAR(h.at("deaths", 1), 30000, 1e-3);
}

// Decision 5 and the language page: a reduction over steps is read within each step, where a state
// means its value at the step's start.
TEST(OrderOfEvents, ReductionsOverStepsReadStatesAtTheStepsStart) {
  const Checked model = over_steps(3, R"(
state x = 10 then x + 1
measure total_x = total(x)
measure last_x = highest(x)
measure first_x = first date x > 10.5
)");
  const History h = model.run();
  EXPECT_EQ(h.measure("total_x"), 10 + 11 + 12);
  EXPECT_EQ(h.measure("last_x"), 12);
  EXPECT_EQ(h.measure("first_x"), 1);  // the second step
}

// Everything at once: one step's numbers, followed by hand.
TEST(OrderOfEvents, OneStepByHand) {
  const History h = over_steps(2, R"(
state s = 1 then s + seen
state t = 10 then t + s
let seen = 2 * s + pushed
game g rationality 1000
    push by P: no, yes
    payoff P = (s if push == yes else 0)
let pushed = (5 if push == yes else 0)
treaty bonus when push == yes and s > 3
    t := t + 1000 + seen
)")
                        .run();
  // Step 1: s = 1, P pushes, seen = 7; s' = 8, t' = 11; no bonus.
  // Step 2: s = 8, P pushes, seen = 21; s' = 29; t' = 19, but the bonus writes 11 + 1000 + 21.
  EXPECT_EQ(h.path("seen"), (Path{7, 21}));
  EXPECT_EQ(h.path("s"), (Path{8, 29}));
  EXPECT_EQ(h.path("t"), (Path{11, 1032}));
}

// O101: a let that needs itself within a step, with the chain; a state breaks the circle.
TEST(OrderOfEvents, ALetMayNotNeedItself) {
  EXPECT_EQ(over_steps(1, "let a = b + 1\nlet b = 2 * a\n").faults(),
            (std::vector<std::string>{"O101 a"}));
  const History h = over_steps(2, "let a = b + 1\nlet b = 2 * s\nstate s = 1 then a\n").run();
  EXPECT_EQ(h.path("s"), (Path{3, 7}));
}

// O106: a start value may use parameters, data and draws made once, and nothing of a step.
TEST(OrderOfEvents, StartValuesKnowNothingOfSteps) {
  EXPECT_EQ(over_steps(1, "state a = 1\nstate b = a + 1\n").faults(),
            (std::vector<std::string>{"O106 a"}));
  EXPECT_EQ(over_steps(1, "state b = z\ndraw z ~ normal(0, 1)\n").faults(),
            (std::vector<std::string>{"O106 z"}));
  EXPECT_EQ(over_time("from 2000 to 2000 by year", "state b = z\ndraw z ~ normal(0, 1) by year\n")
                .faults(),
            (std::vector<std::string>{"O106 z"}));
  const History h = over_steps(1, R"(
data initial = 4
param p = 3
draw z ~ normal(0, 1) once
state b = initial + p + k + 0 * z
let k = 2 * p
)")
                        .run();
  EXPECT_EQ(h.at_end("b"), 13);
}

/// The text between the first `from` and the next `to` behind it.
std::string part_of(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string::npos) return {};
  return text.substr(begin + from.size(), text.find(to, begin + from.size()) - begin - from.size());
}

/// Cells of a line of a table, without the first bar.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) {
    const std::size_t first = cell.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    cells.push_back(cell.substr(first, cell.find_last_not_of(' ') + 1 - first));
  }
  return cells;
}

// The model on docs/order-of-events.md gives the numbers of the table below it.
TEST(OrderOfEvents, ThePageIsTrue) {
  std::ostringstream page;
  page << std::ifstream(CASUS_ROOT "/docs/order-of-events.md").rdbuf();
  const History h = Checked(part_of(page.str(), "```casus\n", "```\n")).run();
  std::istringstream table(part_of(page.str(), "|---|--:|--:|--:|\n", "\n\n"));
  std::size_t n_rows = 0;
  for (std::string line; std::getline(table, line); ++n_rows) {
    const std::vector<std::string> cells = cells_of(line);
    ASSERT_EQ(cells.size(), 4U) << line;
    const std::string name = part_of(cells.front(), "`", "`");
    for (std::size_t step = 0; step < 3; ++step) {
      const std::string got =
          name == "act" ? h.labels(name).at(step) : std::to_string(std::lround(h.at(name, step)));
      EXPECT_EQ(got, cells.at(step + 1)) << name << " in step " << step + 1;
    }
  }
  EXPECT_EQ(n_rows, 10U);
}

}  // namespace
}  // namespace casus::language
