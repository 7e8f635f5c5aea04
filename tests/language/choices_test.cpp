// Inline choices and `cases` (decision 1), truths in arithmetic, and operators.
#include "language/running.hpp"

#include <gtest/gtest.h>

namespace casus::language {
namespace {

double value_of(const std::string& expression, double x = 3) {
  const std::string text = "state x = " + std::to_string(x) + "\nlet y = " + expression + "\n";
  return over_steps(1, text).run().at_end("y");
}

TEST(Choices, InlineChoiceTakesOneSide) {
  EXPECT_EQ(value_of("(10 if x > 2 else 20)"), 10);
  EXPECT_EQ(value_of("(10 if x > 5 else 20)"), 20);
  EXPECT_EQ(value_of("1 + (10 if x > 5 else (20 if x > 2 else 30))"), 21);
  EXPECT_EQ(value_of("max(1, (x if x > 2 else 0))"), 3);
}

TEST(Choices, TheFirstBranchThatHoldsIsTaken) {
  const std::string cases = R"(cases
    x > 4 : 1
    x > 2 : 2
    x > 0 : 3
    otherwise : 4)";
  EXPECT_EQ(value_of(cases, 5), 1);
  EXPECT_EQ(value_of(cases, 3), 2);
  EXPECT_EQ(value_of(cases, 1), 3);
  EXPECT_EQ(value_of(cases, -1), 4);
}

TEST(Choices, CasesWithinCases) {
  const std::string cases = R"(cases
    x > 2 : cases
        x > 4 : 1
        otherwise : 2
    otherwise : 3)";
  EXPECT_EQ(value_of(cases, 5), 1);
  EXPECT_EQ(value_of(cases, 3), 2);
  EXPECT_EQ(value_of(cases, 1), 3);
}

// A branch that is not taken may have no value: the square root of a negative number is asked only
// where it is needed (decision 24: numbers are checked where they are used).
TEST(Choices, TheOtherBranchNeedNotHaveAValue) {
  EXPECT_EQ(value_of("(sqrt(x) if x > 0 else 0)", -4), 0);
  EXPECT_EQ(value_of("(log(x) if x > 0 else 7)", 0), 7);
}

TEST(Choices, CasesOfAState) {
  const History h = over_steps(4, R"(
state phase : {calm, tense, war} = calm then cases
    phase == calm  : tense
    phase == tense : war
    otherwise      : calm
let level = cases
    phase == calm  : 0
    phase == tense : 1
    otherwise      : 2
)")
                        .run();
  EXPECT_EQ(h.labels("phase"), (std::vector<std::string>{"tense", "war", "calm", "tense"}));
  EXPECT_EQ(h.path("level"), (std::vector<double>{0, 1, 2, 0}));
}

TEST(Choices, TruthsCountInArithmetic) {
  EXPECT_EQ(value_of("(x > 2) * 5 + (x > 5)"), 5);
  EXPECT_EQ(value_of("1 - (x > 2)"), 0);
  EXPECT_EQ(value_of("(x > 2 if x > 1 else 0) + 1"), 2);
}

TEST(Choices, LogicOfTruths) {
  EXPECT_EQ(value_of("(1 if x > 2 and x < 4 else 0)"), 1);
  EXPECT_EQ(value_of("(1 if x > 4 or x < 2 else 0)"), 0);
  EXPECT_EQ(value_of("(1 if not x > 4 and not (x < 2 or x == 2) else 0)"), 1);
}

TEST(Choices, Operators) {
  EXPECT_EQ(value_of("-x ^ 2"), -9);
  EXPECT_EQ(value_of("2 ^ x ^ 2"), 512);
  EXPECT_EQ(value_of("7 - x - 2"), 2);
  EXPECT_EQ(value_of("12 / x / 2"), 2);
  EXPECT_EQ(value_of("min(x, 5, 1) + max(x, 5, 1)"), 6);
  EXPECT_EQ(value_of("abs(1 - x) + sqrt(x + 6)"), 5);
}

TEST(Choices, EqualNumbersAndTruths) {
  EXPECT_EQ(value_of("(1 if x == 3 else 0)"), 1);
  EXPECT_EQ(value_of("(1 if x != 3 else 0)"), 0);
  EXPECT_EQ(value_of("(1 if (x > 2) == (x > 1) else 0)"), 1);
}

}  // namespace
}  // namespace casus::language
