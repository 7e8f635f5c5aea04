// casus sensitivity against the indices of the Ishigami function, and means under other priors.
#include "case/command_line.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace casus {
namespace {

using Json = nlohmann::json;

class SensitivityCommand : public CommandLine {
 protected:
  Json document_of(const std::string& words) const {
    const Ended ended = casus("sensitivity war --json " + words);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }
};

// Ishigami & Homma 1990, with a = 7, b = 0.1.
TEST_F(SensitivityCommand, GivesTheIndicesOfIshigamisFunction) {
  std::string text = "casus 1\ncase \"Ishigami\"\n    time 1 steps\n";
  for (const std::string name : {"x1", "x2", "x3"})
    text += "param " + name + " ~ uniform(-3.141592653589793, 3.141592653589793)\n";
  text +=
      "let y = sin(x1) + 7 * sin(x2) ^ 2 + 0.1 * x3 ^ 4 * sin(x1)\n"
      "measure height = y at end\n";
  write("war/model.casus", text);
  const Json document = document_of("--n 4000");
  EXPECT_EQ(document["per_set"], 1);
  EXPECT_EQ(document["unscaled_priors"].size(), 3U);
  const Json& height = document["measures"][0];
  constexpr std::array first{0.3139, 0.4424, 0.0};
  constexpr std::array total{0.5576, 0.4424, 0.2437};
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& at = height["parameters"][i];
    const double first_error = at["first_se"];
    const double total_error = at["total_se"];
    EXPECT_NEAR(at["first"], first.at(i), 4.0 * first_error + 5e-5);
    EXPECT_NEAR(at["total"], total.at(i), 4.0 * total_error + 5e-5);
    EXPECT_LT(first_error, 0.04);
  }
  EXPECT_EQ(height["chance"], 0.0);
}

// y = 2 a + b + noise with variances 4, 1 - 2/pi and 9; b, halfnormal, has mean sqrt(2/pi) scales.
TEST_F(SensitivityCommand, TellsParametersFromChance) {
  write("war/model.casus",
        "casus 1\ncase \"A sum\"\n    time 1 steps\n"
        "param a ~ normal(10, 1)\nparam b ~ halfnormal(1)\nparam c ~ beta(2, 2)\n"
        "draw noise ~ normal(0, 3)\nlet y = 2 * a + b + noise\n"
        "measure height = y at end\n");
  const Json document = document_of("--n 2000 --per-set 4");
  const Json& height = document["measures"][0];
  const double of_b = 1.0 - 2.0 / std::acos(-1.0);
  const double variance = 4.0 + of_b;
  const std::array share{4.0 / variance, of_b / variance, 0.0};
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& at = height["parameters"][i];
    EXPECT_NEAR(at["first"], share.at(i), 4.0 * at["first_se"].get<double>());
    EXPECT_NEAR(at["total"], share.at(i), 4.0 * at["total_se"].get<double>());
  }
  EXPECT_NEAR(height["variance"], variance, 4.0 * height["variance_se"].get<double>());
  EXPECT_NEAR(height["chance"], 9.0 / (9.0 + variance), 0.03);
  EXPECT_EQ(document["unscaled_priors"], Json::array({"c"}));
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& at = height["prior_scales"][i];
    const double mean = 20.0 + at["scale"].get<double>() * std::sqrt(2.0 / std::acos(-1.0));
    EXPECT_NEAR(at["mean"], mean, 4.0 * at["se"].get<double>());
  }
}

TEST_F(SensitivityCommand, WritesTablesAndAPicture) {
  const Ended ended = casus("sensitivity war --n 64 --per-set 4 --out one --threads 1");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto files = files_of(path("one"));
  EXPECT_EQ(files.at("sensitivity.csv").rfind("measure,statistic,parameter,first,", 0), 0U);
  EXPECT_NE(files.at("prior_scales.csv").find("war_by_2002,share,0.5,"), std::string::npos);
  EXPECT_NE(files.at("summary.txt").find("risk"), std::string::npos);
  EXPECT_NE(files.at("sensitivity.svg").find("what decides its measures"), std::string::npos);
  ASSERT_EQ(casus("sensitivity war --n 64 --per-set 4 --out two --threads 2").code, 0);
  EXPECT_EQ(files, files_of(path("two")));
}

TEST_F(SensitivityCommand, SaysWhatItNeeds) {
  const Ended unknown = casus("sensitivity war --measure war_by_2020");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("did you mean war_by_2002?"), std::string::npos) << unknown.err;
  const Ended one = casus("sensitivity war --per-set 1");
  EXPECT_EQ(one.code, 2);
  EXPECT_NE(one.err.find("error[R107]"), std::string::npos) << one.err;
  const Ended fixed = casus("sensitivity war --set risk=0.1");
  EXPECT_EQ(fixed.code, 2);
  EXPECT_NE(fixed.err.find("error[R109]"), std::string::npos) << fixed.err;
  const Json one_measure = document_of("--n 16 --per-set 2 --measure first_war");
  EXPECT_EQ(one_measure["measures"].size(), 1U);
}

// Interest of 60 % a year, paid out by the step: 1.05^24 by month, 1.025^48 by half month.
TEST_F(SensitivityCommand, HalvesTheSteps) {
  write("war/model.casus",
        "casus 1\ncase \"Interest\"\n    time from 2000-01 to 2001-12 by month\n"
        "param owed ~ uniform(1, 2)\n"
        "state debt = owed then debt + (dt / 1 year) * 0.6 * debt\n"
        "measure left = debt at end\n");
  const Json left = document_of("--n 64")["measures"][0];
  const double whole = left["prior_scales"][1]["mean"];
  const double half = left["half_steps"]["mean"];
  EXPECT_NEAR(half / whole, std::pow(1.025, 48) / std::pow(1.05, 24), 1e-12);
  ASSERT_EQ(casus("sensitivity war --n 64 --out one").code, 0);
  const auto files = files_of(path("one"));
  EXPECT_NE(files.at("half_steps.csv").find("\nleft,mean,half,"), std::string::npos);
  EXPECT_NE(files.at("summary.txt").find("half steps"), std::string::npos);
  write("war/model.casus",
        "casus 1\ncase \"Steps\"\n    time 3 steps\nparam a ~ uniform(1, 2)\n"
        "measure left = a\n");
  EXPECT_TRUE(document_of("--n 64")["measures"][0]["half_steps"]["mean"].is_null());
}

// A case that holds as it is written, and not with half steps or without its event.
TEST_F(SensitivityCommand, GoesOnWithoutWhatCannotBeRun) {
  write("war/model.casus",
        "casus 1\ncase \"Brittle\"\n    time from 2000-01 to 2000-12 by month\n"
        "param a ~ uniform(1, 2)\n"
        "event coup\n    at 2000-06\n"
        "state seen = 0 then seen + pulse(coup)\n"
        "state level = a then level + log(dt / 1 year - 0.05) + (log(seen) if dt > 0 and "
        "since(2000-08) > 0 else 0)\n"
        "measure left = level at end\n");
  const Json document = document_of("--n 64");
  const Json& left = document["measures"][0];
  EXPECT_TRUE(left["half_steps"]["mean"].is_null());
  EXPECT_TRUE(left["moved_dates"].back()["change"].is_null()) << "removed";
  EXPECT_FALSE(left["prior_scales"][2]["mean"].is_null());
  const std::string failed = document["failed"].dump();
  EXPECT_NE(failed.find("coup=removed: "), std::string::npos) << failed;
  EXPECT_NE(failed.find("half steps: "), std::string::npos) << failed;
}

}  // namespace
}  // namespace casus
