// What can be said of a run before it starts.
#include "inference/scored_run.hpp"

namespace casus::inference {

bool is_exact(const ScoredRun& run) {
  std::vector<const machine::Program*> steps;
  for (const machine::StepsOf& segment : run.programs.segments) steps.push_back(segment.program);
  const std::vector<machine::Rate> least(run.programs.n_states, machine::Rate::set_step);
  const std::vector<machine::Rate> states =
      machine::state_rates(*run.programs.initial, steps, least);
  for (const machine::Program* program : steps) {
    const std::vector<machine::Rate> rates = machine::rates_of(*program, states);
    for (const machine::Write& output : program->outputs) {
      if (!machine::is_within(rates[output.source], machine::Rate::set_step)) return false;
    }
  }
  return true;
}

std::uint32_t first_step(const ScoredRun& run) { return run.programs.segments.front().first; }

std::uint32_t last_step(const ScoredRun& run) { return run.programs.segments.back().last; }

}  // namespace casus::inference
