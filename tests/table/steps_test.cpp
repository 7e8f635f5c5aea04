// Dates to steps.
#include "table/steps.hpp"

#include "table/reading.hpp"

#include <gtest/gtest.h>

namespace casus::table {
namespace {

TEST(Steps, FindsTheFirstStepThatMeetsAPeriod) {
  const StepDates steps = months({1991, 12, 0}, {1992, 3, 0});
  const auto step_of = [&](const Date& date) {
    return first_step_in(steps, date.first_day(), date.last_day());
  };
  EXPECT_EQ(step_of({1991, 12, 1}), 0U);
  EXPECT_EQ(step_of({1991, 12, 31}), 0U);
  EXPECT_EQ(step_of({1992, 3, 31}), 3U);
  EXPECT_EQ(step_of({1991, 0, 0}), 0U);
  EXPECT_EQ(step_of({1992, 0, 0}), 1U);
  EXPECT_EQ(step_of({1991, 11, 30}), std::nullopt);
  EXPECT_EQ(step_of({1992, 4, 1}), std::nullopt);
  EXPECT_EQ(first_step_in({}, 0, 10), std::nullopt);
}

TEST(Steps, KnowsPeriodsOfSeveralSteps) {
  const StepDates steps = weeks(day_number(2020, 9, 28), 3);
  EXPECT_FALSE(spans_steps(steps, steps.first[0], steps.last[0]));
  EXPECT_TRUE(spans_steps(steps, steps.last[0], steps.first[1]));
  EXPECT_FALSE(spans_steps(steps, steps.first[2], steps.last[2] + 30));
  EXPECT_FALSE(spans_steps(steps, 0, 1));
}

TEST(Steps, AreNamedAsPeopleWriteThem) {
  EXPECT_EQ(step_name(months({1991, 12, 0}, {1992, 3, 0}), 0), "1991-12");
  EXPECT_EQ(step_name(years(1992, 1993), 1), "1993");
  EXPECT_EQ(step_name(weeks(day_number(2020, 9, 28), 2), 1), "2020-10-05");
}

}  // namespace
}  // namespace casus::table
