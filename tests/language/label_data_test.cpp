// Data whose values are labels of a set: who governs, which side holds the town.
#include "language/running.hpp"

#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Path = std::vector<double>;
using Names = std::vector<std::string>;

/// Three leaders, one a step: clay, asha, asha.
MemoryAnswers leaders() {
  return {.series = {{"leader", {.by_step = true, .values = {2, 0, 0}}},
                     {"cost", {.values = {10, 20, 40}}}}};
}

TEST(LabelData, AreComparedWithLabels) {
  const History h = over_steps(3, R"(
set Leader = asha, ben, clay
data leader : Leader from "leaders.csv"
let first = leader == asha
let other = leader != "clay"
let either = leader in (ben, clay)
let same = count(l in Leader if l == leader)
)",
                               leaders())
                        .run();
  EXPECT_EQ(h.path("first"), (Path{0, 1, 1}));
  EXPECT_EQ(h.path("other"), (Path{0, 1, 1}));
  EXPECT_EQ(h.path("either"), (Path{1, 0, 0}));
  EXPECT_EQ(h.path("same"), (Path{1, 1, 1}));
}

TEST(LabelData, AreIndices) {
  const History h = over_steps(3, R"(
set Leader = asha, ben, clay
data leader : Leader from "leaders.csv"
data cost[Leader] from "costs.csv"
state age[l in Leader] = cost[l] then age[l] + 1
let price = cost[leader]
let years = age[leader]
)",
                               leaders())
                        .run();
  EXPECT_EQ(h.path("price"), (Path{40, 10, 10}));
  EXPECT_EQ(h.path("years"), (Path{40, 11, 12}));
}

// One index among several: the others are known.
TEST(LabelData, AreIndicesAmongOthers) {
  const History h = over_steps(3, R"(
set Leader = asha, ben, clay
set Year = early, late
data leader : Leader from "leaders.csv"
data cost[Leader] from "costs.csv"
let bill[y in Year, l in Leader, z in Year] = cost[l] + (y == late) + 0.5 * (z == late)
let one = bill[late, leader, early]
let all = sum(y in Year, z in Year: bill[y, leader, z])
)",
                               leaders())
                        .run();
  EXPECT_EQ(h.path("one"), (Path{41, 11, 11}));
  EXPECT_EQ(h.path("all"), (Path{163, 43, 43}));
}

TEST(LabelData, OverASetFilterItsSums) {
  const History h =
      over_steps(2, R"(
set Town = north, south, east
set Side = aland, bland
data hold[Town] : Side from "control.csv"
data people[Town] from "people.csv"
let held[s in Side] = sum(t in Town if hold[t] == s: people[t])
let towns = count(t in Town if hold[t] in (aland))
let all = all(t in Town: hold[t] in Side)
)",
                 {.series = {{"hold", {.by_step = true, .values = {0, 0, 1, 1, 0, 1}}},
                             {"people", {.values = {1, 2, 4}}}}})
          .run();
  EXPECT_EQ(h.path("held[aland]"), (Path{3, 2}));
  EXPECT_EQ(h.path("held[bland]"), (Path{4, 5}));
  EXPECT_EQ(h.path("towns"), (Path{2, 1}));
  EXPECT_EQ(h.path("all"), (Path{1, 1}));
}

TEST(LabelData, MayBeConstantsAndHaveLabelsOfTheirOwn) {
  const History h = over_steps(1, R"(
set Leader = asha, ben, clay
data leader : Leader = ben
data regime : {open, closed} from "regime.csv"
param bias[l in Leader] = 7
let own = bias[leader] + (leader == ben)
let shut = regime == closed
)",
                               {.series = {{"regime", {.values = {1}}}}})
                        .run();
  EXPECT_EQ(h.at_end("own"), 8);
  EXPECT_EQ(h.at_end("shut"), 1);
}

// Labels of a set and of its subset compare by their text, whatever their places.
TEST(LabelData, OfASubsetCompareByText) {
  const std::string text = R"(
set Place = a, b, c
set Inner in Place = c, b
data here : Place from "here.csv"
data there : Inner from "there.csv"
data worth[Place] from "worth.csv"
let same = here == there
let inside = here in Inner
let found = sum(i in Inner if i == here: 1)
let value = worth[there]
)";
  const MemoryAnswers answers{.series = {{"here", {.by_step = true, .values = {0, 1, 2, 2}}},
                                         {"there", {.by_step = true, .values = {0, 1, 0, 1}}},
                                         {"worth", {.values = {1, 2, 4}}}}};
  const History h = over_steps(4, text, answers).run();
  EXPECT_EQ(h.path("same"), (Path{0, 1, 1, 0}));
  EXPECT_EQ(h.path("inside"), (Path{0, 1, 1, 1}));
  EXPECT_EQ(h.path("found"), (Path{0, 1, 1, 1}));
  EXPECT_EQ(h.path("value"), (Path{4, 2, 4, 2}));
  EXPECT_EQ(
      over_steps(4, text + "let few[i in Inner] = 1\nlet none_of = few[here]\n", answers).faults(),
      (Names{"I106 here"}));
}

TEST(LabelData, BeginStatesOfTheirSet) {
  const History h = over_steps(3, R"(
set Town = north, south
set Side = aland, bland
data held_first[Town] : Side from "control.csv"
state holder[t in Town] : Side = held_first[t]
    then (bland if t == north else holder[t])
let kept[t in Town] = holder[t] == held_first[t]
let who = holder[south]
)",
                               {.series = {{"held_first", {.values = {0, 1}}}}})
                        .run();
  EXPECT_EQ(h.labels("holder[north]"), (Names{"bland", "bland", "bland"}));
  EXPECT_EQ(h.path("kept[north]"), (Path{1, 0, 0}));
  EXPECT_EQ(h.path("kept[south]"), (Path{1, 1, 1}));
  EXPECT_EQ(h.labels("who"), (Names{"bland", "bland", "bland"}));
}

TEST(LabelData, GiveStatesTheirValuesOutside) {
  const History h = over_steps(1, R"(
set Place = i, o
set Land in Place = i
set Side = aland, bland
data held_by[Place] : Side from "control.csv"
link near(Land, Place) from "near.csv"
state holder[p in Land] : Side = aland outside held_by
let foreign[p in Land] = count(q in near(p) if holder[q] == bland)
)",
                               {.links = {{"near", {{"i", "o"}, {"i", "i"}}}},
                                .series = {{"held_by", {.values = {0, 1}}}}})
                        .run();
  EXPECT_EQ(h.at_end("foreign[i]"), 1);
  EXPECT_EQ(over_steps(1, R"(
set Place = i, o
set Land in Place = i
data held_by[Place] : {aland, bland} from "control.csv"
state x[p in Land] = 0 outside held_by
)")
                .faults(),
            (Names{"I109 held_by"}));
}

TEST(LabelData, AreSetInWhatifs) {
  const Checked model = over_steps(3, R"(
set Leader = asha, ben, clay
set Town = north, south
data leader : Leader from "leaders.csv"
data hold[Town] : {aland, bland} from "hold.csv"
let first = leader == asha
let ours = count(t in Town if hold[t] == aland)
whatif stays
    from 2 leader := clay
whatif turns
    from 2 to 2 leader := cases
        leader == asha : ben
        otherwise      : leader
whatif taken
    from 3 hold[t in Town] := bland
    from 2 hold[south] := aland
whatif wrong
    from 2 leader := 1
)",
                                   leaders());
  EXPECT_EQ(model.faults(), (Names{"N203 1"}));
  const Checked good = over_steps(3, R"(
set Leader = asha, ben, clay
set Town = north, south
data leader : Leader from "leaders.csv"
data hold[Town] : {aland, bland} from "hold.csv"
let first = leader == asha
let second = leader == ben
let ours = count(t in Town if hold[t] == aland)
whatif stays
    from 2 leader := clay
whatif turns
    from 2 to 2 leader := cases
        leader == asha : ben
        otherwise      : leader
whatif taken
    from 3 hold[t in Town] := bland
    from 3 hold[south] := aland
)",
                                  leaders());
  EXPECT_EQ(good.whatif("stays").run().path("first"), (Path{0, 0, 0}));
  EXPECT_EQ(good.whatif("turns").run().path("first"), (Path{0, 0, 1}));
  EXPECT_EQ(good.whatif("turns").run().path("second"), (Path{0, 1, 0}));
  EXPECT_EQ(good.whatif("taken").run().path("ours"), (Path{2, 2, 1}));
}

TEST(LabelData, StandInGamesMeasuresAndConditions) {
  const Checked model = over_steps(3, R"(
set Leader = asha, ben, clay
data leader : Leader from "leaders.csv"
data cost[Leader] from "costs.csv"
game crisis while leader != clay rationality 1000
    move by A: wait, press
    payoff A = (cost[leader] - 15 if move == press else 0)
let now = leader
measure pressed = total(move == press)
measure waited = total(move == wait)
measure late = first date leader == asha
measure who = now at end
observe deaths from "d.csv" while leader == clay ~ poisson(mean = 2)
)",
                                   leaders());
  const History h = model.run();
  EXPECT_EQ(h.labels("move"), (Names{"none", "wait", "wait"}));
  EXPECT_EQ(h.labels("now"), (Names{"clay", "asha", "asha"}));
  EXPECT_EQ(h.measure("pressed"), 0);
  EXPECT_EQ(h.measure("waited"), 2);
  EXPECT_EQ(h.measure("late"), 1);
  EXPECT_EQ(h.measure("who"), 0);
}

TEST(LabelData, StandInRowsOfACase) {
  const History h =
      over_time("rows \"disputes.csv\"", R"(
set Regime = open, closed
data regime : Regime from "disputes.csv"
param fear[r in Regime] = 3
let level = fear[regime] + (regime == closed)
whatif freed
    regime := open
)",
                {.series = {{"regime", {.by_step = true, .values = {1, 0, 1}}}}, .rows = 3})
          .whatif("freed")
          .run();
  EXPECT_EQ(h.path("level"), (Path{3, 3, 3}));
}

// A link's argument must be known before the run: a constant is, a series is not.
TEST(LabelData, ThatAreConstantChooseARowOfALink) {
  const MemoryAnswers answers{
      .links = {{"road", {{"a", "b"}, {"b", "c"}, {"b", "a"}}}},
      .series = {{"front", {.by_step = true, .values = {0, 1}}}, {"x", {.values = {1, 2, 4}}}}};
  const std::string text = R"(
set Place = a, b, c
link road(Place, Place) from "roads.csv"
data x[Place] from "x.csv"
data capital : Place = b
data front : Place from "front.csv"
let near = sum(p in road(capital): x[p])
let linked = road(capital, c)
)";
  const History h = over_steps(2, text, answers).run();
  EXPECT_EQ(h.at_end("near"), 5);
  EXPECT_EQ(h.at_end("linked"), 1);
  EXPECT_EQ(over_steps(2, text + "let y = sum(p in road(front): x[p])\n", answers).faults(),
            (Names{"I108 front"}));
  EXPECT_EQ(over_steps(2, text + "let y = road(front, c)\n", answers).faults(),
            (Names{"I108 road(front, c)"}));
  EXPECT_EQ(
      over_steps(2, text + "draw y ~ categorical(p in road(front): x[p])\n", answers).faults(),
      (Names{"I108 front"}));
  const History long_way = over_steps(2, text + R"(
let y = sum(p in Place if p == front: sum(q in road(p): x[q]))
)",
                                      answers)
                               .run();
  EXPECT_EQ(long_way.path("y"), (Path{2, 5}));
}

// A set of numbers has numbers for labels, and data of them are these numbers.
TEST(LabelData, OfASetOfNumbersAreNumbers) {
  const History h = over_steps(2, R"(
set Offer = 0 to 1 by 0.25
data offer : Offer from "offers.csv"
let twice = 2 * offer
let high = offer > 0.3
let half = offer == "0.5"
)",
                               {.series = {{"offer", {.by_step = true, .values = {1, 2}}}}})
                        .run();
  EXPECT_EQ(h.path("twice"), (Path{0.5, 1}));
  EXPECT_EQ(h.path("high"), (Path{0, 1}));
  EXPECT_EQ(h.path("half"), (Path{0, 1}));
}

TEST(LabelData, MayStandInPriorsWhereTheyAreConstant) {
  const std::string text = R"(
set Leader = asha, ben
param skill[l in Leader] ~ normal(0, 1)
data first : Leader = ben
data leader : Leader from "leaders.csv"
param edge ~ normal(10 * skill[first], 0.001)
let wide = edge - 10 * skill[ben]
)";
  const History h = over_steps(2, text, leaders()).run();
  EXPECT_NEAR(h.at_end("wide"), 0.0, 0.01);
  EXPECT_EQ(over_steps(2, text + "param luck ~ normal(skill[leader], 1)\n", leaders()).faults(),
            (Names{"O107 leader"}));
}

TEST(LabelData, AreNoNumbersAndHaveNoUnit) {
  const std::string sets = "set Leader = asha, ben\n";
  const auto faults = [&](const std::string& text) { return over_steps(2, sets + text).faults(); };
  EXPECT_EQ(faults("data leader : Leader from \"l.csv\"\nlet y = leader + 1\n"),
            (Names{"N201 leader"}));
  EXPECT_EQ(faults("data leader : Leader from \"l.csv\"\nlet y = leader < ben\n"),
            (Names{"N204 <"}));
  EXPECT_EQ(faults("data leader : Leader from \"l.csv\"\nlet y = leader == carl\n"),
            (Names{"N107 carl"}));
  EXPECT_EQ(faults("data leader : Leader from \"l.csv\" linear\n"), (Names{"D212 linear"}));
  EXPECT_EQ(faults("data leader : Leader from \"l.csv\" unit \"person\"\n"),
            (Names{"D213 \"person\""}));
  EXPECT_EQ(faults("state phase : {peace, war} = peace unit \"1\"\n"), (Names{"D213 \"1\""}));
  EXPECT_EQ(faults("draw luck : {good, bad} ~ categorical(1, 2) unit \"1\"\n"),
            (Names{"D213 \"1\""}));
  EXPECT_EQ(faults("data leader : Leader = 3\n"), (Names{"N203 3"}));
  EXPECT_EQ(faults("data leader : Leaders = asha\n"), (Names{"N003 Leaders"}));
}

}  // namespace
}  // namespace casus::language
