// `time rows "file.csv"` (decision 14): each row is a step by itself.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Faults = std::vector<std::string>;

MemoryAnswers three_rows() {
  MemoryAnswers answers;
  answers.rows = 3;
  answers.series["x"] = {.by_step = true, .values = {0.5, -1.0, 2.0}};
  answers.series["id"] = {.by_step = true, .values = {1, 2, 3}};
  return answers;
}

Checked over_rows(std::string_view body) {
  return over_time("rows \"rows.csv\"",
                   "data x from \"rows.csv\"\ndata id from \"rows.csv\"\n" + std::string(body),
                   three_rows());
}

TEST(Rows, AreTheStepsOfTheCase) {
  const Checked model =
      over_rows("let y = 2 * x\nmeasure m = mean(y)\nmeasure one = total(y while id == 2)\n");
  const History h = model.run();
  EXPECT_EQ(h.path("y"), (std::vector<double>{1, -2, 4}));
  EXPECT_EQ(h.measure("m"), 1.0);
  EXPECT_EQ(h.measure("one"), -2.0);
  EXPECT_EQ(model.model().steps.label(1), "row 2");
}

TEST(Rows, HaveGamesDrawsAndParameters) {
  const Checked model = over_rows(R"(
param b = 0.7
draw noise ~ normal(0, 1)
game g rationality 1
    act by A: hold (status quo), raid
    payoff A = b * x * (act == raid)
let p = prob(act == raid)
observe seen from "rows.csv" ~ bernoulli(p)
measure loglik = total(log(p if id != 2 else 1 - p))
whatif more
    x := x + 1
)");
  const History h = model.run();
  double sum = 0.0;
  const std::vector<double> x{0.5, -1.0, 2.0};
  for (std::size_t i = 0; i < 3; ++i) {
    const double p = 1.0 / (1.0 + std::exp(-0.7 * x[i]));
    EXPECT_NEAR(h.at("p", i), p, 1e-15);
    sum += std::log(i == 1 ? 1.0 - p : p);
  }
  EXPECT_NEAR(h.measure("loglik"), sum, 1e-14);
  EXPECT_NEAR(model.whatif("more").run().at("p", 1), 0.5, 1e-15);
  EXPECT_NE(h.at("noise", 0), h.at("noise", 1));
}

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

// A regression with a strategic likelihood: what the rows record has the scores of Signorino's
// formulas, with private information.
TEST(Rows, AreScored) {
  using Cell = RecordedCell;
  const auto label = [](std::uint32_t k) {
    return Cell{.kind = Cell::Kind::labels, .labels = {k}};
  };
  MemoryAnswers answers = three_rows();
  answers.records["act"] = {label(1), label(0), label(1)};
  answers.records["reply"] = {label(0), Cell{.kind = Cell::Kind::not_reached}, label(1)};
  const Checked model = over_time("rows \"rows.csv\"", R"(
data x from "rows.csv"
game g rationality 1 errors private
    act by A: hold, raid
    reply by B: yield, fight  if act == raid
    payoff A = (0.3 if act == hold else (1 if reply == yield else -x))
    payoff B = 0.5 * x * (reply == fight)
observe act from "rows.csv"
observe reply from "rows.csv"
)",
                                  answers);
  const History h = model.variant({.given = true}).run();
  const std::vector<double> x{0.5, -1.0, 2.0};
  for (std::size_t row = 0; row < 3; ++row) {
    const double fights = normal_cdf(0.5 * x[row] / std::sqrt(2.0));
    const double spread = 1.0 + fights * fights + (1.0 - fights) * (1.0 - fights);
    const double gain = (1.0 - fights) - fights * x[row] - 0.3;
    const double raids = normal_cdf(gain / std::sqrt(spread));
    EXPECT_NEAR(h.scores("act").at(row), std::log(row == 1 ? 1.0 - raids : raids), 1e-13) << row;
    const double reply = row == 0 ? 1.0 - fights : fights;
    EXPECT_NEAR(h.scores("reply").at(row), row == 1 ? 0.0 : std::log(reply), 1e-13) << row;
  }
}

// Rows know nothing of each other: nobody learns from the first that a move is forced.
TEST(Rows, AreSurprisedEachByItself) {
  const Checked model = over_rows(R"(
game g rationality 1
    act by A: hold, raid
    reply by B: yield, fight  if act == raid
    payoff A = (0 if act == hold else (2 if reply == yield else -1))
    payoff B = 0.5 * (reply == fight)
let p = prob(act == raid)
whatif forced
    reply := fight
whatif known
    B commits reply = fight
)");
  const double before = model.run().at("p", 0);
  const History forced = model.whatif("forced").run();
  const History known = model.whatif("known").run();
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(forced.at("p", row), before);
    EXPECT_NEAR(known.at("p", row), 1.0 / (1.0 + std::exp(1.0)), 1e-15);
  }
}

TEST(Rows, HaveNoTime) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"let y = x * dt\n", "T107 dt"},
      {"let y = since(2000)\n", "T107 since(2000)"},
      {"let y = half_life(3 months)\n", "T107 half_life(3 months)"},
      {"event e at 2000\n", "T107 e"},
      {"measure m = x at end\n", "T107 x at end"},
      {"measure m = mean(x) from 2000\n", "T107 2000"},
      {"measure m = first date x > 0\n", "T107 first date x > 0"},
      {"measure m = rate(x > 0)\n", "T107 rate(x > 0)"},
      {"whatif w\n    from 2000 x := 3\n", "T107 2000"},
      {"data z from \"z.csv\" date year\n", "T107 year"},
      {"data z from \"z.csv\" linear\n", "T107 z"},
      {"game g rationality 1\n    a by A: x (status quo per month), y\n    payoff A = 1 * (a == "
       "y)\n",
       "T107 month"},
  };
  for (const auto& [text, fault] : rows) EXPECT_EQ(over_rows(text).faults(), Faults{fault}) << text;
}

TEST(Rows, StandEachForItself) {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"state s = 1\n", "O113 s"},
      {"draw u ~ normal(0, 1) once\n", "O113 u"},
      {"draw u ~ normal(0, 1) by year\n", "O113 u"},
      {"let y = lagged(x, 1)\n", "O113 lagged(x, 1)"},
      {"let y = averaged(x, 1)\n", "O113 averaged(x, 1)"},
      {"let y = slope(x, 1)\n", "O113 slope(x, 1)"},
      {"treaty t when x > 0\n    y := 3\n", "O113 t"},
  };
  for (const auto& [text, fault] : rows) EXPECT_EQ(over_rows(text).faults(), Faults{fault}) << text;
}

}  // namespace
}  // namespace casus::language
