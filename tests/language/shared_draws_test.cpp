// Draws of labels and of counts over a set, and weights of links.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <map>

namespace casus::language {
namespace {

using Faults = std::vector<std::string>;

constexpr double n = 4000.0;

/// Four standard errors of a share p over n steps.
double close(double p) { return 4.0 * std::sqrt(p * (1.0 - p) / n); }

std::map<std::string, double> shares(const std::vector<std::string>& labels) {
  std::map<std::string, double> result;
  for (const std::string& label : labels) result[label] += 1.0 / static_cast<double>(labels.size());
  return result;
}

TEST(Categorical, ChoosesLabelsByTheirWeights) {
  const History h = over_steps(4000, R"(
param w = 3
draw mood : {calm, tense, angry} ~ categorical(2, w, 5)
draw named : {calm, tense, angry} ~ categorical(angry = 1, calm = 4, tense = 0)
let tense_now = mood == tense
)")
                        .run();
  auto mood = shares(h.labels("mood"));
  EXPECT_NEAR(mood["calm"], 0.2, close(0.2));
  EXPECT_NEAR(mood["tense"], 0.3, close(0.3));
  EXPECT_NEAR(mood["angry"], 0.5, close(0.5));
  auto named = shares(h.labels("named"));
  EXPECT_NEAR(named["calm"], 0.8, close(0.8));
  EXPECT_EQ(named.count("tense"), 0U);
  for (std::size_t step = 0; step < 100; ++step)
    EXPECT_EQ(h.at("tense_now", step), h.labels("mood")[step] == "tense" ? 1.0 : 0.0);
}

TEST(Categorical, ChoosesAmongTheLabelsOfASetOrOfALink) {
  MemoryAnswers answers;
  answers.links["near"] = {{"c", "a"}, {"c", "d"}};
  answers.series["people"] = {.values = {10, 20, 30, 40}};
  const History h = over_steps(4000, R"(
set Place = a, b, c, d
link near(Place, Place) from "near.csv"
data people[Place] from "people.csv"
draw where ~ categorical(p in Place: people[p])
draw beside ~ categorical(p in near(c): people[p])
let size = people[where]
)",
                               answers)
                        .run();
  auto where = shares(h.labels("where"));
  EXPECT_NEAR(where["a"], 0.1, close(0.1));
  EXPECT_NEAR(where["d"], 0.4, close(0.4));
  auto beside = shares(h.labels("beside"));
  EXPECT_NEAR(beside["a"], 0.2, close(0.2));
  EXPECT_NEAR(beside["d"], 0.8, close(0.8));
  EXPECT_EQ(beside.size(), 2U);
  const std::map<std::string, double> sizes{{"a", 10}, {"b", 20}, {"c", 30}, {"d", 40}};
  for (std::size_t step = 0; step < 100; ++step)
    EXPECT_EQ(h.at("size", step), sizes.at(h.labels("where")[step]));
}

TEST(Categorical, ByYearAndOnceAndByElement) {
  const Checked model = over_time("from 2000-01 to 2002-12 by month", R"(
set Side = east, west
draw mood[s in Side] : {calm, tense} ~ categorical(1, 1) by year
draw type : {weak, strong} ~ categorical(1, 1) once
state line = (1 if type == strong else 0)
whatif firm
    type := strong
)");
  bool sides_differ = false;
  for (std::uint32_t slot = 0; slot < 20; ++slot) {
    const History h = model.run({.slot = slot});
    const std::vector<std::string> east = h.labels("mood[east]");
    for (std::size_t step = 1; step < east.size(); ++step) {
      if (step % 12 != 0) {
        EXPECT_EQ(east[step], east[step - 1]);
      }
    }
    sides_differ = sides_differ || east != h.labels("mood[west]");
    EXPECT_EQ(h.at("line", 7), h.labels("type")[0] == "strong" ? 1.0 : 0.0);
    EXPECT_EQ(model.whatif("firm").run({.slot = slot}).labels("type")[5], "strong");
  }
  EXPECT_TRUE(sides_differ);
}

// Counts add up to the number shared out, and each is binomial by itself (Devroye 1986, XI.1.2).
TEST(Multinomial, SharesANumberOutOverASet) {
  const History h = over_steps(4000, R"(
set Side = east, west
set Arm = foot, horse, guns
draw fallen[s in Side, a in Arm] ~ multinomial((10 if s == east else 20), (1 if a == foot else 2))
let lost_east = sum(a in Arm: fallen[east, a])
let lost_west = sum(a in Arm: fallen[west, a])
)")
                        .run();
  double sum = 0.0;
  double squares = 0.0;
  double product = 0.0;
  for (std::size_t step = 0; step < 4000; ++step) {
    EXPECT_EQ(h.at("lost_east", step), 10.0);
    EXPECT_EQ(h.at("lost_west", step), 20.0);
    const double horse = h.at("fallen[west, horse]", step);
    sum += horse;
    squares += horse * horse;
    product += horse * h.at("fallen[west, guns]", step);
  }
  const double mean = sum / n;
  EXPECT_NEAR(mean, 20 * 0.4, 4.0 * std::sqrt(20 * 0.4 * 0.6 / n));
  EXPECT_NEAR(squares / n - mean * mean, 20 * 0.4 * 0.6, 4.0 * 4.8 * std::sqrt(2.0 / n));
  EXPECT_NEAR(product / n - 64.0, -20 * 0.4 * 0.4, 1.5);
}

TEST(Multinomial, ByYearOnceAndByNames) {
  const Checked model = over_time("from 2000-01 to 2001-12 by month", R"(
set Arm = foot, horse, guns
draw men[a in Arm] ~ multinomial(p = 1, n = 60) once
draw loss[a in Arm] ~ multinomial(n = 7, p = men[a]) by year
state all[a in Arm] = men[a]
let total_loss = sum(a in Arm: loss[a])
)");
  const History h = model.run();
  EXPECT_EQ(h.at("men[foot]", 3) + h.at("men[horse]", 9) + h.at("men[guns]", 20), 60.0);
  EXPECT_EQ(h.at("all[horse]", 20), h.at("men[horse]", 0));
  for (std::size_t step = 0; step < 24; ++step) {
    EXPECT_EQ(h.at("total_loss", step), 7.0);
    if (step % 12 != 0) {
      EXPECT_EQ(h.at("loss[guns]", step), h.at("loss[guns]", step - 1));
    }
  }
}

TEST(SharedDraws, SayWhatTheyNeed) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"draw x ~ multinomial(3, 1)\n", "N125 multinomial(3, 1)"},
      {"draw x[s in S] ~ multinomial(3)\n", "N105 multinomial(3)"},
      {"draw x[s in S] ~ multinomial(n = 3, q = 1)\n", "N112 q"},
      {"data w[S] from \"w.csv\"\ndraw x[s in S] ~ multinomial(w[s], 1)\n", "I104 s"},
      {"param x ~ categorical(1, 2)\n", "N125 categorical"},
      {"draw x ~ categorical(1, 2)\n", "N125 categorical(1, 2)"},
      {"draw x : {a, b} ~ normal(0, 1)\n", "N125 normal(0, 1)"},
      {"draw x : {u, v} ~ categorical(1)\n", "N105 categorical(1)"},
      {"draw x : {u, v} ~ categorical(u = 1, w = 2)\n", "N112 w"},
      {"draw x ~ categorical(s in T: 1)\n", "N003 T"},
      {"draw x : {u, v} ~ categorical(1, 2)\nlet y = x + 1\n", "N201 x"},
      {"draw x : {u, v} ~ categorical(1, 2)\nlet y = x == w\n", "N107 w"},
      {"data p = 1 unit \"person\"\ndraw x[s in S] ~ multinomial(p, 1) unit \"USD\"\n", "U104 p"},
      {"data p = 1 unit \"person\"\ndata m = 1 unit \"USD\"\n"
       "draw x : {u, v} ~ categorical(p, m)\n",
       "U108 m"},
  };
  for (const auto& [text, fault] : rows)
    EXPECT_EQ(over_steps(1, "set S = a, b\n" + text).faults(), Faults{fault}) << text;
}

// ---- weights of links

Checked roads(const std::string& more, std::vector<double> km = {3, 5}) {
  MemoryAnswers answers;
  answers.links["road"] = {{"a", "b"}, {"b", "c"}};
  answers.link_weights["road"] = std::move(km);
  return over_steps(1, R"(
set Place = a, b, c
link road(Place, Place) from "roads.csv" columns from, to weight km symmetric unit "km"
state x[p in Place] = (1 if p == a else (10 if p == b else 100))
)" + more,
                    answers);
}

TEST(LinkWeights, AreAskedOfTwoLabels) {
  const History h = roads(R"(
let flow[p in Place] = sum(q in road(p): road(p, q) * x[q])
let all[p in Place] = sum(q in Place: road(p, q) * x[q])
let far = road(a, c)
let one = road(b, c)
)")
                        .run();
  EXPECT_EQ(h.at_end("flow[a]"), 30.0);
  EXPECT_EQ(h.at_end("flow[b]"), 3.0 + 500.0);
  EXPECT_EQ(h.at_end("flow[c]"), 50.0);
  EXPECT_EQ(h.at_end("all[b]"), 503.0);
  EXPECT_EQ(h.at_end("far"), 0.0);
  EXPECT_EQ(h.at_end("one"), 5.0);
}

TEST(LinkWeights, HaveTheirUnit) {
  EXPECT_TRUE(roads("let d = road(a, b) unit \"km\"\n").faults().empty());
  EXPECT_EQ(roads("let d = road(a, b) unit \"USD\"\n").faults(), Faults{"U104 road(a, b)"});
}

TEST(LinkWeights, AreOneWithoutAColumnAndNeedTwoLabels) {
  MemoryAnswers answers;
  answers.links["near"] = {{"a", "b"}};
  const std::string head = "set Place = a, b\nlink near(Place, Place) from \"near.csv\"\n";
  const History h = over_steps(1, head + "let y = near(a, b) + 10 * near(b, a)\n", answers).run();
  EXPECT_EQ(h.at_end("y"), 1.0);
  EXPECT_EQ(over_steps(1, head + "let y = near(a)\n", answers).faults(), Faults{"I108 near(a)"});
  EXPECT_EQ(over_steps(1, head + "let y = near(a, z)\n", answers).faults(), Faults{"I104 z"});
}

// A matrix times a vector, from data over two sets.
TEST(LinkWeights, MatrixTimesVectorFromData) {
  MemoryAnswers answers;
  answers.links["near"] = {{"a", "b"}, {"b", "a"}, {"b", "b"}};
  answers.series["w"] = {.values = {1, 2, 3, 4}};
  const History h = over_steps(1, R"(
set Place = a, b
link near(Place, Place) from "near.csv"
data w[Place, Place] from "w.csv"
state x[p in Place] = (5 if p == a else 7)
let full[d in Place] = sum(e in Place: w[d, e] * x[e])
let sparse[d in Place] = sum(e in near(d): w[d, e] * x[e])
)",
                               answers)
                        .run();
  EXPECT_EQ(h.at_end("full[a]"), 5.0 + 14.0);
  EXPECT_EQ(h.at_end("full[b]"), 15.0 + 28.0);
  EXPECT_EQ(h.at_end("sparse[a]"), 14.0);
  EXPECT_EQ(h.at_end("sparse[b]"), 43.0);
}

}  // namespace
}  // namespace casus::language
