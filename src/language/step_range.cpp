#include "language/step_range.hpp"

#include "language/declare.hpp"

#include <algorithm>
#include <cmath>

namespace casus::language {

namespace {

bool is_end(const Model& model, NodeId date) {
  const auto* name = std::get_if<Name>(&model.tree[date].expression);
  return name != nullptr && name->word.text == "end";
}

std::uint32_t clamped(const Steps& steps, double step) {
  return static_cast<std::uint32_t>(std::clamp(step, 0.0, static_cast<double>(steps.count)));
}

/// A time counted by the case itself, as a number of steps from its beginning. Step k ends at k
/// + 1.
double steps_until(const Model& model, NodeId date) {
  const double time = constant_number(model.tree, date).value_or(0.0);
  if (model.steps.kind == Steps::Kind::plain) return time;
  constexpr double rounding = 1e-9;  // of times such as 0.1 + 0.2
  return (time - model.steps.start) / model.steps.width - rounding;
}

}  // namespace

std::uint32_t first_step_meeting(const Model& model, NodeId date) {
  const Steps& steps = model.steps;
  if (is_end(model, date)) return steps.count - 1;
  if (steps.kind != Steps::Kind::calendar)
    return clamped(steps, std::ceil(steps_until(model, date)) - 1.0);
  const Day day = written_date(model.tree, date)->first_day();
  const auto at = std::lower_bound(steps.last_day.begin(), steps.last_day.end(), day);
  return static_cast<std::uint32_t>(at - steps.last_day.begin());
}

std::uint32_t first_step_after(const Model& model, NodeId date) {
  const Steps& steps = model.steps;
  if (is_end(model, date)) return steps.count;
  if (steps.kind != Steps::Kind::calendar)
    return clamped(steps, std::ceil(steps_until(model, date)));
  const Day day = written_date(model.tree, date)->last_day();
  const auto at = std::upper_bound(steps.first_day.begin(), steps.first_day.end(), day);
  return static_cast<std::uint32_t>(at - steps.first_day.begin());
}

bool meets_time(const Model& model, NodeId date) {
  return first_step_meeting(model, date) < model.steps.count && first_step_after(model, date) > 0;
}

StepRange steps_of(const Model& model, const DateRange& range) {
  StepRange result{.first = 0, .last = model.steps.count - 1};
  if (range.from != no_node) result.first = first_step_meeting(model, range.from);
  std::uint32_t beyond = model.steps.count;
  if (range.to != no_node) beyond = first_step_after(model, range.to);
  result.empty = beyond <= result.first;
  result.last = beyond == 0 ? 0 : beyond - 1;
  return result;
}

}  // namespace casus::language
