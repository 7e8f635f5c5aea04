// casus explain: every name of the tables has its page.
#include "base/codes.hpp"
#include "case/command_line.hpp"
#include "editor/reference.hpp"

#include <nlohmann/json.hpp>

namespace casus {
namespace {

TEST_F(CommandLine, ExplainListsEveryCodeUnderItsLetter) {
  const Ended ended = casus("explain");
  EXPECT_EQ(ended.code, 0);
  for (const Code& code : codes()) {
    EXPECT_NE(ended.out.find("\n  " + std::string(code.code) + "  " + std::string(code.title)),
              std::string::npos)
        << code.code;
  }
  EXPECT_NE(ended.out.find("\nU: units\n  U"), std::string::npos);
  const auto json = nlohmann::json::parse(casus("explain --json").out);
  EXPECT_EQ(json["codes"].size(), codes().size());
  EXPECT_EQ(json["names"].size(), editor::names_of_pages().size());
}

TEST_F(CommandLine, ExplainKnowsLawsFunctionsAndWords) {
  EXPECT_EQ(casus("explain D104").out,
            "D104: not a date\nfound in data\n\nDates are written 2020, 2020-09 or 2020-09-27, and "
            "must exist in the calendar.\n");
  EXPECT_EQ(casus("explain log").out,
            "log: a function\n\n    log(x)\n\nGives the natural logarithm. It takes and gives "
            "numbers without a unit. Example:\n`log(1) == 0`.\n");
  EXPECT_NE(casus("explain gamma").out.find("    gamma(shape, rate)\n"), std::string::npos);
  EXPECT_NE(casus("explain treaty").out.find("treaty: a statement\n"), std::string::npos);
  EXPECT_EQ(casus("explain normall").err.substr(0, 95),
            "error[R110]: there is no law, function or word 'normall' to explain\n"
            "help: did you mean normal?\n");
}

}  // namespace
}  // namespace casus
