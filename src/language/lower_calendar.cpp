// Dates: since, during, pulse and half_life as series over steps, and the steps that ranges name.
#include "language/lowering.hpp"
#include "language/step_range.hpp"

#include <algorithm>

namespace casus::language {

/// Time from the start of the run to the start of the step.
Value Lowering::elapsed() {
  std::vector<double> times(model().steps.count);
  for (std::size_t step = 0; step < times.size(); ++step)
    times[step] = static_cast<double>(step) * model().steps.dt;
  return builder_.series(plan_.series(times));
}

Value Lowering::calendar(NodeId node, const Call& at, const Environment& environment) {
  if (at.function.text == "half_life") {
    constexpr double log_half = -0.693147180559945309417232121458176568;
    const Value rate = builder_.divide(builder_.constant(log_half * model().steps.dt),
                                       number(at.arguments.front(), environment));
    return builder_.apply(Op::exponential, rate);
  }
  const Meaning& first = model().meaning(at.arguments.front());
  const bool of_event = first.kind == Meaning::Kind::quantity;
  if (of_event && at.function.text == "pulse")
    return event_pulse(QuantityId{first.target}, environment);
  const auto [made, fresh] = plan_.series_of_node.try_emplace(static_cast<std::uint32_t>(node));
  if (fresh) {
    made->second = plan_.series(
        of_event ? steps_of_event(QuantityId{first.target}, at.function.text == "since")
                 : steps_of_dates(at));
  }
  return builder_.series(made->second);
}

/// 1 from a date on, or from one to another.
std::vector<double> Lowering::steps_of_dates(const Call& at) const {
  const std::uint32_t count = model().steps.count;
  const std::uint32_t from = first_step_meeting(model(), at.arguments.front());
  const std::uint32_t beyond =
      at.function.text == "since" ? count : first_step_after(model(), at.arguments.back());
  std::vector<double> values(count, 0.0);
  for (std::uint32_t step = from; step < std::min(beyond, count); ++step) values[step] = 1.0;
  return values;
}

/// Magnitudes are added up in each step; a span counts in its first.
Value Lowering::event_pulse(QuantityId event, const Environment& environment) {
  const auto& statement = model().statement<EventStatement>(model()[event].statement);
  std::vector<double> known(model().steps.count, 0.0);
  std::optional<Value> unknown;
  for (const EventStatement::Date& date : statement.dates) {
    const std::uint32_t step = first_step_meeting(model(), date.at);
    if (step >= known.size() || !meets_time(model(), date.at)) continue;
    const Value magnitude =
        date.magnitude == no_node ? builder_.constant(1.0) : number(date.magnitude, environment);
    if (const std::optional<double> value = builder_.known(magnitude)) {
      known[step] += *value;
      continue;
    }
    std::vector<double> here(model().steps.count, 0.0);
    here[step] = 1.0;
    const Value term = builder_.multiply(builder_.series(plan_.series(here)), magnitude);
    unknown = unknown ? builder_.add(*unknown, term) : term;
  }
  const Value series = builder_.series(plan_.series(known));
  return unknown ? builder_.add(series, *unknown) : series;
}

/// 1 in the steps of an event's dates and spans, or from its first date on.
std::vector<double> Lowering::steps_of_event(QuantityId event, bool from_first) const {
  const auto& statement = model().statement<EventStatement>(model()[event].statement);
  std::vector<double> values(model().steps.count, 0.0);
  for (const EventStatement::Date& date : statement.dates) {
    const std::uint32_t from = first_step_meeting(model(), date.at);
    const NodeId last = date.to == no_node ? date.at : date.to;
    const std::uint32_t beyond = from_first ? model().steps.count : first_step_after(model(), last);
    for (std::uint32_t step = from; step < std::min(beyond, model().steps.count); ++step)
      values[step] = 1.0;
  }
  return values;
}

Value Lowering::date_step(NodeId node, bool last) {
  const auto step = last ? static_cast<double>(first_step_after(model(), node)) - 1.0
                         : static_cast<double>(first_step_meeting(model(), node));
  return builder_.constant(step);
}

}  // namespace casus::language
