// Programs in their order: parameters, initial, steps, measures.
#include "case/history.hpp"

#include "base/bug.hpp"
#include "machine/trace.hpp"

#include <cmath>

namespace casus::cases {

machine::Frame HistoryRunner::frame_of(HistoryState& history, std::uint32_t step) const {
  return {.parameters = history.parameters,
          .states = history.states,
          .series = &lowered_.series,
          .step = step,
          .key = history.key,
          .slot = history.slot};
}

HistoryRunner::Result HistoryRunner::draw_parameters(random::Key key, bool at_median,
                                                     std::span<double> parameters) {
  machine::Frame frame{.parameters = {},
                       .states = {},
                       .series = &lowered_.series,
                       .step = 0,
                       .key = key,
                       .slot = 0,
                       .at_median = at_median};
  if (Result failed = machine_.step(lowered_.parameters, frame)) return failed;
  for (const machine::Write& write : lowered_.parameters.outputs) {
    parameters[write.target] = machine_.value(write.source);
  }
  return std::nullopt;
}

HistoryRunner::Result HistoryRunner::begin(HistoryState& history) {
  machine::clear(lowered_.accumulators, history.accumulators);
  machine::Frame frame = frame_of(history, lowered_.segments.front().first);
  return machine_.step(lowered_.initial, frame);
}

HistoryRunner::Result HistoryRunner::step(HistoryState& history, std::size_t segment,
                                          std::uint32_t step) {
  const machine::Program& program = lowered_.segments[segment].program;
  machine::Frame frame = frame_of(history, step);
  if (Result failed = machine_.step(program, frame)) return failed;
  if (step >= lowered_.first_result_step) {
    machine::accumulate(program, lowered_.accumulators, machine_, step, history.accumulators);
  }
  return std::nullopt;
}

void HistoryRunner::copy_outputs(std::size_t segment, std::span<double> outputs,
                                 std::size_t stride) const {
  for (const machine::Write& write : lowered_.segments[segment].program.outputs) {
    outputs[write.target * stride] = machine_.value(write.source);
  }
}

/// The register of the first value just taken that is not finite.
std::optional<std::uint32_t> HistoryRunner::bad_taken(std::size_t segment,
                                                      std::uint32_t step) const {
  if (step < lowered_.first_result_step) return std::nullopt;
  for (const machine::Accumulation& taken : lowered_.segments[segment].program.accumulations) {
    const machine::Accumulator& into = lowered_.accumulators[taken.target];
    const bool is_due = into.fold == machine::Fold::at
                            ? step == into.first_step
                            : step >= into.first_step && step <= into.last_step;
    const bool holds =
        taken.condition == machine::no_register || machine_.value(taken.condition) != 0.0;
    if (is_due && holds && !std::isfinite(machine_.value(taken.value))) return taken.value;
  }
  return std::nullopt;
}

std::optional<HistoryRunner::Taken> HistoryRunner::first_bad_taken(HistoryState& history) {
  if (begin(history)) return std::nullopt;
  std::size_t segment = 0;
  for (std::uint32_t at = 0; at < step_count(lowered_); ++at) {
    if (at > lowered_.segments[segment].last) ++segment;
    if (step(history, segment, at)) return std::nullopt;
    const std::optional<std::uint32_t> bad = bad_taken(segment, at);
    if (!bad) continue;
    const machine::Program& program = lowered_.segments[segment].program;
    std::vector<double> registers(program.code.size());
    for (std::uint32_t i = 0; i < registers.size(); ++i) registers[i] = machine_.value(i);
    const machine::Trace trace{.program = program, .registers = registers, .step = at};
    return Taken{.segment = segment, .fault = machine::first_failure(trace, *bad)};
  }
  return std::nullopt;
}

HistoryRunner::Result HistoryRunner::measure(HistoryState& history, std::span<double> measures) {
  machine::Frame frame = frame_of(history, lowered_.segments.back().last);
  frame.states = history.accumulators;
  if (Result failed = machine_.step(lowered_.measures, frame)) return failed;
  for (const machine::Write& write : lowered_.measures.outputs) {
    measures[write.target] = machine_.value(write.source);
  }
  return std::nullopt;
}

std::size_t segment_of(const language::Lowered& lowered, std::uint32_t step) {
  for (std::size_t i = 0; i < lowered.segments.size(); ++i) {
    if (step <= lowered.segments[i].last) return i;
  }
  throw Bug("a step that no segment holds");
}

std::uint32_t step_count(const language::Lowered& lowered) {
  require(!lowered.segments.empty(), "a run without segments");
  return lowered.segments.back().last + 1;
}

}  // namespace casus::cases
