// casus score: a record's log-likelihood against probabilities worked out elsewhere.
#include "case/command_line.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace casus {
namespace {

using Json = nlohmann::json;

std::string disputes(const std::string& words) {
  return "score '" CASUS_ROOT "/cases/textbook/egame12' " + words;
}

/// Of cases/textbook/egame12/expected.csv, which a script of the folder computed.
double expected(const std::string& measure) {
  std::istringstream lines(text_of(CASUS_ROOT "/cases/textbook/egame12/expected.csv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(measure + ",", 0) == 0) return std::stod(line.substr(measure.size() + 1));
  }
  ADD_FAILURE() << measure;
  return 0.0;
}

double probability(const Json& document, const std::string& game, const std::string& path,
                   std::size_t row) {
  for (const Json& at : document["paths"]) {
    if (at["game"] == game && at["path"] == path) return at["probabilities"][row];
  }
  ADD_FAILURE() << game << " " << path;
  return 0.0;
}

TEST_F(CommandLine, ScoreIsTheLogLikelihoodOfTheRows) {
  const Ended ended = casus(disputes("--json"));
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Json document = Json::parse(ended.out);
  EXPECT_NEAR(document["log_likelihood"], expected("loglik_private"), 1e-9);
  double sum = 0.0;
  for (const Json& column : document["observed"]) {
    EXPECT_GT(column["recorded"], 0);
    for (const auto& [row, score] : column["by_step"].items()) sum += score.get<double>();
  }
  EXPECT_NEAR(sum, expected("loglik_private"), 1e-9);
}

TEST_F(CommandLine, ScorePrintsTheProbabilityOfEveryPathOnRequest) {
  const Json document = Json::parse(casus(disputes("--paths --json")).out);
  const std::string game = "private_game";
  EXPECT_NEAR(probability(document, game, "wait", 0), expected("quiet_one"), 1e-12);
  EXPECT_NEAR(probability(document, game, "threaten > concede", 0), expected("concession_one"),
              1e-12);
  EXPECT_NEAR(probability(document, game, "threaten > resist", 399), expected("war_last"), 1e-12);
  EXPECT_FALSE(Json::parse(casus(disputes("--json")).out).contains("paths"));
}

TEST_F(CommandLine, ScoreTakesValuesFromAFileAndTheCommandLineBeforeIt) {
  write("values.toml", "b_war = -1.0\nb_power = 1.25\n");
  const auto likelihood = [&](const std::string& words) {
    const Ended ended = casus(disputes(words + " --json"));
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out)["log_likelihood"].get<double>();
  };
  const double by_file = likelihood("--values values.toml");
  EXPECT_EQ(by_file, likelihood("--set b_war=-1 --set b_power=1.25"));
  EXPECT_NE(by_file, likelihood(""));
  EXPECT_EQ(likelihood("--values values.toml --set b_war=-1.2 --set b_power=1.5"), likelihood(""));
}

TEST_F(CommandLine, ScoreEndsAtADate) {
  const Json whole = Json::parse(casus(disputes("--json")).out);
  const Json part = Json::parse(casus(disputes("--until 'row 10' --json")).out);
  EXPECT_EQ(part["observed"][0]["recorded"], 10);
  EXPECT_EQ(part["observed"][0]["by_step"]["row 10"], whole["observed"][0]["by_step"]["row 10"]);
  const Ended never = casus(disputes("--until 2010"));
  EXPECT_EQ(never.code, 2);
  EXPECT_NE(never.err.find("error[R105]: no date '2010' in egame12"), std::string::npos)
      << never.err;
}

TEST_F(CommandLine, ScoreTakesTwoGamesOfOneStepByTheNumberOfTheirStep) {
  write("war/model.casus",
        "casus 1\ncase \"Pair\"\n    time 3 steps\n"
        "game quarrel rationality 1\n    claim by Aland: wait, press\n"
        "    payoff Aland = (0.3 if claim == press else 0)\n"
        "game race rationality 1\n    arms by Bland: keep, raise\n"
        "    payoff Bland = (0.7 if arms == raise else 0)\n"
        "observe claim from \"record.csv\"\nobserve arms from \"record.csv\"\n");
  write("war/record.csv", "step,claim,arms\n1,press,keep\n2,wait,raise\n3,press,\n");
  const Ended ended = casus("score war --json");
  ASSERT_EQ(ended.code, 0) << ended.out << ended.err;
  const double wait = -std::log1p(std::exp(0.3));
  const double press = -std::log1p(std::exp(-0.3));
  const double keep = -std::log1p(std::exp(0.7));
  const double raise = -std::log1p(std::exp(-0.7));
  EXPECT_NEAR(Json::parse(ended.out)["log_likelihood"], 2 * press + wait + keep + raise, 1e-12);
}

TEST_F(CommandLine, ScoreWritesWhatItPrints) {
  ASSERT_EQ(casus(disputes("--paths --out scored")).code, 0);
  const auto files = files_of(path("scored"));
  for (const std::string name :
       {"scores.csv", "paths.csv", "parameters.csv", "summary.txt", "summary.json", "run.json"}) {
    EXPECT_TRUE(files.contains(name)) << name;
  }
  EXPECT_NE(files.at("summary.txt").find("log-likelihood -3"), std::string::npos);
}

// Moves that nobody recorded are summed over where nothing but the step's data depends on them. The
// number is the sum of log((1 - p) Poisson(n; 1) + p Poisson(n; 12)), p = 1 / (1 + e), by hand.
TEST_F(CommandLine, ScoreOfAGameOfWhichNothingLastsIsOneNumber) {
  write("war/model.casus",
        "casus 1\ncase \"Clashes behind deaths\"\n    time 3 steps\nparam usual ~ lognormal(0, 1)\n"
        "game month rationality 1\n    act by A: hold, clash\n"
        "    payoff A = (0 if act == hold else -1)\n"
        "observe deaths from \"d.csv\" ~ poisson(12 * usual if act == clash else usual)\n");
  write("war/d.csv", "step,deaths\n1,0\n2,11\n3,2\n");
  const Ended ended = casus("score war --json");
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_NEAR(Json::parse(ended.out)["log_likelihood"], -6.800376, 1e-6);
}

TEST_F(CommandLine, ScoreNeedsARecordThatLeavesNothingToChance) {
  const Ended nothing = casus("score war");
  EXPECT_EQ(nothing.code, 2);
  EXPECT_NE(nothing.err.find("observes nothing"), std::string::npos) << nothing.err;
  write("war/model.casus", model() +
                               "let hurt = 2 * luck\n"
                               "observe deaths from \"d.csv\" ~ poisson(mean = 1 + hurt)\n");
  write("war/d.csv", "month,deaths\n2000-03,4\n");
  const Ended chance = casus("score war");
  EXPECT_EQ(chance.code, 2);
  EXPECT_NE(chance.err.find("error[R118]"), std::string::npos) << chance.err;
  EXPECT_NE(chance.err.find("luck"), std::string::npos) << chance.err;
}

TEST_F(CommandLine, ScoreNamesTheLineOfAFileOfValuesThatIsWrong) {
  write("values.toml", "b_war = -1.0\nb_power = \"much\"\n");
  const Ended text = casus(disputes("--values values.toml"));
  EXPECT_EQ(text.code, 2);
  EXPECT_NE(text.err.find("error[R119]: values.toml:2: `b_power` is no number"), std::string::npos)
      << text.err;
  write("values.toml", "b_war -1.0\n");
  EXPECT_NE(casus(disputes("--values values.toml")).err.find("R119"), std::string::npos);
  EXPECT_NE(casus(disputes("--values none.toml")).err.find("F001"), std::string::npos);
}

}  // namespace
}  // namespace casus
