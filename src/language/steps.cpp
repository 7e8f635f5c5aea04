#include "language/steps.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

std::optional<std::uint32_t> step_holding(const Steps& steps, Day day) {
  if (steps.first_day.empty() || day < steps.first_day.front() || day > steps.last_day.back())
    return {};
  const auto after = std::upper_bound(steps.first_day.begin(), steps.first_day.end(), day);
  return static_cast<std::uint32_t>(after - steps.first_day.begin()) - 1;
}

}  // namespace

std::optional<std::uint32_t> Steps::step_of(const Date& date) const {
  return step_holding(*this, date.first_day());
}

std::optional<std::uint32_t> Steps::last_step_of(const Date& date) const {
  return step_holding(*this, date.last_day());
}

std::string Steps::label(std::uint32_t step) const {
  if (kind == Kind::plain) return std::to_string(step + 1);
  if (kind == Kind::rows) return "row " + std::to_string(step + 1);
  if (kind == Kind::numeric) return to_text(start + width * (step + 1), 12);  // its end
  Date date = date_of(first_day[step]);
  if (by == "month" || by == "year") date.day = 0;
  if (by == "year") date.month = 0;
  return to_text(date);
}

std::string Steps::range_text() const {
  const std::string first = kind == Kind::numeric ? to_text(start, 12) : label(0);
  return fmt::format("the case runs from {} to {}", first, label(count - 1));
}

}  // namespace casus::language
