// casus compare beyond the fits, against closed forms: other prior scales, subsets of motives; and
// casus recover.
#include "case/command_line.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace casus {
namespace {

using Json = nlohmann::json;

const double pi = std::acos(-1.0);

std::string record_of(const std::vector<double>& y) {
  std::string text = "step,seen\n";
  for (std::size_t i = 0; i < y.size(); ++i)
    text += std::to_string(i + 1) + "," + std::to_string(y[i]) + "\n";
  return text;
}

/// The log likelihood of y under normal(level, 1).
double likelihood(const std::vector<double>& y, double level) {
  double sum = 0.0;
  for (const double one : y) sum -= 0.5 * (std::log(2.0 * pi) + (one - level) * (one - level));
  return sum;
}

/// The log of the mean likelihood under a prior density, relative to level 0; by the trapezoidal
/// rule, whose error is far below any of the tests'.
double factor_by_quadrature(const std::vector<double>& y, double low, double high,
                            const std::function<double(double)>& density) {
  constexpr double width = 0.0005;
  double sum = 0.0;
  const auto n = static_cast<int>(std::lround((high - low) / width));
  for (int i = 0; i <= n; ++i) {
    const double level = low + width * i;
    const double end = i == 0 || i == n ? 0.5 : 1.0;
    sum += end * width * density(level) * std::exp(likelihood(y, level) - likelihood(y, 0.0));
  }
  return std::log(sum);
}

double normal_density(double x, double sd) {
  return std::exp(-0.5 * x * x / (sd * sd)) / (sd * std::sqrt(2.0 * pi));
}

double normal_factor(const std::vector<double>& y, double sd) {
  return factor_by_quadrature(y, -8.0 * sd, 8.0 * sd,
                              [sd](double x) { return normal_density(x, sd); });
}

double halfnormal_factor(const std::vector<double>& y, double sd) {
  return factor_by_quadrature(y, 0.0, 8.0 * sd,
                              [sd](double x) { return 2.0 * normal_density(x, sd); });
}

const std::vector<double> seen{1.2, 0.3, 2.1, 1.7, -0.4, 0.9, 1.5, 2.2, 0.1, 1.1};

class ExplanationsCommand : public CommandLine {
 protected:
  void write_mean(const std::string& priors, const std::vector<double>& y) const {
    write("war/model.casus", "casus 1\ncase \"A mean\"\n    time " + std::to_string(y.size()) +
                                 " steps\n" + priors +
                                 "observe seen from \"d.csv\" ~ normal(mean = level, sd = 1)\n");
    write("war/d.csv", record_of(y));
  }

  Json result(const std::string& words) const {
    const Ended ended = casus(words + " --json");
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }
};

// ---- prior scales

TEST_F(ExplanationsCommand, OtherPriorScalesAreThoseOfTheClosedForm) {
  write_mean(
      "param level ~ normal(0, 2) base 0\nexplain wide\n    level free\n"
      "explain narrow\n    level ~ normal(0, 0.5)\n",
      seen);
  const Json found = result("compare war --sets 1000");
  const std::array sds{0.0, 2.0, 0.5};
  for (const std::size_t i : {1U, 2U}) {
    const Json& one = found["explanations"][i];
    for (const std::size_t scale : {0U, 1U}) {
      const Json& under = one["scales"][scale];
      const double factor = under["factor"];
      EXPECT_EQ(under["priors"], "motives");
      EXPECT_EQ(under["by"], "bridge") << "a normal posterior is carried over exactly";
      const double expected =
          normal_factor(seen, factor * sds.at(i)) - normal_factor(seen, sds.at(i));
      const double error = under["error_of_change"];
      EXPECT_LT(error, 0.05);
      EXPECT_NEAR(under["change_of_log_evidence"], expected, 4 * error + 0.01) << one << factor;
      EXPECT_NEAR(under["log_bayes_factor"], normal_factor(seen, factor * sds.at(i)), 0.2);
    }
    EXPECT_EQ(one["scales"][2]["by"], "nothing");
    EXPECT_EQ(one["verdict"], "ahead");
  }
  EXPECT_EQ(found["explanations"][0]["scales"][0]["by"], "nothing");
}

TEST_F(ExplanationsCommand, HalfnormalPriorsAreStretchedFromZero) {
  write_mean("param level ~ halfnormal(2) base 0\nexplain positive\n    level free\n", seen);
  const Json found = result("compare war --sets 1000");
  const Json& one = found["explanations"][1];
  for (const std::size_t scale : {0U, 1U}) {
    const Json& under = one["scales"][scale];
    const double expected =
        halfnormal_factor(seen, 2.0 * under["factor"].get<double>()) - halfnormal_factor(seen, 2.0);
    EXPECT_EQ(under["by"], "bridge");
    EXPECT_NEAR(under["change_of_log_evidence"], expected,
                4 * under["error_of_change"].get<double>() + 0.01);
  }
}

TEST_F(ExplanationsCommand, ADifferenceThatTurnsWithThePriorIsUndecided) {
  // The factor is +0.25 at a standard deviation of 2, -0.39 at 4.
  const std::vector<double> y(10, 0.6572);
  write_mean("param level ~ normal(0, 2) base 0\nexplain wide\n    level free\n", y);
  EXPECT_GT(normal_factor(y, 2.0), 0.2);
  EXPECT_LT(normal_factor(y, 4.0), -0.2);
  const Json found = result("compare war --sets 2000");
  EXPECT_EQ(found["explanations"][1]["verdict"], "undecided");
  EXPECT_EQ(found["explanations"][1]["reason"], "priors of motives x 2 turn the sign");
}

TEST_F(ExplanationsCommand, PriorsOfOthersAreRescaledInEveryExplanation) {
  // A free spread beside the motive; the baseline feels it, too.
  write("war/model.casus",
        "casus 1\ncase \"A mean\"\n    time 10 steps\nparam shift ~ normal(0, 1)\n"
        "param level ~ normal(0, 2) base 0\nexplain wide\n    level free\n"
        "observe seen from \"d.csv\" ~ normal(mean = level + shift, sd = 1)\n");
  write("war/d.csv", record_of(seen));
  const Json found = result("compare war --sets 1000");
  const std::array variances{0.0, 4.0};
  for (const std::size_t i : {0U, 1U}) {
    for (const std::size_t scale : {2U, 3U}) {
      const Json& under = found["explanations"][i]["scales"][scale];
      const double factor = under["factor"];
      const double expected = normal_factor(seen, std::sqrt(variances.at(i) + factor * factor)) -
                              normal_factor(seen, std::sqrt(variances.at(i) + 1.0));
      EXPECT_NEAR(under["change_of_log_evidence"], expected,
                  4 * under["error_of_change"].get<double>() + 0.01);
    }
  }
}

// ---- a parameter at the edge of its prior

TEST_F(ExplanationsCommand, SavageDickeyAtAnEdge) {
  const std::vector<double> y{0.4, -0.9, 0.3, 0.8, -0.2, 0.1};
  write_mean("param level ~ halfnormal(2) base 0\nexplain positive\n    level free\n", y);
  const Json found = result("compare war --sets 3000");
  const Json& bridge = found["explanations"][1]["bridge"];
  const double error = bridge["error_of_savage_dickey"];
  EXPECT_LT(error, 0.1);
  EXPECT_NEAR(bridge["savage_dickey"], halfnormal_factor(y, 2.0), 4 * error);
  const Json& forward = bridge["forward"];
  EXPECT_NEAR(forward["log_bayes_factor"], halfnormal_factor(y, 2.0),
              4 * forward["standard_error"].get<double>());
  // The record says far more than the prior, and the bridge from where there is no level still
  // holds.
  EXPECT_NEAR(bridge["reverse"]["log_bayes_factor"], halfnormal_factor(y, 2.0),
              4 * bridge["reverse"]["standard_error"].get<double>());
  EXPECT_EQ(bridge["failure"], "");
}

// ---- motives

/// Two means that are seen apart, with errors of standard deviation `sd`.
std::string two_means(const std::string& sd) {
  std::string text =
      "casus 1\ncase \"Two means\"\n    time 10 steps\n"
      "param first ~ normal(0, 1) base 0\nparam second ~ normal(0, 1) base 0\n"
      "explain one\n    first free\nexplain other\n    second free\n"
      "explain all\n    first free\n    second free\n";
  text += "observe seen from \"d.csv\" ~ normal(mean = first, sd = " + sd + ")\n";
  return text + "observe felt from \"d.csv\" ~ normal(mean = second, sd = " + sd + ")\n";
}

const std::vector<double> felt{0.1, -0.6, 0.9, 0.4, -0.3, 0.2, -0.8, 0.5, 0.3, -0.1};

/// What is seen and felt, times `scale`.
std::string record_of_both(double scale) {
  std::string text = "step,seen,felt\n";
  for (std::size_t i = 0; i < seen.size(); ++i) {
    text += std::to_string(i + 1) + "," + std::to_string(scale * seen[i]) + "," +
            std::to_string(scale * felt[i]) + "\n";
  }
  return text;
}

TEST_F(ExplanationsCommand, InclusionFactorsOfSeparateMotivesAreTheirOwn) {
  write("war/model.casus", two_means("4"));
  write("war/d.csv", record_of_both(4.0));
  const Json found = result("compare war --sets 2000");
  EXPECT_EQ(found["against"], "all");
  ASSERT_EQ(found["motives"].size(), 2U);
  // In units of the errors the prior has standard deviation 1/4.
  const std::map<std::string, double> expected{{"first", normal_factor(seen, 0.25)},
                                               {"second", normal_factor(felt, 0.25)}};
  for (const Json& motive : found["motives"]) {
    const double factor = expected.at(motive["motive"].get<std::string>());
    EXPECT_NEAR(motive["log_bayes_factor"], factor, 4 * motive["standard_error"].get<double>());
    EXPECT_NEAR(motive["all_against_all_but_it"], factor,
                4 * motive["error_of_that"].get<double>());
    EXPECT_LT(motive["standard_error"], 0.1);
  }
}

TEST_F(ExplanationsCommand, MotivesAreThoseOfTheExplanationsThatAreCompared) {
  write("war/model.casus",
        two_means("4") + "param third ~ normal(0, 1) base 0\n" + "explain more\n    third free\n");
  write("war/d.csv", record_of_both(4.0));
  EXPECT_EQ(result("compare war --sets 200")["motives"].size(), 3U);
  const Json found = result("compare war --sets 2000 --explain none,all");
  ASSERT_EQ(found["motives"].size(), 2U);
  EXPECT_EQ(found["motives"][0]["motive"], "first");
  EXPECT_EQ(found["motives"][1]["motive"], "second");
  EXPECT_NEAR(found["motives"][0]["log_bayes_factor"], normal_factor(seen, 0.25), 0.1);
}

TEST_F(ExplanationsCommand, SubsetsThatThePriorsLeaveFarHaveTheirNumbers) {
  write("war/model.casus", two_means("1"));
  write("war/d.csv", record_of_both(1.0));
  const Json found = result("compare war --sets 1000 --repeats 12");
  ASSERT_EQ(found["motives"].size(), 2U);
  const std::map<std::string, double> expected{{"first", normal_factor(seen, 1.0)},
                                               {"second", normal_factor(felt, 1.0)}};
  for (const Json& motive : found["motives"]) {
    const double factor = expected.at(motive["motive"].get<std::string>());
    EXPECT_NEAR(motive["log_bayes_factor"], factor, 4 * motive["standard_error"].get<double>());
    EXPECT_NEAR(motive["all_against_all_but_it"], factor,
                4 * motive["error_of_that"].get<double>());
    EXPECT_LT(motive["standard_error"], 0.05);
  }
}

TEST_F(ExplanationsCommand, SubsetsOutOfReachHaveNoNumber) {
  write("war/model.casus", two_means("1"));
  write("war/d.csv", record_of_both(1.0));
  const Json found = result("compare war --sets 20");
  ASSERT_EQ(found["motives"].size(), 2U);
  for (const Json& motive : found["motives"]) {
    EXPECT_TRUE(motive["log_bayes_factor"].is_null()) << "too few sets are effective";
    EXPECT_TRUE(motive["all_against_all_but_it"].is_null());
  }
}

// ---- casus recover

TEST_F(ExplanationsCommand, RecoverTellsWhatIsFarApart) {
  write_mean(
      "param level ~ normal(0, 2) base 0\nexplain high\n    level ~ normal(5, 0.1)\n"
      "explain low\n    level ~ normal(-5, 0.1)\n",
      seen);
  const Json found = result("recover war --sets 50 --records 5");
  EXPECT_TRUE(found["separable"]);
  for (const Json& row : found["records_of"]) {
    EXPECT_EQ(row["records"], 5);
    EXPECT_EQ(row["first"][row["truth"].get<std::string>()], 5);
  }
}

TEST_F(ExplanationsCommand, RecoverSaysWhatCannotBeTold) {
  write_mean(
      "param level ~ normal(0, 2) base 0\nexplain one\n    level ~ normal(0, 0.01)\n"
      "explain other\n    level ~ normal(0, 0.01)\n",
      seen);
  const Json found = result("recover war --explain one,other --sets 50 --records 12");
  EXPECT_FALSE(found["separable"]);
  const Ended text = casus("recover war --explain one,other --sets 50 --records 2 --quiet --out a");
  EXPECT_EQ(text.code, 0);
  const std::string summary = text_of(path("a/summary.txt"));
  EXPECT_NE(summary.find("not separable by this record"), std::string::npos);
  EXPECT_NE(summary.find("uncoded.csv of `casus compare`"), std::string::npos);
  ASSERT_EQ(casus("recover war --sets 50 --records 2 --out one --threads 1").code, 0);
  ASSERT_EQ(casus("recover war --sets 50 --records 2 --out two --threads 2").code, 0);
  EXPECT_EQ(files_of(path("one")), files_of(path("two")));
}

}  // namespace
}  // namespace casus
