// Treaties: states written together on top of `then` (decision 6).
#include "language/running.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace casus::language {
namespace {

using Path = std::vector<double>;
using Found = std::vector<std::string>;

TEST(Treaties, SetSeveralStates) {
  const History h = over_steps(3, R"(
set Place = a, b, c
set Belt in Place = b, c
state n = 0 then n + 1
state phase : {war, peace} = war
state held[d in Place] = 10 then held[d] + 1
state tally[d in Place] = 0
data weight[Place] from "w.csv"
treaty accord when n == 1
    phase := peace
    held[d in Belt] := weight[d] * n
    tally[a] := held[a]
)",
                               {.series = {{"weight", {.values = {1, 2, 3}}}}})
                        .run();
  EXPECT_EQ(h.labels("phase"), (Found{"war", "peace", "peace"}));
  EXPECT_EQ(h.path("held[a]"), (Path{11, 12, 13}));
  EXPECT_EQ(h.path("held[b]"), (Path{11, 2, 3}));
  EXPECT_EQ(h.path("held[c]"), (Path{11, 3, 4}));
  EXPECT_EQ(h.path("tally[a]"), (Path{0, 11, 11}));
  EXPECT_EQ(h.path("accord"), (Path{0, 1, 0}));
}

// A treaty's name is a truth of the step, for lets and other treaties.
TEST(Treaties, TheirNamesAreTruths) {
  const History h = over_steps(3, R"(
state n = 0 then n + 1
state x = 0
state y = 0
treaty first when n == 1
    x := 1
treaty second when first
    y := 2
let signed = (10 if first else 0)
)")
                        .run();
  EXPECT_EQ(h.path("signed"), (Path{0, 10, 0}));
  EXPECT_EQ(h.path("y"), (Path{0, 2, 2}));
}

// `e for D then f`: e is written, `then` is suspended, f is written at the end of the first step
// that ends at least D later; afterwards `then` works again.
TEST(Treaties, TermsRunOut) {
  const History h = over_time("from 2000-01 to 2000-08 by month", R"(
state n = 0 then n + 1
state x = 0 then x + 1
treaty truce when n == 1
    x := 100 for 3 months then 50
)")
                        .run();
  // signed in February: 100 at its end and the ends of March and April, 50 at the end of May
  EXPECT_EQ(h.path("x"), (Path{1, 100, 100, 100, 50, 51, 52, 53}));
}

TEST(Treaties, TermsOfTwoTreatiesRunOutEachInItsTime) {
  const History h = over_time("from 2000-01 to 2000-06 by month", R"(
state n = 0 then n + 1
state x = 0 then x + 1
state y = 0 then y + 1
treaty first when n == 1
    x := 10 for 2 months
treaty second when n == 2
    y := 20 for 1 month
)")
                        .run();
  EXPECT_EQ(h.path("x"), (Path{1, 10, 10, 11, 12, 13}));
  EXPECT_EQ(h.path("y"), (Path{1, 2, 20, 21, 22, 23}));
}

TEST(Treaties, TermsThatSayNothingOfAfterwards) {
  const History h = over_time("from 2000-01 to 2000-06 by month", R"(
state n = 0 then n + 1
state x = 0 then x + 1
treaty truce when n == 1
    x := 100 for 2 months
)")
                        .run();
  EXPECT_EQ(h.path("x"), (Path{1, 100, 100, 101, 102, 103}));
}

// A term that is no whole number of steps ends with the first step at least that long after.
TEST(Treaties, TermsRoundUp) {
  const std::string text = R"(
state n = 0 then n + 1
state x = 0
treaty truce when n == 0
    x := 1 for 5 years then 2
)";
  const Path yearly = over_time("from 2000 to 2007 by year", text).run().path("x");
  EXPECT_EQ(yearly, (Path{1, 1, 1, 1, 1, 2, 2, 2}));
  const Path weekly = over_time("from 2000-01-01 to 2005-12-31 by week", text).run().path("x");
  // 5 years are 260.9 weeks: the 261st week after the signature
  EXPECT_EQ(weekly.at(260), 1);
  EXPECT_EQ(weekly.at(261), 2);
}

// A duration that is a parameter lasts as long as its draw.
TEST(Treaties, TermsOfAnUnknownLength) {
  const Checked model = over_time("from 2000 to 2009 by year", R"(
param length ~ uniform(1.5, 6.5) unit "year"
state n = 0 then n + 1
state x = 0
treaty truce when n == 0
    x := 1 for length then 2
)");
  std::set<std::size_t> seen;
  for (std::uint32_t set = 0; set < 20; ++set) {
    const History h = model.run({.set = set});
    const auto steps = static_cast<std::size_t>(std::ceil(h.parameter("length")));
    Path expected(10, 2.0);
    std::fill_n(expected.begin(), steps, 1.0);
    EXPECT_EQ(h.path("x"), expected) << h.parameter("length");
    seen.insert(steps);
  }
  EXPECT_GT(seen.size(), 2U);
}

TEST(Treaties, ANewSignatureRestartsTheTerm) {
  const History h = over_time("from 2000-01 to 2000-09 by month", R"(
state n = 0 then n + 1
state x = 0
treaty truce when n == 0 or n == 2
    x := 10 + n for 3 months then -1
)")
                        .run();
  // signed in January (10) and, while running, in March (12), which ends in June
  EXPECT_EQ(h.path("x"), (Path{10, 10, 12, 12, 12, -1, -1, -1, -1}));
}

TEST(Treaties, TermsOfArraysRunTogether) {
  const History h = over_time("from 2000-01 to 2000-05 by month", R"(
set S = a, b
state n = 0 then n + 1
state x[d in S] = 0 then x[d] + 1
state phase : {war, peace} = war then war
treaty truce when n == 1
    x[d in S] := 10 for 2 months then 20
    phase := peace for 1 month then war
)")
                        .run();
  EXPECT_EQ(h.path("x[a]"), (Path{1, 10, 10, 20, 21}));
  EXPECT_EQ(h.path("x[b]"), (Path{1, 10, 10, 20, 21}));
  EXPECT_EQ(h.labels("phase"), (Found{"war", "peace", "war", "war", "war"}));
}

// What happens when the term ends: f is worked out then, with the states of that step.
TEST(Treaties, AfterwardsIsWorkedOutAtTheEnd) {
  const History h = over_time("from 2000-01 to 2000-04 by month", R"(
state n = 0 then n + 1
state x = 0
treaty truce when n == 0
    x := n for 2 months then 100 + n
)")
                        .run();
  EXPECT_EQ(h.path("x"), (Path{0, 0, 102, 102}));
}

// ---- two treaties on one element

std::string two(const std::string& first, const std::string& second) {
  return R"(
state n = 0 then n + 1
state phase : {peace, war} = war
state x = 0
let sour = n > 5
treaty first )" +
         first + R"(
    x := 1
treaty second )" +
         second + R"(
    x := 2
)";
}

TEST(Treaties, AfterHasTheLastWord) {
  const std::string text = two("when n > 0", "when n > 1 after first");
  EXPECT_EQ(over_steps(4, text).run().path("x"), (Path{0, 1, 2, 2}));
  // whatever the order in the file
  const std::string turned = two("when n > 0 after second", "when n > 1");
  EXPECT_EQ(over_steps(4, turned).run().path("x"), (Path{0, 1, 1, 1}));
}

TEST(Treaties, ExclusiveConditionsNeedNoOrder) {
  const std::vector<std::pair<std::string, std::string>> exclusive{
      {"when phase == war and n > 1", "when phase == peace"},
      {"when phase == war", "when phase != war and n > 1"},
      {"when sour and n > 0", "when not sour"},
      {"when n > 1", "when not first and n > 0"},
      {"when n > 1", "when not (first or n > 3)"},
  };
  for (const auto& [first, second] : exclusive)
    EXPECT_EQ(over_steps(3, two(first, second)).faults(), Found{}) << first << " / " << second;
}

// O110: nobody can say which has the last word.
TEST(Treaties, ConflictsAreRefused) {
  EXPECT_EQ(over_steps(3, two("when n > 1", "when n > 2")).faults(), (Found{"O110 x"}));
  EXPECT_EQ(over_steps(3, two("when phase == war", "when phase != peace")).faults(),
            (Found{"O110 x"}));
  EXPECT_EQ(over_steps(3, two("when phase == war or sour", "when not sour")).faults(),
            (Found{"O110 x"}));
  // two numbers may equal a third at once
  EXPECT_EQ(over_steps(3, two("when n == x", "when n == k") + "param k = 1\n").faults(),
            (Found{"O110 x"}));
}

TEST(Treaties, ConflictsAreJudgedByElement) {
  const auto treaties = [](const std::string& one, const std::string& other) {
    return over_steps(2,
                      "set S = a, b, c\nset T in S = b, c\nstate n = 0 then n + 1\n"
                      "state x[d in S] = 0\ntreaty p when n > 0\n    x[" +
                          one + "] := 1\ntreaty q when n > 0\n    x[" + other + "] := 2\n")
        .faults();
  };
  EXPECT_EQ(treaties("a", "b"), Found{});
  EXPECT_EQ(treaties("a", "d in T"), Found{});
  EXPECT_EQ(treaties("b", "d in T"), (Found{"O110 x"}));
}

// O111: an order that comes back to where it began.
TEST(Treaties, OrdersMayNotGoInCircles) {
  EXPECT_EQ(over_steps(3, two("when n > 1 after second", "when n > 2 after first")).faults(),
            (Found{"O111 first"}));
}

// O112, after decision 3: two definitions of one element are an error, in one treaty too.
TEST(Treaties, OneTreatySetsAnElementOnce) {
  const auto treaty = [](const std::string& terms) {
    return over_steps(
               2, "set S = a, b\nstate n = 0\nstate x[d in S] = 0\ntreaty t when n > 0\n" + terms)
        .faults();
  };
  EXPECT_EQ(treaty("    x[a] := 1\n    x[b] := 2\n"), Found{});
  EXPECT_EQ(treaty("    x[d in S] := 1\n    x[b] := 2\n"), (Found{"O112 x"}));
  EXPECT_EQ(treaty("    x[b] := 1 for 1\n    x[b] := 2\n"), (Found{"O112 x"}));
}

TEST(Treaties, WriteStatesAndNothingElse) {
  EXPECT_EQ(over_steps(2, "state n = 0\nlet y = n\ntreaty t when n > 0\n    y := 1\n").faults(),
            (Found{"N116 y"}));
}

}  // namespace
}  // namespace casus::language
