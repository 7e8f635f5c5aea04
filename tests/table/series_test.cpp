// Numbers over steps: what holds when, and what is missing when.
#include "table/series.hpp"

#include "table/reading.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace casus::table {
namespace {

SeriesRequest by_date() { return {.wanted = {.value_column = "value", .date_column = "date"}}; }

std::optional<Series> read(Reading& reading, SeriesRequest request, const StepDates& steps) {
  request.wanted.wanted_by = reading.word(0, 4);
  return read_series(*reading.table, request, steps, reading.found);
}

std::vector<double> values(const std::string& rows, const SeriesRequest& request,
                           const StepDates& steps) {
  Reading reading("date,value\n" + rows);
  const std::optional<Series> series = read(reading, request, steps);
  EXPECT_TRUE(series) << (series ? "" : reading.said().at(0));
  return series ? series->values : std::vector<double>();
}

Lines faults(const std::string& rows, const SeriesRequest& request, const StepDates& steps) {
  Reading reading("date,value\n" + rows);
  EXPECT_FALSE(read(reading, request, steps));
  return reading.said();
}

TEST(Series, WithoutDatesIsConstant) {
  Reading reading("district,people\nshusha,20\nlachin,47\n");
  const SeriesRequest request{
      .wanted = {.value_column = "people",
                 .keys = {{.column = "district", .labels = {"lachin", "shusha"}}},
                 .scale = 1000.0}};
  const Series series = read(reading, request, years(1991, 2023)).value();
  EXPECT_EQ(series.n_steps, 1U);
  EXPECT_EQ(series.n_cells, 2U);
  EXPECT_EQ(series.values, (std::vector<double>{47'000, 20'000}));
  EXPECT_EQ(reading.sources.place(reading.file, series.span(0, 0).begin).line, 3U);
}

TEST(Series, AYearHoldsInItsMonths) {
  EXPECT_EQ(values("1992,1\n1991,9\n", by_date(), months({1991, 11, 0}, {1992, 3, 0})),
            (std::vector<double>{9, 9, 1, 1, 1}));
}

TEST(Series, AStepTakesWhatHoldsOnItsFirstDay) {
  // The week of Monday 2020-09-28 reaches into October, the next begins there.
  EXPECT_EQ(values("2020-09,1\n2020-10,2\n", by_date(), weeks(day_number(2020, 9, 21), 3)),
            (std::vector<double>{1, 1, 2}));
  EXPECT_EQ(values("2020-08-30,5\n2020-09-27,1\n2020-10-10,2\n", by_date(),
                   months({2020, 9, 0}, {2020, 10, 0})),
            (std::vector<double>{5, 1}));
}

TEST(Series, ValuesComeByStepThenLabel) {
  Reading reading("who,date,value\nA,1992,1\nB,1992,2\nA,1993,3\nB,1993,4\n");
  SeriesRequest request = by_date();
  request.wanted.keys = {{.column = "who", .labels = {"B", "A"}}};
  const Series series = read(reading, request, years(1992, 1993)).value();
  EXPECT_EQ(series.values, (std::vector<double>{2, 1, 4, 3}));
  EXPECT_EQ(series.value(1, 0), 4.0);
  EXPECT_EQ(reading.sources.place(reading.file, series.span(1, 0).begin).line, 5U);
}

TEST(Series, RandomYearsAgreeWithTheCalendar) {
  std::mt19937 random(388);
  for (int round = 0; round < 50; ++round) {
    std::map<std::int32_t, int> by_year;
    std::string rows;
    for (std::int32_t year = 1990; year < 1996; ++year) {
      by_year[year] = static_cast<int>(random() % 1000);
      rows += fmt::format("{},{}\n", year, by_year[year]);
    }
    const StepDates steps = weeks(day_number(1990, 1, 1) + static_cast<Day>(random() % 100), 290);
    const std::vector<double> read_back = values(rows, by_date(), steps);
    ASSERT_EQ(read_back.size(), steps.size());
    for (std::size_t step = 0; step < steps.size(); ++step) {
      ASSERT_EQ(read_back[step], by_year.at(date_of(steps.first[step]).year));
    }
  }
}

TEST(Series, LinearJoinsTheFirstDaysOfPeriods) {
  SeriesRequest request = by_date();
  request.between = Between::linear;
  // 1991 has 365 days, of which 181 are before July; 1992 is a leap year.
  const std::vector<double> joined =
      values("1991,100\n1992,465\n", request, months({1991, 1, 0}, {1992, 2, 0}));
  EXPECT_DOUBLE_EQ(joined[0], 100.0);
  EXPECT_DOUBLE_EQ(joined[6], 281.0);
  EXPECT_DOUBLE_EQ(joined[12], 465.0);
  EXPECT_DOUBLE_EQ(joined[13], 465.0);
}

TEST(Series, LinearReproducesAStraightLine) {
  SeriesRequest request = by_date();
  request.between = Between::linear;
  const auto line = [](Day day) { return 3.5 - 0.25 * day; };
  std::string rows;
  for (const Date date : {Date{2020, 1, 1}, Date{2020, 1, 9}, Date{2020, 3, 2}, Date{2021, 7, 5}}) {
    rows += fmt::format("{},{}\n", to_text(date), line(date.first_day()));
  }
  const StepDates steps = weeks(day_number(2020, 1, 1), 78);
  const std::vector<double> joined = values(rows, request, steps);
  ASSERT_EQ(joined.size(), steps.size());
  for (std::size_t step = 0; step < steps.size(); ++step) {
    EXPECT_NEAR(joined[step], line(steps.first[step]), 1e-9);
  }
}

TEST(Series, LinearBetweenHugeNumbersStaysFinite) {
  SeriesRequest request = by_date();
  request.between = Between::linear;
  const std::vector<double> joined =
      values("1991,-1e308\n1992,1e308\n", request, months({1991, 1, 0}, {1992, 1, 0}));
  for (const double value : joined) EXPECT_TRUE(std::isfinite(value));
  EXPECT_EQ(joined.front(), -1e308);
  EXPECT_EQ(joined.back(), 1e308);
}

TEST(Series, RefusesGapsOfYearsAndMonths) {
  const std::string help =
      " (add the missing rows, or let the last value hold through gaps: `gaps held`)";
  EXPECT_EQ(faults("1993,1\n1995,2\n", by_date(), years(1993, 1995)),
            (Lines{"D107 3:1-5 no value between 1993 and 1995 in x.csv" + help}));
  EXPECT_EQ(faults("1993-11,1\n1994-01,2\n", by_date(), years(1994, 1994)),
            (Lines{"D107 3:1-8 no value between 1993-11 and 1994-01 in x.csv" + help}));
  EXPECT_EQ(faults("1993,1\n1994-01,1\n1994-03,2\n", by_date(), years(1993, 1994)).at(0),
            "D107 4:1-8 no value between 1994-01 and 1994-03 in x.csv" + help);
}

TEST(Series, FillsGapsWhenTold) {
  SeriesRequest request = by_date();
  request.allow_gaps = true;
  EXPECT_EQ(values("1993,1\n1995,3\n", request, years(1993, 1995)), (std::vector<double>{1, 1, 3}));
  request.between = Between::linear;
  EXPECT_EQ(values("1993,1\n1995,3\n", request, years(1993, 1995)), (std::vector<double>{1, 2, 3}));
}

TEST(Series, RowsDatedByDaysHaveNoGaps) {
  EXPECT_EQ(values("1993-01-01,1\n1996-07-01,2\n", by_date(), years(1993, 1996)),
            (std::vector<double>{1, 1, 1, 1}));
}

TEST(Series, YearsThatTurnIntoMonthsHaveNoGap) {
  EXPECT_EQ(
      values("1993,1\n1994-01,2\n1994-02,3\n", by_date(), months({1993, 12, 0}, {1994, 2, 0})),
      (std::vector<double>{1, 2, 3}));
}

TEST(Series, RefusesStepsBeforeTheFirstValue) {
  EXPECT_EQ(faults("1992,1\n1993,2\n", by_date(), months({1991, 12, 0}, {1993, 12, 0})),
            (Lines{"D108 2:1-5 no value in 1991-12; the first in x.csv is of 1992 "
                   "(add earlier rows, or let the first value also hold before: `before held`)"}));
  EXPECT_EQ(faults("1992-01-15,1\n1992-02-15,2\n", by_date(), months({1992, 1, 0}, {1992, 2, 0}))
                .at(0)
                .substr(0, 32),
            "D108 2:1-11 no value in 1992-01;");
  SeriesRequest request = by_date();
  request.extend_before = true;
  request.between = Between::linear;
  EXPECT_EQ(values("1992,1\n1993,2\n", request, years(1990, 1993)),
            (std::vector<double>{1, 1, 1, 2}));
  request.between = Between::held;
  EXPECT_EQ(values("1992,1\n1993,2\n", request, years(1990, 1993)),
            (std::vector<double>{1, 1, 1, 2}));
}

TEST(Series, RefusesStepsAfterTheLastValue) {
  EXPECT_EQ(faults("1992,1\n1993,2\n", by_date(), months({1992, 1, 0}, {1994, 2, 0})),
            (Lines{"D109 3:1-5 no value from 1994-01 on; the last in x.csv is of 1993 "
                   "(add later rows, or let the last value hold on: `after held`)"}));
  SeriesRequest request = by_date();
  request.extend_after = true;
  EXPECT_EQ(values("1992,1\n1993,2\n", request, years(1992, 1995)),
            (std::vector<double>{1, 2, 2, 2}));
  request.between = Between::linear;
  EXPECT_EQ(values("1992,1\n1993,2\n", request, years(1992, 1995)),
            (std::vector<double>{1, 2, 2, 2}));
}

TEST(Series, FaultsNameTheLabels) {
  Reading reading("who,date,value\nA,1992,1\nB,1992,2\nA,1993,3\nB,1994,4\n");
  SeriesRequest request = by_date();
  request.wanted.keys = {{.column = "who", .labels = {"A", "B"}}};
  EXPECT_FALSE(read(reading, request, years(1991, 1994)));
  Lines messages;
  for (const std::string& line : reading.said())
    messages.push_back(line.substr(0, line.find(" (")));
  EXPECT_EQ(
      messages,
      (Lines{"D108 2:3-7 no value for A in 1991; the first in x.csv is of 1992; 1 more like it",
             "D109 4:3-7 no value for A from 1994 on; the last in x.csv is of 1993",
             "D107 5:3-7 no value for B between 1992 and 1994 in x.csv"}));
}

TEST(Series, RefusesWhatTheRowsRefuse) {
  EXPECT_EQ(faults("1992,1\n1992,2\n", by_date(), years(1992, 1992)),
            (Lines{"D105 3:1-5 two values at 1992 in x.csv "
                   "(remove one of them, or keep the rows that are meant with `where`)"}));
}

}  // namespace
}  // namespace casus::table
