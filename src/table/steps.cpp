// Searching steps by day.
#include "table/steps.hpp"

#include <algorithm>
#include <array>

namespace casus::table {

std::optional<std::size_t> first_step_in(const StepDates& steps, Day begin, Day end) {
  const auto step = std::lower_bound(steps.last.begin(), steps.last.end(), begin);
  if (step == steps.last.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(step - steps.last.begin());
  if (steps.first[index] > end) return std::nullopt;
  return index;
}

bool spans_steps(const StepDates& steps, Day begin, Day end) {
  const std::optional<std::size_t> step = first_step_in(steps, begin, end);
  return step && *step + 1 < steps.size() && steps.first[*step + 1] <= end;
}

std::string step_name(const StepDates& steps, std::size_t step) {
  const Date day = date_of(steps.first[step]);
  const std::array periods{Date{.year = day.year}, Date{.year = day.year, .month = day.month}};
  for (const Date& period : periods) {
    if (period.first_day() == steps.first[step] && period.last_day() == steps.last[step]) {
      return to_text(period);
    }
  }
  return to_text(day);
}

}  // namespace casus::table
