// casus new: a case that stands at once.
#include "case/command_line.hpp"

#include <nlohmann/json.hpp>

namespace casus {
namespace {

namespace fs = std::filesystem;

TEST_F(CommandLine, NewWritesACaseThatChecksAndRuns) {
  const Ended made = casus("new mine");
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_NE(made.out.find("\nnext:\n    casus check mine\n    casus run mine\n"), std::string::npos)
      << made.out;
  EXPECT_TRUE(fs::exists(path("mine/data/LICENCES.md")));
  const Ended checked = casus("check mine --sources");
  EXPECT_EQ(checked.code, 0) << checked.out << checked.err;
  EXPECT_EQ(checked.err, "");
  EXPECT_NE(checked.out.find(" 0 on none\n"), std::string::npos) << checked.out;
  EXPECT_EQ(casus("fmt mine --check").code, 0);
  const Ended run = casus("whatif mine --histories 2048 --json");
  ASSERT_EQ(run.code, 0) << run.err;
  const auto war = nlohmann::json::parse(run.out)["runs"][0]["measures"][0]["figures"][0];
  EXPECT_GT(war["value"].get<double>(), 0.1);
  EXPECT_LT(war["value"].get<double>(), 0.9);
}

TEST_F(CommandLine, NewWritesOverNothing) {
  const Ended full = casus("new war");
  EXPECT_EQ(full.code, 2);
  EXPECT_EQ(full.err.substr(0, 38), "error[F006]: 'war' is not empty\nhelp: ") << full.err;
  EXPECT_EQ(files_of(path("war")).size(), 1U);
  write("file", "text");
  EXPECT_EQ(casus("new file").err.substr(0, 12), "error[F006]:");
  fs::create_directories(path("empty"));
  EXPECT_EQ(casus("new empty").code, 0);
  EXPECT_EQ(casus("new deep/in/folders").code, 0);
  EXPECT_EQ(casus("check deep/in/folders").code, 0);
}

}  // namespace
}  // namespace casus
