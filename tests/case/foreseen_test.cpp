// Forecasts one step ahead against the exact ones, and against closed forms of their scores.
#include "case/foreseen.hpp"

#include "case/command_line.hpp"
#include "inference/uniformity.hpp"
#include "random/laws.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace casus {
namespace {

using Json = nlohmann::json;

double phi(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

/// Gneiting & Raftery (2007), equation 21, with the sign by which less is better.
double crps_of_normal(double mean, double sd, double y) {
  const double pi = std::acos(-1.0);
  const double z = (y - mean) / sd;
  const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * pi);
  return sd * (z * (2.0 * phi(z) - 1.0) + 2.0 * density - 1.0 / std::sqrt(pi));
}

double draw(const char* law, std::initializer_list<double> arguments, std::uint32_t number) {
  random::Draws draws({.key = {7, 11}, .slot = number, .site = random::site_of(law)});
  return random::find_law(law)->sample(draws, std::vector<double>(arguments));
}

TEST(Foreseen, HasTheScoreOfANormalForecast) {
  std::vector<double> draws;
  const std::vector<double> law{2.0, 3.0};
  for (int k = 0; k < 4000; ++k)
    draws.push_back(random::find_law("normal")->quantile((k + 0.5) / 4000, law));
  for (const double y : {-8.0, 1.0, 2.0, 5.5}) {
    const cases::ForeseenItem item = cases::foreseen_number(draws, y, 0.5);
    EXPECT_NEAR(item.crps, crps_of_normal(2.0, 3.0, y), 0.003) << y;
    EXPECT_NEAR(item.pit, phi((y - 2.0) / 3.0), 0.0005) << y;
  }
}

TEST(Foreseen, HasTheQuadraticScoreOfLabels) {
  std::vector<double> draws(7000, 1.0);
  draws.resize(9000, 0.0);
  draws.resize(10000, -1.0);
  const std::vector<double> came{0.0};
  const cases::ForeseenItem item = cases::foreseen_label(draws, came, 0.25);
  EXPECT_NEAR(item.crps, 0.5 * (0.7 * 0.7 + 0.8 * 0.8 + 0.1 * 0.1), 1e-4);
  EXPECT_NEAR(item.below, 0.1, 1e-12);
  EXPECT_NEAR(item.up_to, 0.3, 1e-12);
  EXPECT_NEAR(item.pit, 0.15, 1e-3);
  EXPECT_FALSE(item.is_decided);
  const std::vector<double> either{0.0, 1.0};
  const cases::ForeseenItem coarse = cases::foreseen_label(draws, either, 0.25);
  EXPECT_NEAR(coarse.crps, 0.01, 1e-4);
  EXPECT_TRUE(std::isnan(coarse.pit));
  const std::vector<double> unheard{2.0};
  EXPECT_NEAR(cases::foreseen_label(draws, unheard, 0.25).crps,
              0.5 * (0.7 * 0.7 + 0.2 * 0.2 + 0.1 * 0.1 + 1.0), 1e-4);
}

TEST(Foreseen, LeavesOutWhatFailedAndWhatWasDecided) {
  std::vector<double> draws(999, 0.0);
  draws.push_back(std::nan(""));
  const cases::ForeseenItem item = cases::foreseen_label(draws, std::vector<double>{0.0}, 0.5);
  EXPECT_TRUE(item.is_decided);
  EXPECT_EQ(item.up_to, 1.0);
  const cases::ForeseenSeries series{.name = "move", .is_label = true, .items = {item}};
  EXPECT_EQ(cases::summary_of(series).n_pit, 0U);
  EXPECT_EQ(cases::foreseen_svg("A war", {series}), "");
}

// Ranks of counts pile up unless ties are broken at random.
TEST(Foreseen, HasUniformRanksOfCountsByBreakingTies) {
  std::vector<double> random_ranks;
  std::vector<double> middle_ranks;
  for (std::uint32_t i = 0; i < 300; ++i) {
    std::vector<double> draws;
    for (std::uint32_t k = 0; k < 200; ++k)
      draws.push_back(draw("poisson", {0.6}, 1000 * (i + 1) + k));
    const double y = draw("poisson", {0.6}, i);
    random_ranks.push_back(cases::foreseen_number(draws, y, draw("uniform", {0.0, 1.0}, i)).pit);
    middle_ranks.push_back(cases::foreseen_number(draws, y, 0.5).pit);
  }
  EXPECT_GT(inference::uniformity_p_value(random_ranks), 0.01);
  EXPECT_LT(inference::uniformity_p_value(middle_ranks), 1e-6);
}

// ---- a level that wanders, seen with errors

constexpr std::size_t n_steps = 80;
constexpr double spread = 0.4;
constexpr double error = 0.5;

std::string wandering() {
  return fmt::format(
      "casus 1\n"
      "case \"A level\"\n"
      "    time 80 steps\n"
      "param origin ~ normal(0, 1)\n"
      "draw shock ~ normal(0, 1)\n"
      "state level = origin\n"
      "    then level + {} * shock\n"
      "observe seen from \"d.csv\" ~ normal(mean = level, sd = {})\n",
      spread, error);
}

/// Errors about a mean, of standard deviation 1, and a model that may think otherwise.
std::string still(double assumed_error) {
  return fmt::format(
      "casus 1\n"
      "case \"A mean\"\n"
      "    time 80 steps\n"
      "param level ~ normal(0, 2)\n"
      "observe seen from \"d.csv\" ~ normal(mean = level, sd = {})\n",
      assumed_error);
}

std::vector<double> record() {
  std::vector<double> seen;
  double level = draw("normal", {0.0, 1.0}, 0);
  for (std::uint32_t i = 0; i < n_steps; ++i) {
    if (i > 0) level += spread * draw("normal", {0.0, 1.0}, 2 * i);
    seen.push_back(level + error * draw("normal", {0.0, 1.0}, 2 * i + 1));
  }
  return seen;
}

class ForeseenOfAFit : public CommandLine {
 protected:
  Json fitted(const std::string& model, const std::vector<double>& seen) const {
    std::string data = "step,seen\n";
    for (std::size_t i = 0; i < n_steps; ++i)
      data += fmt::format("{},{:.17g}\n", i + 1, seen.at(i));
    write("war/d.csv", data);
    write("war/model.casus", model);
    EXPECT_EQ(casus("fit war --sets 400 --particles 200 --out out").code, 0);
    return Json::parse(text_of(path("out/summary.json")))["observed"][0];
  }

  /// Columns of foreseen.csv by row: up_to is the fifth, crps the seventh.
  std::vector<std::vector<std::string>> rows() const {
    std::istringstream text(text_of(path("out/foreseen.csv")));
    std::string line;
    std::getline(text, line);
    EXPECT_EQ(line, "step,observed,unit,below,up_to,pit,crps,decided");
    std::vector<std::vector<std::string>> rows;
    while (std::getline(text, line)) {
      std::istringstream cells(line);
      rows.emplace_back();
      for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
    }
    return rows;
  }

  Json fitted_to_errors(double assumed_error) const {
    std::vector<double> seen;
    for (std::uint32_t i = 0; i < n_steps; ++i) seen.push_back(draw("normal", {1.0, 1.0}, i));
    return fitted(still(assumed_error), seen);
  }
};

TEST_F(ForeseenOfAFit, IsKalmansForecast) {
  const std::vector<double> seen = record();
  const Json observed = fitted(wandering(), seen);
  const auto all = rows();
  ASSERT_EQ(all.size(), n_steps);
  double mean = 0.0;
  double variance = 1.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < n_steps; ++i) {
    if (i > 0) variance += spread * spread;
    const double sd = std::sqrt(variance + error * error);
    const double y = seen[i];
    // 2,000 draws: a standard error of 0.011 at most, and the filter's beside it.
    EXPECT_NEAR(std::stod(all[i][4]), phi((y - mean) / sd), 0.06) << i;
    EXPECT_NEAR(std::stod(all[i][6]), crps_of_normal(mean, sd, y), 0.12 * sd) << i;
    sum += crps_of_normal(mean, sd, y);
    const double gain = variance / (variance + error * error);
    mean += gain * (y - mean);
    variance *= 1.0 - gain;
  }
  EXPECT_NEAR(observed["crps"], sum / n_steps, 0.01);
  EXPECT_EQ(observed["ranked"], n_steps);
  EXPECT_GT(observed["pit_p"], 0.02);
  EXPECT_NE(text_of(path("out/summary.txt")).find("lies as one more draw would"),
            std::string::npos);
  EXPECT_NE(text_of(path("out/foreseen.svg")).find("p 0."), std::string::npos);
}

TEST_F(ForeseenOfAFit, TellsAModelThatIsTooSure) {
  const Json observed = fitted_to_errors(0.5);
  EXPECT_LT(observed["in_middle_90"], 0.8);
  EXPECT_LT(observed["pit_p"], 0.01);
  EXPECT_NE(text_of(path("out/summary.txt")).find("seen was not as foreseen"), std::string::npos);
  EXPECT_NE(text_of(path("out/summary.txt")).find("farther out"), std::string::npos);
}

TEST_F(ForeseenOfAFit, PassesAModelThatIsRight) {
  const Json observed = fitted_to_errors(1.0);
  EXPECT_NEAR(observed["in_middle_90"], 0.9, 0.08);
  EXPECT_GT(observed["pit_p"], 0.02);
}

TEST_F(ForeseenOfAFit, TellsAModelThatIsNotSureEnough) {
  const Json observed = fitted_to_errors(2.0);
  EXPECT_GT(observed["in_middle_90"], 0.97);
  EXPECT_LT(observed["pit_p"], 0.01);
  EXPECT_NE(text_of(path("out/summary.txt")).find("nearer to the middle"), std::string::npos);
}

}  // namespace
}  // namespace casus
