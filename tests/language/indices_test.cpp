// Labels and indices (decisions 3 and 4): what an element's name picks.
#include "language/running.hpp"

#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Path = std::vector<double>;

// Decision 3: `[d in Set]` on a left side binds d in all clauses of the definition.
TEST(Indices, ABoundNameHoldsInAllClauses) {
  const History h = over_steps(2, R"(
set S = a, b
data base[S] from "base.csv"
state x[d in S] = base[d] then x[d] + 10 * base[d]
let other[d in S] = sum(e in S if e != d: x[e])
)",
                               {.series = {{"base", {.values = {1, 2}}}}})
                        .run();
  EXPECT_EQ(h.path("x[a]"), (Path{11, 21}));
  EXPECT_EQ(h.path("x[b]"), (Path{22, 42}));
  EXPECT_EQ(h.path("other[a]"), (Path{2, 22}));
}

TEST(Indices, LabelsPickElements) {
  const History h = over_steps(1, R"(
set S = a, b
set T = p, q
let x[d in S, t in T] = (d == b) * 10 + (t == q)
let picked = 1000 * x[b, p] + x[a, q]
let in_a_word = x[b, "q"]
)")
                        .run();
  EXPECT_EQ(h.at_end("x[a, p]"), 0);
  EXPECT_EQ(h.at_end("x[a, q]"), 1);
  EXPECT_EQ(h.at_end("x[b, p]"), 10);
  EXPECT_EQ(h.at_end("picked"), 10001);
  EXPECT_EQ(h.at_end("in_a_word"), 11);
}

// Decision 4: subsets keep their labels, and an index bound to a subset picks by label.
TEST(Indices, SubsetsPickByLabelNotByPlace) {
  const History h = over_steps(1, R"(
set Place = a, b, c, d
set Inner in Place = b, d
set Core in Inner = d
data weight[Place] from "w.csv"
let x[i in Inner] = weight[i]
let total = sum(i in Inner: weight[i])
let core = sum(i in Core: x[i] + weight[i])
let label_of_subset = x[d]
let how_many_inner = count(p in Place if p in Inner)
let same = count(p in Place, i in Inner if p == i)
)",
                               {.series = {{"weight", {.values = {1, 2, 4, 8}}}}})
                        .run();
  EXPECT_EQ(h.at_end("x[b]"), 2);
  EXPECT_EQ(h.at_end("x[d]"), 8);
  EXPECT_EQ(h.at_end("total"), 10);
  EXPECT_EQ(h.at_end("core"), 16);
  EXPECT_EQ(h.at_end("label_of_subset"), 8);
  EXPECT_EQ(h.at_end("how_many_inner"), 2);
  EXPECT_EQ(h.at_end("same"), 2);
}

// Decision 4: a state over a subset reads `outside` data for labels of the wider set.
TEST(Indices, StatesHaveValuesOutsideTheirSet) {
  const MemoryAnswers answers{
      .links = {{"near", {{"i", "o"}, {"i", "j"}, {"j", "o"}, {"i", "far"}}}},
      .series = {{"beyond", {.values = {0.1, 0.2, 0.3, 0.4}}}}};
  const History h = over_steps(1, R"(
set Place = i, j, o, far
set Land in Place = i, j
data beyond[Place] from "p.csv"
link near(Land, Place) from "n.csv" symmetric
state held[d in Land] = 1 then held[d] / 2 outside beyond
let around[d in Land] = sum(e in near(d): held[e])
)",
                               answers)
                        .run();
  EXPECT_DOUBLE_EQ(h.at_end("around[i]"), 1 + 0.3 + 0.4);
  EXPECT_DOUBLE_EQ(h.at_end("around[j]"), 1 + 0.3);
}

TEST(Indices, WithoutOutsideValuesAWiderIndexIsAnError) {
  EXPECT_EQ(over_steps(1, R"(
set Place = i, o
set Land in Place = i
state held[d in Land] = 1
let y = sum(p in Place: held[p])
)")
                .faults(),
            (std::vector<std::string>{"I106 p"}));
}

// Decision 3: a bound name is no quantity, no set and no label, wherever it is bound.
TEST(Indices, BoundNamesMeanNothingElse) {
  const std::string sets = R"(
set S = a, b
set T = a, c
state phase : {peace, war} = peace
state y[s in S] = 0
)";
  const auto faults = [&](const std::string& line) { return over_steps(1, sets + line).faults(); };
  using Names = std::vector<std::string>;
  EXPECT_EQ(faults("let x = sum(S in S: 1)\n"), (Names{"N103 S"}));
  EXPECT_EQ(faults("let x = sum(T in S: 1)\n"), (Names{"N103 T"}));
  EXPECT_EQ(faults("let x = sum(b in S: 1)\n"), (Names{"N103 b"}));
  EXPECT_EQ(faults("let x = sum(c in S: 1)\n"), (Names{"N103 c"}));
  EXPECT_EQ(faults("let x = sum(war in S: y[war])\n"), (Names{"N103 war"}));
  EXPECT_EQ(faults("let x[c in S] = 1\n"), (Names{"N103 c"}));
  EXPECT_EQ(faults("let x = sum(y in S: 1)\n"), (Names{"N103 y"}));
  EXPECT_EQ(faults("let x = sum(s in S: sum(s in T: 1))\n"), (Names{"N103 s"}));
  EXPECT_EQ(faults("treaty pact when true\n    y[c in S] := 1\n"), (Names{"N103 c"}));
  EXPECT_EQ(faults("whatif w\n    at 1 y[T in S] := 1\n"), (Names{"N103 T"}));
  EXPECT_EQ(faults("let x = sum(s in S: sum(t in T: 1))\n"), (Names{}));
}

// The language page: `x[attack]`, where attack is a move over a set, is the element of the option
// taken: on each path inside its game, as realised outside. Not reached, it is 0.
TEST(Indices, AMoveIsAnIndex) {
  const History h = over_steps(3, R"(
set Offer = low, middle, high
data worth_of[Offer] from "w.csv"
state n = 0 then n + 1
game g while n < 2 rationality 1000
    offer by P: Offer
    payoff P = worth_of[offer] * (2 * (n == 0) - 1)
let taken = worth_of[offer]
)",
                               {.series = {{"worth_of", {.values = {3, 7, 5}}}}})
                        .run();
  EXPECT_EQ(h.labels("offer"), (std::vector<std::string>{"middle", "low", "none"}));
  EXPECT_EQ(h.path("taken"), (Path{7, 3, 0}));
}

// The language page: a bound name or a move over a numeric set is its number.
TEST(Indices, NumericSetsAreNumbers) {
  const History h = over_steps(1, R"(
set Offer = 0 to 1 by 0.25
let square[x in Offer] = x * x
let total = sum(x in Offer: x)
let large = count(x in Offer if x >= 0.5)
game g rationality 10000
    offer by P: Offer
    payoff P = offer - offer ^ 2 * 0.6
let taken = offer
let twice = 2 * taken
)")
                        .run();
  EXPECT_EQ(h.at_end("square[0.75]"), 0.5625);
  EXPECT_EQ(h.at_end("total"), 2.5);
  EXPECT_EQ(h.at_end("large"), 3);
  EXPECT_EQ(h.labels("offer").back(), "0.75");  // largest at 1 / 1.2
  EXPECT_EQ(h.labels("taken").back(), "0.75");
  EXPECT_EQ(h.at_end("twice"), 1.5);
}

// Decision 3: opposite an enumerated state a word is a label; two enumerated states may share one.
TEST(Indices, AWordOppositeAStateIsALabel) {
  const History h = over_steps(2, R"(
state phase : {peace, war} = peace then war
state weather : {war, calm} = calm
let both = (phase == war) + 10 * (weather != war)
let same = (1 if phase in (peace, war) else 0)
)")
                        .run();
  EXPECT_EQ(h.path("both"), (Path{10, 11}));
  EXPECT_EQ(h.path("same"), (Path{1, 1}));
}

// Decision 3: if a quantity of the label's name also fits it is an error, and quotes force the
// label.
TEST(Indices, ALabelThatIsAlsoAQuantity) {
  const std::string world = "set S = a, b\ndata w[S] from \"w.csv\"\nlet a = 3\n";
  EXPECT_EQ(over_steps(1, world + "let y = w[a]\n").faults(), (std::vector<std::string>{"N102 a"}));
  const MemoryAnswers answers{.series = {{"w", {.values = {5, 6}}}}};
  EXPECT_EQ(over_steps(1, world + "let y = w[\"a\"]\n", answers).run().at_end("y"), 5);
}

// Data by step follow the steps, elements in row-major order.
TEST(Indices, DataByStepAndElement) {
  const MemoryAnswers answers{
      .series = {{"x", {.by_step = true, .values = {11, 12, 21, 22, 31, 32}}}}};
  const History h =
      over_steps(3, "set S = a, b\ndata x[S] from \"x.csv\"\nlet y[d in S] = x[d]\n", answers)
          .run();
  EXPECT_EQ(h.path("y[a]"), (Path{11, 21, 31}));
  EXPECT_EQ(h.path("y[b]"), (Path{12, 22, 32}));
}

// I111: a move selects among the elements of an array over one set.
// One index of an element may be known in a run only, among others that are known before it.
TEST(Indices, AMoveIsAnIndexAmongKnownOnes) {
  const std::string text = R"(
set S = a, b
set T = p, q, r
let x[d in S, t in T] = 10 * (d == b) + (t == q) + 2 * (t == r)
state n = 0 then n + 1
game g while n < 2 rationality 1000
    pick by P: S
    payoff P = (pick == b) * (1 - 2 * n)
game h while n < 2 rationality 1000
    take by Q: T
    payoff Q = take == r
let first = x[pick, q]
let second = x[b, take]
let sum_of = sum(t in T: x[pick, t])
)";
  const History h = over_steps(3, text).run();
  EXPECT_EQ(h.path("first"), (Path{11, 1, 0}));
  EXPECT_EQ(h.path("second"), (Path{12, 12, 0}));
  EXPECT_EQ(h.path("sum_of"), (Path{33, 3, 0}));
  EXPECT_EQ(over_steps(1, text + "let y = x[pick, take]\n").faults(),
            (std::vector<std::string>{"I111 take"}));
}

}  // namespace
}  // namespace casus::language
