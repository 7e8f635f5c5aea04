// casus fit against a posterior and an evidence in closed form.
#include "case/command_line.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

namespace casus {
namespace {

using Json = nlohmann::json;

constexpr std::array seen{1.2, 0.3, 2.1, 1.7, -0.4, 0.9, 1.5, 2.2, 0.1, 1.1};
constexpr double prior_variance = 4.0;

/// A mean with a normal prior, seen with errors of standard deviation 1.
std::string known_spread() {
  return "casus 1\n"
         "case \"A mean\"\n"
         "    time 10 steps\n"
         "param level ~ normal(0, 2)\n"
         "observe seen from \"d.csv\" ~ normal(mean = level, sd = 1)\n";
}

std::string data() {
  std::string text = "step,seen\n";
  for (std::size_t i = 0; i < seen.size(); ++i)
    text += std::to_string(i + 1) + "," + std::to_string(seen[i]) + "\n";
  return text;
}

struct Exact {
  double log_evidence = 0.0;
  double mean = 0.0;
  double sd = 0.0;
};

Exact exact() {
  double sum = 0.0;
  double squares = 0.0;
  for (const double y : seen) {
    sum += y;
    squares += y * y;
  }
  const double n = seen.size();
  const double precision = 1.0 + prior_variance * n;
  const double log_two_pi = std::log(2.0 * std::acos(-1.0));
  return {.log_evidence = -0.5 * (n * log_two_pi + std::log(precision) + squares -
                                  prior_variance * sum * sum / precision),
          .mean = prior_variance * sum / precision,
          .sd = std::sqrt(prior_variance / precision)};
}

class FitCommand : public CommandLine {
 protected:
  FitCommand() {
    write("war/model.casus", known_spread());
    write("war/d.csv", data());
  }

  Json fitted(const std::string& words) const {
    const Ended ended = casus("fit war --json " + words);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }

  /// Rows of a table without quotes, by column.
  using Rows = std::vector<std::map<std::string, std::string>>;
  Rows rows_of(const std::string& file) const {
    std::istringstream text(text_of(path(file)));
    std::string line;
    std::getline(text, line);
    const std::vector<std::string> header = cells_of(line);
    Rows rows;
    while (std::getline(text, line)) {
      const std::vector<std::string> cells = cells_of(line);
      std::map<std::string, std::string>& row = rows.emplace_back();
      for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i) row[header[i]] = cells[i];
    }
    return rows;
  }

 private:
  static std::vector<std::string> cells_of(const std::string& line) {
    std::istringstream text(line);
    std::vector<std::string> cells;
    for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
    return cells;
  }
};

TEST_F(FitCommand, TemperingFindsTheSame) {
  const Json fit = fitted("--sets 500 --repeats 4 --tempered --out out");
  const Json& other = fit["tempered"];
  const double error = other["standard_error"];
  EXPECT_LT(error, 0.05);
  EXPECT_NEAR(other["log_evidence"], exact().log_evidence, 4 * error);
  EXPECT_EQ(other["farthest"], "level");
  EXPECT_LT(other["distance"], 0.15);
  EXPECT_NE(text_of(path("out/summary.txt")).find("by tempering the whole record"),
            std::string::npos);
  const Rows rows = rows_of("out/temperatures.csv");
  ASSERT_GT(rows.size(), 1U);
  EXPECT_EQ(rows.back().at("power"), "1");
}

TEST_F(FitCommand, TemperingIsRefusedWhereLikelihoodsAreEstimated) {
  std::string text = known_spread();
  text.replace(text.find("mean = level"), 12, "mean = level + luck");
  write("war/model.casus", text + "draw luck ~ normal(0, 1)\n");
  const Ended ended = casus("fit war --tempered");
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("R118"), std::string::npos) << ended.err;
}

TEST_F(FitCommand, GivesTheEvidenceAndThePosterior) {
  const Json fit = fitted("--sets 2000 --repeats 4");
  const Exact expected = exact();
  EXPECT_TRUE(fit["exact"]);
  const double error = fit["standard_error"];
  EXPECT_LT(error, 0.05);
  EXPECT_NEAR(fit["log_evidence"], expected.log_evidence, 4 * error);
  const Json& level = fit["parameters"][0];
  EXPECT_EQ(level["parameter"], "level");
  // 8,000 sets: standard errors of a mean and of a spread are about 0.011 and 0.008 of the spread.
  EXPECT_NEAR(level["mean"], expected.mean, 0.06 * expected.sd);
  EXPECT_NEAR(level["sd"].get<double>() / expected.sd, 1.0, 0.06);
  EXPECT_NEAR(level["q95"], expected.mean + 1.6449 * expected.sd, 0.15 * expected.sd);
  EXPECT_NEAR(level["contraction"], 1 - expected.sd * expected.sd / prior_variance, 0.01);
  EXPECT_NEAR(fit["observed"][0]["log_score"], expected.log_evidence, 0.2);
}

double phi(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

TEST_F(FitCommand, HoldsTheRecordAgainstFreeHistories) {
  ASSERT_EQ(casus("fit war --sets 4000 --out out").code, 0);
  const Exact expected = exact();
  // A datum is its level with errors of standard deviation 1; of 4,000 histories a share has a
  // standard error of 0.008 at most, and the posterior one of its own.
  const double sd_of_datum = std::sqrt(1.0 + expected.sd * expected.sd);
  const Rows items = rows_of("out/predictive.csv");
  ASSERT_EQ(items.size(), seen.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_NEAR(std::stod(items[i].at("recorded")), seen.at(i), 1e-6);
    EXPECT_NEAR(std::stod(items[i].at("mean")), expected.mean, 0.1);
    EXPECT_NEAR(std::stod(items[i].at("q95")) - std::stod(items[i].at("q05")),
                2 * 1.6449 * sd_of_datum, 0.25);
    EXPECT_NEAR(std::stod(items[i].at("share_below")),
                phi((seen.at(i) - expected.mean) / sd_of_datum), 0.05);
  }
  double mean = 0.0;
  for (const double y : seen) mean += y / static_cast<double>(seen.size());
  const double sd_of_mean =
      std::sqrt(1.0 / static_cast<double>(seen.size()) + expected.sd * expected.sd);
  const Rows checks = rows_of("out/checks.csv");
  ASSERT_EQ(checks.at(0).at("statistic"), "mean");
  EXPECT_NEAR(std::stod(checks[0].at("recorded")), mean, 1e-6);
  EXPECT_NEAR(std::stod(checks[0].at("p")), 1.0 - phi((mean - expected.mean) / sd_of_mean), 0.05);
  EXPECT_NEAR(std::stod(checks[0].at("q95")) - std::stod(checks[0].at("q05")),
              2 * 1.6449 * sd_of_mean, 0.1);
}

TEST_F(FitCommand, SaysWhereTheModelDoesNotDoWhatWasRecorded) {
  std::string text = "step,seen\n";
  for (std::size_t i = 0; i < seen.size(); ++i)
    text += std::to_string(i + 1) + "," + (i == 7 ? "30" : std::to_string(seen.at(i))) + "\n";
  write("war/d.csv", text);
  ASSERT_EQ(casus("fit war --sets 500 --out out").code, 0);
  const Rows checks = rows_of("out/checks.csv");
  ASSERT_EQ(checks.at(2).at("statistic"), "maximum");
  EXPECT_EQ(std::stod(checks[2].at("p")), 0.0);
}

TEST_F(FitCommand, GivesTheSameBytesForAnyNumberOfThreads) {
  ASSERT_EQ(casus("fit war --sets 100 --out one --threads 1").code, 0);
  ASSERT_EQ(casus("fit war --sets 100 --out two --threads 2").code, 0);
  EXPECT_EQ(files_of(path("one")), files_of(path("two")));
  ASSERT_EQ(casus("fit war --sets 100 --out other --seed 2").code, 0);
  EXPECT_NE(files_of(path("one")).at("posterior.csv"), files_of(path("other")).at("posterior.csv"));
}

TEST_F(FitCommand, EndsWhereTheRecordIsToEnd) {
  const Json half = fitted("--sets 500 --until 5");
  EXPECT_EQ(half["observed"][0]["recorded"], 5);
  EXPECT_GT(half["parameters"][0]["sd"].get<double>(), exact().sd * 1.2);
}

TEST_F(FitCommand, SaysWhatItNeeds) {
  const Ended none = casus("fit war --set level=1");
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("error[R109]: war has no free parameters"), std::string::npos)
      << none.err;
  const Ended few = casus("fit war --sets 1");
  EXPECT_EQ(few.code, 2);
  EXPECT_NE(few.err.find("error[R107]"), std::string::npos) << few.err;
}

TEST_F(FitCommand, LooksAtTheFolderBeforeTheWork) {
  write("taken", "a file");
  const Ended ended = casus("fit war --sets 100000 --repeats 100 --out taken");
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("F003"), std::string::npos) << ended.err;
}

TEST_F(FitCommand, SaysWhenNoParametersMakeTheRecordPossible) {
  write("war/model.casus",
        "casus 1\ncase \"Never\"\n    time 10 steps\nparam p ~ beta(2, 2)\n"
        "observe seen from \"d.csv\" ~ bernoulli(p)\n");
  const Ended never = casus("fit war --sets 20");
  EXPECT_EQ(never.code, 2);
  EXPECT_NE(never.err.find("no parameter set makes what was observed possible at 1"),
            std::string::npos)
      << never.err;
}

// Budgets that follow each other, each solved for its noise: logarithms of their ratios are the
// numbers seen above, and nothing is left to particles.
TEST_F(FitCommand, NeedsNoParticlesWhereEveryDrawIsDecided) {
  std::string budgets = "step,budget\n";
  double budget = 5.0;
  double log_volume = 0.0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    budget *= std::exp(seen.at(i));
    log_volume += std::log(budget);
    budgets += fmt::format("{},{:.17g}\n", i + 1, budget);
  }
  std::filesystem::create_directories(path("arms"));
  write("arms/b.csv", budgets);
  write("arms/model.casus",
        "casus 1\n"
        "case \"Budgets\"\n"
        "    time 10 steps\n"
        "param level ~ normal(0, 2)\n"
        "draw noise ~ normal(0, 1)\n"
        "state past = 5 then budget\n"
        "let budget = past * exp(level + noise)\n"
        "observe budget from \"b.csv\" exact\n");
  const Ended ended = casus("fit arms --json --sets 2000 --repeats 4");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Json fit = Json::parse(ended.out, nullptr, false);
  const Exact expected = exact();
  EXPECT_TRUE(fit["exact"]);
  const double error = fit["standard_error"];
  EXPECT_LT(error, 0.05);
  EXPECT_NEAR(fit["log_evidence"], expected.log_evidence - log_volume, 4 * error);
  EXPECT_NEAR(fit["parameters"][0]["mean"], expected.mean, 0.06 * expected.sd);
  EXPECT_EQ(fit["observed"][0]["recorded"], 10);
}

// ---- a hidden level: cases/textbook/linear-gaussian with its persistence unknown

/// Kalman's recursion over the record of the case, at a persistence.
double log_likelihood_at(double persistence, const std::vector<double>& record) {
  constexpr double shock = 0.25;
  constexpr double error = 0.64;
  double mean = 0.0;
  double variance = shock / (1.0 - persistence * persistence);
  double sum = 0.0;
  for (const double y : record) {
    const double spread = variance + error;
    const double gain = variance / spread;
    sum -= 0.5 * (std::log(2.0 * std::acos(-1.0) * spread) + (y - mean) * (y - mean) / spread);
    mean = persistence * (mean + gain * (y - mean));
    variance = persistence * persistence * (1.0 - gain) * variance + shock;
  }
  return sum;
}

/// By the middles of so many parts of [0, 1], under the prior beta(9, 2), which is 90 a^8 (1 - a).
Exact integrated(const std::vector<double>& record) {
  constexpr int n = 4000;
  const double most = log_likelihood_at(0.9, record);
  double whole = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (int i = 0; i < n; ++i) {
    const double a = (i + 0.5) / n;
    const double part =
        90.0 * std::pow(a, 8) * (1.0 - a) / n * std::exp(log_likelihood_at(a, record) - most);
    whole += part;
    first += part * a;
    second += part * a * a;
  }
  const double mean = first / whole;
  return {.log_evidence = most + std::log(whole),
          .mean = mean,
          .sd = std::sqrt(second / whole - mean * mean)};
}

TEST_F(FitCommand, LearnsAParameterBehindAHiddenLevel) {
  const std::string folder = CASUS_ROOT "/cases/textbook/linear-gaussian";
  std::istringstream lines(text_of(folder + "/seen.csv"));
  std::vector<double> record;
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line);)
    record.push_back(std::stod(line.substr(line.find(',') + 1)));
  ASSERT_EQ(record.size(), 100U);
  const Exact expected = integrated(record);
  EXPECT_NEAR(expected.log_evidence, -145.4319, 1e-4);
  const Ended ended =
      casus("fit '" + folder + "' --explain unknown_persistence --sets 300 --particles 150 --json");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Json fit = Json::parse(ended.out);
  EXPECT_FALSE(fit["exact"]);
  EXPECT_NEAR(fit["log_evidence"], expected.log_evidence, 0.2);
  const Json& persistence = fit["parameters"][0];
  EXPECT_NEAR(persistence["mean"], expected.mean, 0.3 * expected.sd);
  EXPECT_NEAR(persistence["sd"].get<double>() / expected.sd, 1.0, 0.25);
}

// Particles that are doubled on the way make a fit longer, so it says that they were.
TEST_F(FitCommand, SaysWhenParticlesHadToBeMore) {
  const std::string fit = "fit '" CASUS_ROOT
                          "/cases/textbook/linear-gaussian' --explain unknown_persistence "
                          "--sets 64 --repeats 1 --particles ";
  const Ended few = casus(fit + "4 --out few");
  EXPECT_NE(few.out.find(" at the end, 4 until "), std::string::npos) << few.out;
  const Ended enough = casus(fit + "512 --out enough");
  EXPECT_NE(enough.out.find("; 512 particles a parameter set\n"), std::string::npos) << enough.out;
}

}  // namespace
}  // namespace casus
