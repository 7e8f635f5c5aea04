// Reductions over sets and links (decision 2), and functions (language page).
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

/// The value of `let y = expression` in a world with three places, a, b and c, of weight 1, 2 and
/// 4, b and c in a chain a - b - c, and an empty choice.
double value_of(const std::string& expression) {
  const Checked model = over_steps(1, R"(
set Place = a, b, c
set Outer in Place = a, c
data weight[Place] from "places.csv"
link near(Place, Place) from "near.csv" symmetric
state s[d in Place] = weight[d] * 10
let live[d in Place] = weight[d] + 0 * s[d]
let y = )" + expression + "\n",
                                   {.links = {{"near", {{"a", "b"}, {"b", "c"}}}},
                                    .series = {{"weight", {.values = {1, 2, 4}}}}});
  return model.run().at_end("y");
}

TEST(Reductions, TheBodyIsInside) {
  EXPECT_EQ(value_of("sum(d in Place: weight[d])"), 7);
  EXPECT_EQ(value_of("sum(d in Place: weight[d]) * 2"), 14);
  EXPECT_EQ(value_of("product(d in Place: weight[d])"), 8);
  EXPECT_EQ(value_of("max(d in Place: weight[d])"), 4);
  EXPECT_EQ(value_of("min(d in Place: -weight[d])"), -4);
  EXPECT_EQ(value_of("count(d in Place if weight[d] > 1)"), 2);
  EXPECT_EQ(value_of("count(d in Place if live[d] > 1)"), 2);
}

TEST(Reductions, TruthsAreTruths) {
  EXPECT_EQ(value_of("(1 if any(d in Place: weight[d] == 4) else 0)"), 1);
  EXPECT_EQ(value_of("(1 if any(d in Place: live[d] == 5) else 0)"), 0);
  EXPECT_EQ(value_of("(1 if all(d in Place: weight[d] > 0) else 0)"), 1);
  EXPECT_EQ(value_of("(1 if all(d in Place: live[d] > 1) else 0)"), 0);
  EXPECT_EQ(value_of("sum(d in Place: live[d] > 1)"), 2);  // a truth in arithmetic counts 0 or 1
}

TEST(Reductions, ConditionsThatAreKnownAndThatAreNot) {
  EXPECT_EQ(value_of("sum(d in Place if weight[d] > 1: weight[d])"), 6);
  EXPECT_EQ(value_of("sum(d in Place if live[d] > 1: live[d])"), 6);
  EXPECT_EQ(value_of("product(d in Place if live[d] > 1: live[d])"), 8);
  EXPECT_EQ(value_of("max(d in Place if live[d] < 3: live[d]) default 0"), 2);
  EXPECT_EQ(value_of("min(d in Place if live[d] > 1: live[d]) default 0"), 2);
  EXPECT_EQ(value_of("(1 if all(d in Place if live[d] > 1: weight[d] > 1) else 0)"), 1);
  EXPECT_EQ(value_of("(1 if any(d in Place if live[d] > 1: weight[d] == 1) else 0)"), 0);
}

// Decision 2: an empty sum is 0, a product 1, any is false, all is true; max and min need a
// default.
TEST(Reductions, OfNothing) {
  for (const std::string w : {"weight", "live"}) {  // known when the program is built, and not
    const std::string none = "(d in Place if " + w + "[d] > 99";
    EXPECT_EQ(value_of("sum" + none + ": live[d])"), 0);
    EXPECT_EQ(value_of("product" + none + ": live[d])"), 1);
    EXPECT_EQ(value_of("(1 if any" + none + ": live[d] > 0) else 0)"), 0);
    EXPECT_EQ(value_of("(1 if all" + none + ": live[d] > 99) else 0)"), 1);
    EXPECT_EQ(value_of("count" + none + ")"), 0);
    EXPECT_EQ(value_of("max" + none + ": live[d]) default -3"), -3);
    EXPECT_EQ(value_of("min" + none + ": live[d]) default 1 + weight[c]"), 5);
  }
}

TEST(Reductions, TheLargestOfPossiblyNothingNeedsADefault) {
  const std::string before = "set S = a, b\nstate x[d in S] = 1\nlet y = ";
  EXPECT_EQ(over_steps(1, before + "max(d in S if x[d] > 3: x[d])\n").faults(),
            (std::vector<std::string>{"I112 x[d]"}));
  EXPECT_TRUE(over_steps(1, before + "max(d in S if x[d] > 3: x[d]) default 0\n").faults().empty());
  EXPECT_TRUE(over_steps(1, before + "max(d in S: x[d])\n").faults().empty());
}

TEST(Reductions, OverLinks) {
  EXPECT_EQ(value_of("sum(e in near(a): weight[e])"), 2);
  EXPECT_EQ(value_of("sum(e in near(b): weight[e])"), 5);
  EXPECT_EQ(value_of("sum(d in Place: sum(e in near(d): weight[e]))"), 2 + 5 + 2);
  EXPECT_EQ(value_of("max(d in Place: sum(e in near(d): live[e]))"), 5);
  EXPECT_EQ(value_of("count(e in near(b) if weight[e] > 1)"), 1);
}

TEST(Reductions, Nested) {
  EXPECT_EQ(value_of("sum(d in Place, e in Place: weight[d] * weight[e])"), 49);
  EXPECT_EQ(value_of("sum(d in Place, e in Place if d != e: weight[d] * weight[e])"), 49 - 21);
  EXPECT_EQ(value_of("sum(d in Place, e in near(d): weight[d] * weight[e])"), 2 * (2 + 8));
  EXPECT_EQ(value_of("product(d in Outer: sum(e in Place if e != d: weight[e]))"), 6 * 3);
  EXPECT_EQ(value_of("sum(d in Outer: weight[d])"), 5);
  EXPECT_EQ(value_of("count(d in Place if d in Outer)"), 2);
}

TEST(Reductions, ABoundNameIsFreshAndLocal) {
  EXPECT_EQ(value_of("sum(d in Place: weight[d]) + sum(d in Outer: weight[d])"), 12);
  const std::string twice = "set S = a, b\nlet y = sum(d in S: sum(d in S: 1))\n";
  EXPECT_EQ(over_steps(1, twice).faults(), (std::vector<std::string>{"N103 d"}));
}

// ---- functions

double call(const std::string& functions, const std::string& expression) {
  return over_steps(1, functions + "state x = 3\nlet y = " + expression + "\n").run().at_end("y");
}

TEST(Functions, TheirBodiesStandInPlaceOfTheCall) {
  EXPECT_EQ(call("function double(a) = 2 * a\n", "double(x) + double(1)"), 8);
  EXPECT_EQ(call("function f(a, b) = a - b\n", "f(1, x)"), -2);
  EXPECT_EQ(call("function f(a) = a + 1\nfunction g(a) = f(a) * f(f(a))\n", "g(x)"), 20);
  EXPECT_EQ(call("function g(a) = f(a) * 2\nfunction f(b) = b + 1\n", "g(x)"), 8);
  EXPECT_EQ(call("param k = 5\nfunction f(a) = a * k\n", "f(f(x))"), 75);
  EXPECT_DOUBLE_EQ(call("function win(edge) = 1 / (1 + exp(-edge))\n", "win(x - 1)"),
                   1 / (1 + std::exp(-2.0)));
}

TEST(Functions, ArgumentsOfOneCallAreNotThoseOfAnother) {
  EXPECT_EQ(
      call("function f(a) = (a if a > 2 else f2(a + 1))\nfunction f2(a) = 10 * a\n", "f(1) + f(x)"),
      23);
}

// Functions are written out where they are called, so one that calls itself has no end.
TEST(Functions, MayNotCallThemselves) {
  const std::vector<std::string> found =
      over_steps(1, "function f(a) = f(a - 1)\nlet y = f(3)\n").faults();
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), "O105 f");
  EXPECT_EQ(
      over_steps(1, "function f(a) = g(a)\nfunction g(a) = f(a)\nlet y = f(3)\n").faults().size(),
      1U);
}

}  // namespace
}  // namespace casus::language
