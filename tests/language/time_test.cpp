// Steps, dates and time literals (decision 14).
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Path = std::vector<double>;

Path path(std::string_view time, const std::string& expression, const std::string& before = {}) {
  return over_time(time, before + "let y = " + expression + "\n").run().path("y");
}

// dt in years: month 1/12, day 1/365.25, exactly.
TEST(Time, StepsHaveTheirLengthInYears) {
  EXPECT_EQ(path("from 2000 to 2001 by year", "dt"), (Path{1, 1}));
  EXPECT_EQ(path("from 2000-01 to 2000-02 by month", "dt"), (Path{1.0 / 12, 1.0 / 12}));
  EXPECT_EQ(path("from 2000-01-01 to 2000-01-07 by week", "dt"), (Path{7 / 365.25}));
  EXPECT_EQ(path("from 2000-01-01 to 2000-01-02 by day", "dt"), (Path{1 / 365.25, 1 / 365.25}));
  EXPECT_EQ(path("2 steps", "dt"), (Path{1, 1}));
  EXPECT_EQ(path("0 to 1 by 0.5 unit \"day\"", "dt"), (Path{0.5 / 365.25, 0.5 / 365.25}));
  EXPECT_EQ(path("0 to 1 by 0.25 unit \"year\"", "dt").front(), 0.25);
}

TEST(Time, LiteralsConvertToYears) {
  EXPECT_EQ(path("1 steps", "30 months"), (Path{2.5}));
  EXPECT_EQ(path("1 steps", "1 year"), (Path{1}));
  EXPECT_EQ(path("1 steps", "1461 days"), (Path{4}));
  EXPECT_DOUBLE_EQ(path("1 steps", "2 weeks").front(), 14 / 365.25);
}

// Both ends of a range count, and a date means the step that contains it.
TEST(Time, SpansCountBothEnds) {
  constexpr std::string_view months = "from 2000-11 to 2001-03 by month";
  EXPECT_EQ(path(months, "since(2001-01)"), (Path{0, 0, 1, 1, 1}));
  EXPECT_EQ(path(months, "since(2001-01-31)"), (Path{0, 0, 1, 1, 1}));
  EXPECT_EQ(path(months, "since(2001)"), (Path{0, 0, 1, 1, 1}));
  EXPECT_EQ(path(months, "during(2000-12, 2001-02)"), (Path{0, 1, 1, 1, 0}));
  EXPECT_EQ(path(months, "during(2000-12-31, 2001-02-01)"), (Path{0, 1, 1, 1, 0}));
  EXPECT_EQ(path(months, "during(2001, 2001)"), (Path{0, 0, 1, 1, 1}));
  EXPECT_EQ(path(months, "during(2000, 2000)"), (Path{1, 1, 0, 0, 0}));
}

TEST(Time, DatesBeforeAndAfterTheCase) {
  constexpr std::string_view months = "from 2000-11 to 2001-01 by month";
  EXPECT_EQ(path(months, "since(1990-05)"), (Path{1, 1, 1}));
  EXPECT_EQ(path(months, "since(2050-05)"), (Path{0, 0, 0}));
  EXPECT_EQ(path(months, "during(1990-01, 1995-01)"), (Path{0, 0, 0}));
  EXPECT_EQ(path(months, "during(1990-01, 2000-11)"), (Path{1, 0, 0}));
  EXPECT_EQ(path(months, "during(2001-01, 2050-01)"), (Path{0, 0, 1}));
  EXPECT_EQ(path(months, "during(2030-01, 2050-01)"), (Path{0, 0, 0}));
  EXPECT_EQ(path(months, "pulse(e)", "event e at 1990-01, 2000-12, 2050-01\n"), (Path{0, 1, 0}));
}

// A week holds a date on its first and on its last day.
TEST(Time, WeeksHoldTheirDays) {
  constexpr std::string_view weeks = "from 2000-01-03 to 2000-01-23 by week";  // 3-9, 10-16, 17-23
  EXPECT_EQ(path(weeks, "since(2000-01-09)"), (Path{1, 1, 1}));
  EXPECT_EQ(path(weeks, "since(2000-01-10)"), (Path{0, 1, 1}));
  EXPECT_EQ(path(weeks, "during(2000-01-16, 2000-01-17)"), (Path{0, 1, 1}));
  EXPECT_EQ(path(weeks, "during(2000-01-10, 2000-01-16)"), (Path{0, 1, 0}));
}

TEST(Time, EventsHaveMagnitudesAndSpans) {
  constexpr std::string_view months = "from 2000-01 to 2000-05 by month";
  const std::string event = "event e at 2000-02-03, 2000-02-20 = 0.5, 2000-04 to 2000-05 = 2\n";
  EXPECT_EQ(path(months, "pulse(e)", event), (Path{0, 1.5, 0, 2, 0}));
  EXPECT_EQ(path(months, "during(e)", event), (Path{0, 1, 0, 1, 1}));
  EXPECT_EQ(path(months, "since(e)", event), (Path{0, 1, 1, 1, 1}));
  EXPECT_EQ(path(months, "pulse(e)", "param size = 3\nevent e at 2000-02 = size, 2000-03\n"),
            (Path{0, 3, 1, 0, 0}));
}

// An event that lies outside the case's time leaves no trace there, but `since` an earlier date
// is 1.
TEST(Time, EventsOutsideTheCase) {
  constexpr std::string_view months = "from 2000-01 to 2000-03 by month";
  EXPECT_EQ(path(months, "since(e)", "event e at 1999-05\n"), (Path{1, 1, 1}));
  EXPECT_EQ(path(months, "during(e)", "event e at 1999-05\n"), (Path{0, 0, 0}));
  EXPECT_EQ(path(months, "during(e)", "event e at 1999-05 to 2000-02\n"), (Path{1, 1, 0}));
  EXPECT_EQ(path(months, "since(e)", "event e at 2001-05\n"), (Path{0, 0, 0}));
}

TEST(Time, NumericTimeCountsItself) {
  constexpr std::string_view days = "0 to 1 by 0.25 unit \"day\"";
  EXPECT_EQ(path(days, "since(0.5)"), (Path{0, 1, 1, 1}));
  EXPECT_EQ(path(days, "during(0.25, 0.75)"), (Path{1, 1, 1, 0}));
  EXPECT_EQ(path("4 steps", "since(3)"), (Path{0, 0, 1, 1}));
  EXPECT_EQ(path("4 steps", "during(2, 3)"), (Path{0, 1, 1, 0}));
}

// `half_life(T)` is the share that is left after one step, so that steps of any length agree.
TEST(Time, HalfLivesDoNotDependOnTheStep) {
  EXPECT_DOUBLE_EQ(path("from 2000 to 2000 by year", "half_life(2 years)").front(), std::sqrt(0.5));
  const std::string decay = "state x = 1 then x * half_life(6 months)\n";
  const auto after = [&](std::string_view time) {
    return over_time(time, decay).run().at_end("x");
  };
  // 48 months are 1461 days of the average year: 8 half-lives.
  EXPECT_NEAR(after("from 2000-01 to 2003-12 by month"), 1.0 / 256, 1e-15);
  EXPECT_NEAR(after("from 2000-01-01 to 2003-12-31 by day"), 1.0 / 256, 1e-14);
  // 208 weeks are 1456 days
  EXPECT_NEAR(after("from 2000-01-01 to 2003-12-26 by week"), std::exp2(-2 * 1456 / 365.25), 1e-15);
}

// Weekly and monthly runs of a flow per year meet at the same date.
TEST(Time, FlowsPerYearDoNotDependOnTheStep) {
  const std::string flow = "state x = 0 then x + 12 * dt\n";
  EXPECT_NEAR(over_time("from 2000-01 to 2000-12 by month", flow).run().at_end("x"), 12, 1e-12);
  EXPECT_NEAR(over_time("from 2000-01-01 to 2000-12-29 by week", flow).run().at_end("x"),
              12 * 364 / 365.25, 1e-12);
}

TEST(Time, OnlyMeasuresHoldDates) {
  EXPECT_EQ(over_time("from 2000-01 to 2000-03 by month", "let y = 2000-02\n").faults(),
            (std::vector<std::string>{"T101 2000-02"}));
}

}  // namespace
}  // namespace casus::language
