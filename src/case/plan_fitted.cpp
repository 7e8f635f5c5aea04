// Jobs whose histories go on from a record.
#include "base/text.hpp"
#include "case/fitted.hpp"
#include "case/score.hpp"
#include "case/stop.hpp"
#include "language/given.hpp"
#include "machine/lanes/needs.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::cases {
namespace {

using language::Lowered;
using machine::Op;

void refuse_with_record(const Request& request) {
  constexpr std::string_view why = "given the record, parameters and states come from it";
  if (request.at_median)
    stop("R125", "the priors' medians beside a record", std::string(why) + ": leave out --at");
  if (request.shard) {
    stop("R125", "a shard of a fitted model",
         "the sampler is one piece of work: leave out --shard");
  }
}

/// The step that a date begins in.
std::uint32_t step_at(const LoadedCase& loaded, const std::string& date) {
  const language::Steps& steps = loaded.model.steps;
  if (const auto written = parse_date(date)) {
    if (const auto step = steps.step_of(*written)) return *step;
  }
  return step_behind(loaded, date) - 1;
}

/// Whether something that looks like a time lies behind the case's last step.
bool is_beyond(const language::Steps& steps, const std::string& text) {
  const std::string last = steps.label(steps.count - 1);
  if (steps.kind == language::Steps::Kind::calendar) {
    const std::optional<Date> date = parse_date(text);
    const std::optional<Date> end = parse_date(last);
    return date && end && text.substr(0, 4) >= last.substr(0, 4) && !steps.last_step_of(*date);
  }
  const std::optional<double> number = parse_number(text);
  const std::optional<double> end = parse_number(last);
  return number && end && *number > *end;
}

std::uint32_t last_step_of(const LoadedCase& loaded, const std::string& to) {
  const language::Steps& steps = loaded.model.steps;
  if (to.empty()) {
    stop("R126", "no date to go on to",
         fmt::format("say it: --to {}", steps.label(steps.count - 1)));
  }
  if (is_beyond(steps, to)) {
    stop(
        "R126",
        fmt::format("{} is not made for times after {}", loaded.name, steps.label(steps.count - 1)),
        "what a case assumes holds inside its own time; to go further, extend the case and give "
        "reasons");
  }
  return step_behind(loaded, to) - 1;
}

/// The step behind the last of which something is recorded.
std::uint32_t behind_record(const language::Model& model) {
  std::uint32_t behind = 0;
  for (const language::ScoreColumn& column : language::score_columns(model, model.steps.count)) {
    for (std::uint32_t step = behind; step < column.is_recorded.size(); ++step) {
      if (column.is_recorded[step]) behind = step + 1;
    }
  }
  return behind;
}

/// The last step that each accumulator folds.
std::vector<std::uint32_t> last_steps(const Lowered& lowered) {
  std::vector<std::uint32_t> last;
  for (const machine::Accumulator& one : lowered.accumulators) {
    const bool is_empty = one.last_step < one.first_step;
    const bool is_one = one.fold == machine::Fold::at;
    last.push_back(is_empty ? 0 : is_one ? one.first_step : one.last_step);
  }
  return last;
}

}  // namespace

Job plan_fitted(const LoadedCase& loaded, const Request& request) {
  refuse_with_record(request);
  if (!request.from.empty()) {
    stop("R125", "a start beside a record",
         "given the record histories stand where it has brought them: leave out --from");
  }
  (void)fit_settings(request);
  Job job = plan_whatif(loaded, request);
  job.plan.baselines.back().start.clear();
  return job;
}

Job plan_project(const LoadedCase& loaded, const Request& request) {
  refuse_with_record(request);
  (void)fit_settings(request);
  const std::uint32_t last = last_step_of(loaded, request.to);
  const std::uint32_t first =
      request.from.empty() ? behind_record(loaded.model) : step_at(loaded, request.from);
  if (first > last) {
    const language::Steps& steps = loaded.model.steps;
    stop("R127", fmt::format("nothing to project up to {}", steps.label(last)),
         request.from.empty()
             ? fmt::format("the record reaches to {}; begin earlier with --from, or go further",
                           steps.label(first - 1))
             : "--from stands before --to");
  }
  Request free = request;
  free.from.clear();
  Job job = plan_run(loaded, free);
  job.command = "project";
  job.request.from = request.from;
  job.first_step = first;
  job.last_step = last;
  return job;
}

std::vector<bool> measures_beyond(const Lowered& lowered, std::uint32_t last) {
  const machine::Program& program = lowered.measures;
  const std::vector<std::uint32_t> ends = last_steps(lowered);
  const std::vector<machine::Rate> rates(lowered.accumulators.size(), machine::Rate::history);
  const machine::Studied study = machine::studied(program, rates, true);
  std::vector<bool> beyond(program.code.size());
  for (std::uint32_t i = 0; i < program.code.size(); ++i) {
    if (program.code[i].op == Op::state) beyond[i] = ends[program.code[i].a] > last;
    machine::for_each_read(study, i, [&](std::uint32_t read) {
      if (beyond[read]) beyond[i] = true;
    });
  }
  std::vector<bool> outputs(lowered.n_measure_outputs);
  for (const machine::Write& write : program.outputs) outputs[write.target] = beyond[write.source];
  std::vector<bool> result;
  for (const language::MeasureColumn& column : lowered.measure_columns) {
    const bool is_ratio = column.kind == language::MeasureColumn::Kind::ratio;
    result.push_back(outputs[column.value] || (is_ratio && outputs[column.denominator]) ||
                     (column.given && outputs[*column.given]));
  }
  return result;
}

}  // namespace casus::cases
