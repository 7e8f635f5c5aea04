#include "language/declare.hpp"

#include <cmath>
#include <fmt/format.h>

namespace casus::language {

namespace {

constexpr std::uint32_t most_steps = 1'000'000;

void too_many(const TimeStatement& time, double count, Diagnostics& found) {
  found.add(
      {.code = "T003",
       .message = fmt::format("{:.0f} steps are more than a run may have ({})", count, most_steps),
       .primary = {time.span, {}},
       .help = "take longer steps or a shorter time"});
}

/// First day of the step after the one that begins on `day`.
Day next_start(Day day, const std::string& by) {
  if (by == "day") return day + 1;
  if (by == "week") return day + 7;
  const Date date = date_of(day);
  if (by == "year") return day_number(date.year + 1, date.month, 1);
  return date.month == 12 ? day_number(date.year + 1, 1, 1)
                          : day_number(date.year, date.month + 1, 1);
}

Day aligned_start(const Date& from, const std::string& by) {
  Date date = from;
  if (by == "year") date = {.year = from.year};
  if (by == "month") date.day = 0;
  return date.first_day();
}

/// Years in a step; the case's base unit of time is the year.
double step_years(const std::string& by) {
  if (by == "year") return 1.0;
  if (by == "month") return 1.0 / 12.0;
  return by == "week" ? 7.0 / 365.25 : 1.0 / 365.25;
}

void calendar_steps(Model& model, const TimeStatement& time, Diagnostics& found) {
  const std::optional<Date> from = written_date(model.tree, time.from);
  const std::optional<Date> to = written_date(model.tree, time.to);
  if (!from || !to) {
    found.add({.code = "T001",
               .message = "the time of a case runs between two dates",
               .primary = {time.span, {}},
               .help = "for example `time from 1991-12 to 2023-12 by month`"});
    return;
  }
  if (to->last_day() < from->first_day()) {
    found.add({.code = "T002",
               .message = fmt::format("time ends ({}) before it begins ({})", to_text(*to),
                                      to_text(*from)),
               .primary = {time.span, {}}});
    return;
  }
  Steps& steps = model.steps;
  steps.kind = Steps::Kind::calendar;
  steps.by = time.by.text;
  steps.dt = step_years(steps.by);
  steps.unit = "year";
  const Day last = to->last_day();
  const double expected = (last - from->first_day()) / (365.25 * steps.dt);
  if (expected > most_steps) return too_many(time, expected, found);
  for (Day day = aligned_start(*from, steps.by); day <= last;) {
    const Day next = next_start(day, steps.by);
    steps.first_day.push_back(day);
    steps.last_day.push_back(next - 1);
    day = next;
  }
  steps.count = static_cast<std::uint32_t>(steps.first_day.size());
}

void numeric_steps(Model& model, const TimeStatement& time, Diagnostics& found) {
  const std::optional<double> from = constant_number(model.tree, time.from);
  const std::optional<double> to = constant_number(model.tree, time.to);
  const std::optional<double> by = constant_number(model.tree, time.step);
  if (!from || !to || !by || !(*by > 0.0) || !(*to > *from)) {
    found.add({.code = "T001",
               .message = "time runs upward between two numbers in positive steps",
               .primary = {time.span, {}},
               .help = "for example `time 0 to 110 by 0.01 unit \"day\"`"});
    return;
  }
  const double count = std::round((*to - *from) / *by);
  if (count > most_steps) return too_many(time, count, found);
  Steps& steps = model.steps;
  steps.kind = Steps::Kind::numeric;
  steps.count = static_cast<std::uint32_t>(std::max(count, 1.0));
  steps.start = *from;
  steps.width = *by;
  steps.unit = time.unit.text;
  const std::optional<double> years = time_unit_in_years(time.unit.text);
  steps.dt = *by * years.value_or(1.0);
}

void plain_steps(Model& model, const TimeStatement& time, Diagnostics& found) {
  const std::optional<double> count = constant_number(model.tree, time.count);
  if (!count || *count < 1.0 || *count != std::floor(*count)) {
    found.add({.code = "T001",
               .message = "the number of steps is a whole number from 1 on",
               .primary = {time.span, {}},
               .help = "for example `time 400 steps`"});
    return;
  }
  if (*count > most_steps) return too_many(time, *count, found);
  model.steps.kind = Steps::Kind::plain;
  model.steps.count = static_cast<std::uint32_t>(*count);
  model.steps.unit = "step";
}

/// Each row of a file is a step that knows nothing of the others.
void row_steps(Model& model, const TimeStatement& time, Inputs& inputs, Diagnostics& found) {
  const std::optional<std::uint32_t> count = inputs.n_rows(time.file, found);
  if (!count) return;
  if (*count > most_steps) return too_many(time, *count, found);
  model.steps.kind = Steps::Kind::rows;
  model.steps.count = *count;
  model.steps.unit = "row";
}

}  // namespace

void declare_steps(Model& model, Inputs& inputs, Diagnostics& found) {
  const CaseStatement* the_case = nullptr;
  for (const Statement& statement : model.tree.statements) {
    if (const auto* at = std::get_if<CaseStatement>(&statement)) the_case = at;
  }
  if (the_case == nullptr || !the_case->time) {
    Diagnostic missing{
        .code = "T004",
        .message = "the case does not say over which time it runs",
        .primary = {the_case != nullptr ? the_case->span : Span{}, {}},
        .help =
            "add for example\n    case \"My case\"\n        time from 1994-06 to 2020-12 by month"};
    missing.has_place = the_case != nullptr;
    found.add(std::move(missing));
    return;
  }
  model.title = the_case->title;
  model.claims_file = the_case->claims;
  const TimeStatement& time = *the_case->time;
  if (time.kind == TimeStatement::Kind::calendar) calendar_steps(model, time, found);
  if (time.kind == TimeStatement::Kind::numeric) numeric_steps(model, time, found);
  if (time.kind == TimeStatement::Kind::steps) plain_steps(model, time, found);
  if (time.kind != TimeStatement::Kind::rows) return;
  refuse_time(model.tree, found);
  row_steps(model, time, inputs, found);
}

}  // namespace casus::language
