// Steps half as long, against closed forms for both lengths.
#include "language/half_steps.hpp"

#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

constexpr std::string_view two_years = "from 2000-01 to 2001-12 by month";

Runner halved(const Checked& checked) {
  Diagnostics found;
  const std::optional<Model> model = with_half_steps(checked.model());
  EXPECT_TRUE(model);
  Runner made(lower(*model, {}, found));
  EXPECT_FALSE(found.has_errors());
  return made;
}

TEST(HalfSteps, SplitTheCalendar) {
  const Checked by_month = over_time(two_years, "let one = 1\n");
  const Steps steps = with_half_steps(by_month.model())->steps;
  EXPECT_EQ(steps.count, 48U);
  EXPECT_EQ(steps.dt, 1.0 / 24.0);
  EXPECT_EQ(steps.by, "half month");
  EXPECT_EQ(steps.label(0), "2000-01-01");
  EXPECT_EQ(steps.label(1), "2000-01-17") << "of 31 days the first half has 16";
  EXPECT_EQ(steps.label(3), "2000-02-16") << "of 29";
  EXPECT_EQ(steps.last_day.back(), by_month.model().steps.last_day.back());
  for (std::size_t i = 1; i < steps.count; ++i)
    EXPECT_EQ(steps.first_day[i], steps.last_day[i - 1] + 1);
}

// Euler's method: (1 + k dt)^n after n steps.
TEST(HalfSteps, KeepRatesAndChangeOnlyTheErrorOfTheMethod) {
  const Checked growth = over_time(two_years, R"(
state n = 1 then n + (dt / 1 year) * 0.6 * n
let late = since(2001-01)
measure last = n at end
measure years_of_late = total(late * dt)
measure steps_of_late = total(late)
)");
  const History whole = growth.run();
  const History half = halved(growth).run();
  EXPECT_NEAR(whole.measure("last"), std::pow(1.0 + 0.6 / 12.0, 24), 1e-12);
  EXPECT_NEAR(half.measure("last"), std::pow(1.0 + 0.6 / 24.0, 48), 1e-12);
  EXPECT_NEAR(half.measure("years_of_late"), whole.measure("years_of_late"), 1e-12);
  EXPECT_EQ(half.measure("steps_of_late"), 24.0) << "twice the months";
}

// The opening move's rate of 0.2 a month against staying: odds of 0.2 dt a step.
TEST(HalfSteps, ScaleTheOpeningMoveOfAGame) {
  const Checked rare = over_time("from 2000-01 to 2000-01 by month", R"(
set Side = a
game crisis rationality 1
    opens by a: wait (status quo per month), press
    payoff a = (log(0.2) if opens == press else 0)
let pressed = prob(opens == press)
measure first = mean(pressed)
)");
  const double whole = rare.run().measure("first");
  const double half = halved(rare).run().measure("first");
  EXPECT_NEAR(whole, 0.2 / 1.2, 1e-12);
  EXPECT_NEAR(half, 0.1 / 1.1, 1e-12);
}

TEST(HalfSteps, LookBackAsFar) {
  const Checked back = over_time(two_years, R"(
let index = 10 * since(2001-01)
let before = lagged(index, 3 months)
measure share = mean(before)
)");
  const History half = halved(back).run();
  EXPECT_EQ(half.at("before", 24 + 5), 0.0);
  EXPECT_EQ(half.at("before", 24 + 6), 10.0);
  EXPECT_EQ(back.run().measure("share"), half.measure("share"));
}

TEST(HalfSteps, HoldData) {
  MemoryAnswers answers;
  answers.series["rain"] = {.by_step = true, .values = {1, 10, 3}};
  const Checked wet = over_time("from 2000-01 to 2000-03 by month",
                                "data rain from \"rain.csv\" column mm date month\n"
                                "let twice = 2 * rain\nmeasure felt = total(rain)\n",
                                answers);
  const History half = halved(wet).run();
  EXPECT_EQ(half.measure("felt"), 28.0);
  EXPECT_EQ(half.path("twice"), (std::vector<double>{2, 2, 20, 20, 6, 6}));
}

TEST(HalfSteps, AreForNumericTimeAndLeaveParametersAlone) {
  const Checked times = Checked(
      "casus 1\ncase \"Times\"\n    time 0 to 2 by 0.5 unit \"day\"\n"
      "param p ~ uniform(0, 1)\n"
      "state level = 0 then level + dt / 1 day\n"
      "measure last = level at end\n");
  const Runner half = halved(times);
  EXPECT_EQ(times.run().path("level").size(), 4U);
  EXPECT_EQ(half.run().path("level").size(), 8U);
  EXPECT_NEAR(half.run().measure("last"), times.run().measure("last"), 1e-12);
  EXPECT_EQ(half.run({.seed = 3}).parameter("p"), times.run({.seed = 3}).parameter("p"));
}

TEST(HalfSteps, AreNotForStepsThatHaveNoLength) {
  EXPECT_FALSE(with_half_steps(over_steps(3, "let one = 1\n").model()));
  EXPECT_FALSE(with_half_steps(over_time("from 2000-01 to 2000-02 by day", "let x = 1\n").model()));
}

}  // namespace
}  // namespace casus::language
