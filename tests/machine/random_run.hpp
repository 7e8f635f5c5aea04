// Runs made at random, for holding one machine against another: states of every rate, draws, nested
// regions, several segments, accumulators of every fold, outputs and measures.
#pragma once

#include "machine/builder.hpp"
#include "machine/lanes/run.hpp"
#include "random/address.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace casus::machine {

struct RandomRun {
  Program initial;
  std::vector<Program> programs;  ///< of the segments
  std::vector<StepsOf> segments;
  Program measures;
  SeriesTable series;
  std::vector<Accumulator> accumulators;
  std::size_t n_outputs = 0;
  std::size_t n_measures = 0;

  static constexpr std::uint32_t n_states = 6;
  static constexpr std::uint32_t n_parameters = 3;
  static constexpr std::uint32_t n_steps = 12;

  RunPrograms run() const {
    RunPrograms result{.initial = &initial,
                       .segments = segments,
                       .measures = &measures,
                       .series = &series,
                       .accumulators = accumulators,
                       .n_states = n_states,
                       .n_parameters = n_parameters,
                       .first_result_step = 2};
    for (std::size_t i = 0; i < programs.size(); ++i) result.segments[i].program = &programs[i];
    return result;
  }
};

class RunGrower {
 public:
  explicit RunGrower(std::uint32_t seed)
      : draws_({.key = random::key_of(1789, {.purpose = random::Purpose::synthesis}),
                .slot = seed,
                .step = 0,
                .sub_step = 0,
                .site = 0}) {}

  RandomRun run() {
    RandomRun run;
    run.series.n_steps = RandomRun::n_steps;
    for (std::uint32_t i = 0; i < 2 * RandomRun::n_steps; ++i) {
      run.series.values.push_back(4.0 * draws_.next() - 2.0);
    }
    run.initial = initial();
    const std::uint32_t n_segments = 1 + below(3);
    n_accumulators_ = 6;
    for (std::uint32_t i = 0; i < n_accumulators_; ++i) run.accumulators.push_back(accumulator(i));
    for (std::uint32_t i = 0; i < n_segments; ++i) {
      run.programs.push_back(step_program());
      const std::uint32_t length = RandomRun::n_steps / n_segments;
      run.segments.push_back({.first = i * length, .last = (i + 1) * length - 1});
    }
    run.segments.back().last = RandomRun::n_steps - 1;
    run.n_outputs = n_outputs;
    run.n_measures = n_accumulators_;
    run.measures = measures();
    return run;
  }

 private:
  static constexpr std::uint32_t n_outputs = 5;

  std::uint32_t below(std::uint32_t n) {
    return std::min(static_cast<std::uint32_t>(draws_.next() * n), n - 1);
  }

  Accumulator accumulator(std::uint32_t i) {
    Accumulator result{.fold = Fold{static_cast<std::uint8_t>(i)}, .first_step = below(4)};
    if (below(2) == 0) result.last_step = 6 + below(5);
    if (result.fold == Fold::at) result.first_step = 3 + below(6);
    return result;
  }

  Program initial() {
    builder_ = Builder();
    may_draw_ = true;
    has_states_ = false;
    for (std::uint32_t i = 0; i < RandomRun::n_states; ++i) {
      // The first states vary by parameter set at most.
      may_draw_ = i >= 3;
      builder_.write_state(i, bounded(number(2)));
    }
    has_states_ = true;
    return builder_.finish();
  }

  Program step_program() {
    builder_ = Builder();
    for (std::uint32_t i = 0; i < RandomRun::n_states; ++i) {
      may_draw_ = i >= 3;
      const Value next =
          below(4) == 0 ? builder_.state(below(2) == 0 ? i : below(i + 1)) : bounded(number(4));
      builder_.write_state(i, next);
      builder_.must_be_finite(next);
    }
    may_draw_ = true;
    for (std::uint32_t i = 0; i < n_outputs; ++i) builder_.write_output(i, number(3));
    for (std::uint32_t i = 0; i < n_accumulators_; ++i) {
      const bool wants_truth = i == 3 || i == 4;
      const Value value = wants_truth ? truth(2) : number(2);
      if (below(2) == 0) {
        builder_.accumulate(i, value);
      } else {
        builder_.accumulate(i, value, truth(2));
      }
    }
    return builder_.finish();
  }

  Program measures() {
    Builder builder;
    for (std::uint32_t i = 0; i < n_accumulators_; ++i) {
      const Value value = builder.apply(Op::multiply, builder.state(i), builder.constant(1.5));
      builder.write_output(i, below(2) == 0 ? value : builder.add(value, builder.parameter(0)));
    }
    return builder.finish();
  }

  /// Kept from growing without end over the steps.
  Value bounded(Value value) { return builder_.apply(Op::hyperbolic_tangent, value); }

  Value number(int depth) {
    if (depth == 0 || below(6) == 0) return leaf();
    switch (below(9)) {
      case 8:
        return builder_.apply(Op::clamp, number(depth - 1), number(depth - 1), number(depth - 1));
      case 0: return builder_.select(truth(depth - 1), number(depth - 1), number(depth - 1));
      case 1:
      case 2: return guarded(depth);
      case 3: return unary(depth);
      case 4: return may_draw_ ? draw(depth) : unary(depth);
      default: return binary(depth);
    }
  }

  Value guarded(int depth) {
    const Region region = builder_.open(truth(depth - 1));
    const Value inner = number(depth - 1);
    builder_.must_be_finite(inner);
    builder_.close();
    return region == builder_.current() ? inner : builder_.joined(region, inner, -1.0);
  }

  Value draw(int depth) {
    const std::uint32_t site = 100 + below(1000);
    if (below(2) == 0) return builder_.uniform(site);
    static const std::array<std::string_view, 9> names{"normal",      "lognormal",  "gamma",
                                                       "bernoulli",   "poisson",    "binomial",
                                                       "negbinomial", "halfnormal", "exponential"};
    return draw_from(*random::find_law(names.at(below(names.size()))), site, depth);
  }

  /// Within the domain; of counts, small and large means.
  Value argument(const random::Parameter& parameter, int depth) {
    const Value value = builder_.apply(Op::hyperbolic_tangent, number(depth - 1));
    if (parameter.domain == random::Domain::finite) return value;
    const Value share =
        builder_.add(builder_.multiply(value, builder_.constant(0.25)), builder_.constant(0.5));
    const bool has_scale = parameter.domain == random::Domain::whole ||
                           parameter.domain == random::Domain::non_negative;
    if (!has_scale) return share;
    static constexpr std::array scales{1.0, 20.0, 60.0, 4000.0};
    const Value scaled =
        builder_.multiply(share, builder_.constant(scales.at(below(scales.size()))));
    return parameter.domain == random::Domain::whole ? builder_.apply(Op::floor, scaled) : scaled;
  }

  Value draw_from(const random::Law& law, std::uint32_t site, int depth) {
    std::vector<Value> arguments;
    for (const random::Parameter& parameter : law.parameters) {
      arguments.push_back(argument(parameter, depth));
    }
    if (below(3) > 0) return builder_.sample(law, arguments, site);
    const Value outcome =
        law.discrete() ? builder_.apply(Op::floor, number(depth - 1)) : number(depth - 1);
    return builder_.apply(Op::maximum, builder_.log_density(law, arguments, outcome),
                          builder_.constant(-30.0));
  }

  Value unary(int depth) {
    static constexpr std::array ops{Op::negate,     Op::absolute, Op::floor, Op::exponential,
                                    Op::logistic,   Op::softplus, Op::sine,  Op::cosine,
                                    Op::normal_cdf, Op::expm1};
    return builder_.apply(ops.at(below(ops.size())), bounded(number(depth - 1)));
  }

  Value binary(int depth) {
    static constexpr std::array ops{Op::add,     Op::subtract, Op::multiply, Op::divide,
                                    Op::minimum, Op::maximum,  Op::remainder};
    const Op op = ops.at(below(ops.size()));
    Value b = number(depth - 1);
    if (op == Op::divide || op == Op::remainder) {
      b = builder_.add(builder_.apply(Op::absolute, b), builder_.constant(0.5));
    }
    return builder_.apply(op, number(depth - 1), b);
  }

  Value truth(int depth) {
    static constexpr std::array comparisons{Op::less, Op::less_equal, Op::equal, Op::not_equal};
    if (depth > 0 && below(3) == 0) {
      const Op op = below(2) == 0 ? Op::logical_and : Op::logical_or;
      return builder_.apply(op, truth(depth - 1), truth(depth - 1));
    }
    const int inner = std::max(depth - 1, 0);
    return builder_.apply(comparisons.at(below(4)), number(inner), number(inner));
  }

  Value leaf() {
    switch (below(5)) {
      case 0: return builder_.parameter(below(RandomRun::n_parameters));
      case 1: return builder_.series(below(2));
      case 2: return builder_.constant(static_cast<double>(below(7)) - 3.0);
      default: break;
    }
    if (!has_states_) return builder_.parameter(0);
    return builder_.state(may_draw_ ? below(RandomRun::n_states) : below(3));
  }

  random::Draws draws_;
  Builder builder_;  ///< of the program that is being drawn
  std::uint32_t n_accumulators_ = 6;
  bool may_draw_ = true;
  bool has_states_ = true;
};

}  // namespace casus::machine
