// Observed numbers by step.
#include "table/observed.hpp"

#include "table/reading.hpp"

#include <gtest/gtest.h>

namespace casus::table {
namespace {

std::optional<Observed> read(Reading& reading, bool allow_longer, const StepDates& steps) {
  const ObservedRequest request{
      .wanted = {.value_column = "deaths", .date_column = "date", .wanted_by = reading.word(0, 4)},
      .allow_longer = allow_longer};
  return read_observed(*reading.table, request, steps, reading.found);
}

using Values = std::vector<std::optional<double>>;

TEST(Observed, BelongsToTheStepOfItsDate) {
  Reading reading("date,deaths\n1991-11,9\n1992-01,241\n1992-02-15,197\n1992-03,\n1992-05,1\n");
  const Observed observed = read(reading, false, months({1991, 12, 0}, {1992, 4, 0})).value();
  EXPECT_EQ(observed.values, (Values{std::nullopt, 241.0, 197.0, std::nullopt, std::nullopt}));
  EXPECT_EQ(observed.value(1, 0), 241.0);
  EXPECT_EQ(observed.spans[0], Span{});
  EXPECT_EQ(reading.sources.place(reading.file, observed.spans[2].begin).line, 4U);
}

TEST(Observed, HasLabels) {
  Reading reading("who,date,deaths\nA,1992,1\nB,1993,2\n");
  const ObservedRequest request{.wanted = {.value_column = "deaths",
                                           .date_column = "date",
                                           .keys = {{.column = "who", .labels = {"A", "B"}}}}};
  const Observed observed =
      read_observed(*reading.table, request, years(1992, 1993), reading.found).value();
  EXPECT_EQ(observed.values, (Values{1.0, std::nullopt, std::nullopt, 2.0}));
}

TEST(Observed, TakesAYearInItsFirstStepWhenAllowed) {
  const std::string text = "date,deaths\n1991,5\n1992,7\n";
  Reading reading(text);
  const Observed observed = read(reading, true, months({1991, 12, 0}, {1992, 2, 0})).value();
  EXPECT_EQ(observed.values, (Values{5.0, 7.0, std::nullopt}));
  Reading refused(text);
  EXPECT_FALSE(read(refused, false, months({1991, 12, 0}, {1992, 2, 0})));
  EXPECT_EQ(refused.said(),
            (Lines{"D205 3:1-5 1992 in x.csv is longer than a step of the model "
                   "(write the date of its step; a sum over steps is observed by `observe total(x) "
                   "over D1 to D2 = number ~ law`)"}));
}

TEST(Observed, RefusesTwoValuesInAStep) {
  Reading reading("date,deaths\n1992-01-03,1\n1992-01-20,2\n");
  EXPECT_FALSE(read(reading, false, months({1992, 1, 0}, {1992, 2, 0})));
  EXPECT_EQ(reading.said(), (Lines{"D105 3:12-13 two values in the step 1992-01 in x.csv "
                                   "(add them up, or give the second the date of another step)"}));
}

TEST(Observed, RefusesAFileOutsideTheSteps) {
  Reading reading("date,deaths\n1992-01-03,1\n");
  EXPECT_FALSE(read(reading, false, years(2000, 2001)));
  EXPECT_EQ(reading.said(), (Lines{"D204 2:1-11 no row of x.csv lies inside the model's time "
                                   "(the model runs from 2000 to 2001)"}));
}

}  // namespace
}  // namespace casus::table
