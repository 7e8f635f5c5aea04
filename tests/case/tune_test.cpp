// casus tune: the spread of the estimated log-likelihood, and what follows of it.
#include "case/command_line.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace casus {
namespace {

using Json = nlohmann::json;

constexpr const char* linear_gaussian = "'" CASUS_ROOT "/cases/textbook/linear-gaussian'";

class TuneCommand : public CommandLine {
 protected:
  Json tuned(const std::string& words) const {
    const Ended ended = casus("tune " + words + " --json");
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }
};

// The variance of the estimate falls like one over the number of particles. The standard error of a
// standard deviation of 100 estimates is 7 %, of the ratio of two 10 %.
TEST_F(TuneCommand, SeesTheSpreadFallLikeTheRootOfTheParticles) {
  const Json tuning = tuned(linear_gaussian);
  const Json& ladder = tuning["ladder"];
  ASSERT_GE(ladder.size(), 3U);
  const auto sd = [&](std::size_t rung) { return ladder[rung]["sd"].get<double>(); };
  const std::size_t last = ladder.size() - 1;
  EXPECT_LT(sd(last) * sd(last), 0.5);
  EXPECT_NEAR(sd(last - 1) / sd(last), std::sqrt(2.0), 0.4);
  EXPECT_NEAR(sd(last - 2) / sd(last), 2.0, 0.6);
  // cases/textbook/linear-gaussian/expected.csv; the log is low by half the variance.
  EXPECT_NEAR(ladder[last]["log_likelihood"], -144.58 - sd(last) * sd(last) / 2, 0.3);
  const double particles = tuning["particles"];
  const double variance_there =
      sd(last) * sd(last) * ladder[last]["particles"].get<double>() / particles;
  EXPECT_GT(variance_there, 0.5);
  EXPECT_LT(variance_there, 2.0);
}

TEST_F(TuneCommand, SaysOneWhereLikelihoodsAreExact) {
  write("war/model.casus",
        "casus 1\ncase \"A mean\"\n    time 3 steps\nparam level ~ normal(0, 2)\n"
        "observe seen from \"d.csv\" ~ normal(mean = level, sd = 1)\n");
  write("war/d.csv", "step,seen\n1,0.5\n2,1\n3,2\n");
  const Json tuning = tuned("war");
  EXPECT_TRUE(tuning["exact"]);
  EXPECT_EQ(tuning["particles"], 1);
  EXPECT_EQ(tuning["sets"], 500);
  EXPECT_TRUE(tuning["ladder"].empty());
  const Ended text = casus("tune war");
  EXPECT_NE(text.out.find("casus fit war --sets 500\n"), std::string::npos) << text.out;
}

TEST_F(TuneCommand, LooksWhereItIsTold) {
  write("war/model.casus",
        "casus 1\ncase \"A mean\"\n    time 3 steps\nparam level ~ normal(0, 2)\n"
        "draw luck ~ normal(0, 0.2)\n"
        "observe seen from \"d.csv\" ~ normal(mean = level + luck, sd = 1)\n");
  write("war/d.csv", "step,seen\n1,4.5\n2,4\n3,5\n");
  EXPECT_EQ(tuned("war --at median")["parameters"]["level"], 0.0);
  EXPECT_GT(tuned("war")["parameters"]["level"], 3.0);
  EXPECT_EQ(tuned("war --set level=4")["free_parameters"], 0);
  EXPECT_NE(casus("tune war --set level=4").out.find("at the values given\n"), std::string::npos);
  ASSERT_EQ(casus("tune war --out one --threads 1").code, 0);
  ASSERT_EQ(casus("tune war --out two --threads 2").code, 0);
  EXPECT_EQ(files_of(path("one")), files_of(path("two")));
}

TEST_F(TuneCommand, SaysWhenTheRecordIsImpossible) {
  write("war/model.casus",
        "casus 1\ncase \"Never\"\n    time 2 steps\nparam p ~ beta(2, 2)\ndraw u ~ uniform(0, 1)\n"
        "observe seen from \"d.csv\" ~ bernoulli(p * u)\n");
  write("war/d.csv", "step,seen\n1,0.5\n2,1\n");
  const Ended ended = casus("tune war");
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("error[R151]"), std::string::npos) << ended.err;
}

}  // namespace
}  // namespace casus
