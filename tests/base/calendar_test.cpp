// The calendar, against days of the week and day counts known from elsewhere.
#include "base/calendar.hpp"

#include "base/bug.hpp"

#include <gtest/gtest.h>

namespace casus {
namespace {

Date date(std::int32_t year, std::int32_t month = 0, std::int32_t day = 0) {
  return {.year = year, .month = month, .day = day};
}

TEST(Calendar, NumbersDaysFromTheUnixEpoch) {
  EXPECT_EQ(day_number(1970, 1, 1), 0);
  EXPECT_EQ(day_number(1969, 12, 31), -1);
  EXPECT_EQ(day_number(2000, 3, 1), 11'017);
  // Unix time 1000000000 was 2001-09-09 01:46:40 UTC, 2^31 is 2038-01-19 03:14:08 UTC.
  EXPECT_EQ(day_number(2001, 9, 9), 1'000'000'000 / 86'400);
  EXPECT_EQ(day_number(2038, 1, 19), 2'147'483'648LL / 86'400);
}

TEST(Calendar, AgreesWithModifiedJulianDays) {
  // MJD 0 is 1858-11-17, MJD 51544 is 2000-01-01 (US Naval Observatory).
  EXPECT_EQ(day_number(2000, 1, 1) - day_number(1858, 11, 17), 51'544);
}

TEST(Calendar, AgreesWithTheJulianCalendarsLastDay) {
  // Friday 1582-10-15 Gregorian is Julian day number 2299161; 1970-01-01 is 2440588.
  EXPECT_EQ(day_number(1582, 10, 15), 2'299'161 - 2'440'588);
}

TEST(Calendar, KnowsLeapYears) {
  EXPECT_TRUE(is_leap_year(2000));
  EXPECT_TRUE(is_leap_year(2020));
  EXPECT_FALSE(is_leap_year(1900));
  EXPECT_FALSE(is_leap_year(2100));
  EXPECT_FALSE(is_leap_year(2023));
  EXPECT_EQ(days_in_month(2000, 2), 29);
  EXPECT_EQ(days_in_month(1900, 2), 28);
  EXPECT_EQ(days_in_month(2023, 9), 30);
  EXPECT_EQ(days_in_month(2023, 12), 31);
  EXPECT_THROW(days_in_month(2023, 13), Bug);
}

TEST(Calendar, Has97LeapDaysIn400Years) {
  EXPECT_EQ(day_number(2001, 1, 1) - day_number(1601, 1, 1), 400 * 365 + 97);
}

TEST(Calendar, CountsEveryDayForAndBack) {
  Day day = day_number(1, 1, 1);
  for (std::int32_t year = 1; year <= 2500; ++year) {
    for (std::int32_t month = 1; month <= 12; ++month) {
      for (std::int32_t in_month = 1; in_month <= days_in_month(year, month); ++in_month) {
        ASSERT_EQ(day_number(year, month, in_month), day);
        ASSERT_EQ(date_of(day), date(year, month, in_month));
        ++day;
      }
    }
  }
}

TEST(Calendar, GoesBeforeYearOne) {
  EXPECT_EQ(date_of(day_number(1, 1, 1) - 1), date(0, 12, 31));
  EXPECT_EQ(day_number(0, 2, 29) + 1, day_number(0, 3, 1));
  EXPECT_EQ(date_of(day_number(-400, 3, 1)), date(-400, 3, 1));
}

TEST(ParseDate, ReadsThreePrecisions) {
  EXPECT_EQ(parse_date("2020"), date(2020));
  EXPECT_EQ(parse_date("2020-09"), date(2020, 9));
  EXPECT_EQ(parse_date("2020-09-27"), date(2020, 9, 27));
  EXPECT_EQ(parse_date("2020-02-29"), date(2020, 2, 29));
  EXPECT_EQ(parse_date("0001-01-01"), date(1, 1, 1));
}

TEST(ParseDate, ReadsNothingElse) {
  for (const char* text : {"",           "20",         "202",         "20200",      "2020-",
                           "2020-9",     "2020-9-27",  "2020-09-",    "2020-09-2",  "2020-09-271",
                           "2020/09/27", "2020-09/27", "2020-09-27 ", " 2020",      "-2020",
                           "20a0",       "2020-1a",    "2020-09-2x",  "27-09-2020", "2020--9",
                           "+202",       "2020-+9",    "2020-09-+7",  "202009",     "20200927"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << '"' << text << '"';
  }
}

TEST(ParseDate, KnowsWhichDaysThereAre) {
  for (const char* text : {"0000", "2020-00", "2020-13", "2020-01-00", "2020-01-32", "2020-04-31",
                           "2021-02-29", "1900-02-29"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(DateToText, ReadsBack) {
  for (const char* text : {"0987", "2020", "2020-09", "2020-09-27"}) {
    const std::optional<Date> parsed = parse_date(text);
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(to_text(*parsed), text);
  }
}

TEST(Date, SpansTheDaysItNames) {
  EXPECT_EQ(date(2020).first_day(), day_number(2020, 1, 1));
  EXPECT_EQ(date(2020).last_day(), day_number(2020, 12, 31));
  EXPECT_EQ(date(2020, 2).first_day(), day_number(2020, 2, 1));
  EXPECT_EQ(date(2020, 2).last_day(), day_number(2020, 2, 29));
  EXPECT_EQ(date(2021, 2).last_day(), day_number(2021, 2, 28));
  EXPECT_EQ(date(2020, 9, 27).first_day(), date(2020, 9, 27).last_day());
}

TEST(AddMonths, ClampsToTheMonthsEnd) {
  EXPECT_EQ(add_months(date(2021, 1, 31), 1), date(2021, 2, 28));
  EXPECT_EQ(add_months(date(2020, 1, 31), 1), date(2020, 2, 29));
  EXPECT_EQ(add_months(date(2020, 2, 29), 12), date(2021, 2, 28));
  EXPECT_EQ(add_months(date(2020, 8, 31), 1), date(2020, 9, 30));
  EXPECT_EQ(add_months(date(2020, 9, 27), 4), date(2021, 1, 27));
}

TEST(AddMonths, GoesBackToo) {
  EXPECT_EQ(add_months(date(2020, 1, 15), -1), date(2019, 12, 15));
  EXPECT_EQ(add_months(date(2020, 3, 31), -13), date(2019, 2, 28));
  EXPECT_EQ(add_months(date(2020, 12, 1), -12), date(2019, 12, 1));
}

TEST(AddMonths, KeepsThePrecision) {
  EXPECT_EQ(add_months(date(2020, 11), 3), date(2021, 2));
  EXPECT_EQ(add_months(date(2020), 24), date(2022));
  EXPECT_EQ(add_months(date(2020), 5), date(2020, 6));
}

}  // namespace
}  // namespace casus
