// The days of a model's steps, and which step a date falls into.
#pragma once

#include "base/calendar.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace casus::table {

/// The first and the last day of every step, in order of time; the same length, without gaps.
struct StepDates {
  std::vector<Day> first;
  std::vector<Day> last;

  std::size_t size() const { return first.size(); }
};

/// The first step that shares a day with [begin, end]; nullopt when none does.
std::optional<std::size_t> first_step_in(const StepDates& steps, Day begin, Day end);

/// Whether [begin, end] holds a day of more than one step.
bool spans_steps(const StepDates& steps, Day begin, Day end);

/// The step as a person writes its date: 1991, 1991-12, or the first day of other steps.
std::string step_name(const StepDates& steps, std::size_t step);

}  // namespace casus::table
