// Dates of the proleptic Gregorian calendar and the spans they name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casus {

/// Days since 1970-01-01.
using Day = std::int32_t;

/// A date as written: a year, a month or a day; 2020, 2020-09 or 2020-09-27.
struct Date {
  std::int32_t year = 0;
  std::int32_t month = 0;  ///< 0 when only a year is given
  std::int32_t day = 0;    ///< 0 when no day is given

  friend bool operator==(const Date&, const Date&) = default;

  Day first_day() const;  ///< of the year, month or day named
  Day last_day() const;
};

bool is_leap_year(std::int32_t year);
std::int32_t days_in_month(std::int32_t year, std::int32_t month);

/// nullopt when `text` is no date or the calendar has no such day. Years 0001 to 9999.
std::optional<Date> parse_date(std::string_view text);

std::string to_text(const Date& date);

Day day_number(std::int32_t year, std::int32_t month, std::int32_t day);
Date date_of(Day day);

/// A date some months later; the day is clamped to the month's end. A month stays a month. A year
/// stays a year when `months` are whole years and counts as its January otherwise.
Date add_months(const Date& date, std::int32_t months);

}  // namespace casus
