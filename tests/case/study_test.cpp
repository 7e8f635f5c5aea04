// casus study of a case with a record: its fits and its explanations beside the runs.
#include "case/command_line.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

namespace casus {
namespace {

using Json = nlohmann::json;

class StudyCommand : public CommandLine {
 protected:
  StudyCommand() {
    write("war/d.csv", "step,seen\n1,1.2\n2,0.3\n3,2.1\n4,1.7\n5,-0.4\n6,0.9\n");
    write_model("explain moved \"it is not zero\"\n    level free\n");
  }

  void write_model(const std::string& more) {
    write("war/model.casus",
          "casus 1\ncase \"A mean\"\n    time 6 steps\n"
          "param level ~ normal(0, 2) base 0\n" +
              more +
              "state x = 0\n    then level\nmeasure last = x at end\n"
              "observe seen from \"d.csv\" ~ normal(mean = level, sd = 1)\n");
  }
};

TEST_F(StudyCommand, FitsTheRecordAndComparesItsExplanations) {
  const Ended ended = casus("study war --histories 160");
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.out.find("\nWhat the record says"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("5 runs of each, with 500 parameter sets;"), std::string::npos)
      << ended.out;
  const auto files = files_of(path("results/war-study"));
  for (const char* const name : {"measures.csv", "posterior.csv", "posterior.nc", "evidence.csv",
                                 "matrix.svg", "checks.csv", "results.nc"})
    EXPECT_TRUE(files.contains(name)) << name;
  // The same numbers as of the commands themselves.
  const Ended compared = casus("compare war --out c");
  ASSERT_EQ(compared.code, 0) << compared.err;
  EXPECT_EQ(files.at("evidence.csv"), files_of(path("c")).at("evidence.csv"));
  const Json found = Json::parse(casus("study war --histories 160 --json").out);
  EXPECT_EQ(found["reused"], true);
  EXPECT_EQ(found["record"]["explanations"].size(), 2U);
}

TEST_F(StudyCommand, FitsACaseWithoutExplanationsAlone) {
  write_model("");
  const Ended ended = casus("study war --histories 160 --set level=1");
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out.find("What the record says"), std::string::npos) << "nothing is free";
  write("war/model.casus",
        "casus 1\ncase \"A mean\"\n    time 6 steps\nparam level ~ normal(0, 2)\n"
        "state x = 0\n    then level\nmeasure last = x at end\n"
        "observe seen from \"d.csv\" ~ normal(mean = level, sd = 1)\n");
  const Ended fitted = casus("study war --histories 160");
  ASSERT_EQ(fitted.code, 0) << fitted.err;
  EXPECT_NE(fitted.out.find("more are for `casus fit`"), std::string::npos) << fitted.out;
  const auto files = files_of(path("results/war-study"));
  EXPECT_TRUE(files.contains("posterior.csv"));
  EXPECT_FALSE(files.contains("evidence.csv"));
}

TEST_F(StudyCommand, LeavesTheRecordAloneWhenAsked) {
  const Ended ended = casus("study war --histories 160 --no-fit");
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out.find("What the record says"), std::string::npos);
  EXPECT_FALSE(files_of(path("results/war-study")).contains("posterior.csv"));
}

TEST_F(StudyCommand, HasNoShardsOfFits) {
  const Ended ended = casus("study war --histories 102400 --shard 1/2");
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("error[R125]"), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("--no-fit"), std::string::npos) << ended.err;
}

}  // namespace
}  // namespace casus
