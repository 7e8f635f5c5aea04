// casus program: what statements become and what they cost.
#include "case/command_line.hpp"
#include "case/layout.hpp"
#include "case/program_report.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace casus {
namespace {

using Json = nlohmann::json;

std::string rivals(const std::string& words) {
  return "program '" CASUS_ROOT "/cases/two-rivals' " + words;
}

Json row_called(const Json& rows, const std::string& key, const std::string& name) {
  const auto at =
      std::find_if(rows.begin(), rows.end(), [&](const Json& row) { return row[key] == name; });
  return at == rows.end() ? Json() : *at;
}

std::vector<std::string> texts_of(const Json& statement) {
  std::vector<std::string> texts;
  for (const Json& word : statement["instructions"]) texts.push_back(word["text"]);
  return texts;
}

TEST_F(CommandLine, ProgramSharesAddUpOverStatementsAndRates) {
  for (const std::string words : {"", "--by element", "--bands none", "--segment start",
                                  "--segment measures", "embargo", "embargo --segment 2001-03"}) {
    const Ended ended = casus(rivals(words + " --json"));
    ASSERT_EQ(ended.code, 0) << ended.err;
    const Json json = Json::parse(ended.out);
    double of_rates = 0.0;
    double of_statements = 0.0;
    double of_words = 0.0;
    std::size_t n_words = 0;
    for (const Json& rate : json["rates"]) of_rates += rate["share"].get<double>();
    for (const Json& statement : json["statements"]) {
      of_statements += statement["share"].get<double>();
      for (const Json& word : statement["instructions"]) {
        if (!word.contains("nanoseconds")) continue;
        of_words += word["nanoseconds"].get<double>();
        ++n_words;
      }
    }
    EXPECT_NEAR(of_rates, 1.0, 1e-12) << words;
    EXPECT_NEAR(of_statements, 1.0, 1e-12) << words;
    EXPECT_NEAR(of_words, json["nanoseconds"].get<double>(), 1e-9) << words;
    EXPECT_EQ(n_words, row_called(json["programs"], "program", json["program"])["words"]) << words;
  }
}

// What does not depend on the record of a history is computed for parameter sets: so is the
// probability of a war, and only the draws are not.
TEST_F(CommandLine, ProgramSaysWhatEachStatementBecame) {
  const Json json = Json::parse(casus(rivals("--by element --json")).out);
  EXPECT_EQ(json["title"], "Two rivals");
  EXPECT_EQ(json["program"], "2000-01 to 2019-12");
  const Json arms = row_called(json["statements"], "statement", "arms[Aland]");
  EXPECT_EQ(arms["line"], 10);
  EXPECT_EQ(arms["rate"], "parameter set and step");
  EXPECT_EQ(arms["source"], "state arms[r in Rival] = 500 unit \"million USD\"");
  EXPECT_EQ(texts_of(arms),
            (std::vector<std::string>{
                "s0 = arms[Aland] * wear", "s0 = t0 - s0", "s0 = 0.08333333333333333 * s0",
                "next arms[Aland] = arms[Aland] + s0", "finite next arms[Aland]"}));
  const Json data = row_called(json["statements"], "statement", "budget[Aland]");
  EXPECT_EQ(data["words"], 0);
  EXPECT_EQ(texts_of(data), std::vector<std::string>{"t0 = d0"});
  EXPECT_EQ(row_called(json["statements"], "statement", "game crisis")["rate"], "history");
  EXPECT_EQ(row_called(json["statements"], "statement", "payoff Aland")["line"], 19);
  const Json war = row_called(json["statements"], "statement", "war");
  EXPECT_EQ(war["line"], 28);
  ASSERT_EQ(texts_of(war).size(), 1U);
  EXPECT_EQ(texts_of(war)[0].substr(0, 22), "fold war = highest of ");
}

TEST_F(CommandLine, ProgramTextFitsAPageAndFollowsTheFile) {
  const Ended ended = casus(rivals("--instructions"));
  ASSERT_EQ(ended.code, 0) << ended.err;
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(cases::width_of(line), 120U) << line;
  std::size_t before = 0;
  for (const std::string source :
       {"state arms[r in Rival]", "s0 = t0 - s0", "let chance", "game crisis while",
        "measure war = any(answer == fight)", "fold war = highest of", "results by step"}) {
    const std::size_t at = ended.out.find(source, before);
    ASSERT_NE(at, std::string::npos) << source;
    EXPECT_EQ(ended.out.find(source, at + 1), std::string::npos) << source;
    before = at;
  }
  EXPECT_NE(ended.out.find("\nplaces without a name\n"), std::string::npos);
  EXPECT_EQ(casus(rivals("")).out.find("s0 = t0"), std::string::npos);
}

TEST_F(CommandLine, ProgramOfAWhatIfHasTheStepsBeforeAndAfter) {
  const Json json = Json::parse(casus(rivals("embargo --json")).out);
  EXPECT_EQ(json["whatif"], "embargo");
  ASSERT_EQ(json["programs"].size(), 4U);
  EXPECT_EQ(json["programs"][1]["program"], "2000-01 to 2004-12");
  EXPECT_EQ(json["programs"][2]["program"], "2005-01 to 2019-12");
  EXPECT_EQ(json["program"], "2005-01 to 2019-12");
  const auto shown = [this](const std::string& at) {
    return Json::parse(casus(rivals("embargo --json --segment " + at)).out)["program"];
  };
  EXPECT_EQ(shown("2004-12"), "2000-01 to 2004-12");
  EXPECT_EQ(shown("60"), "2000-01 to 2004-12");
  EXPECT_EQ(shown("61"), "2005-01 to 2019-12");
  EXPECT_EQ(shown("2004"), "2000-01 to 2004-12");
  EXPECT_EQ(shown("measures"), "measures");
}

TEST_F(CommandLine, ProgramRefusesWhatIsNotThere) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"program war --segment 1999-12",
       "error[R117]: no step '1999-12' in war\nhelp: steps are 2000-01 to 2003-12, or 1 to 48"},
      {"program war --segment 49", "error[R117]: no step '49' in war\n"},
      {"program war saef", "error[R105]: no what-if 'saef' in war\nhelp: did you mean 'safe'?"},
      {"program war safe same", "error[R104]: one argument too many: 'same'\n"},
      {"program war --by word", "error[R103]: --by word is not known\n"},
      {"program war --seed 3", "error[R102]: casus program has no option --seed\n"},
      {"program war --explain x", "error[R105]: no explanation 'x' in war\n"},
      {"program", "error[R104]: casus program lacks an argument\n"}};
  for (const auto& [words, message] : wrong) {
    const Ended ended = casus(words);
    EXPECT_EQ(ended.code, 2) << words;
    EXPECT_EQ(ended.err.substr(0, message.size()), message) << words;
    EXPECT_EQ(ended.out, "") << words;
  }
  EXPECT_EQ(casus("program war").code, 0);
  EXPECT_EQ(casus("program war --quiet").out, "");
}

TEST_F(CommandLine, ProgramTellsTheDearestOfManyStatements) {
  const Ended ended = casus("program '" CASUS_ROOT "/cases/nagorno-karabakh'");
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.out.find("\nthe 10 dearest statements, "), std::string::npos);
  EXPECT_NE(ended.out.find("campaign.casus:"), std::string::npos);
  EXPECT_NE(ended.out.find("\npatrons.casus\n"), std::string::npos);
}

}  // namespace
}  // namespace casus
