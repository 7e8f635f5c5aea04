// casus calibrate: a right sampler passes, one with other priors than the simulations is caught.
#include "case/calibrate.hpp"

#include "case/command_line.hpp"
#include "case/load.hpp"
#include "case/memory_files.hpp"
#include "case/threads.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::json;

/// A mean that four data know about as well as its prior does.
const char* const a_mean =
    "casus 1\ncase \"A mean\"\n    time 4 steps\nparam level ~ normal(0, 2)\n"
    "observe seen from \"d.csv\" ~ normal(level, 3)\n";
const char* const four_data = "step,seen\n1,0.5\n2,1.0\n3,-1.0\n4,2.0\n";

LoadedCase loaded_mean() {
  const MemoryFiles files({{"model.casus", a_mean}, {"d.csv", four_data}});
  Sources sources;
  Diagnostics found;
  auto loaded = load("mean", "model.casus", files, sources, found);
  if (!loaded) throw std::runtime_error("the case has faults");
  return std::move(*loaded);
}

Calibration calibrated(const CalibrationSettings& settings) {
  const LoadedCase loaded = loaded_mean();
  Silent silent;
  const std::unique_ptr<Parallel> threads = make_threads(2);
  return calibrate_model(loaded.model, {}, loaded.model.steps.count, settings,
                         {.parallel = *threads, .progress = silent});
}

TEST(Calibrate, PassesTheRightSampler) {
  const Calibration right = calibrated({.fit = {.n_sets = 100}, .n_replications = 200});
  EXPECT_TRUE(right.is_exact);
  ASSERT_EQ(right.quantities.size(), 2U);
  EXPECT_EQ(right.quantities[0].name, "level");
  EXPECT_EQ(right.quantities[1].name, "log likelihood");
  EXPECT_TRUE(right.passes());
  EXPECT_NEAR(right.in_most().value, 0.9, 4.0 * right.in_most().error);
  // Shares of uniform ranks, within four standard errors of a binomial share.
  EXPECT_NEAR(right.quantities[0].in_half, 0.5, 4.0 * std::sqrt(0.25 / 200.0));
  EXPECT_NEAR(right.quantities[0].in_most, 0.9, 4.0 * std::sqrt(0.09 / 200.0));
}

TEST(Calibrate, CatchesASamplerWithOtherPriors) {
  const Calibration narrow =
      calibrated({.fit = {.n_sets = 100}, .n_replications = 200, .prior_scale = 0.4});
  EXPECT_FALSE(narrow.passes());
  EXPECT_LT(narrow.quantities[0].p_value, narrow.level());
  EXPECT_LT(narrow.quantities[0].in_most, 0.8);
}

class CalibrateCommand : public CommandLine {
 protected:
  CalibrateCommand() {
    write("war/model.casus", a_mean);
    write("war/d.csv", four_data);
  }
};

TEST_F(CalibrateCommand, WritesRanksAPictureAndAVerdict) {
  const Ended ended = casus("calibrate war --replications 20 --sets 40 --json --out calibrated");
  ASSERT_EQ(ended.code, 0) << ended.err << ended.out;
  const Json document = Json::parse(ended.out);
  EXPECT_TRUE(document["calibrated"]);
  EXPECT_EQ(document["replications"], 20);
  const auto files = files_of(path("calibrated"));
  EXPECT_EQ(files.at("ranks.csv").rfind("replication,effective_sets,level,log likelihood\n", 0),
            0U);
  EXPECT_NE(files.at("ranks.svg").find("ranks of true parameters"), std::string::npos);
  EXPECT_NE(files.at("summary.txt").find("as it should be"), std::string::npos);
}

TEST_F(CalibrateCommand, GivesTheSameBytesForAnyNumberOfThreads) {
  const std::string words = "calibrate war --replications 10 --sets 20 ";
  ASSERT_EQ(casus(words + "--out one --threads 1").code, 0);
  ASSERT_EQ(casus(words + "--out two --threads 2").code, 0);
  EXPECT_EQ(files_of(path("one")), files_of(path("two")));
}

TEST_F(CalibrateCommand, SaysWhatItNeeds) {
  const Ended fixed = casus("calibrate war --set level=1");
  EXPECT_EQ(fixed.code, 2);
  EXPECT_NE(fixed.err.find("error[R109]"), std::string::npos) << fixed.err;
  const Ended few = casus("calibrate war --replications 2");
  EXPECT_EQ(few.code, 2);
  EXPECT_NE(few.err.find("error[R107]"), std::string::npos) << few.err;
}

TEST_F(CalibrateCommand, StopsWhereMostHistoriesFail) {
  write("war/model.casus",
        "casus 1\ncase \"A mean\"\n    time 4 steps\nparam level ~ normal(-2, 1)\n"
        "observe seen from \"d.csv\" ~ normal(log(level), 3)\n");
  const Ended failing = casus("calibrate war --replications 20 --sets 20");
  EXPECT_EQ(failing.code, 2);
  EXPECT_NE(failing.err.find("error[R140]"), std::string::npos) << failing.err;
  EXPECT_NE(failing.err.find("simulated records came to no posterior"), std::string::npos)
      << failing.err;
}

}  // namespace
}  // namespace casus::cases
