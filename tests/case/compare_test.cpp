// casus compare against evidence in closed form.
#include "case/command_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace casus {
namespace {

using Json = nlohmann::json;

constexpr std::array seen{1.2, 0.3, 2.1, 1.7, -0.4, 0.9, 1.5, 2.2, 0.1, 1.1};

/// Log density of the first `n` data under normal(level, 1) with level ~ normal(0, sqrt(variance)).
double evidence(double variance, std::size_t n = seen.size()) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    sum += seen.at(i);
    squares += seen.at(i) * seen.at(i);
  }
  const double precision = 1.0 + variance * static_cast<double>(n);
  return -0.5 * (static_cast<double>(n) * std::log(2.0 * std::acos(-1.0)) + std::log(precision) +
                 squares - variance * sum * sum / precision);
}

class CompareCommand : public CommandLine {
 protected:
  CompareCommand() {
    write("war/model.casus",
          "casus 1\ncase \"A mean\"\n    time 10 steps\n"
          "param level ~ normal(0, 2) base 0\n"
          "explain wide \"anything\"\n    level free\n"
          "explain narrow \"near zero\"\n    level ~ normal(0, 0.5)\n"
          "observe seen from \"d.csv\" ~ normal(mean = level, sd = 1)\n");
    std::string text = "step,seen\n";
    for (std::size_t i = 0; i < seen.size(); ++i)
      text += std::to_string(i + 1) + "," + std::to_string(seen.at(i)) + "\n";
    write("war/d.csv", text);
  }

  Json compared(const std::string& words) const {
    const Ended ended = casus("compare war --json " + words);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }
};

TEST_F(CompareCommand, GivesTheBayesFactorsOfConjugateModels) {
  const Json found = compared("--sets 2000");
  EXPECT_EQ(found["against"], "none");
  ASSERT_EQ(found["explanations"].size(), 3U);
  const std::array expected{evidence(0.0), evidence(4.0), evidence(0.25)};
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& one = found["explanations"][i];
    const double error = one["standard_error"];
    EXPECT_LT(error, 0.05);
    EXPECT_NEAR(one["log_evidence"], expected.at(i), 4 * error + 1e-9) << one["explanation"];
    EXPECT_NEAR(one["log_bayes_factor"], expected.at(i) - expected[0], 4 * error + 1e-9);
  }
  EXPECT_EQ(found["explanations"][0]["verdict"], "reference");
  EXPECT_EQ(found["explanations"][1]["verdict"], "ahead");
  // The path: after four of the data.
  EXPECT_NEAR(found["path"]["wide"]["4"], evidence(4.0, 4) - evidence(0.0, 4), 0.1);
  // Each item is as probable as the evidence grows by.
  for (const Json& item : found["items"]) {
    const std::size_t step = std::stoul(item["step"].get<std::string>());
    EXPECT_NEAR(item["log_probability"]["wide"], evidence(4.0, step) - evidence(4.0, step - 1),
                0.1);
    EXPECT_NEAR(item["log_probability"]["none"], evidence(0.0, step) - evidence(0.0, step - 1),
                1e-9);
  }
  EXPECT_EQ(found["items"].size(), 10U);
  for (std::size_t i = 1; i < 10; ++i)
    EXPECT_GE(found["items"][i - 1]["apart"], found["items"][i]["apart"]);
}

TEST_F(CompareCommand, TakesTheExplanationsNamed) {
  const Json found = compared("--explain wide,narrow --against narrow --sets 200 --repeats 2");
  EXPECT_EQ(found["against"], "narrow");
  EXPECT_EQ(found["explanations"].size(), 2U);
  EXPECT_NEAR(found["explanations"][0]["log_bayes_factor"], evidence(4.0) - evidence(0.25), 0.5);
  // An explanation's runs are its own, whoever stands beside it.
  const Json all = compared("--sets 200 --repeats 2");
  EXPECT_EQ(all["explanations"][1]["log_evidence"], found["explanations"][0]["log_evidence"]);
}

TEST_F(CompareCommand, IsUndecidedWithoutAnError) {
  const Json found = compared("--sets 100 --repeats 1");
  EXPECT_EQ(found["explanations"][1]["verdict"], "undecided");
  const Ended text = casus("compare war --sets 100 --repeats 1");
  EXPECT_NE(text.out.find("undecided: "), std::string::npos) << text.out;
}

TEST_F(CompareCommand, ComparesToTheSameBytesForAnyNumberOfThreads) {
  ASSERT_EQ(casus("compare war --sets 50 --repeats 2 --out one --threads 1").code, 0);
  ASSERT_EQ(casus("compare war --sets 50 --repeats 2 --out two --threads 2").code, 0);
  EXPECT_EQ(files_of(path("one")), files_of(path("two")));
  EXPECT_EQ(files_of(path("one")).count("matrix.svg"), 1U);
}

TEST_F(CompareCommand, AnExplanationThatForbidsTheRecordIsBehind) {
  write("war/model.casus",
        "casus 1\ncase \"Never\"\n    time 10 steps\nparam p ~ beta(2, 2) base 0.5\n"
        "param other ~ uniform(0, 1) base 1\nexplain sure\n    p = 0\n"
        "observe seen from \"d.csv\" ~ bernoulli(p * other)\n");
  std::string text = "step,seen\n";
  for (int i = 1; i <= 10; ++i) text += std::to_string(i) + "," + std::to_string(i % 2) + "\n";
  write("war/d.csv", text);
  const Json found = compared("--sets 50");
  EXPECT_EQ(found["explanations"][1]["log_evidence"], "-inf");
  EXPECT_EQ(found["explanations"][1]["verdict"], "behind");
  EXPECT_NEAR(found["explanations"][0]["log_evidence"], 10 * std::log(0.5), 1e-9);
}

TEST_F(CompareCommand, SaysWhatAComparisonNeeds) {
  const Ended unknown = casus("compare war --explain wid");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("error[R105]: no explanation 'wid'"), std::string::npos)
      << unknown.err;
  write("war/model.casus",
        "casus 1\ncase \"A mean\"\n    time 10 steps\nparam level ~ normal(0, 2)\n"
        "observe seen from \"d.csv\" ~ normal(mean = level, sd = 1)\n");
  const Ended one = casus("compare war");
  EXPECT_EQ(one.code, 2);
  EXPECT_NE(one.err.find("error[R130]"), std::string::npos) << one.err;
}

/// Of conjugate models all three ways are held to the closed form.
TEST_F(CompareCommand, TheBridgeAndSavageDickeyGiveTheExactFactor) {
  const Json found = compared("--sets 2000");
  for (const std::size_t i : {1U, 2U}) {
    const Json& one = found["explanations"][i];
    const Json& bridge = one["bridge"];
    const double expected = evidence(i == 1 ? 4.0 : 0.25) - evidence(0.0);
    EXPECT_EQ(bridge["failure"], "") << bridge;
    for (const std::string side : {"forward", "reverse"}) {
      const double error = bridge[side]["standard_error"];
      EXPECT_NEAR(bridge[side]["log_bayes_factor"], expected, 4 * error) << side;
    }
    EXPECT_LT(bridge["forward"]["standard_error"], 0.05);
    EXPECT_LT(bridge["forward"]["pareto_k"], 0.7);
    // Of the wide prior's posterior too little is left at zero.
    EXPECT_EQ(bridge["savage_dickey"].is_null(), i == 1);
    if (i == 2) {
      const double error = bridge["error_of_savage_dickey"];
      EXPECT_NEAR(bridge["savage_dickey"], expected, 4 * error);
      EXPECT_LT(error, 0.2);
    }
    EXPECT_EQ(one["log_bayes_factor"], bridge["forward"]["log_bayes_factor"]);
  }
}

/// Log density of `y`, normal(rows * weights, 1), under independent normal weights: by Cholesky of
/// I + X V X'.
double regression_evidence(const std::vector<std::vector<double>>& columns,
                           const std::vector<double>& sds, const std::vector<double>& y) {
  const std::size_t n = y.size();
  std::vector<double> factor(n * n);
  std::vector<double> z(n);
  double log_density = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    z[i] = y[i];
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = i == j ? 1.0 : 0.0;
      for (std::size_t k = 0; k < columns.size(); ++k)
        sum += sds[k] * sds[k] * columns[k][i] * columns[k][j];
      for (std::size_t m = 0; m < j; ++m) sum -= factor[i * n + m] * factor[j * n + m];
      factor[i * n + j] = i == j ? std::sqrt(sum) : sum / factor[j * n + j];
      if (j < i) z[i] -= factor[i * n + j] * z[j];
    }
    z[i] /= factor[i * n + i];
    log_density -=
        0.5 * (z[i] * z[i] + std::log(2.0 * std::acos(-1.0))) + std::log(factor[i * n + i]);
  }
  return log_density;
}

/// Motives that hang together, one of them with its base at the edge of its prior, against closed
/// forms: the record says much more of each than its prior does.
TEST_F(CompareCommand, TheBridgeReachesWhatThePriorsLeaveFar) {
  std::vector<std::vector<double>> x(4);
  std::vector<double> y;
  std::string text = "step,p,q,r,seen\n";
  for (int t = 1; t <= 40; ++t) {
    const double p = 1.4 * std::sin(1.7 * t);
    const double q = 0.7 * p + std::sin(2.9 * t + 1.0);
    const double r = 0.5 * q + 1.2 * std::sin(4.3 * t + 2.0);
    const double now = 0.5 + 0.45 * p + 0.3 * r + 1.3 * std::sin(7.1 * t);
    for (const auto& [i, value] : {std::pair{0U, 1.0}, {1U, p}, {2U, q}, {3U, r}})
      x[i].push_back(value);
    y.push_back(now);
    text += fmt::format("{},{},{},{},{}\n", t, p, q, r, now);
  }
  write("war/d.csv", text);
  write("war/model.casus",
        "casus 1\ncase \"Motives\"\n    time 40 steps\n"
        "data p from \"d.csv\" gaps held after held\n"
        "data q from \"d.csv\" gaps held after held\n"
        "data r from \"d.csv\" gaps held after held\n"
        "param level ~ normal(0, 2)\nparam a ~ normal(0, 3) base 0\n"
        "param b ~ normal(0, 3) base 0\nparam c ~ halfnormal(3) base 0\n"
        "explain one\n    a free\nexplain two\n    b free\n"
        "explain all\n    a free\n    b free\n    c free\n"
        "observe seen from \"d.csv\" ~ normal(mean = level + a * p + b * q + c * r, sd = 1)\n");
  const auto exact = [&](const std::vector<std::size_t>& which) {
    std::vector<std::vector<double>> columns;
    std::vector<double> sds;
    for (const std::size_t i : which) columns.push_back(x[i]);
    for (const std::size_t i : which) sds.push_back(i == 0 ? 2.0 : 3.0);
    return regression_evidence(columns, sds, y);
  };
  // Of the half normal: Simpson over c of the evidence of what is left.
  double of_all = 0.0;
  constexpr int n_points = 2001;
  for (int k = 0; k < n_points; ++k) {
    const double c = 0.001 * k;
    std::vector<double> rest = y;
    for (std::size_t i = 0; i < y.size(); ++i) rest[i] -= c * x[3][i];
    const double weight = k == 0 || k == n_points - 1 ? 1.0 : (k % 2 == 1 ? 4.0 : 2.0);
    of_all +=
        0.001 / 3.0 * weight * std::sqrt(2.0 / std::acos(-1.0)) / 3.0 *
        std::exp(-c * c / 18.0 + regression_evidence({x[0], x[1], x[2]}, {2.0, 3.0, 3.0}, rest));
  }
  const double log_of_all = std::log(of_all);
  const Json found = compared("--sets 500");
  const std::array expected{exact({0}), exact({0, 1}), exact({0, 2})};
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& bridge = found["explanations"][i]["bridge"];
    EXPECT_EQ(bridge["failure"], "") << bridge;
    EXPECT_GT(bridge["forward"]["effective_sets"], 1000.0);
    for (const std::string side : {"forward", "reverse"}) {
      const double error = bridge[side]["standard_error"];
      EXPECT_LT(error, 0.1);
      EXPECT_NEAR(bridge[side]["log_bayes_factor"], expected.at(i) - log_of_all, 4 * error) << side;
    }
  }
}

/// y_t is normal(x_t, 1), x_1 = 0, x' = x + drift / 10 + push with push ~ normal(0, 0.5).
double hidden_likelihood(const std::vector<double>& y, double drift) {
  double mean = 0.0;
  double variance = 0.0;
  double sum = 0.0;
  for (const double one : y) {
    const double total = variance + 1.0;
    sum -= 0.5 * (std::log(2.0 * std::acos(-1.0) * total) + (one - mean) * (one - mean) / total);
    mean += variance / total * (one - mean) + 0.1 * drift;
    variance = variance / total + 0.25;
  }
  return sum;
}

TEST_F(CompareCommand, TheBridgeIsExactWhereLikelihoodsAreEstimated) {
  std::vector<double> y;
  std::string text = "step,seen\n";
  for (int t = 1; t <= 20; ++t) {
    y.push_back(0.12 * t + 0.8 * std::sin(2.3 * t));
    text += std::to_string(t) + "," + std::to_string(y.back()) + "\n";
  }
  write("war/d.csv", text);
  write("war/model.casus",
        "casus 1\ncase \"Hidden\"\n    time 20 steps\n"
        "param drift ~ normal(0, 2) base 0\n"
        "draw push ~ normal(0, 0.5)\nstate x = 0\n    then x + 0.1 * drift + push\n"
        "explain drifting\n    drift free\n"
        "observe seen from \"d.csv\" ~ normal(mean = x, sd = 1)\n");
  double exact = 0.0;
  for (double drift = -16.0; drift <= 16.0; drift += 0.01) {
    exact +=
        0.01 *
        std::exp(hidden_likelihood(y, drift) - hidden_likelihood(y, 0.0) - drift * drift / 8.0) /
        std::sqrt(8.0 * std::acos(-1.0));
  }
  const Json found = compared("--sets 300 --particles 200");
  const Json& one = found["explanations"][1];
  const Json& bridge = one["bridge"];
  EXPECT_EQ(bridge["failure"], "") << bridge;
  const double error = bridge["forward"]["standard_error"];
  EXPECT_LT(error, 0.1);
  EXPECT_NEAR(bridge["forward"]["log_bayes_factor"], std::log(exact), 4 * error);
  EXPECT_NEAR(bridge["reverse"]["log_bayes_factor"], std::log(exact),
              4 * bridge["reverse"]["standard_error"].get<double>());
  EXPECT_NEAR(one["by_runs"], std::log(exact), 4 * one["error_by_runs"].get<double>());
}

TEST_F(CompareCommand, ABridgeWithoutErrorsHasNoNumber) {
  const Json found = compared("--sets 500 --repeats 2");
  EXPECT_EQ(found["explanations"][1]["bridge"]["failure"], "fewer than 4 runs");
  EXPECT_EQ(found["explanations"][1]["log_bayes_factor"], found["explanations"][1]["by_runs"]);
}

/// Items of a game in one step are terms of one chain rule.
TEST_F(CompareCommand, ItemsOfOneGameCountTogether) {
  write("war/model.casus",
        "casus 1\ncase \"Two moves\"\n    time from 2001 to 2004 by year\nparam will ~ normal(0, "
        "1) base 0\n"
        "explain willing\n    will free\n"
        "game g rationality 1\n    act by P: stay, go\n    answer by Q: yield, fight if act == go\n"
        "    payoff P = (1 if act == go else 0)\n    payoff Q = (will if answer == fight else 0)\n"
        "observe act from \"d.csv\"\nobserve answer from \"d.csv\"\n"
        "draw noise ~ normal(0, 1)\nobserve noise2 from \"d.csv\" ~ normal(will, 1)\n");
  write("war/d.csv",
        "date,act,answer,noise2\n2001,go,fight,0.2\n2002,stay,-,1.0\n2003,go,fight,\n2004,go,yield,"
        "0.1\n");
  const Json found = compared("--sets 200 --repeats 2");
  std::map<std::string, std::set<int>> groups;
  std::map<int, std::size_t> sizes;
  for (const Json& item : found["items"]) {
    const int group = item["group"].get<int>();
    ++sizes[group];
    if (item["observed"] == "noise2") {
      EXPECT_EQ(sizes[group], 1U);
    } else {
      groups[item["step"].get<std::string>()].insert(group);
    }
  }
  for (const auto& [step, of_step] : groups) EXPECT_EQ(of_step.size(), 1U) << step;
  EXPECT_EQ(found["items"].size(), 11U);
}

// Eight sets give log evidences that differ from run to run.
TEST_F(CompareCommand, AddsRunsUntilErrorsAreSmallWhenThorough) {
  const Ended ended = casus("compare war --sets 8 --repeats 2 --thorough --out out");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Json summary = Json::parse(text_of(path("out/summary.json")));
  std::map<std::string, int> n_runs;
  std::istringstream rows(text_of(path("out/runs.csv")));
  std::string line;
  std::getline(rows, line);
  while (std::getline(rows, line)) ++n_runs[line.substr(0, line.find(','))];
  int most = 0;
  for (const Json& explanation : summary["explanations"]) {
    const int n = n_runs.at(explanation["explanation"]);
    EXPECT_GE(n, 5);
    EXPECT_LE(n, 20);
    if (n < 20) {
      EXPECT_LE(explanation["standard_error"], 0.3);
    }
    most = std::max(most, n);
  }
  EXPECT_GT(most, 5);
  EXPECT_NE(ended.out.find("5 to " + std::to_string(most) + " independent runs"),
            std::string::npos);
  EXPECT_NE(ended.out.find("runs were added"), std::string::npos);
}

}  // namespace
}  // namespace casus
