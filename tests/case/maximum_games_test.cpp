// Strategic regressions by casus fit --maximum: at its estimates likelihoods written out by hand
// have no slope, and their curvature gives its standard errors.
#include "case/command_line.hpp"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <utility>
#include <vector>

namespace casus {
namespace {

using Json = nlohmann::json;
using Row = std::map<std::string, double>;
using Values = std::map<std::string, double>;

/// The columns of a textbook case's rows that are numbers.
std::vector<Row> rows_of(const std::string& folder) {
  std::istringstream lines(text_of(CASUS_ROOT "/cases/textbook/" + folder + "/rows.csv"));
  const auto cells = [](const std::string& line) {
    std::istringstream stream(line);
    std::vector<std::string> found;
    for (std::string cell; std::getline(stream, cell, ',');) found.push_back(cell);
    return found;
  };
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> names = cells(line);
  std::vector<Row> rows;
  while (std::getline(lines, line)) {
    const std::vector<std::string> values = cells(line);
    Row row;
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = std::atof(values[i].c_str());
    rows.push_back(std::move(row));
  }
  return rows;
}

double phi(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// The probability of a row's outcome; `b` has every parameter of the case. Signorino 2003,
/// Political Analysis 11:316-344: private information.
using Probability = double (*)(const Row& row, const Values& b);

double of_demand(const Row& row, const Values& b) {
  const double quiet = b.at("b_quiet") + b.at("b_trade") * row.at("trade");
  const double war = b.at("b_war") + b.at("b_power") * row.at("power");
  const double p4 = phi((b.at("g_resist") + b.at("g_ally") * row.at("ally") +
                         b.at("g_weak") * (1 - row.at("power"))) /
                        std::sqrt(2.0));
  const double p2 = phi((p4 * war + (1 - p4) * b.at("b_conceded") - quiet) /
                        std::sqrt(1 + p4 * p4 + (1 - p4) * (1 - p4)));
  if (row.at("outcome") == 1) return 1 - p2;
  return row.at("outcome") == 3 ? p2 * (1 - p4) : p2 * p4;
}

double of_tariff(const Row& row, const Values& b) {
  const double u12 = b.at("a_provoked") + b.at("a_deficit") * row.at("deficit");
  const double u13 = b.at("a_lobby") * row.at("lobby");
  const double u14 = b.at("a_war") + b.at("a_relief") * row.at("deficit");
  const double q2 = phi((b.at("b_grudge") + b.at("b_size") * row.at("size")) / std::sqrt(2.0));
  const double q4 =
      phi((b.at("b_war") + b.at("b_strength") * row.at("size") + b.at("b_fear") * row.at("lobby")) /
          std::sqrt(2.0));
  const double gain = (1 - q4) * u13 + q4 * u14 - (1 - q2) * b.at("a_free") - q2 * u12;
  const double r =
      phi(gain / std::sqrt(q2 * q2 + (1 - q2) * (1 - q2) + q4 * q4 + (1 - q4) * (1 - q4)));
  const double outcome = row.at("outcome");
  if (outcome <= 2) return (1 - r) * (outcome == 1 ? 1 - q2 : q2);
  return r * (outcome == 3 ? 1 - q4 : q4);
}

double of_claim(const Row& row, const Values& b) {
  const double power = row.at("power");
  const double join =
      phi((b.at("d_join") + b.at("d_pact") * row.at("pact") + b.at("d_trade") * row.at("trade")) /
          std::sqrt(2.0));
  const double stay = 1 - join;
  const double alone = b.at("c_alone") + b.at("c_power") * power;
  const double resist = phi((stay * alone + join * b.at("c_aided") - b.at("c_yield")) /
                            std::sqrt(1 + join * join + stay * stay));
  const double p0 = 1 - resist;
  const double p1 = resist * stay;
  const double p2 = resist * join;
  const double quiet = b.at("b_quiet") + b.at("b_trade") * row.at("trade");
  const double act = phi((p0 * b.at("b_won") + p1 * (b.at("b_alone") + power) +
                          p2 * (b.at("b_join") + power) - quiet) /
                         std::sqrt(1 + p0 * p0 + p1 * p1 + p2 * p2));
  if (row.at("outcome") == 1) return 1 - act;
  if (row.at("outcome") == 3) return act * p0;
  return act * (row.at("outcome") == 5 ? p1 : p2);
}

struct Game {
  const char* folder;
  Probability probability;
  Values fixed;  ///< what the record cannot tell: a common constant of a player's utilities
};

double log_likelihood(const Game& game, const std::vector<Row>& rows, const Values& b) {
  double sum = 0.0;
  for (const Row& row : rows) sum += std::log(game.probability(row, b));
  return sum;
}

/// By elimination.
std::vector<std::vector<double>> inverse(std::vector<std::vector<double>> a) {
  const std::size_t n = a.size();
  for (std::size_t i = 0; i < n; ++i) {
    a[i].resize(2 * n);
    a[i][n + i] = 1.0;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double pivot = a[i][i];
    for (double& x : a[i]) x /= pivot;
    for (std::size_t k = 0; k < n; ++k) {
      const double factor = a[k][i];
      if (k == i) continue;
      for (std::size_t j = 0; j < 2 * n; ++j) a[k][j] -= factor * a[i][j];
    }
  }
  for (auto& row : a) row.erase(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(n));
  return a;
}

class GameMaximum : public CommandLine {
 protected:
  /// The textbook case with a prior for every parameter.
  void prepare(const std::string& folder) const {
    const std::string from = CASUS_ROOT "/cases/textbook/" + folder;
    const std::regex constant("(param [a-z_]+) *= *-?[0-9.]+");
    write("war/model.casus",
          std::regex_replace(text_of(from + "/model.casus"), constant, "$1 ~ normal(0, 5)"));
    write("war/rows.csv", text_of(from + "/rows.csv"));
  }

  Json maximum(const Values& fixed) const {
    std::string words = "fit war --maximum --starts 4 --json";
    for (const auto& [name, value] : fixed) words += " --set " + name + "=" + std::to_string(value);
    const Ended ended = casus(words);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }

  void expect_a_top(const Game& game) const {
    prepare(game.folder);
    const Json fit = maximum(game.fixed);
    const std::vector<Row> rows = rows_of(game.folder);
    Values b = game.fixed;
    std::vector<std::string> names;
    for (const Json& one : fit["parameters"]) {
      names.push_back(one["parameter"]);
      b[names.back()] = one["estimate"];
    }
    EXPECT_EQ(fit["n_rows"], rows.size());
    EXPECT_NEAR(fit["log_likelihood"], log_likelihood(game, rows, b), 1e-8);
    const auto moved = [&](std::size_t i, double by, std::size_t j, double too) {
      Values at = b;
      at[names[i]] += by;
      at[names[j]] += too;
      return log_likelihood(game, rows, at);
    };
    constexpr double h = 1e-3;
    std::vector<std::vector<double>> bend(names.size(), std::vector<double>(names.size()));
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (std::size_t j = 0; j < names.size(); ++j) {
        bend[i][j] =
            -(moved(i, h, j, h) - moved(i, h, j, -h) - moved(i, -h, j, h) + moved(i, -h, j, -h)) /
            (4 * h * h);
      }
    }
    const auto covariance = inverse(bend);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const double error = fit["parameters"][i]["standard_error"];
      const double slope = (moved(i, 1e-5, i, 0) - moved(i, -1e-5, i, 0)) / 2e-5;
      EXPECT_NEAR(slope * error, 0.0, 1e-5) << names[i];
      EXPECT_NEAR(error / std::sqrt(covariance[i][i]), 1.0, 1e-3) << names[i];
    }
    EXPECT_TRUE(fit["not_identified"].empty()) << fit["not_identified"];
  }
};

TEST_F(GameMaximum, IsATopOfTheDemandGame) {
  expect_a_top({"egame12", of_demand, {{"b_quiet", 0.4}}});
}

TEST_F(GameMaximum, IsATopOfTheTariffGame) { expect_a_top({"egame122", of_tariff, {}}); }

TEST_F(GameMaximum, IsATopOfTheClaimGame) {
  expect_a_top({"egame123", of_claim, {{"b_quiet", 0.5}, {"c_yield", -0.2}}});
}

TEST_F(GameMaximum, SaysWhichUtilitiesTheRecordCannotTellApart) {
  prepare("egame12");
  const Json fit = maximum({});
  ASSERT_EQ(fit["not_identified"].size(), 1U) << fit["not_identified"];
  const Json& flat = fit["not_identified"][0];
  EXPECT_EQ(flat.size(), 3U);
  for (const char* name : {"b_quiet", "b_conceded", "b_war"})
    EXPECT_NEAR(flat[name].get<double>(), 1.0, 1e-3) << name;
  for (const Json& one : fit["parameters"]) {
    EXPECT_EQ(one["standard_error"].is_null(), flat.contains(one["parameter"].get<std::string>()))
        << one;
  }
}

}  // namespace
}  // namespace casus
