// Rivals: explanations in which the opening move of a game follows rates. Probabilities are held
// against the multinomial logit written out, frequencies against its probabilities.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

constexpr std::string_view months = "from 2000-01 to 2003-12 by month";
constexpr double dt = 1.0 / 12;

constexpr std::string_view crisis = R"(
param stakes ~ normal(0, 1) base 0.5
game crisis rationality 1
    attack by A: hold (status quo per month), raid, war
    answer by B: yield, fight  if attack != hold
    cost attack by A: war = 9
    payoff A = 5 * (answer == yield) - 3 * (answer == fight)
    payoff B = stakes * (answer == fight)
let p_raid = prob(attack == raid)
let p_war = prob(attack == war)
let p_fight = prob(answer == fight given attack == war)
observe attack from "record.csv"
observe answer from "record.csv"
)";

RecordedCell label(std::uint32_t position) {
  return {.kind = RecordedCell::Kind::labels, .labels = {position}};
}

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

/// Probabilities of raid and war at these logarithms of odds a year.
std::pair<double, double> shares(double raid, double war, double step = dt) {
  const double all = 1.0 + step * std::exp(raid) + step * std::exp(war);
  return {step * std::exp(raid) / all, step * std::exp(war) / all};
}

TEST(Rivals, OptionsHaveConstantRates) {
  const Checked model = over_time(months, std::string(crisis) + R"(
rival steady replaces attack "constant rates"
    raid ~ normal(log(0.5), 1)
    war  = log(0.1)
)");
  const Runner runner = model.explanation("steady");
  for (std::uint32_t set = 0; set < 5; ++set) {
    const History h = runner.run({.set = set});
    EXPECT_DOUBLE_EQ(h.parameter("attack.war.log_rate"), std::log(0.1));
    const auto [raid, war] = shares(h.parameter("attack.raid.log_rate"), std::log(0.1));
    for (const std::size_t step : {0U, 20U, 47U}) {
      EXPECT_NEAR(h.at("p_raid", step), raid, 1e-15);
      EXPECT_NEAR(h.at("p_war", step), war, 1e-15);
    }
    EXPECT_NEAR(h.at("p_fight", 0), logistic(0.5), 1e-15) << "replies are solved";
  }
  EXPECT_NEAR(runner.run({.at_median = true}).parameter("attack.raid.log_rate"), std::log(0.5),
              1e-12);
}

TEST(Rivals, RatesThatNobodyWritesHaveAUsualPrior) {
  const Checked model = over_time(
      months, std::string(crisis) + "rival rising replaces attack on time\n    war free\n");
  const Runner runner = model.explanation("rising");
  double sum = 0.0;
  double squares = 0.0;
  constexpr std::uint32_t n = 2000;
  for (std::uint32_t set = 0; set < n; ++set) {
    const History h = runner.run({.set = set});
    const double z = (h.parameter("attack.war.log_rate") - std::log(0.1)) / 2.0;
    sum += z;
    squares += z * z;
    ASSERT_NE(h.parameter("attack.war.log_rate"), h.parameter("attack.raid.log_rate"));
    if (set == 0) {
      EXPECT_NE(h.parameter("attack.war.slope"), h.parameter("attack.raid.slope"));
    }
  }
  EXPECT_NEAR(sum / n, 0.0, 4.0 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1.0, 4.0 * std::sqrt(2.0 / n));
  EXPECT_EQ(runner.run({.at_median = true}).parameter("attack.raid.slope"), 0.0);
}

// Slopes go with years since the start, or with any number of the step, as it is.
TEST(Rivals, RatesFollowACovariate) {
  const Checked model = over_time(months, std::string(crisis) + R"(
state quiet = 3 then (0 if attack == war else quiet + 1)
let tension = quiet ^ 2 - 1
rival rising replaces attack on time
    raid = log(0.5)
    raid slope = -0.25
    war = log(0.1)
    war slope = 0.5
rival tense replaces attack on tension
    raid = log(0.5)
    raid slope = 0.01
    war = log(0.1)
    war slope = 0
)");
  const History rising = model.explanation("rising").run();
  const History tense = model.explanation("tense").run();
  for (const std::size_t step : {0U, 7U, 47U}) {
    const double years = static_cast<double>(step) / 12;
    const auto [raid, war] = shares(std::log(0.5) - 0.25 * years, std::log(0.1) + 0.5 * years);
    EXPECT_NEAR(rising.at("p_raid", step), raid, 1e-15);
    EXPECT_NEAR(rising.at("p_war", step), war, 1e-15);
    const auto [tense_raid, tense_war] =
        shares(std::log(0.5) + 0.01 * tense.at("tension", step), std::log(0.1));
    EXPECT_NEAR(tense.at("p_raid", step), tense_raid, 1e-15);
    EXPECT_NEAR(tense.at("p_war", step), tense_war, 1e-15);
  }
}

// To first order a rate is the same by week and by month.
TEST(Rivals, RatesAreYearlyWhateverTheStep) {
  const std::string body =
      std::string(crisis) +
      "rival steady replaces attack\n    raid = log(0.5)\n    war = log(0.1)\n";
  const double week = 7 / 365.25;
  const History weekly =
      over_time("from 2000-01-03 to 2000-03-26 by week", body).explanation("steady").run();
  const auto [raid, war] = shares(std::log(0.5), std::log(0.1), week);
  EXPECT_NEAR(weekly.at("p_raid", 3), raid, 1e-15);
  EXPECT_NEAR(weekly.at("p_war", 3), war, 1e-15);
  EXPECT_NEAR(war / week, 0.1, 0.002);
}

// The record's score is that of counts under a multinomial logit.
TEST(Rivals, ScoresAreThoseOfCounts) {
  std::vector<RecordedCell> attack(48, label(0));
  std::vector<RecordedCell> answer(48, {.kind = RecordedCell::Kind::not_reached});
  for (const std::size_t step : {5U, 17U, 30U}) attack[step] = label(1), answer[step] = label(0);
  attack[40] = label(2);
  answer[40] = label(1);
  const Checked model =
      over_time(months, std::string(crisis) + "rival steady replaces attack\n",
                {.records = {{"attack", std::move(attack)}, {"answer", std::move(answer)}}});
  const History h = model.variant({.explanation = "steady", .given = true}).run({.set = 3});
  const auto [raid, war] =
      shares(h.parameter("attack.raid.log_rate"), h.parameter("attack.war.log_rate"));
  double score = 0.0;
  for (const double each : h.scores("attack")) score += each;
  EXPECT_NEAR(score, 44 * std::log(1 - raid - war) + 3 * std::log(raid) + std::log(war), 1e-11);
  EXPECT_NEAR(h.scores("answer").at(5), std::log(logistic(-0.5)), 1e-14);
  EXPECT_NEAR(h.scores("answer").at(40), std::log(logistic(0.5)), 1e-14);
}

TEST(Rivals, MovesAreDrawnAtTheirRates) {
  const Checked model = over_time("from 2000-01 to 2399-12 by month", std::string(crisis) + R"(
rival steady replaces attack
    raid = log(1.2)
    war = log(0.6)
measure raids = total(attack == raid)
measure wars = total(attack == war)
)");
  const auto [raid, war] = shares(std::log(1.2), std::log(0.6));
  const History h = model.explanation("steady").run();
  constexpr double n = 4800;
  EXPECT_NEAR(h.measure("raids"), n * raid, 4 * std::sqrt(n * raid));
  EXPECT_NEAR(h.measure("wars"), n * war, 4 * std::sqrt(n * war));
}

// Everything else is as in any explanation: other variants know nothing of the rates, and what-ifs
// and parameters work.
TEST(Rivals, AreExplanations) {
  const Checked model = over_time(months, std::string(crisis) + R"(
rival steady replaces attack
    raid = log(0.5)
    war = log(0.1)
    stakes = 2
explain open
    stakes free
whatif peace
    from 2001 A commits attack = hold credibility 0.5
whatif raided
    from 2002 attack := raid unforeseen throughout
measure raids = share(attack == raid) from 2002
)");
  EXPECT_EQ(model.variant({}).lowered().parameter_columns.size(), 1U);
  EXPECT_EQ(model.explanation("open").lowered().parameter_columns.size(), 1U);
  EXPECT_EQ(model.explanation("steady").lowered().parameter_columns.size(), 3U);
  EXPECT_NEAR(model.explanation("steady").run().at("p_fight", 0), logistic(2.0), 1e-15);
  const auto [raid, war] = shares(std::log(0.5), std::log(0.1));
  const History peace = model.variant({.explanation = "steady", .whatif = "peace"}).run();
  EXPECT_NEAR(peace.at("p_raid", 0), raid, 1e-15);
  EXPECT_NEAR(peace.at("p_raid", 12), 0.5 * raid, 1e-15);
  const History raided = model.variant({.explanation = "steady", .whatif = "raided"}).run();
  EXPECT_EQ(raided.measure("raids") / raided.denominator("raids"), 1.0);
  const History set =
      model.variant({.explanation = "steady", .fixed = {{"attack.raid.log_rate", 1.0}}}).run();
  EXPECT_NEAR(set.at("p_raid", 0), shares(1.0, std::log(0.1)).first, 1e-15);
}

TEST(Rivals, StandForAnOpeningMoveWithAStatusQuo) {
  const auto faults = [](const std::string& rival) {
    return over_time(months, std::string(crisis) + "let arms = 3\n" + rival + "\n").faults();
  };
  const auto one = [](const char* text) { return std::vector<std::string>{text}; };
  EXPECT_EQ(faults("rival r replaces attack"), std::vector<std::string>{});
  EXPECT_EQ(faults("rival r replaces answer"), one("G031 answer"));
  EXPECT_EQ(faults("rival r replaces arms"), one("G031 arms"));
  EXPECT_EQ(faults("rival r replaces atack"), one("N101 atack"));
  EXPECT_EQ(faults("rival r replaces attack, answer"), one("G031 answer"));
  EXPECT_EQ(faults("rival r replaces attack, attack"), one("G031 attack"));
  EXPECT_EQ(faults("rival r replaces attack\n    hold ~ normal(0, 1)"), one("G031 hold"));
  EXPECT_EQ(faults("rival r replaces attack\n    wra ~ normal(0, 1)"), one("G031 wra"));
  EXPECT_EQ(faults("rival r replaces attack\n    war slope ~ normal(0, 1)"), one("G031 war"));
  EXPECT_EQ(faults("rival r replaces attack\n    war ~ normal(0, 1)\n    war ~ normal(0, 2)"),
            one("G031 war"));
  EXPECT_EQ(faults("rival r replaces attack\n    arms free"), one("N117 arms"));
  EXPECT_EQ(faults("rival r replaces attack\nexplain r"), one("N002 r"));
  // what a rate goes with may not depend on the move
  const Checked circle = over_time(
      months, std::string(crisis) + "rival r replaces attack on 3 + prob(attack == war)\n");
  EXPECT_EQ(circle.faults({.explanation = "r"}), one("O102 crisis"));
}

// Where the one side waits the other may begin: each has rates of its own, and what both could do
// has one line.
TEST(Rivals, ReplaceMovesOfSeveralPlayers) {
  const Checked model = over_time(months, R"(
param stakes = 1
game crisis rationality 1
    attack  by A: hold (status quo), raid, war
    defence by B: hold (status quo), raid    if attack == hold
    answer  by C: yield, fight               if attack == war or defence == raid
    payoff A = 0
    payoff B = 0
    payoff C = stakes * (answer == fight)
let p_raid  = prob(attack == raid)
let p_shoot = prob(defence == raid given attack == hold)
let p_fight = prob(answer == fight given defence == raid)
rival steady replaces attack, defence
    raid ~ normal(log(0.5), 1)
    war  = log(0.1)
rival tense replaces defence on time
    raid       = log(0.3)
    raid slope = 0.2
)");
  const auto runner = model.explanation("steady");
  EXPECT_EQ(runner.lowered().parameter_columns.size(), 3U) << "raid twice, war once";
  bool differ = false;
  for (std::uint32_t set = 0; set < 5; ++set) {
    const History h = runner.run({.set = set});
    const double own = h.parameter("attack.raid.log_rate");
    const double other = h.parameter("defence.raid.log_rate");
    differ = differ || own != other;
    EXPECT_NEAR(h.at("p_raid", 7), shares(own, std::log(0.1)).first, 1e-15);
    EXPECT_NEAR(h.at("p_shoot", 7), dt * std::exp(other) / (1 + dt * std::exp(other)), 1e-15);
    EXPECT_NEAR(h.at("p_fight", 7), logistic(1.0), 1e-15);
  }
  EXPECT_TRUE(differ);
  const History tense = model.explanation("tense").run();
  EXPECT_NEAR(tense.at("p_raid", 12), 1.0 / 3.0, 1e-15) << "as the game has it";
  const double rate = dt * 0.3 * std::exp(0.2 * 1.0);
  EXPECT_NEAR(tense.at("p_shoot", 12), rate / (1 + rate), 1e-12);
}

// The rates do not ask for payoffs; what the game is worth does, after the game is played.
TEST(Rivals, WorthIsOfTheRates) {
  const Checked model = over_time("4 steps", R"(
draw luck ~ normal(0, 1)
state calm = 1
game g while calm > 0 rationality 1
    act by A: stay (status quo), go
    payoff A = (luck if act == go else 0)
let worth = g.worth(A) otherwise 0
rival steady replaces act
    go = log(0.25)
)");
  const History h = model.explanation("steady").run();
  EXPECT_NEAR(h.at("worth", 2), 0.2 * h.at("luck", 2), 1e-15);
}

}  // namespace
}  // namespace casus::language
