// Sharing, regions and what remains in a finished program.
#include "machine/builder.hpp"

#include "base/bug.hpp"
#include "one_step.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

class Building : public ::testing::Test {
 protected:
  Builder b;
  Value x = b.state(0);
  Value y = b.state(1);
  Value low = b.apply(Op::less, x, b.constant(0.0));
  Value high = b.apply(Op::less, b.constant(10.0), y);
};

TEST_F(Building, EqualValuesAreOne) {
  EXPECT_EQ(b.state(0), x);
  EXPECT_EQ(b.add(x, y), b.add(y, x));
  EXPECT_EQ(b.multiply(x, y), b.multiply(y, x));
  EXPECT_EQ(b.apply(Op::maximum, x, y), b.apply(Op::maximum, y, x));
  EXPECT_NE(b.subtract(x, y), b.subtract(y, x));
  EXPECT_NE(b.uniform(1), b.uniform(2));
  EXPECT_EQ(b.uniform(1), b.uniform(1));
}

TEST_F(Building, ConstantsDifferByBits) {
  EXPECT_EQ(b.constant(2.0), b.constant(2.0));
  EXPECT_NE(b.constant(0.0), b.constant(-0.0));
  EXPECT_EQ(b.constant(std::nan("")), b.constant(std::nan("")));
}

TEST_F(Building, DrawsAreSharedByLawArgumentsAndSite) {
  const std::array<Value, 2> arguments{x, b.constant(9.0)};
  const std::array<Value, 2> others{y, b.constant(9.0)};
  const Value draw = b.sample(spread(), arguments, 1);
  EXPECT_EQ(b.sample(spread(), arguments, 1), draw);
  EXPECT_NE(b.sample(spread(), arguments, 2), draw);
  EXPECT_NE(b.sample(spread(), others, 1), draw);
  EXPECT_THROW(b.sample(spread(), std::span(arguments).first(1), 1), Bug);
}

TEST_F(Building, RegionsShareWithThoseAroundThem) {
  const Value outer = b.apply(Op::exponential, x);
  b.open(low);
  EXPECT_EQ(b.apply(Op::exponential, x), outer);
  const Value inner = b.apply(Op::exponential, y);
  b.close();
  EXPECT_NE(b.apply(Op::exponential, y), inner);
  b.open(low);
  EXPECT_NE(b.apply(Op::exponential, x), inner);
  b.close();
}

TEST_F(Building, NeighboursShareNothing) {
  b.open(low);
  const Value first = b.apply(Op::exponential, x);
  b.close();
  b.open(high);
  EXPECT_NE(b.apply(Op::exponential, x), first);
  b.close();
}

TEST_F(Building, RegionRunsOnlyWhereItsConditionHolds) {
  const Region region = b.open(low);
  const Value root = b.apply(Op::square_root, b.apply(Op::negate, x));
  b.must_be_finite(root);
  b.close();
  b.write_output(0, b.joined(region, root, -1.0));
  const Program program = b.finish();
  History history{.states = {-9.0, 0.0}};
  EXPECT_EQ(history.output(program, 0), 3.0);
  history.states[0] = 4.0;
  EXPECT_EQ(history.output(program, 0), -1.0);
}

TEST_F(Building, NestedRegionsJoinAtAnyDepth) {
  const Region outer = b.open(low);
  const Region inner = b.open(b.apply(Op::less, b.apply(Op::exponential, x), y));
  const Value root = b.apply(Op::square_root, y);
  b.close();
  b.close();
  b.write_output(0, b.joined(inner, root, -1.0));
  b.write_output(1, b.joined(outer, b.apply(Op::exponential, b.constant(0.0)), 7.0));
  const Program program = b.finish();
  History history{.states = {-1.0, 4.0}};
  EXPECT_EQ(history.output(program, 0), 2.0);
  EXPECT_EQ(history.output(program, 1), 1.0);
  // The inner guard still holds what the last step left; the outer one says that it is stale.
  history.states[0] = 1.0;
  EXPECT_EQ(history.output(program, 0), -1.0);
  EXPECT_EQ(history.output(program, 1), 7.0);
  history.states = {-1.0, 0.0};
  EXPECT_EQ(history.output(program, 0), -1.0);
}

TEST_F(Building, SinksOfSkippedRegionsAreNotChecked) {
  b.open(low);
  b.open(b.apply(Op::less, b.apply(Op::exponential, x), y));
  const Value log = b.apply(Op::logarithm, b.subtract(y, b.constant(5.0)));
  b.must_be_finite(log);
  b.close();
  b.close();
  const Program program = b.finish();
  History history{.states = {-1.0, 4.0}};
  EXPECT_TRUE(history.step(program, 0).has_value());
  history.states = {-1.0, 6.0};
  EXPECT_FALSE(history.step(program, 0).has_value());
  history.states = {-1.0, 4.0};
  EXPECT_TRUE(history.step(program, 0).has_value());
  history.states = {1.0, 4.0};  // the outer region is skipped, the inner registers are stale
  EXPECT_FALSE(history.step(program, 0).has_value());
  history.states = {-1.0, 0.1};  // the inner region is skipped
  EXPECT_FALSE(history.step(program, 0).has_value());
}

TEST_F(Building, RootValuesMayBeMadeInsideARegion) {
  const Region region = b.open(low);
  b.to_root();
  const Value doubled = b.add(x, x);
  b.leave();
  const Value tripled = b.add(doubled, x);
  b.close();
  b.write_output(0, doubled);
  b.write_output(1, b.joined(region, tripled, 0.0));
  const Program program = b.finish();
  History history{.states = {-2.0, 0.0}};
  EXPECT_EQ(history.output(program, 0), -4.0);
  EXPECT_EQ(history.output(program, 1), -6.0);
  history.states[0] = 5.0;
  EXPECT_EQ(history.output(program, 0), 10.0);
  EXPECT_EQ(history.output(program, 1), 0.0);
}

TEST_F(Building, ResumedRegionsNeitherShareNorReadWhatCameLater) {
  const Region region = b.open(low);
  b.close();
  const Value later = b.add(x, y);
  b.resume(region);
  const Value own = b.add(x, y);
  EXPECT_NE(own, later);
  EXPECT_THROW(b.apply(Op::exponential, later), Bug);
  const Value inner = b.apply(Op::exponential, own);
  b.leave();
  b.write_output(0, b.joined(region, inner, 0.0));
  History history{.states = {-2.0, 2.0}};
  EXPECT_EQ(history.output(b.finish(), 0), 1.0);
}

TEST_F(Building, KnownConditionsNeedNoGuard) {
  const Region always = b.open(b.constant(1.0));
  EXPECT_EQ(always, b.current());
  const Value sum = b.add(x, y);
  b.close();
  EXPECT_EQ(b.joined(always, sum, 0.0), sum);
  const Region never = b.open(b.constant(0.0));
  const Value undefined = b.apply(Op::logarithm, b.constant(-1.0));
  b.must_be_finite(undefined);
  b.close();
  EXPECT_EQ(b.known(b.joined(never, undefined, 3.0)), 3.0);
  b.write_output(0, sum);
  const Program program = b.finish();
  EXPECT_EQ(count(program, Op::guard), 0U);
  EXPECT_EQ(count(program, Op::logarithm), 0U);
}

TEST_F(Building, ARegionWithinItsOwnConditionIsThatRegion) {
  const Region outer = b.open(low);
  EXPECT_EQ(b.open(low), outer);
  b.close();
  const Region opposite = b.open(b.apply(Op::logical_not, low));
  const Value value = b.apply(Op::exponential, x);
  b.close();
  EXPECT_EQ(b.known(b.joined(opposite, value, 2.0)), 2.0);
  b.close();
}

TEST_F(Building, JoiningAValueFromOutsideIsAChoice) {
  const Value sum = b.add(x, y);
  const Region region = b.open(low);
  b.close();
  EXPECT_EQ(b.joined(region, sum, 4.0), b.select(low, sum, b.constant(4.0)));
  EXPECT_EQ(b.known(b.joined(region, b.constant(4.0), 4.0)), 4.0);
}

TEST_F(Building, WhatNothingNeedsIsDropped) {
  const Region unused = b.open(low);
  b.apply(Op::exponential, x);
  b.close();
  const Region used = b.open(high);
  b.apply(Op::logarithm, x);
  const Value cosine = b.apply(Op::cosine, y);
  b.close();
  b.joined(unused, b.constant(1.0), 0.0);
  b.parameter(3);
  b.write_output(0, b.joined(used, cosine, 0.0));
  const Program program = b.finish();
  EXPECT_EQ(count(program, Op::guard), 1U);
  EXPECT_EQ(count(program, Op::exponential), 0U);
  EXPECT_EQ(count(program, Op::logarithm), 0U);
  EXPECT_EQ(count(program, Op::parameter), 0U);
  EXPECT_EQ(program.code.size(), program.origin.size());
  // y, 10, 10 < y, guard, cos, joined
  EXPECT_EQ(program.code.size(), 6U);
  EXPECT_EQ(program.constants, (std::vector<double>{10.0, 0.0}));
}

TEST_F(Building, AccumulationsWithKnownConditions) {
  b.accumulate(0, x, b.constant(0.0));
  b.accumulate(1, x, b.constant(1.0));
  b.accumulate(2, x, low);
  const Program program = b.finish();
  ASSERT_EQ(program.accumulations.size(), 2U);
  EXPECT_EQ(program.accumulations[0].target, 1U);
  EXPECT_EQ(program.accumulations[0].condition, no_register);
  EXPECT_NE(program.accumulations[1].condition, no_register);
}

TEST_F(Building, WritesAreInTheOrderOfTheirTargets) {
  b.write_state(1, x);
  b.write_state(0, y);
  const Program program = b.finish();
  EXPECT_EQ(program.states[0].target, 0U);
  EXPECT_EQ(program.states[1].target, 1U);
}

TEST_F(Building, MisuseIsABug) {
  EXPECT_THROW(b.close(), Bug);
  EXPECT_THROW(b.leave(), Bug);
  EXPECT_THROW(b.apply(Op::guard, x), Bug);
  const Region region = b.open(low);
  const Value inner = b.apply(Op::exponential, x);
  EXPECT_THROW(b.leave(), Bug);
  EXPECT_THROW(b.finish(), Bug);
  EXPECT_THROW(b.write_state(0, inner), Bug);
  EXPECT_THROW(b.accumulate(0, inner), Bug);
  b.to_root();
  EXPECT_THROW(b.close(), Bug);
  EXPECT_THROW(b.joined(region, inner, 0.0), Bug);
  EXPECT_THROW(b.add(inner, x), Bug);
  b.leave();
  b.close();
  EXPECT_THROW(b.add(inner, x), Bug);
  EXPECT_THROW(b.open(inner), Bug);
  b.open(high);
  EXPECT_THROW(b.joined(region, inner, 0.0), Bug);
  b.close();
  b.write_state(0, x);
  b.write_state(0, y);
  EXPECT_THROW(b.finish(), Bug);
}

TEST_F(Building, OriginsAreThoseOfTheFirstStatement) {
  const std::uint32_t first = b.add_origin({.name = "first", .span = {}});
  const std::uint32_t second = b.add_origin({.name = "second", .span = {}});
  EXPECT_EQ(b.set_origin(first), 0U);
  const Value sum = b.add(x, y);
  EXPECT_EQ(b.set_origin(second), first);
  EXPECT_EQ(b.add(x, y), sum);
  b.write_output(0, b.apply(Op::exponential, sum));
  const Program program = b.finish();
  ASSERT_EQ(program.code.size(), 4U);
  EXPECT_EQ(program.origins[program.origin[2]].name, "first");
  EXPECT_EQ(program.origins[program.origin[3]].name, "second");
}

Program some_program() {
  Builder b;
  for (std::uint32_t i = 0; i < 200; ++i) {
    const Value x = b.state(i % 7);
    const Value y = b.multiply(b.parameter(i % 5), b.add(x, b.constant(i)));
    const Region region = b.open(b.apply(Op::less, x, b.constant(i % 3)));
    const std::array<Value, 2> arguments{x, b.apply(Op::exponential, y)};
    const Value draw = b.sample(spread(), arguments, i);
    b.must_be_finite(draw);
    b.close();
    b.write_output(i, b.joined(region, draw, 0.0));
  }
  return b.finish();
}

TEST(Program, IsTheSameEachTime) {
  const std::string text = to_text(some_program());
  EXPECT_GT(text.size(), 10'000U);
  for (int repeat = 0; repeat < 3; ++repeat) EXPECT_EQ(to_text(some_program()), text);
}

}  // namespace
}  // namespace casus::machine
