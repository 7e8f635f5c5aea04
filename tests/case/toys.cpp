#include "case/toys.hpp"

#include "machine/builder.hpp"
#include "random/address.hpp"
#include "random/laws.hpp"

#include <array>

namespace casus::cases {
namespace {

using language::MeasureColumn;
using machine::Accumulator;
using machine::Builder;
using machine::Fold;
using machine::Op;
using machine::Value;

/// Starts state 0 at zero; measures are the accumulators themselves.
void finish(language::Lowered& lowered, std::uint32_t n_measure_outputs) {
  Builder initial;
  initial.write_state(0, initial.constant(0.0));
  lowered.initial = initial.finish();
  Builder measures;
  for (std::uint32_t i = 0; i < n_measure_outputs; ++i) measures.write_output(i, measures.state(i));
  lowered.measures = measures.finish();
  lowered.n_measure_outputs = n_measure_outputs;
  lowered.state_names = {"x"};
}

Value normal(Builder& builder, double mean, double sd, std::string_view name) {
  const std::array arguments{builder.constant(mean), builder.constant(sd)};
  return builder.sample(*random::find_law("normal"), arguments, random::site_of(name));
}

struct WalkOptions {
  double spread = 0.0;
  double noise = 1.0;
  std::uint32_t n_steps = 1;
  double margin = 0.0;  ///< 0: without the logarithm
};

language::Lowered walk_of(const WalkOptions& options) {
  language::Lowered lowered;
  Builder parameters;
  parameters.write_output(0, normal(parameters, 0.0, options.spread, "drift"));
  lowered.parameters = parameters.finish();
  lowered.parameter_columns = {{.name = "drift"}};

  Builder step;
  step.set_origin(step.add_origin({.name = "level", .span = {}}));
  const Value noise = normal(step, 0.0, options.noise, "noise");
  const Value x = step.add(step.add(step.state(0), step.parameter(0)), noise);
  step.must_be_finite(x);
  if (options.margin > 0.0) {
    step.must_be_finite(step.apply(Op::logarithm, step.add(x, step.constant(options.margin))));
  }
  step.write_state(0, x);
  step.write_output(0, x);
  step.accumulate(0, x);
  lowered.segments.push_back({.first = 0, .last = options.n_steps - 1, .program = step.finish()});
  lowered.accumulators = {Accumulator{.fold = Fold::at, .first_step = options.n_steps - 1}};
  lowered.output_columns = {{.name = "x"}};
  lowered.measure_columns = {{.name = "x at end", .kind = MeasureColumn::Kind::number}};
  finish(lowered, 1);
  return lowered;
}

}  // namespace

language::Lowered chain(double up, double down, std::uint32_t n_steps) {
  language::Lowered lowered;
  Builder step;
  const Value before = step.state(0);
  const Value u = step.uniform(random::site_of("move"));
  const Value rises = step.apply(Op::less, u, step.constant(up));
  const Value stays = step.apply(Op::logical_not, step.apply(Op::less, u, step.constant(down)));
  const Value after = step.select(before, stays, rises);
  step.write_state(0, after);
  step.write_output(0, after);
  step.write_output(1, after);
  const Value one = step.constant(1.0);
  step.accumulate(0, after);
  step.accumulate(1, after);
  step.accumulate(2, after);
  step.accumulate(3, one);
  lowered.segments.push_back({.first = 0, .last = n_steps - 1, .program = step.finish()});
  lowered.accumulators = {Accumulator{.fold = Fold::at, .first_step = n_steps - 1},
                          Accumulator{.fold = Fold::first}, Accumulator{.fold = Fold::sum},
                          Accumulator{.fold = Fold::sum}};
  lowered.output_columns = {{.name = "high", .truth = true},
                            {.name = "phase", .labels = {"low", "high"}}};
  lowered.measure_columns = {
      {.name = "high at end", .kind = MeasureColumn::Kind::truth, .value = 0},
      {.name = "first high", .kind = MeasureColumn::Kind::date, .value = 1},
      {.name = "steps high", .kind = MeasureColumn::Kind::number, .value = 2},
      {.name = "share high", .kind = MeasureColumn::Kind::ratio, .value = 2, .denominator = 3},
      {.name = "phase at end",
       .kind = MeasureColumn::Kind::label,
       .value = 0,
       .labels = {"low", "high"}},
      {.name = "steps high if high at end",
       .kind = MeasureColumn::Kind::number,
       .value = 2,
       .given = 0},
  };
  finish(lowered, 4);
  return lowered;
}

language::Lowered changed_chain(double up, double later_up, double down, std::uint32_t from,
                                std::uint32_t n_steps) {
  language::Lowered lowered = chain(up, down, n_steps);
  const language::Lowered later = chain(later_up, down, n_steps);
  lowered.segments.front().last = from - 1;
  lowered.segments.push_back(
      {.first = from, .last = n_steps - 1, .program = later.segments.front().program});
  return lowered;
}

language::Lowered walk(double spread, double noise, std::uint32_t n_steps) {
  return walk_of({.spread = spread, .noise = noise, .n_steps = n_steps});
}

language::Lowered failing_walk(double margin, std::uint32_t n_steps) {
  return walk_of({.spread = 1e-9, .noise = 1.0, .n_steps = n_steps, .margin = margin});
}

language::Steps plain_steps(std::uint32_t n_steps) {
  return {.kind = language::Steps::Kind::plain, .count = n_steps};
}

}  // namespace casus::cases
