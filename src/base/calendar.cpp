// The proleptic Gregorian calendar. Day numbers after Howard Hinnant, "chrono-Compatible Low-Level
// Date Algorithms" (2013), days_from_civil and civil_from_days: years begin in March, so that the
// leap day is the last of its year, and repeat after eras of 400 years.
#include "base/calendar.hpp"

#include "base/bug.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace casus {
namespace {

constexpr std::int64_t years_per_era = 400;
constexpr std::int64_t days_per_era = 146'097;
constexpr std::int64_t days_before_1970 = 719'468;  // from 0000-03-01

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return (a >= 0 ? a : a - (b - 1)) / b; }

/// `text` as a number when it has exactly `digits` digits and nothing else.
std::optional<std::int32_t> parse_digits(std::string_view text, std::size_t digits) {
  if (text.size() != digits) return std::nullopt;
  std::int32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool in_calendar(const Date& date) {
  return date.year >= 1 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
         date.day <= days_in_month(date.year, date.month);
}

}  // namespace

bool is_leap_year(std::int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
  constexpr std::array<std::int32_t, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  require(month >= 1 && month <= 12, "a month outside 1 to 12");
  return month == 2 && is_leap_year(year) ? 29 : days[static_cast<std::size_t>(month) - 1];
}

Day day_number(std::int32_t year, std::int32_t month, std::int32_t day) {
  const std::int64_t march_year = month <= 2 ? std::int64_t{year} - 1 : std::int64_t{year};
  const std::int64_t era = floor_divide(march_year, years_per_era);
  const std::int64_t year_of_era = march_year - era * years_per_era;
  const std::int64_t months_since_march = (month + 9) % 12;
  const std::int64_t day_of_year = (153 * months_since_march + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<Day>(era * days_per_era + day_of_era - days_before_1970);
}

Date date_of(Day day) {
  const std::int64_t since_march_0000 = std::int64_t{day} + days_before_1970;
  const std::int64_t era = floor_divide(since_march_0000, days_per_era);
  const std::int64_t day_of_era = since_march_0000 - era * days_per_era;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t months_since_march = (5 * day_of_year + 2) / 153;
  const std::int64_t month =
      months_since_march < 10 ? months_since_march + 3 : months_since_march - 9;
  const std::int64_t year = year_of_era + era * years_per_era + (month <= 2 ? 1 : 0);
  return {.year = static_cast<std::int32_t>(year),
          .month = static_cast<std::int32_t>(month),
          .day = static_cast<std::int32_t>(day_of_year - (153 * months_since_march + 2) / 5 + 1)};
}

Day Date::first_day() const { return day_number(year, std::max(month, 1), std::max(day, 1)); }

Day Date::last_day() const {
  if (month == 0) return day_number(year, 12, 31);
  return day_number(year, month, day == 0 ? days_in_month(year, month) : day);
}

std::optional<Date> parse_date(std::string_view text) {
  const bool has_month = text.size() > 4;
  const bool has_day = text.size() > 7;
  if ((has_month && text[4] != '-') || (has_day && text[7] != '-')) return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4), 4);
  const auto month = has_month ? parse_digits(text.substr(5, has_day ? 2 : text.npos), 2) : 1;
  const auto day = has_day ? parse_digits(text.substr(8), 2) : 1;
  if (!year || !month || !day) return std::nullopt;
  if (!in_calendar({.year = *year, .month = *month, .day = *day})) return std::nullopt;
  return Date{.year = *year, .month = has_month ? *month : 0, .day = has_day ? *day : 0};
}

std::string to_text(const Date& date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

Date add_months(const Date& date, std::int32_t months) {
  const std::int64_t month_number =
      std::int64_t{date.year} * 12 + std::max(date.month, 1) - 1 + months;
  const std::int64_t year = floor_divide(month_number, 12);
  Date result{.year = static_cast<std::int32_t>(year),
              .month = static_cast<std::int32_t>(month_number - year * 12) + 1};
  if (date.month == 0 && months % 12 == 0) result.month = 0;
  if (date.day > 0) result.day = std::min(date.day, days_in_month(result.year, result.month));
  return result;
}

}  // namespace casus
