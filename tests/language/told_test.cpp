// Data that tell of moves nobody recorded: what they score is the mean over the paths that the
// record leaves open, and the path is drawn given them (Bayes' rule, written out). Probabilities
// are of the two-stage deterrence game with logit errors, rationality 1.
#include "language/running.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>

namespace casus::language {
namespace {

using Cell = RecordedCell;

constexpr double attacks = 0.19718445;
constexpr double resists = 0.88079708;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Of hold, concede and war.
constexpr std::array<double, 3> prior{1 - attacks, attacks*(1 - resists), attacks* resists};

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
    ends fought when answer == war
let rate = (9 if fought else 4 if attack == strike else 1)
)";

const Variant given{.given = true};

double log_poisson(double n, double mean) { return n * std::log(mean) - mean - std::lgamma(n + 1); }

std::string with(std::string_view rest) { return std::string(deterrence) + std::string(rest); }

MemoryAnswers deaths(std::vector<double> values) {
  return {.series = {{"deaths", {.by_step = true, .values = std::move(values)}}}};
}

/// log of the mean over the three paths of what each makes of the data.
double log_mean(const std::array<double, 3>& weights, const std::array<double, 3>& logs) {
  double sum = 0;
  double mass = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    sum += weights.at(i) * std::exp(logs.at(i));
    mass += weights.at(i);
  }
  return std::log(sum / mass);
}

std::array<double, 3> of_deaths(double n) {
  return {log_poisson(n, 1), log_poisson(n, 4), log_poisson(n, 9)};
}

TEST(Told, DataScoreTheMeanOverThePathsThatAreOpen) {
  const Checked model =
      over_steps(3, with("observe deaths from \"d.csv\" ~ poisson(rate)\n"), deaths({5, NAN, 0}));
  const Runner run = model.variant(given);
  for (std::uint32_t slot = 0; slot < 20; ++slot) {
    const History h = run.run({.slot = slot});
    EXPECT_NEAR(h.scores("deaths").at(0), log_mean(prior, of_deaths(5)), 1e-7);
    EXPECT_EQ(h.scores("deaths").at(1), 0.0);
    EXPECT_NEAR(h.scores("deaths").at(2), log_mean(prior, of_deaths(0)), 1e-7);
  }
}

TEST(Told, ThePathIsDrawnGivenTheData) {
  const Checked model =
      over_steps(2, with("observe deaths from \"d.csv\" ~ poisson(rate)\n"), deaths({5, NAN}));
  const Runner run = model.variant(given);
  constexpr std::uint32_t n = 6000;
  std::array<double, 3> seen{};
  double strikes_untold = 0;
  for (std::uint32_t slot = 0; slot < n; ++slot) {
    const History h = run.run({.slot = slot});
    const std::string answer = h.labels("answer").at(0);
    seen.at(answer == "none" ? 0 : answer == "concede" ? 1 : 2) += 1.0 / n;
    strikes_untold += h.labels("attack").at(1) == "strike" ? 1.0 / n : 0.0;
  }
  const double total = std::exp(log_mean(prior, of_deaths(5)));
  for (std::size_t i = 0; i < 3; ++i) {
    const double p = prior.at(i) * std::exp(of_deaths(5).at(i)) / total;
    EXPECT_NEAR(seen.at(i), p, 4 * std::sqrt(p * (1 - p) / n)) << i;
  }
  EXPECT_NEAR(strikes_untold, attacks, 4 * std::sqrt(attacks * (1 - attacks) / n));
}

// The record admits two of three paths in the first step, all in the second, one in the third.
TEST(Told, DataTellAmongWhatTheRecordLeavesOpen) {
  MemoryAnswers answers = deaths({5, 5, 5});
  answers.records["attack"] = {
      {.kind = Cell::Kind::labels, .labels = {1}}, {}, {.kind = Cell::Kind::labels, .labels = {0}}};
  const Checked model = over_steps(
      3, with("observe attack from \"r.csv\"\nobserve deaths from \"d.csv\" ~ poisson(rate)\n"),
      answers);
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.scores("attack").at(0), std::log(attacks), 1e-7);
  EXPECT_NEAR(h.scores("deaths").at(0), log_mean({0, prior[1], prior[2]}, of_deaths(5)), 1e-7);
  EXPECT_EQ(h.scores("attack").at(1), 0.0);
  EXPECT_NEAR(h.scores("deaths").at(1), log_mean(prior, of_deaths(5)), 1e-7);
  EXPECT_NEAR(h.scores("attack").at(2), std::log(1 - attacks), 1e-7);
  EXPECT_NEAR(h.scores("deaths").at(2), log_poisson(5, 1), 1e-12);
}

TEST(Told, ASecondReportScoresWhatItAddsToTheFirst) {
  MemoryAnswers answers = deaths({5});
  answers.series["reported"] = {.by_step = true, .values = {1}};
  const Checked model = over_steps(1, with(R"(
observe deaths from "d.csv" ~ poisson(rate)
observe reported from "r.csv" ~ bernoulli(0.8 if fought else 0.1)
)"),
                                   answers);
  const History h = model.variant(given).run();
  std::array<double, 3> both = of_deaths(5);
  both[0] += std::log(0.1);
  both[1] += std::log(0.1);
  both[2] += std::log(0.8);
  EXPECT_NEAR(h.scores("deaths").at(0), log_mean(prior, of_deaths(5)), 1e-7);
  EXPECT_NEAR(h.scores("reported").at(0), log_mean(prior, both) - log_mean(prior, of_deaths(5)),
              1e-7);
}

// A law that a draw stands between the moves and the datum of: the draw is what it is.
TEST(Told, WhatChanceStandsBetweenIsLeftToChance) {
  const Checked model = over_steps(1, with(R"(
draw toll ~ gamma(2, 1 / rate)
observe deaths from "d.csv" ~ poisson(toll)
)"),
                                   deaths({5}));
  const Runner run = model.variant(given);
  std::array<double, 2> scores{};
  for (std::uint32_t slot = 0; slot < 2; ++slot) {
    const History h = run.run({.slot = slot});
    EXPECT_NEAR(h.scores("deaths").at(0), log_poisson(5, h.at("toll", 0)), 1e-9);
    scores.at(slot) = h.scores("deaths").at(0);
  }
  EXPECT_NE(scores[0], scores[1]);
}

// What is asked of the game, and what a datum decides exactly, moves decide by other ways.
TEST(Told, WhatIsAskedOfTheGameIsLeftToChance) {
  const Checked model = over_steps(1, with(R"(
let tension = prob(attack == strike)
draw shock ~ normal(0, 1)
let income = rate + shock
observe income from "i.csv" exact
observe deaths from "d.csv" ~ poisson(rate * tension * exp(shock))
)"),
                                   {.series = {{"deaths", {.by_step = true, .values = {5}}},
                                               {"income", {.by_step = true, .values = {6}}}}});
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.at("shock", 0), 6 - h.at("rate", 0), 1e-12);
  EXPECT_NEAR(h.scores("deaths").at(0),
              log_poisson(5, h.at("rate", 0) * attacks * std::exp(h.at("shock", 0))), 1e-6);
}

// In a step with the other game the same law asks for its moves, which are none in this one.
TEST(Told, GamesThatAreNeverPlayedTogetherEachHearTheirOwn) {
  const Checked model = over_steps(2, R"(
state phase : {peace, war} = peace
    then war
game crisis while phase == peace rationality 1
    attack by A: hold, strike
    payoff A = (0 if attack == hold else 1)
game campaign while phase == war rationality 1
    push by A: press, stop
    payoff A = (2 if push == stop else 0)
let rate = (9 if push == press else 4 if attack == strike else 1)
observe deaths from "d.csv" ~ poisson(rate)
)",
                                   deaths({5, 5}));
  const History h = model.variant(given).run();
  const double strike = 1 / (1 + std::exp(-1.0));
  const double press = 1 / (1 + std::exp(2.0));
  EXPECT_NEAR(h.scores("deaths").at(0),
              log_mean({1 - strike, strike, 0}, {log_poisson(5, 1), log_poisson(5, 4), 0}), 1e-12);
  EXPECT_NEAR(h.scores("deaths").at(1),
              log_mean({press, 1 - press, 0}, {log_poisson(5, 9), log_poisson(5, 1), 0}), 1e-12);
}

// Two games of one step: neither path alone says what the datum is.
TEST(Told, WhatTwoGamesOfAStepDecideIsLeftToChance) {
  const Checked model = over_steps(1, R"(
game crisis rationality 1
    attack by A: hold, strike
    payoff A = (0 if attack == hold else 1)
game talks rationality 1
    offer by B: none_made, made
    payoff B = (2 if offer == made else 0)
let rate = (4 if attack == strike else 1) * (2 if offer == made else 1)
observe deaths from "d.csv" ~ poisson(rate)
)",
                                   deaths({5}));
  const Runner run = model.variant(given);
  for (std::uint32_t slot = 0; slot < 20; ++slot) {
    const History h = run.run({.slot = slot});
    EXPECT_NEAR(h.scores("deaths").at(0), log_poisson(5, h.at("rate", 0)), 1e-12);
  }
}

std::string numbered(std::string_view before, std::size_t n) {
  std::string list;
  for (std::size_t i = 1; i <= n; ++i)
    list += (i > 1 ? ", " : "") + std::string(before) + std::to_string(i);
  return list;
}

// Sixty definitions for every path, and a law with as many values as a game of twenty ends has.
TEST(Told, WhatTakesTooMuchToWorkOutIsLeftToChance) {
  const Checked many = over_steps(1, with("set Town = " + numbered("t", 60) + R"(
let part[t in Town] = rate / 60
observe deaths from "d.csv" ~ poisson(sum(t in Town: part[t]))
)"),
                                  deaths({5}));
  const History drawn = many.variant(given).run();
  EXPECT_NEAR(drawn.scores("deaths").at(0), log_poisson(5, drawn.at("rate", 0)), 1e-12);
  const auto menu = [](std::size_t n) {
    std::string text = "game choice rationality 0\n    level by A: " + numbered("l", n) +
                       "\n    payoff A = 0\nlet rate = (";
    for (std::size_t i = 1; i < n; ++i)
      text += std::to_string(i) + " if level == l" + std::to_string(i) + " else ";
    return text + std::to_string(n) + ")\nobserve deaths from \"d.csv\" ~ poisson(rate)\n";
  };
  const History wide = over_steps(1, menu(20), deaths({5})).variant(given).run();
  EXPECT_NEAR(wide.scores("deaths").at(0), log_poisson(5, wide.at("rate", 0)), 1e-12);
  const History narrow = over_steps(1, menu(12), deaths({5})).variant(given).run();
  double mean = 0;
  for (int i = 1; i <= 12; ++i) mean += std::exp(log_poisson(5, i)) / 12;
  EXPECT_NEAR(narrow.scores("deaths").at(0), std::log(mean), 1e-12);
}

// However improbable on every path, data leave a number and a path; impossible ones do not.
TEST(Told, ImprobableDataStillTellAndImpossibleOnesLeaveNoWeight) {
  const Checked model = over_steps(2, with(R"(
observe deaths from "d.csv" ~ poisson(rate)
observe share from "s.csv" ~ uniform(rate, rate + 1)
)"),
                                   {.series = {{"deaths", {.by_step = true, .values = {4000, 0}}},
                                               {"share", {.by_step = true, .values = {NAN, 7}}}}});
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.scores("deaths").at(0), std::log(prior[2]) + log_poisson(4000, 9), 1e-6);
  EXPECT_EQ(h.labels("answer").at(0), "war");
  EXPECT_EQ(h.scores("share").at(1), -infinity);
  EXPECT_TRUE(std::isfinite(h.scores("deaths").at(1)));
}

// A path that is possible and has no law is a fault, though histories may not take it.
TEST(Told, ALawThatDoesNotExistOnAPathShows) {
  const Checked model = over_steps(1, with(R"(
observe deaths from "d.csv" ~ normal(rate, 5 - rate)
)"),
                                   deaths({0}));
  EXPECT_THROW(model.variant(given).run(), std::domain_error);
}

TEST(Told, MovesThatAWhatifSetsAreNotWeighed) {
  const Checked model = over_steps(1, with(R"(
observe deaths from "d.csv" ~ poisson(rate)
whatif struck
    attack := strike
)"),
                                   deaths({0}));
  const History h = model.variant({.whatif = "struck", .given = true}).run();
  EXPECT_EQ(h.labels("attack").at(0), "strike");
  EXPECT_NEAR(h.scores("deaths").at(0), log_poisson(0, h.at("rate", 0)), 1e-12);
}

}  // namespace
}  // namespace casus::language
