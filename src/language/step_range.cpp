#include "language/step_range.hpp"

#include "base/text.hpp"
#include "language/declare.hpp"

#include <algorithm>
#include <cmath>

namespace casus::language {

namespace {

bool is_end(const Model& model, NodeId date) {
  const auto* name = std::get_if<Name>(&model.tree[date].expression);
  return name != nullptr && name->word.text == "end";
}

/// The label that a bound name stands for; nullptr for what is no bound name.
const std::string* label_of(const Model& model, NodeId date, const std::vector<Binding>& bound) {
  const auto* name = std::get_if<Name>(&model.tree[date].expression);
  if (name == nullptr) return nullptr;
  for (auto at = bound.rbegin(); at != bound.rend(); ++at) {
    if (at->name == name->word.text) return &model[at->set].labels[at->position];
  }
  return nullptr;
}

std::optional<Date> date_of(const Model& model, NodeId date, const std::vector<Binding>& bound) {
  const std::string* label = label_of(model, date, bound);
  return label != nullptr ? parse_date(*label) : written_date(model.tree, date);
}

std::uint32_t clamped(const Steps& steps, double step) {
  return static_cast<std::uint32_t>(std::clamp(step, 0.0, static_cast<double>(steps.count)));
}

/// A time counted by the case itself, as a number of steps from its beginning. Step k ends at k
/// + 1.
double steps_until(const Model& model, NodeId date, const std::vector<Binding>& bound) {
  const std::string* label = label_of(model, date, bound);
  const std::optional<double> written =
      label != nullptr ? parse_number(*label) : constant_number(model.tree, date);
  const double time = written.value_or(0.0);
  if (model.steps.kind == Steps::Kind::plain) return time;
  constexpr double rounding = 1e-9;  // of times such as 0.1 + 0.2
  return (time - model.steps.start) / model.steps.width - rounding;
}

}  // namespace

bool are_dates(const Model& model, SetId set) {
  const bool calendar = model.steps.kind == Steps::Kind::calendar;
  const std::vector<std::string>& labels = model[set].labels;
  return std::all_of(labels.begin(), labels.end(), [calendar](const std::string& label) {
    return calendar ? parse_date(label).has_value() : parse_number(label).has_value();
  });
}

std::uint32_t first_step_meeting(const Model& model, NodeId date,
                                 const std::vector<Binding>& bound) {
  const Steps& steps = model.steps;
  if (is_end(model, date)) return steps.count - 1;
  if (steps.kind != Steps::Kind::calendar)
    return clamped(steps, std::ceil(steps_until(model, date, bound)) - 1.0);
  const Day day = date_of(model, date, bound)->first_day();
  const auto at = std::lower_bound(steps.last_day.begin(), steps.last_day.end(), day);
  return static_cast<std::uint32_t>(at - steps.last_day.begin());
}

std::uint32_t first_step_after(const Model& model, NodeId date, const std::vector<Binding>& bound) {
  const Steps& steps = model.steps;
  if (is_end(model, date)) return steps.count;
  if (steps.kind != Steps::Kind::calendar)
    return clamped(steps, std::ceil(steps_until(model, date, bound)));
  const Day day = date_of(model, date, bound)->last_day();
  const auto at = std::upper_bound(steps.first_day.begin(), steps.first_day.end(), day);
  return static_cast<std::uint32_t>(at - steps.first_day.begin());
}

bool meets_time(const Model& model, NodeId date, const std::vector<Binding>& bound) {
  return first_step_meeting(model, date, bound) < model.steps.count &&
         first_step_after(model, date, bound) > 0;
}

StepRange steps_of(const Model& model, const DateRange& range, const std::vector<Binding>& bound) {
  StepRange result{.first = 0, .last = model.steps.count - 1};
  if (range.from != no_node) result.first = first_step_meeting(model, range.from, bound);
  std::uint32_t beyond = model.steps.count;
  if (range.to != no_node) beyond = first_step_after(model, range.to, bound);
  result.empty = beyond <= result.first;
  result.last = beyond == 0 ? 0 : beyond - 1;
  return result;
}

}  // namespace casus::language
