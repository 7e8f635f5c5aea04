// Canonical text: no more brackets than needed, and the same after reading it back.
#include "language/print.hpp"

#include "language/parsing.hpp"

#include <gtest/gtest.h>

namespace casus::language {
namespace {

std::string canonical(std::string_view expression) {
  const Parsed parsed = parse("param x = " + std::string(expression));
  if (!parsed.found.empty()) return parsed.problems();
  const NodeId value = only<ParamStatement>(parsed).value;
  const std::string text = print(parsed.tree, value);
  const Parsed again = parse("param x = " + text);
  EXPECT_EQ(again.problems(), "") << text;
  EXPECT_EQ(print(again.tree, only<ParamStatement>(again).value), text);
  return text;
}

TEST(Print, WritesOnlyTheBracketsThatAreNeeded) {
  EXPECT_EQ(canonical("((a)+((b*c)))"), "a + b * c");
  EXPECT_EQ(canonical("(a + b) * c"), "(a + b) * c");
  EXPECT_EQ(canonical("a - (b - c)"), "a - (b - c)");
  EXPECT_EQ(canonical("a / (b * c)"), "a / (b * c)");
  EXPECT_EQ(canonical("(a ^ b) ^ c"), "(a^b)^c");
  EXPECT_EQ(canonical("a ^ (b ^ c)"), "a^b^c");
  EXPECT_EQ(canonical("(-a)^2 - -(b^2)"), "(-a)^2 - -b^2");
  EXPECT_EQ(canonical("not (a and (b or c))"), "not (a and (b or c))");
  EXPECT_EQ(canonical("(not a) == b"), "(not a) == b");
  EXPECT_EQ(canonical("(a < b) == (c < d)"), "(a < b) == (c < d)");
  EXPECT_EQ(canonical("((a > 1) at 2020) and b"), "a > 1 at 2020 and b");
  EXPECT_EQ(canonical("(a at end) > 1"), "(a at end) > 1");
}

TEST(Print, WritesReductionsAndChoices) {
  EXPECT_EQ(canonical("sum( d in D , e in borders( d ) if c : x ) default 0 + 1"),
            "sum(d in D, e in borders(d) if c: x) default 0 + 1");
  EXPECT_EQ(canonical("(sum(d in D: x) default 0)^2"), "(sum(d in D: x) default 0)^2");
  EXPECT_EQ(canonical("max((x in S), 3)"), "max((x in S), 3)");
  EXPECT_EQ(canonical("f(a if c else b)"), "f((a if c else b))");
  EXPECT_EQ(canonical("(a if c else b if d else e)"), "(a if c else b if d else e)");
  EXPECT_EQ(canonical("first date (any(a)) from 2020"), "first date (any(a)) from 2020");
  EXPECT_EQ(canonical("first date any(a) from 2020"), "first date any(a) from 2020");
  EXPECT_EQ(canonical("1 + (first date a or b)"), "1 + (first date a or b)");
}

TEST(Print, WritesNumbersAndUnits) {
  EXPECT_EQ(canonical("1_000 + .50 + 1e22 + 1.5E-9"), "1000 + 0.5 + 1e+22 + 1.5e-09");
  EXPECT_EQ(canonical("30 months / 1 \"USD\""), "30 months / (1 \"USD\")");
  EXPECT_EQ(canonical("phase == \"war\""), "phase == \"war\"");
}

TEST(Print, IsTheSameForEqualMeaning) {
  const std::string_view one = "state x = a then cases\n        b : 1\n        otherwise : 2\n";
  const std::string_view other =
      "# words\nstate x=a\n  then cases\n   b:1 # c\n\n   otherwise:\n     2\n";
  EXPECT_EQ(parse(one).printed(), parse(other).printed());
}

TEST(Print, LeavesOutWhatIsAbsent) {
  EXPECT_EQ(print(Tree{}, no_node), "");
  EXPECT_EQ(print(Tree{}), "casus 1\n");
}

}  // namespace
}  // namespace casus::language
