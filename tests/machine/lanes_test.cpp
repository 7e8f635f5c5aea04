// The vector machine against the reference machine, bit for bit.
#include "machine/lanes/block.hpp"
#include "machine/reference.hpp"
#include "random_run.hpp"

#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

struct Shape {
  std::uint32_t n_lanes = 64;
  std::uint32_t per_set = 16;
  std::uint32_t n_histories = 100;
};

/// All numbers a run leaves: outputs by step, states and measures, history by history.
struct Trail {
  std::vector<double> numbers;
  bool failed = false;
};

std::vector<double> parameters_of(std::uint32_t set) {
  std::vector<double> parameters;
  for (std::uint32_t i = 0; i < RandomRun::n_parameters; ++i) {
    parameters.push_back(std::sin(1.0 + set * 3.7 + i));
  }
  return parameters;
}

random::Key key_of_set(std::uint32_t set) {
  return random::key_of(7, {.purpose = random::Purpose::history, .parameter_set = set});
}

Trail by_reference(const RandomRun& random, std::uint32_t history, const Shape& shape) {
  const RunPrograms run = random.run();
  const std::uint32_t set = history / shape.per_set;
  const std::vector<double> parameters = parameters_of(set);
  std::vector<double> states(run.n_states);
  std::vector<double> folded(run.accumulators.size());
  Reference machine;
  Trail trail;
  clear(run.accumulators, folded);
  Frame frame{.parameters = parameters,
              .states = states,
              .series = run.series,
              .step = 0,
              .key = key_of_set(set),
              .slot = history % shape.per_set};
  trail.failed = machine.step(*run.initial, frame).has_value();
  for (const StepsOf& segment : run.segments) {
    for (std::uint32_t step = segment.first; step <= segment.last && !trail.failed; ++step) {
      frame.step = step;
      trail.failed = machine.step(*segment.program, frame).has_value();
      for (const Write& write : segment.program->outputs) {
        trail.numbers.push_back(machine.value(write.source));
      }
      if (step < run.first_result_step) continue;
      accumulate(*segment.program, run.accumulators, machine, step, folded);
    }
  }
  trail.numbers.insert(trail.numbers.end(), states.begin(), states.end());
  frame.states = folded;
  frame.step = run.segments.back().last;
  trail.failed = trail.failed || machine.step(*run.measures, frame).has_value();
  for (const Write& write : run.measures->outputs) {
    trail.numbers.push_back(machine.value(write.source));
  }
  return trail;
}

/// The sets of the histories [first, first + n).
std::vector<SetOfBlock> sets_of(std::uint32_t first, std::uint32_t n, const Shape& shape,
                                std::vector<std::vector<double>>& parameters) {
  std::vector<SetOfBlock> sets;
  parameters.clear();
  parameters.reserve(n);
  for (std::uint32_t at = first; at < first + n;) {
    const std::uint32_t slot = at % shape.per_set;
    const std::uint32_t count = std::min(shape.per_set - slot, first + n - at);
    parameters.push_back(parameters_of(at / shape.per_set));
    sets.push_back({.key = key_of_set(at / shape.per_set),
                    .parameters = parameters.back(),
                    .first_slot = slot,
                    .n_lanes = count});
    at += count;
  }
  return sets;
}

std::vector<Trail> by_lanes(const LaneRun& run, const RandomRun& random, const Shape& shape,
                            std::uint32_t first) {
  const std::uint32_t n = std::min(shape.n_lanes, shape.n_histories - first);
  std::vector<std::vector<double>> parameters;
  LaneBlock block(run);
  block.seat(sets_of(first, n, shape, parameters));
  std::vector<Trail> trails(n);
  std::vector<double> numbers(std::max(random.n_outputs, random.n_measures) * n);
  const OutputRows rows{.values = numbers.data(), .stride = n, .n = n};
  const auto take = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::uint32_t lane = 0; lane < n; ++lane) {
        trails[lane].numbers.push_back(numbers[i * n + lane]);
      }
    }
  };
  bool failed = run.fails() || !block.begin();
  for (std::uint32_t step = 0; step < RandomRun::n_steps && !failed; ++step) {
    failed = !block.step(step, rows);
    if (!failed) take(random.n_outputs);
  }
  std::vector<double> states((RandomRun::n_states + random.accumulators.size()) * n);
  if (!failed) {
    block.save({.states = states.data(),
                .accumulators = states.data() + RandomRun::n_states * n,
                .stride = n});
    for (std::size_t i = 0; i < RandomRun::n_states; ++i) {
      for (std::uint32_t lane = 0; lane < n; ++lane) {
        trails[lane].numbers.push_back(states[i * n + lane]);
      }
    }
    failed = !block.measure(rows);
    take(random.n_measures);
  }
  for (Trail& trail : trails) trail.failed = failed;
  return trails;
}

bool same_bits(double x, double y) {
  const bool both_no_numbers = std::isnan(x) && std::isnan(y);
  return both_no_numbers || std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
}

/// "" when all are the same, else the first that is not.
std::string difference(const std::vector<double>& lanes, const std::vector<double>& reference) {
  if (lanes.size() != reference.size()) return "other counts";
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (same_bits(lanes[i], reference[i])) continue;
    return fmt::format("number {}: {:a} instead of {:a}", i, lanes[i], reference[i]);
  }
  return "";
}

void expect_agreement(const RandomRun& random, const Shape& shape, std::string_view target) {
  const RunPrograms programs = random.run();
  const LaneRun run(programs, {.n_lanes = shape.n_lanes,
                               .per_set = shape.per_set,
                               .outputs = true,
                               .at_least = {},
                               .kernels = kernels_of(target)});
  for (std::uint32_t first = 0; first < shape.n_histories; first += shape.n_lanes) {
    const std::vector<Trail> trails = by_lanes(run, random, shape, first);
    bool any_failed = false;
    for (std::uint32_t lane = 0; lane < trails.size(); ++lane) {
      const Trail expected = by_reference(random, first + lane, shape);
      any_failed = any_failed || expected.failed;
      if (trails[lane].failed) continue;
      ASSERT_FALSE(expected.failed) << "history " << first + lane;
      ASSERT_EQ(difference(trails[lane].numbers, expected.numbers), "")
          << "history " << first + lane;
    }
    ASSERT_EQ(trails.front().failed, any_failed);
  }
}

constexpr std::array shapes{
    Shape{.n_lanes = 64, .per_set = 16, .n_histories = 100},
    Shape{.n_lanes = 64, .per_set = 1, .n_histories = 70},
    Shape{.n_lanes = 64, .per_set = 128, .n_histories = 128},
    Shape{.n_lanes = 128, .per_set = 3, .n_histories = 150},
    Shape{.n_lanes = 64, .per_set = 50, .n_histories = 100},
};

TEST(Lanes, AgreeWithTheReferenceMachineOnRandomRuns) {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    const RandomRun random = RunGrower(seed).run();
    expect_agreement(random, shapes.at(seed % shapes.size()), "");
    if (HasFatalFailure()) return;
  }
}

TEST(Lanes, AgreeOnEveryTarget) {
  for (const std::string_view target : kernel_targets()) {
    SCOPED_TRACE(target);
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
      SCOPED_TRACE(seed);
      expect_agreement(RunGrower(seed).run(), shapes.at(seed % shapes.size()), target);
      if (HasFatalFailure()) return;
    }
  }
}

/// Of a product of parameter 0 and 0, which has its sign, and of parameter 1.
TEST(Lanes, RoundDownOnEveryTarget) {
  Builder builder;
  const Value zero = builder.apply(Op::floor, builder.uniform(0));
  builder.write_output(0, builder.apply(Op::floor, builder.multiply(builder.parameter(0), zero)));
  builder.write_output(1, builder.apply(Op::floor, builder.add(builder.parameter(1), zero)));
  builder.write_output(2, builder.apply(Op::floor, builder.parameter(0)));
  const Program program = builder.finish();
  const Program nothing;
  const SeriesTable series;
  const RunPrograms programs{.initial = &nothing,
                             .segments = {{.first = 0, .last = 0, .program = &program}},
                             .measures = &nothing,
                             .series = &series,
                             .n_parameters = 2};
  const std::array parameters{-0.0, -2.5};
  const std::array expected{-0.0, -3.0, -0.0};
  constexpr std::uint32_t n = 16;
  for (const std::string_view target : kernel_targets()) {
    const LaneRun run(programs,
                      {.n_lanes = n, .per_set = n, .at_least = {}, .kernels = kernels_of(target)});
    LaneBlock block(run);
    block.seat(std::vector<SetOfBlock>{{.parameters = parameters, .n_lanes = n}});
    std::array<double, expected.size() * n> found{};
    ASSERT_TRUE(block.begin() && block.step(0, {.values = found.data(), .stride = n, .n = n}));
    for (std::size_t i = 0; i < found.size(); ++i)
      EXPECT_TRUE(same_bits(found.at(i), expected.at(i / n))) << target << " " << found.at(i);
  }
}

}  // namespace
}  // namespace casus::machine
