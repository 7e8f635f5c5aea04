// Programs that are given the record: what recorded choices and data score, and what is drawn where
// the record leaves something open. Probabilities are of the two-stage deterrence game with logit
// errors, rationality 1: the challenger attacks with .19718445, the holder resists with .88079708.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace casus::language {
namespace {

using Labels = std::vector<std::string>;
using Cell = RecordedCell;

constexpr double attacks = 0.19718445;
constexpr double resists = 0.88079708;
constexpr double infinity = std::numeric_limits<double>::infinity();

Cell blank() { return {}; }
Cell not_reached() { return {.kind = Cell::Kind::not_reached}; }
Cell labels(std::vector<std::uint32_t> positions) {
  return {.kind = Cell::Kind::labels, .labels = std::move(positions)};
}

constexpr std::string_view deterrence = R"(
game crisis rationality 1
    attack by A: hold, strike
    answer by B: concede, war if attack == strike
    payoff A = cases
        attack == hold    : 0
        answer == concede : 3
        otherwise         : -2
    payoff B = cases
        attack == hold    : 2
        answer == concede : -3
        otherwise         : -1
    ends won when answer == concede
    ends quiet when attack == hold
observe attack from "record.csv"
observe answer from "record.csv"
)";

const Variant given{.given = true};

History of(std::vector<Cell> attack, std::vector<Cell> answer, const Draw& draw = {}) {
  const auto n = static_cast<std::uint32_t>(attack.size());
  const Checked model = over_steps(
      n, deterrence, {.records = {{"attack", std::move(attack)}, {"answer", std::move(answer)}}});
  return model.variant(given).run(draw);
}

TEST(Scores, OfRecordedChoicesAreLogProbabilities) {
  const History h =
      of({labels({0}), labels({1}), labels({1})}, {not_reached(), labels({1}), labels({0})});
  EXPECT_NEAR(h.scores("attack").at(0), std::log(1 - attacks), 1e-7);
  EXPECT_NEAR(h.scores("attack").at(1), std::log(attacks), 1e-7);
  EXPECT_NEAR(h.scores("answer").at(0), 0.0, 1e-15);
  EXPECT_NEAR(h.scores("answer").at(1), std::log(resists), 1e-7);
  EXPECT_NEAR(h.scores("answer").at(2), std::log(1 - resists), 1e-7);
  EXPECT_EQ(h.labels("attack"), (Labels{"hold", "strike", "strike"}));
  EXPECT_EQ(h.labels("answer"), (Labels{"none", "war", "concede"}));
}

// Sets of leaves may overlap: a cell admits every leaf that lies in one of the sets it names.
TEST(Scores, OfSetsOfLeavesThatOverlapAreThoseOfTheirUnion) {
  const Checked model =
      over_steps(4, R"(
game crisis rationality 1
    attack by A: hold, strike
    answer by B: concede, war if attack == strike
    payoff A = cases
        attack == hold    : 0
        answer == concede : 3
        otherwise         : -2
    payoff B = cases
        attack == hold    : 2
        answer == concede : -3
        otherwise         : -1
    ends quiet when attack == hold
    ends cheap when attack == hold or answer == concede
    ends bloody when answer == war
observe ends from "record.csv" column outcome
let both = quiet and cheap
)",
                 {.records = {{"", {labels({0}), labels({1}), labels({0, 2}), labels({2})}}}});
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.scores("ends").at(0), std::log(1 - attacks), 1e-7);
  EXPECT_NEAR(h.scores("ends").at(1), std::log(1 - attacks * resists), 1e-7);
  EXPECT_NEAR(h.scores("ends").at(2), std::log(1 - attacks * (1 - resists)), 1e-7);
  EXPECT_NEAR(h.scores("ends").at(3), std::log(attacks * resists), 1e-7);
  EXPECT_EQ(h.at("both", 0), 1);
  EXPECT_EQ(h.at("cheap", 1), 1);
  EXPECT_EQ(h.at("both", 3), 0);
}

TEST(Scores, OfBlankCellsAreZeroAndMovesAreDrawnAsEver) {
  const Checked model = over_steps(1, deterrence);
  const Runner free = model.variant({});
  const Runner unknown = model.variant(given);
  for (std::uint32_t slot = 0; slot < 200; ++slot) {
    const History h = unknown.run({.slot = slot});
    EXPECT_EQ(h.scores("attack").at(0), 0.0);
    EXPECT_EQ(h.scores("answer").at(0), 0.0);
    EXPECT_EQ(h.labels("attack"), free.run({.slot = slot}).labels("attack"));
    EXPECT_EQ(h.labels("answer"), free.run({.slot = slot}).labels("answer"));
  }
}

// A set of labels scores its probability, and what it leaves open is drawn given it.
TEST(Scores, OfTheReplyAloneSayWhatLedToIt) {
  const Checked model = over_steps(1, deterrence, {.records = {{"answer", {labels({0, 1})}}}});
  const Runner some = model.variant(given);
  for (std::uint32_t slot = 0; slot < 100; ++slot) {
    const History h = some.run({.slot = slot});
    EXPECT_EQ(h.scores("attack").at(0), 0.0);
    EXPECT_NEAR(h.scores("answer").at(0), std::log(attacks), 1e-7);
    EXPECT_EQ(h.labels("attack").at(0), "strike");
  }
}

TEST(Scores, LeaveOpenWhatIsDrawnGivenTheRest) {
  const Checked model =
      over_steps(1, std::string(deterrence) + "observe quiet from \"record.csv\"\n",
                 {.records = {{"answer", {blank()}}, {"quiet", {labels({0})}}}});
  const Runner some = model.variant(given);
  constexpr std::uint32_t n = 4000;
  double n_wars = 0;
  for (std::uint32_t slot = 0; slot < n; ++slot) {
    const History h = some.run({.slot = slot});
    ASSERT_EQ(h.labels("attack").at(0), "strike");
    ASSERT_NEAR(h.scores("quiet").at(0), std::log(attacks), 1e-7);
    n_wars += h.labels("answer").at(0) == "war" ? 1 : 0;
  }
  EXPECT_NEAR(n_wars / n, resists, 4 * std::sqrt(resists * (1 - resists) / n));
}

TEST(Scores, AddUpToTheProbabilityOfTheWholePath) {
  const Checked model = over_steps(
      1, std::string(deterrence) + "observe won from \"record.csv\"\n",
      {.records = {
           {"attack", {labels({0, 1})}}, {"answer", {labels({0})}}, {"won", {labels({1})}}}});
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.scores("attack").at(0), 0.0, 1e-15);
  EXPECT_NEAR(h.scores("answer").at(0), std::log(attacks * (1 - resists)), 1e-7);
  EXPECT_NEAR(h.scores("won").at(0), 0.0, 1e-15);
}

// The game is played in the first two of three steps; later its moves must be recorded as not
// reached, or not at all.
TEST(Scores, OfHistoriesThatCannotComplyAreMinusInfinity) {
  const std::string text = "state n = 0 then n + 1\n" + std::string(deterrence);
  std::string guarded = text;
  guarded.replace(guarded.find("rationality 1"), 13, "while n < 2 rationality 1");
  const Checked model = over_steps(
      4, guarded,
      {.records = {{"attack", {not_reached(), labels({0}), not_reached(), labels({1})}}}});
  const History h = model.variant(given).run();
  EXPECT_EQ(h.scores("attack").at(0), -infinity);
  EXPECT_NEAR(h.scores("attack").at(1), std::log(1 - attacks), 1e-7);
  EXPECT_EQ(h.scores("attack").at(2), 0.0);
  EXPECT_EQ(h.scores("attack").at(3), -infinity);
}

TEST(Scores, EndWhereTheRecordIsNoLongerUsed) {
  const Checked model =
      over_steps(3, deterrence, {.records = {{"attack", {labels({1}), labels({1}), labels({1})}}}});
  bool held = false;
  for (std::uint32_t slot = 0; slot < 50; ++slot) {
    const History h = model.variant({.given = true, .given_until = 1}).run({.slot = slot});
    EXPECT_EQ(h.labels("attack").at(0), "strike");
    EXPECT_EQ(h.scores("attack").at(1), 0.0);
    held = held || h.labels("attack").at(1) == "hold";
  }
  EXPECT_TRUE(held);
}

// ---- observed variables

constexpr double log_root_two_pi = 0.9189385332046727;

TEST(Scores, OfDataAreLogDensitiesAndOtherStepsAreDrawn) {
  const Checked model =
      over_steps(3, R"(
param level ~ normal(0, 1)
observe seen from "d.csv" ~ normal(mean = level, sd = 2)
let twice = 2 * seen
)",
                 {.series = {{"seen", {.by_step = true, .values = {3.0, std::nan(""), -1.0}}}}});
  const History h = model.variant({.fixed = {{"level", 1.0}}, .given = true}).run();
  EXPECT_NEAR(h.scores("seen").at(0), -0.5 - std::log(2.0) - log_root_two_pi, 1e-14);
  EXPECT_EQ(h.scores("seen").at(1), 0.0);
  EXPECT_NEAR(h.scores("seen").at(2), -0.5 - std::log(2.0) - log_root_two_pi, 1e-14);
  EXPECT_EQ(h.at("twice", 0), 6.0);
  EXPECT_NE(h.at("twice", 1), 0.0);
  EXPECT_EQ(h.at("twice", 2), -2.0);
}

TEST(Scores, OfRatesAreDensitiesInTheirDeclaredUnit) {
  const Checked model =
      over_time("from 2000-01 to 2000-02 by month", R"(
observe flow from "d.csv" unit "person / month" ~ normal(mean = 3 "person / month", sd = 0.5 "person / month")
)",
                {.series = {{"flow", {.by_step = true, .values = {42.0, std::nan("")}}}}});
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.scores("flow").at(0), -0.5 - std::log(0.5) - log_root_two_pi, 1e-12);
}

TEST(Scores, OfATotalStandAtItsLastStep) {
  const Checked model = over_steps(
      4, R"(
observe deaths from "d.csv" ~ poisson(5)
observe total(deaths) over 2 to 3 = 7 ~ poisson(mean = 10)
)",
      {.series = {
           {"deaths", {.by_step = true, .values = {4.0, std::nan(""), std::nan(""), 5.0}}}}});
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.scores("deaths").at(0), 4 * std::log(5.0) - 5 - std::log(24.0), 1e-13);
  EXPECT_EQ(h.scores("total(deaths)").at(1), 0.0);
  EXPECT_NEAR(h.scores("total(deaths)").at(2), 7 * std::log(10.0) - 10 - std::log(5040.0), 1e-13);
  EXPECT_EQ(h.scores("total(deaths)").at(3), 0.0);
}

TEST(Scores, AskWhileTheConditionOfTheStatementHolds) {
  const Checked model =
      over_steps(2, R"(
data watched from "w.csv"
observe deaths from "d.csv" while watched > 0.5 ~ poisson(5)
)",
                 {.series = {{"deaths", {.by_step = true, .values = {4.0, 4.0}}},
                             {"watched", {.by_step = true, .values = {0.0, 1.0}}}}});
  const History h = model.variant(given).run();
  EXPECT_EQ(h.scores("deaths").at(0), 0.0);
  EXPECT_LT(h.scores("deaths").at(1), -1.0);
}

TEST(Scores, OfTreatiesAreWhetherTheyWereSigned) {
  const Checked model = over_steps(2, R"(
state n = 0 then n + 1
treaty truce when n == 1
    n := 5
observe truce from "t.csv"
)",
                                   {.records = {{"truce", {labels({1}), labels({1})}}}});
  const History h = model.variant(given).run();
  EXPECT_EQ(h.scores("truce").at(0), -infinity);
  EXPECT_EQ(h.scores("truce").at(1), 0.0);
}

}  // namespace
}  // namespace casus::language
