// The status-quo term (decision 9): hazards of opening moves do not depend on the step.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

std::string game(const std::string& unit) {
  return R"(
game g rationality 1
    act by A: hold (status quo per )" +
         unit + R"(), raid, war
    reply by B: calm, angry  if act != hold
    cost act by A: war = 0.5
    payoff A = cases
        act == hold : 0
        act == raid : -3
        otherwise   : -4
    payoff B = (1 if reply == angry else 0)
let p_raid = prob(act == raid)
let p_war = prob(act == war)
let p_angry = prob(reply == angry given act == raid)
let value_raid = value(raid) otherwise 0
let worth_a = worth(A) otherwise 0
)";
}

History run(const std::string& time, const std::string& unit = "month") {
  return over_time(time, game(unit)).run();
}

const std::string months = "from 2000-01 to 2000-02 by month";
const std::string weeks = "from 2000-01-03 to 2000-01-16 by week";

// Over steps of the unit itself the term is log 1; over others it shifts the logit of every other
// option by log(dt / unit).
TEST(StatusQuo, ShiftsTheLogitOfEveryOtherOption) {
  for (const auto& [time, dt] : {std::pair{months, 1.0}, {weeks, 12 * 7 / 365.25}}) {
    const double hold = 1;
    const double raid = dt * std::exp(-3.0);
    const double war = dt * std::exp(-4.5);
    const History h = run(time);
    EXPECT_NEAR(h.at_end("p_raid"), raid / (hold + raid + war), 1e-15);
    EXPECT_NEAR(h.at_end("p_war"), war / (hold + raid + war), 1e-15);
  }
}

// To first order the yearly hazard is the same by week and by month.
TEST(StatusQuo, WeeklyAndMonthlyHazardsAgree) {
  const double monthly = run(months).at_end("p_war") * 12;
  const double weekly = run(weeks).at_end("p_war") * 365.25 / 7;
  EXPECT_NEAR(weekly / monthly, 1, 0.06);
  EXPECT_NE(weekly, monthly);
}

TEST(StatusQuo, PerYearAndPerMonthDifferByTwelve) {
  const auto odds = [](const History& h) {
    return h.at_end("p_war") / (1 - h.at_end("p_war") - h.at_end("p_raid"));
  };
  EXPECT_NEAR(odds(run(months, "month")) / odds(run(months, "year")), 12, 1e-12);
}

// The term is in neither `value` nor `worth` but through the probabilities, and in no reply.
TEST(StatusQuo, IsNoPayoff) {
  const History h = run(weeks);
  EXPECT_EQ(h.at_end("value_raid"), -3);
  EXPECT_NEAR(h.at_end("worth_a"), -3 * h.at_end("p_raid") - 4.5 * h.at_end("p_war"), 1e-15);
  EXPECT_NEAR(h.at_end("p_angry"), 1 / (1 + std::exp(-1.0)), 1e-15);
}

// A second opening move, where the first took its status quo, waits in the same way.
TEST(StatusQuo, IsOfEachOpeningMove) {
  const auto odds = [](const char* time) {
    const History h = over_time(time, R"(
game g rationality 1
    act by A: hold (status quo per month), raid
    own by B: hold (status quo per month), raid if act == hold
    payoff A = 0
    payoff B = -1 * (own == raid)
let p = prob(own == raid given act == hold)
)")
                          .variant({})
                          .run();
    return h.at("p", 0) / (1 - h.at("p", 0));
  };
  EXPECT_NEAR(odds("from 2000-01 to 2000-03 by month"), std::exp(-1.0), 1e-12);
  EXPECT_NEAR(odds("from 2000 to 2003 by year"), 12 * std::exp(-1.0), 1e-12);
}

TEST(StatusQuo, BelongsToOpeningMoves) {
  EXPECT_EQ(over_steps(1, R"(
game g rationality 1
    act by A: hold, raid
    reply by B: calm (status quo per month), angry if act == raid
    payoff A = 0
    payoff B = 0
)")
                .faults(),
            (std::vector<std::string>{"G016 calm"}));
  const auto second = [](const std::string& condition) {
    return over_steps(1,
                      "game g rationality 1\n    act by A: hold (status quo), raid, war\n"
                      "    own by B: hold (status quo), raid if " +
                          condition + "\n    payoff A = 0\n    payoff B = 0\n")
        .faults();
  };
  EXPECT_EQ(second("act == hold"), std::vector<std::string>{});
  EXPECT_EQ(second("not (act == raid or act == war)"), std::vector<std::string>{});
  EXPECT_EQ(second("act != raid"), (std::vector<std::string>{"G016 hold"}));
}

}  // namespace
}  // namespace casus::language
