// What is said of a number that stopped being finite.
#include "machine/trace.hpp"

#include "one_step.hpp"
#include "random/laws.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

/// The failure of one step whose sink is what `make` builds of states `x` and `y`.
NotFinite failure_of(double x, double y, const std::function<Value(Builder&, Value, Value)>& make) {
  Builder b;
  b.set_origin(b.add_origin({.name = "inputs", .span = {}}));
  const Value first = b.state(0);
  const Value second = b.state(1);
  b.set_origin(b.add_origin({.name = "cause", .span = {}}));
  const Value made = make(b, first, second);
  b.set_origin(b.add_origin({.name = "sink", .span = {}}));
  b.must_be_finite(made);
  History history{.states = {x, y}};
  const std::optional<NotFinite> failure = history.step(b.finish(), 17);
  EXPECT_TRUE(failure.has_value());
  return failure.value_or(NotFinite{});
}

TEST(Trace, NamesTheOperationAndItsInputs) {
  const auto unary = [](Op op) {
    return [op](Builder& b, Value x, Value) { return b.apply(op, x); };
  };
  const auto binary = [](Op op) {
    return [op](Builder& b, Value x, Value y) { return b.apply(op, x, y); };
  };
  EXPECT_EQ(failure_of(-0.3, 0.0, unary(Op::logarithm)).what, "log of -0.3");
  EXPECT_EQ(failure_of(812.0, 0.0, unary(Op::exponential)).what, "exp of 812");
  EXPECT_EQ(failure_of(-4.0, 0.0, unary(Op::square_root)).what, "sqrt of -4");
  EXPECT_EQ(failure_of(3.0, 0.0, binary(Op::divide)).what, "division of 3 by 0");
  EXPECT_EQ(failure_of(-2.0, 0.5, binary(Op::power)).what, "power of -2 to 0.5");
  EXPECT_EQ(failure_of(1e200, 1e200, binary(Op::multiply)).what, "product of 1e+200 and 1e+200");
  EXPECT_EQ(failure_of(5.0, 0.0, binary(Op::remainder)).what, "mod of 5 by 0");
}

TEST(Trace, NamesStepStatementAndValue) {
  const NotFinite failure =
      failure_of(0.0, 0.0, [](Builder& b, Value x, Value) { return b.apply(Op::logarithm, x); });
  EXPECT_EQ(failure.origin, 1U);
  EXPECT_EQ(failure.step, 17U);
  EXPECT_EQ(failure.value, -infinity);
}

TEST(Trace, FollowsOperandsToTheFirstFault) {
  const NotFinite failure = failure_of(-1.0, 0.0, [](Builder& b, Value x, Value y) {
    const Value root = b.apply(Op::square_root, x);
    b.set_origin(b.add_origin({.name = "consequence", .span = {}}));
    return b.add(y, b.multiply(b.constant(2.0), b.apply(Op::sine, root)));
  });
  EXPECT_EQ(failure.what, "sqrt of -1");
  EXPECT_EQ(failure.origin, 1U);
}

TEST(Trace, PrefersNoNumberToInfinity) {
  const NotFinite failure = failure_of(-1.0, 800.0, [](Builder& b, Value x, Value y) {
    return b.add(b.apply(Op::exponential, y), b.apply(Op::logarithm, x));
  });
  EXPECT_EQ(failure.what, "log of -1");
}

TEST(Trace, InfinityAsWrittenIsNoFaultOfItsOwn) {
  const NotFinite failure = failure_of(1.0, 2.0, [](Builder& b, Value x, Value) {
    const Value never = b.constant(infinity);
    return b.subtract(b.apply(Op::maximum, x, never), never);
  });
  EXPECT_EQ(failure.what, "max of 1 and inf");
}

TEST(Trace, FollowsOnlyTheBranchThatWasTaken) {
  const auto make = [](Builder& b, Value x, Value y) {
    const Value log = b.apply(Op::logarithm, x);
    const Value root = b.apply(Op::square_root, x);
    return b.select(b.apply(Op::less, y, b.constant(1.0)), log, root);
  };
  EXPECT_EQ(failure_of(-1.0, 0.0, make).what, "log of -1");
  EXPECT_EQ(failure_of(-1.0, 2.0, make).what, "sqrt of -1");
}

TEST(Trace, FollowsValuesOutOfTheirRegion) {
  const NotFinite failure = failure_of(-1.0, 2.0, [](Builder& b, Value x, Value y) {
    const Region region = b.open(b.apply(Op::less, x, y));
    const Value log = b.apply(Op::logarithm, x);
    b.close();
    return b.add(y, b.joined(region, log, 0.0));
  });
  EXPECT_EQ(failure.what, "log of -1");
}

TEST(Trace, BadInputsAreNamedAtTheStatementThatReadThem) {
  const NotFinite failure = failure_of(
      std::nan(""), 0.0, [](Builder& b, Value x, Value) { return b.apply(Op::sine, x); });
  EXPECT_EQ(failure.what, "state is nan");
  EXPECT_EQ(failure.origin, 1U);
}

NotFinite draw_failure(double mean, double sd) {
  return failure_of(mean, sd, [](Builder& b, Value x, Value y) {
    const std::array<Value, 2> arguments{x, y};
    return b.sample(*random::find_law("normal"), arguments, 1);
  });
}

TEST(Trace, NamesTheArgumentOfALaw) {
  EXPECT_EQ(draw_failure(0.0, -1.0).what, "argument sd of normal is -1, must be positive");
  EXPECT_EQ(draw_failure(0.0, -1.0).value, -1.0);
  EXPECT_EQ(draw_failure(0.0, -1.0).origin, 1U);
  EXPECT_EQ(draw_failure(infinity, 1.0).what, "argument mean of normal is inf, must be finite");
}

TEST(Trace, FollowsAnArgumentThatIsNotFinite) {
  const NotFinite failure = failure_of(-3.0, 0.0, [](Builder& b, Value x, Value) {
    const std::array<Value, 2> arguments{b.constant(0.0), b.apply(Op::logarithm, x)};
    return b.sample(*random::find_law("normal"), arguments, 1);
  });
  EXPECT_EQ(failure.what, "log of -3");
}

TEST(Trace, NamesTheProbabilityOfAQuantile) {
  const NotFinite failure = failure_of(0.0, 1.0, [](Builder& b, Value x, Value y) {
    const std::array<Value, 2> arguments{x, y};
    return b.quantile(spread(), arguments, y);
  });
  EXPECT_EQ(failure.what, "probability for the quantile of spread is 1, must be between 0 and 1");
}

TEST(Trace, LawsOfSkippedRegionsAreNotChecked) {
  Builder b;
  const std::array<Value, 2> arguments{b.constant(0.0), b.state(1)};
  const Region region = b.open(b.state(0));
  const Value draw = b.sample(spread(), arguments, 1);
  b.close();
  b.write_output(0, b.joined(region, draw, 4.0));
  History history{.states = {0.0, -1.0}};
  EXPECT_EQ(history.output(b.finish(), 0), 4.0);
}

}  // namespace
}  // namespace casus::machine
