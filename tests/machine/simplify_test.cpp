// What the builder folds, and what it must not.
#include "one_step.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

class Simplify : public ::testing::Test {
 protected:
  Value number(double value) { return b.constant(value); }
  Op op_of(Value value) const { return b.definition(value).op; }

  Builder b;
  Value x = b.state(0);
  Value y = b.state(1);
  Value p = b.apply(Op::less, x, y);
  Value q = b.apply(Op::less, y, number(3.0));
};

TEST_F(Simplify, ConstantsAreComputed) {
  EXPECT_EQ(b.known(b.add(number(2.0), number(3.0))), 5.0);
  EXPECT_EQ(b.known(b.apply(Op::square_root, number(9.0))), 3.0);
  EXPECT_EQ(b.known(x), std::nullopt);
}

TEST_F(Simplify, NeutralOperandsVanish) {
  EXPECT_EQ(b.add(x, number(0.0)), x);
  EXPECT_EQ(b.add(number(-0.0), x), x);
  EXPECT_EQ(b.subtract(x, number(0.0)), x);
  EXPECT_EQ(b.multiply(number(1.0), x), x);
  EXPECT_EQ(b.multiply(x, number(1.0)), x);
  EXPECT_EQ(b.divide(x, number(1.0)), x);
  EXPECT_EQ(b.apply(Op::power, x, number(1.0)), x);
  EXPECT_EQ(b.known(b.apply(Op::power, x, number(0.0))), 1.0);
}

TEST_F(Simplify, ZeroTimesAnythingIsZero) {
  EXPECT_EQ(b.known(b.multiply(number(0.0), x)), 0.0);
  EXPECT_EQ(b.known(b.multiply(x, number(0.0))), 0.0);
  EXPECT_EQ(b.known(b.multiply(number(infinity), number(0.0))), 0.0);
  const Value undefined = b.apply(Op::logarithm, number(-1.0));
  EXPECT_EQ(b.known(b.multiply(undefined, number(0.0))), 0.0);
}

TEST_F(Simplify, WhatIsNotFiniteIsLeftForTheStepToFind) {
  EXPECT_EQ(b.known(b.apply(Op::logarithm, number(-1.0))), std::nullopt);
  EXPECT_EQ(b.known(b.divide(number(1.0), number(0.0))), std::nullopt);
  EXPECT_EQ(b.known(b.add(number(infinity), number(1.0))), infinity);
}

TEST_F(Simplify, SignsMoveIntoSumsAndDifferences) {
  const Value minus_y = b.apply(Op::negate, y);
  EXPECT_EQ(b.apply(Op::negate, minus_y), y);
  EXPECT_EQ(b.add(x, minus_y), b.subtract(x, y));
  EXPECT_EQ(b.add(minus_y, x), b.subtract(x, y));
  EXPECT_EQ(b.subtract(x, minus_y), b.add(x, y));
  EXPECT_EQ(b.subtract(number(0.0), y), minus_y);
  EXPECT_EQ(b.multiply(number(-1.0), y), minus_y);
  EXPECT_EQ(b.divide(y, number(-1.0)), minus_y);
}

TEST_F(Simplify, SquaresAreProducts) {
  EXPECT_EQ(b.apply(Op::power, x, number(2.0)), b.multiply(x, x));
  EXPECT_EQ(op_of(b.apply(Op::power, x, number(3.0))), Op::power);
}

TEST_F(Simplify, Truths) {
  const Value no = number(0.0);
  const Value yes = number(1.0);
  const Value not_p = b.apply(Op::logical_not, p);
  EXPECT_EQ(b.apply(Op::logical_and, p, yes), p);
  EXPECT_EQ(b.apply(Op::logical_and, yes, p), p);
  EXPECT_EQ(b.known(b.apply(Op::logical_and, p, no)), 0.0);
  EXPECT_EQ(b.apply(Op::logical_and, p, p), p);
  EXPECT_EQ(b.known(b.apply(Op::logical_and, p, not_p)), 0.0);
  EXPECT_EQ(b.apply(Op::logical_or, p, no), p);
  EXPECT_EQ(b.apply(Op::logical_or, no, p), p);
  EXPECT_EQ(b.known(b.apply(Op::logical_or, yes, p)), 1.0);
  EXPECT_EQ(b.apply(Op::logical_or, p, p), p);
  EXPECT_EQ(b.known(b.apply(Op::logical_or, not_p, p)), 1.0);
  EXPECT_EQ(b.apply(Op::logical_not, not_p), p);
  EXPECT_EQ(b.known(b.apply(Op::logical_not, yes)), 0.0);
}

TEST_F(Simplify, Choices) {
  EXPECT_EQ(b.select(number(1.0), x, y), x);
  EXPECT_EQ(b.select(number(0.0), x, y), y);
  EXPECT_EQ(b.select(p, x, x), x);
  EXPECT_EQ(b.select(b.apply(Op::logical_not, p), x, y), b.select(p, y, x));
  EXPECT_EQ(b.select(p, number(1.0), number(0.0)), p);
  EXPECT_EQ(b.select(p, number(0.0), number(1.0)), b.apply(Op::logical_not, p));
}

TEST_F(Simplify, ChoiceByAStateIsKeptSinceItMayBeAnyNumber) {
  EXPECT_EQ(op_of(b.select(x, number(1.0), number(0.0))), Op::select);
}

TEST_F(Simplify, ComparisonsOfAValueWithItselfStay) {
  EXPECT_EQ(op_of(b.apply(Op::equal, x, x)), Op::equal);
  EXPECT_EQ(op_of(b.apply(Op::less_equal, x, x)), Op::less_equal);
  EXPECT_EQ(op_of(b.subtract(x, x)), Op::subtract);
  EXPECT_EQ(op_of(b.divide(x, x)), Op::divide);
}

TEST_F(Simplify, NotOfAnOrderStaysSinceItHoldsForNoNumber) {
  EXPECT_EQ(op_of(b.apply(Op::logical_not, p)), Op::logical_not);
  EXPECT_EQ(op_of(b.apply(Op::logical_not, b.apply(Op::equal, x, y))), Op::not_equal);
  EXPECT_EQ(op_of(b.apply(Op::logical_not, b.apply(Op::not_equal, x, y))), Op::equal);
}

TEST_F(Simplify, ConditionsOfARegionAreTrueInIt) {
  const Value both = b.apply(Op::logical_and, p, b.apply(Op::logical_not, q));
  b.open(both);
  EXPECT_EQ(b.truth(both), true);
  EXPECT_EQ(b.truth(p), true);
  EXPECT_EQ(b.truth(q), false);
  EXPECT_EQ(b.select(p, x, y), x);
  EXPECT_EQ(b.select(q, x, y), y);
  b.to_root();
  EXPECT_EQ(b.truth(p), std::nullopt);
  b.leave();
  b.close();
  EXPECT_EQ(b.truth(both), std::nullopt);
  EXPECT_EQ(op_of(b.select(p, x, y)), Op::select);
}

TEST_F(Simplify, PartsOfAFalseAlternativeAreFalse) {
  const Value neither = b.apply(Op::logical_not, b.apply(Op::logical_or, p, q));
  b.open(neither);
  EXPECT_EQ(b.truth(p), false);
  EXPECT_EQ(b.truth(q), false);
  EXPECT_EQ(b.truth(b.apply(Op::logical_not, p)), true);
  b.close();
}

TEST_F(Simplify, APartOfATrueAlternativeIsOpen) {
  b.open(b.apply(Op::logical_or, p, q));
  EXPECT_EQ(b.truth(p), std::nullopt);
  b.close();
}

}  // namespace
}  // namespace casus::machine
