// The steps of a case: how many, how long, and which dates they hold.
#pragma once

#include "base/calendar.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casus::language {

struct Steps {
  enum class Kind : std::uint8_t { calendar, numeric, plain, rows };

  Kind kind = Kind::plain;
  std::uint32_t count = 0;
  double dt = 1.0;               ///< years by calendar, the declared unit's base value, or 1
  std::string unit{};            ///< of time when numeric: as declared; "step" when plain; or "row"
  double start = 0.0;            ///< numeric: the first step's time, in declared units
  double width = 1.0;            ///< numeric: a step's length, in declared units
  std::vector<Day> first_day{};  ///< (count) calendar only
  std::vector<Day> last_day{};   ///< (count)
  std::string by{};              ///< "month", "week", ...

  /// The step that contains the date's first day; nothing outside the case's time.
  std::optional<std::uint32_t> step_of(const Date& date) const;
  /// The step that contains the date's last day.
  std::optional<std::uint32_t> last_step_of(const Date& date) const;

  /// "2020-09", "12.5", "37", "row 37": how results call a step.
  std::string label(std::uint32_t step) const;

  /// "step" or "row".
  const char* word() const { return kind == Kind::rows ? "row" : "step"; }

  /// "the case runs from 2000-01 to 2010-12"
  std::string range_text() const;
};

}  // namespace casus::language
