// Comparing programs instruction by instruction.
#include "case/divergence.hpp"

#include "case/history.hpp"

#include <algorithm>
#include <bit>

namespace casus::cases {
namespace {

using machine::Accumulation;
using machine::Accumulator;
using machine::Instruction;
using machine::LawUse;
using machine::Program;
using machine::Sink;
using machine::Write;

bool same(const Instruction& a, const Instruction& b) {
  return a.op == b.op && a.a == b.a && a.b == b.b && a.c == b.c;
}

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same(const LawUse& a, const LawUse& b) {
  return a.law == b.law && a.site == b.site && a.arguments == b.arguments;
}

bool same(const Write& a, const Write& b) { return a.target == b.target && a.source == b.source; }

bool same(const Accumulation& a, const Accumulation& b) {
  return a.target == b.target && a.value == b.value && a.condition == b.condition;
}

bool same(const Sink& a, const Sink& b) { return a.value == b.value && a.live == b.live; }

bool same(const Accumulator& a, const Accumulator& b) {
  return a.fold == b.fold && a.first_step == b.first_step && a.last_step == b.last_step;
}

template <class T>
bool all_same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}

/// Series may be added, at the end, for what differs later.
bool same_series(const machine::SeriesTable& a, const machine::SeriesTable& b) {
  const std::size_t n = std::min(a.values.size(), b.values.size());
  return a.n_steps == b.n_steps &&
         std::equal(a.values.begin(), a.values.begin() + static_cast<std::ptrdiff_t>(n),
                    b.values.begin(), [](double x, double y) { return same(x, y); });
}

}  // namespace

bool same_program(const Program& a, const Program& b) {
  return all_same(a.code, b.code) && all_same(a.constants, b.constants) &&
         all_same(a.calls, b.calls) && all_same(a.states, b.states) &&
         all_same(a.outputs, b.outputs) && all_same(a.accumulations, b.accumulations) &&
         all_same(a.sinks, b.sinks);
}

std::uint32_t divergence_of(const language::Lowered& baseline, const language::Lowered& changed) {
  const std::uint32_t n_steps = step_count(baseline);
  const bool begin_alike = same_program(baseline.parameters, changed.parameters) &&
                           same_program(baseline.initial, changed.initial) &&
                           same_series(baseline.series, changed.series) &&
                           all_same(baseline.accumulators, changed.accumulators) &&
                           baseline.state_names == changed.state_names &&
                           baseline.output_columns.size() == changed.output_columns.size() &&
                           baseline.first_result_step == changed.first_result_step &&
                           n_steps == step_count(changed);
  if (!begin_alike) return 0;
  std::uint32_t step = 0;
  while (step < n_steps) {
    const language::Segment& mine = baseline.segments[segment_of(baseline, step)];
    const language::Segment& theirs = changed.segments[segment_of(changed, step)];
    if (!same_program(mine.program, theirs.program)) return step;
    step = std::min(mine.last, theirs.last) + 1;
  }
  return n_steps;
}

}  // namespace casus::cases
