// A rival's rates are parameters of no quantity of the case: every command and every result has
// them.
#include "case/command_line.hpp"

#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace casus {
namespace {

class RivalsCommands : public CommandLine {
 protected:
  RivalsCommands() {
    std::string record = "date,attack,defence\n";
    for (int year = 2000; year < 2020; ++year) {
      const bool is_raid = year % 4 == 1;
      const bool is_shot = year % 5 == 2;
      record += std::to_string(year) + (is_raid   ? ",raid,-\n"
                                        : is_shot ? ",hold,shoot\n"
                                                  : ",hold,hold\n");
    }
    write("war/record.csv", record);
    write("war/model.casus",
          "casus 1\ncase \"Two shores\"\n    time from 2000 to 2019 by year\n"
          "param stakes ~ normal(0, 1)\nparam greed ~ normal(0, 1) base 0\n"
          "state strain = 1\n    then 0.5 * strain + 1\n"
          "game crisis rationality 1\n"
          "    attack  by A: hold (status quo per year), raid\n"
          "    defence by B: hold (status quo per year), shoot if attack == hold\n"
          "    payoff A = (stakes + greed) * (attack == raid)\n"
          "    payoff B = stakes * (defence == shoot)\n"
          "observe attack from \"record.csv\"\nobserve defence from \"record.csv\"\n"
          "explain greedy\n    greed free\n"
          "rival steady replaces attack, defence\n"
          "rival rising replaces attack, defence on time\n"
          "    raid ~ normal(-1, 1)\n    raid slope ~ normal(0, 0.1)\n"
          "whatif calm\n    from 2010 attack := hold unforeseen throughout\n"
          "measure raids = total(attack == raid)\n");
  }

  void expect_works(const std::string& words) const {
    const Ended ended = casus(words);
    EXPECT_EQ(ended.code, 0) << words << "\n" << ended.err;
  }
};

TEST_F(RivalsCommands, HaveTheirRatesInEveryResult) {
  expect_works("run war --explain rising --histories 64 --out one");
  expect_works("run war --explain steady --histories 64 --keep parameters --out two");
  expect_works("fit war --explain rising --sets 64 --out three");
  expect_works("score war --explain rising --set stakes=0 --out four");
  for (const char* const folder : {"one", "three"}) {
    const std::string file = folder == std::string("one") ? "/results.nc" : "/posterior.nc";
    const std::string bytes = text_of(path(folder + file));
    EXPECT_NE(bytes.find("attack.raid.log_rate"), std::string::npos) << folder;
    EXPECT_NE(bytes.find("defence.shoot.slope"), std::string::npos) << folder;
  }
  EXPECT_NE(text_of(path("two/parameters.csv")).find("defence.shoot.log_rate"), std::string::npos);
}

TEST_F(RivalsCommands, AreExplanationsOfEveryCommand) {
  expect_works("check war");
  expect_works("program war --explain steady");
  expect_works("whatif war --explain steady --histories 64 --out a");
  expect_works("whatif war --fitted --explain rising --sets 64 --per-set 4 --out b");
  expect_works("study war --explain rising --histories 64 --sets 64 --repeats 2 --out c");
  expect_works("compare war --sets 64 --repeats 2 --out d");
  expect_works("recover war --explain steady,greedy --records 2 --sets 64 --out e");
  expect_works("calibrate war --explain steady --replications 20 --sets 64 --out f");
  expect_works("sensitivity war --explain rising --out g");
  expect_works("fit war --explain steady --maximum --out h");
  expect_works("project war --explain steady --from 2010 --to 2019 --sets 64 --out i");
}

// Which account without strategy the explanations have to beat, and whether they do.
TEST_F(RivalsCommands, StandAgainstStrategy) {
  const Ended ended = casus("compare war --json --sets 64 --repeats 2");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto found = nlohmann::json::parse(ended.out);
  std::map<std::string, double> evidence;
  for (const auto& one : found["explanations"])
    evidence[one["explanation"]] = one["log_evidence"].get<double>();
  const auto& strategy = found["strategy"];
  EXPECT_EQ(strategy["explanation"], evidence["none"] > evidence["greedy"] ? "none" : "greedy");
  EXPECT_EQ(strategy["rival"], evidence["steady"] > evidence["rising"] ? "steady" : "rising");
  EXPECT_EQ(strategy["rivals"], 2);
  const auto without = casus("compare war --json --explain none,greedy --sets 64 --repeats 2");
  EXPECT_TRUE(nlohmann::json::parse(without.out)["strategy"].is_null());
  const Ended words = casus("compare war --sets 64 --repeats 2 --out words");
  EXPECT_NE(words.out.find("strategy against 2 accounts without it: "), std::string::npos);
}

class RivalsOfTheFlagship : public CommandLine {
 protected:
  /// From the truce of 1994 on, under the priors: the means of measures, by name.
  std::map<std::string, double> means(const std::string& explanation) const {
    const Ended ended = casus("run '" CASUS_ROOT
                              "/cases/nagorno-karabakh' --json --bands none --from truce_of_1994 "
                              "--histories 8192 --per-set 4 --out means --explain " +
                              explanation);
    EXPECT_EQ(ended.code, 0) << ended.err;
    std::map<std::string, double> found;
    const auto document = nlohmann::json::parse(ended.out);
    for (const auto& measure : document["runs"][0]["measures"]) {
      for (const auto& figure : measure["figures"])
        if (figure["statistic"] == "mean") found[measure["measure"]] = figure["value"];
    }
    return found;
  }
};

// The flagship's accounts without strategy foresee as many clashes and offensives as it does, so
// that they are no straw men.
TEST_F(RivalsOfTheFlagship, ForeseeAsManyClashesAndOffensives) {
  const auto strategic = means("none");
  for (const char* const rival :
       {"constant_rates", "rates_over_time", "rates_since_truce", "rates_by_balance"}) {
    const auto without = means(rival);
    for (const char* const measure : {"clashes_after_1994", "offensives"})
      EXPECT_NEAR(without.at(measure) / strategic.at(measure), 1.0, 0.1) << rival << measure;
  }
}

}  // namespace
}  // namespace casus
