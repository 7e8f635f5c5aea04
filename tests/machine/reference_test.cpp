// The reference machine: state writes, random addresses, accumulators.
#include "machine/reference.hpp"

#include "one_step.hpp"
#include "random/laws.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

TEST(Reference, RunsAProgramWrittenByHand) {
  Program program;
  program.code = {{Op::parameter, 1}, {Op::state, 0},       {Op::series, 1},
                  {Op::add, 0, 1},    {Op::multiply, 3, 2}, {Op::constant, 0}};
  program.origin.assign(program.code.size(), 0);
  program.constants = {12.0};
  program.states = {{.target = 0, .source = 4}, {.target = 1, .source = 5}};
  History history{.parameters = {0.0, 3.0},
                  .states = {2.0, 0.0},
                  .series = {.n_steps = 2, .values = {0.0, 0.0, 10.0, 20.0}}};
  EXPECT_FALSE(history.step(program, 1).has_value());
  EXPECT_EQ(history.states, (std::vector<double>{100.0, 12.0}));
}

TEST(Reference, AHandWrittenGuardSkips) {
  Program program;
  program.code = {{Op::state, 0}, {Op::guard, 0, 3}, {Op::logarithm, 0}, {Op::joined, 2, 1, 0}};
  program.origin.assign(program.code.size(), 0);
  program.constants = {-7.0};
  program.outputs = {{.target = 0, .source = 3}};
  History history{.states = {1.0}};
  EXPECT_EQ(history.output(program, 0), 0.0);
  history.states[0] = 0.0;
  EXPECT_EQ(history.output(program, 0), -7.0);
}

// Richardson 1960, Arms and Insecurity: each armament grows with the other's level at the step's
// start. Written one after the other the second would see the first's new level.
TEST(Reference, StatesAreWrittenTogether) {
  Builder b;
  const Value x = b.state(0);
  const Value y = b.state(1);
  b.write_state(0, y);
  b.write_state(1, x);
  const Program swap = b.finish();
  History history{.states = {1.0, 2.0}};
  EXPECT_FALSE(history.step(swap, 0).has_value());
  EXPECT_EQ(history.states, (std::vector<double>{2.0, 1.0}));

  Builder race;
  const auto next = [&race](std::uint32_t own, std::uint32_t other) {
    const Value fear = race.multiply(race.constant(0.5), race.state(other));
    race.write_state(own, race.add(race.multiply(race.constant(0.75), race.state(own)), fear));
  };
  next(0, 1);
  next(1, 0);
  const Program program = race.finish();
  history.states = {3.0, 1.0};
  for (std::uint32_t step = 0; step < 10; ++step) {
    EXPECT_FALSE(history.step(program, step).has_value());
  }
  // x + y grows by 1.25 a step, x - y shrinks by 0.25.
  const double sum = 4.0 * std::pow(1.25, 10);
  const double difference = 2.0 * std::pow(0.25, 10);
  EXPECT_NEAR(history.states[0], (sum + difference) / 2.0, 1e-12);
  EXPECT_NEAR(history.states[1], (sum - difference) / 2.0, 1e-12);
}

TEST(Reference, FailureLeavesStatesAsTheyWere) {
  Builder b;
  const Value log = b.apply(Op::logarithm, b.state(1));
  b.must_be_finite(log);
  b.write_state(0, b.constant(5.0));
  b.write_state(1, log);
  const Program program = b.finish();
  History history{.states = {1.0, -1.0}};
  EXPECT_TRUE(history.step(program, 0).has_value());
  EXPECT_EQ(history.states, (std::vector<double>{1.0, -1.0}));
}

TEST(Reference, AUniformIsAFunctionOfItsAddress) {
  Builder b;
  const std::uint32_t site = random::site_of("attack");
  b.write_output(0, b.uniform(site));
  const Program alone = b.finish();
  b.write_output(1, b.uniform(random::site_of("answer")));
  const Program joined = b.finish();

  History history{.seed = 20201110, .slot = 41};
  const double u = history.output(alone, 0, 7);
  const random::Stream stream{
      .key = random::key_of(20201110, {}), .slot = 41, .step = 7, .sub_step = 0, .site = site};
  EXPECT_EQ(u, stream.uniform());
  EXPECT_EQ(history.output(alone, 0, 7), u);
  EXPECT_EQ(history.output(joined, 0, 7), u);
  EXPECT_NE(history.output(joined, 1, 7), u);
  EXPECT_NE(history.output(alone, 0, 8), u);
  history.slot = 40;
  EXPECT_NE(history.output(alone, 0, 7), u);
  history.slot = 41;
  history.seed = 20201111;
  EXPECT_NE(history.output(alone, 0, 7), u);
}

TEST(Reference, DrawsOfLaws) {
  Builder b;
  const std::array<Value, 2> arguments{b.state(0), b.state(1)};
  b.write_output(0, b.sample(spread(), arguments, 5));
  b.write_output(1, b.uniform(5));
  b.write_output(2, b.quantile(spread(), arguments, b.constant(0.25)));
  const Program program = b.finish();
  History history{.states = {10.0, 30.0}};
  const double u = history.output(program, 1, 3);
  EXPECT_DOUBLE_EQ(history.output(program, 0, 3), 10.0 + 20.0 * u);
  EXPECT_EQ(history.output(program, 2, 3), 15.0);
  history.at_median = true;
  EXPECT_EQ(history.output(program, 0, 3), 20.0);
  EXPECT_EQ(history.output(program, 1, 3), 0.5);
  EXPECT_EQ(history.output(program, 2, 3), 15.0);
}

TEST(Reference, NormalsHaveTheirMoments) {
  Builder b;
  const std::array<Value, 2> arguments{b.constant(3.0), b.constant(2.0)};
  b.write_output(0, b.sample(*random::find_law("normal"), arguments, 1));
  const Program program = b.finish();
  History history;
  const int n = 20'000;
  double sum = 0.0;
  double squares = 0.0;
  for (int i = 0; i < n; ++i) {
    history.slot = static_cast<std::uint32_t>(i);
    const double z = (history.output(program, 0) - 3.0) / 2.0;
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / n, 0.0, 4.0 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1.0, 4.0 * std::sqrt(2.0 / n));
}

/// What accumulators hold after steps 0 to 9 of a state that runs through `values`.
std::vector<double> folded(const std::vector<Accumulator>& accumulators, bool conditional) {
  Builder b;
  const Value value = b.series(0);
  const Value odd = b.series(1);
  for (std::uint32_t i = 0; i < accumulators.size(); ++i) {
    const bool truth = accumulators[i].fold == Fold::first || accumulators[i].fold == Fold::last;
    const Value fed = truth ? b.apply(Op::less, b.constant(4.5), value) : value;
    if (conditional) {
      b.accumulate(i, fed, odd);
    } else {
      b.accumulate(i, fed);
    }
  }
  const Program program = b.finish();
  History history{
      .series = {.n_steps = 10, .values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3,  // digits of pi
                                           0, 1, 0, 1, 0, 1, 0, 1, 0, 1}}};
  std::vector<double> values(accumulators.size(), 99.0);
  clear(accumulators, values);
  for (std::uint32_t step = 0; step < 10; ++step) {
    EXPECT_FALSE(history.step(program, step).has_value());
    accumulate(program, accumulators, history.machine, step, values);
  }
  return values;
}

TEST(Accumulators, FoldAllSteps) {
  const std::vector<double> values = folded({{.fold = Fold::sum},
                                             {.fold = Fold::highest},
                                             {.fold = Fold::lowest},
                                             {.fold = Fold::first},
                                             {.fold = Fold::last},
                                             {.fold = Fold::at, .first_step = 6}},
                                            false);
  EXPECT_EQ(values, (std::vector<double>{39, 9, 1, 4, 8, 2}));
}

TEST(Accumulators, FoldWhereTheConditionHolds) {
  const std::vector<double> values = folded({{.fold = Fold::sum},
                                             {.fold = Fold::highest},
                                             {.fold = Fold::lowest},
                                             {.fold = Fold::first},
                                             {.fold = Fold::last}},
                                            true);
  EXPECT_EQ(values, (std::vector<double>{20, 9, 1, 5, 7}));
}

TEST(Accumulators, FoldTheirRangeBothEndsIncluded) {
  const auto within = [](Fold fold) {
    return Accumulator{.fold = fold, .first_step = 5, .last_step = 7};
  };
  const std::vector<double> values = folded(
      {within(Fold::sum), within(Fold::lowest), within(Fold::first), within(Fold::last)}, false);
  EXPECT_EQ(values, (std::vector<double>{17, 2, 5, 7}));
}

TEST(Accumulators, KeepTheirStartWhereNothingFeedsThem) {
  const std::uint32_t later = 100;
  const std::vector<double> values = folded({{.fold = Fold::sum, .first_step = later},
                                             {.fold = Fold::highest, .first_step = later},
                                             {.fold = Fold::lowest, .first_step = later},
                                             {.fold = Fold::first, .first_step = later},
                                             {.fold = Fold::last, .first_step = later},
                                             {.fold = Fold::at, .first_step = later}},
                                            false);
  EXPECT_EQ(values[0], 0.0);
  EXPECT_EQ(values[1], -infinity);
  EXPECT_EQ(values[2], infinity);
  EXPECT_EQ(values[3], infinity);
  EXPECT_EQ(values[4], infinity);
  EXPECT_TRUE(std::isnan(values[5]));
}

}  // namespace
}  // namespace casus::machine
