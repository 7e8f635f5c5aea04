// One history, given its record, step by step.
#include "case/score.hpp"

#include "base/text.hpp"
#include "case/history.hpp"
#include "case/lowered.hpp"
#include "case/stop.hpp"
#include "inference/scored_run.hpp"
#include "machine/lanes/needs.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace casus::cases {
namespace {

using machine::Op;

/// Names of what is drawn in steps, as far as scores or states depend on it.
std::vector<std::string> draws_behind_scores(const language::Lowered& lowered) {
  std::set<std::string> names;
  for (const language::Segment& segment : lowered.segments) {
    const machine::Program& program = segment.program;
    const std::vector<machine::Rate> states(lowered.state_names.size(), machine::Rate::history);
    const machine::Studied study = machine::studied(program, states, true);
    for (std::size_t i = 0; i < program.code.size(); ++i) {
      const bool is_draw = program.code[i].op == Op::uniform || program.code[i].op == Op::sample;
      if (is_draw && study.needed[i]) names.insert(program.origins[program.origin[i]].name);
    }
  }
  return {names.begin(), names.end()};
}

class Scoring {
 public:
  Scoring(const LoadedCase& loaded, const Job& job, RecordScore& score)
      : loaded_(loaded), job_(job), score_(score), runner_(score.lowered) {}

  void run() {
    const language::Lowered& lowered = score_.lowered;
    score_.parameters.resize(lowered.parameter_columns.size());
    const random::Key key =
        random::key_of(job_.request.seed, {.purpose = random::Purpose::parameter});
    fail(runner_.draw_parameters(key, true, score_.parameters), Failure::Where::parameters, 0);
    std::vector<double> states(lowered.state_names.size());
    std::vector<double> accumulators(lowered.accumulators.size());
    HistoryState history{
        .parameters = score_.parameters, .states = states, .accumulators = accumulators};
    fail(runner_.begin(history), Failure::Where::initial, 0);
    const std::size_t n_scores = lowered.score_columns.size();
    const std::size_t n_paths = lowered.path_columns.size();
    std::vector<double> outputs(n_scores + n_paths);
    for (std::size_t segment = 0; segment < lowered.segments.size(); ++segment) {
      const language::Segment& at = lowered.segments[segment];
      for (std::uint32_t step = at.first; step <= at.last; ++step) {
        fail(runner_.step(history, segment, step), Failure::Where::step,
             static_cast<std::uint32_t>(segment));
        runner_.copy_outputs(segment, outputs, 1);
        const auto middle = outputs.begin() + static_cast<std::ptrdiff_t>(n_scores);
        score_.scores.insert(score_.scores.end(), outputs.begin(), middle);
        score_.paths.insert(score_.paths.end(), middle, outputs.end());
      }
    }
  }

 private:
  void fail(HistoryRunner::Result failed, Failure::Where where, std::uint32_t segment) const {
    if (!failed) return;
    Ensemble one;
    one.n_sets = 1;
    one.per_set = 1;
    one.parameters = score_.parameters;
    one.failures.push_back({.where = where, .segment = segment, .fault = *failed});
    Diagnostics found;
    report_failures(score_.lowered, loaded_.model.steps, one, found);
    throw Stop{found};
  }

  const LoadedCase& loaded_;
  const Job& job_;
  RecordScore& score_;
  HistoryRunner runner_;
};

}  // namespace

void check_exact(const language::Lowered& lowered, const std::string& help) {
  const inference::ScoredRun run{
      .programs = programs_of(lowered),
      .n_columns = static_cast<std::uint32_t>(lowered.score_columns.size())};
  if (inference::is_exact(run)) return;
  std::vector<std::string> names = draws_behind_scores(lowered);
  constexpr std::size_t most = 4;
  if (names.size() > most) {
    names.resize(most);
    names.emplace_back("others");
  }
  stop("R118",
       fmt::format("what the record scores depends on draws that nobody recorded: {}",
                   join_text(names, ", ")),
       help);
}

std::uint32_t step_behind(const LoadedCase& loaded, const std::string& until) {
  const language::Steps& steps = loaded.model.steps;
  if (until.empty()) return steps.count;
  for (std::uint32_t step = 0; step < steps.count; ++step) {
    if (steps.label(step) == until) return step + 1;
  }
  const std::optional<Date> date = parse_date(until);
  if (date) {
    if (const auto step = steps.last_step_of(*date)) return *step + 1;
  }
  stop("R105", fmt::format("no date '{}' in {}", until, loaded.name), steps.range_text());
}

double RecordScore::of_column(std::size_t column) const {
  double sum = 0.0;
  const std::size_t n_columns = lowered.score_columns.size();
  for (std::size_t at = column; at < scores.size(); at += n_columns) sum += scores[at];
  return sum;
}

std::size_t RecordScore::n_recorded(std::size_t column) const {
  const auto& recorded = lowered.score_columns[column].is_recorded;
  return static_cast<std::size_t>(std::count(recorded.begin(), recorded.end(), true));
}

RecordScore score_record(const LoadedCase& loaded, const Job& job) {
  RecordScore score;
  language::Variant variant = job.plan.baselines.front();
  variant.outputs = false;
  variant.measures = false;
  variant.given = true;
  variant.paths = job.request.paths;
  variant.given_until = step_behind(loaded, job.request.until);
  score.lowered = lower_or_stop(loaded.model, variant);
  require_record(score.lowered);
  check_exact(
      score.lowered,
      "`casus score` is for records that leave nothing to chance; record these too, or make "
      "them constants");
  Scoring(loaded, job, score).run();
  for (std::size_t column = 0; column < score.lowered.score_columns.size(); ++column)
    score.log_likelihood += score.of_column(column);
  return score;
}

}  // namespace casus::cases
