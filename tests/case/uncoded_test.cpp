// What blank cells would tell, against integrals.
#include "case/uncoded.hpp"

#include "case/command_line.hpp"
#include "random/laws.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sstream>

namespace casus {
namespace {

TEST(Uncoded, ExpectsTheFactorOfEitherTruth) {
  const auto [expected, noise] = cases::expected_factor({0.8, 0.2}, {0.5, 0.5}, 1e7);
  EXPECT_NEAR(expected, 0.65 * std::log(1.6) + 0.35 * std::log(2.5), 1e-5);
  EXPECT_LT(noise, 1e-3);
  EXPECT_NEAR(cases::expected_factor({0.3, 0.7}, {0.3, 0.7}, 2000).first, 0.0, 1e-12);
}

TEST(Uncoded, KnowsTheNoiseOfDrawsFromOneForecast) {
  constexpr int n = 400;
  double sum = 0.0;
  double noise = 0.0;
  const auto share = [](std::uint32_t number) {
    random::Draws draws({.key = {3, 5}, .slot = number});
    return random::find_law("binomial")->sample(draws, std::array{2000.0, 0.3}) / 2000.0;
  };
  for (std::uint32_t i = 0; i < n; ++i) {
    const double a = share(2 * i);
    const double b = share(2 * i + 1);
    const auto [expected, of_noise] = cases::expected_factor({a, 1 - a}, {b, 1 - b}, 2000);
    sum += expected / n;
    noise += of_noise / n;
  }
  EXPECT_NEAR(sum / noise, 1.0, 0.15);
}

// ---- a mean of which one explanation says that it is zero

constexpr std::array seen{1.2, 0.3, 2.1, 1.7, -0.4, 0.9, 1.5, 2.2, 0.1};

double density(double x, double mean, double variance) {
  const double z = x - mean;
  return std::exp(-0.5 * z * z / variance) / std::sqrt(2.0 * std::acos(-1.0) * variance);
}

/// Of a tenth datum: normal(0, 1) against the forecast given nine, with a prior normal(0, 2).
double expected_exactly() {
  double sum = 0.0;
  for (const double y : seen) sum += y;
  const double precision = 0.25 + seen.size();
  const double mean = sum / precision;
  const double variance = 1.0 + 1.0 / precision;
  double expected = 0.0;
  constexpr double width = 0.001;
  for (double x = -8.0; x < 9.0; x += width) {
    const double p = density(x, 0.0, 1.0);
    const double q = density(x, mean, variance);
    expected += width * 0.5 * (p + q) * std::fabs(std::log(p / q));
  }
  return expected;
}

class UncodedCells : public CommandLine {};

TEST_F(UncodedCells, AreNamedByWhatTheyWouldTell) {
  write("war/model.casus",
        "casus 1\ncase \"A mean\"\n    time 10 steps\n"
        "param level ~ normal(0, 2) base 0\n"
        "explain wide \"anything\"\n    level free\n"
        "observe seen from \"d.csv\" ~ normal(mean = level, sd = 1)\n"
        "observe other from \"e.csv\" ~ normal(mean = 1, sd = 1)\n");
  std::string data = "step,seen\n";
  std::string others = "step,other\n1,0.5\n";
  for (std::size_t i = 0; i < seen.size(); ++i) data += fmt::format("{},{}\n", i + 1, seen.at(i));
  write("war/d.csv", data);
  write("war/e.csv", others);
  const Ended ended = casus("compare war --sets 1000 --out out");
  ASSERT_EQ(ended.code, 0) << ended.err;
  std::istringstream rows(text_of(path("out/uncoded.csv")));
  std::string line;
  std::getline(rows, line);
  EXPECT_EQ(line, "step,observed,expected,noise,explanation,against");
  std::getline(rows, line);
  EXPECT_EQ(line.rfind("10,seen,", 0), 0U) << line;
  // Tenths lose a little of what the number itself would tell.
  const double found = std::stod(line.substr(8));
  EXPECT_GT(found, 0.9 * expected_exactly());
  EXPECT_LT(found, 1.05 * expected_exactly());
  int n_others = 0;
  while (std::getline(rows, line)) {
    EXPECT_NE(line.find(",other,"), std::string::npos) << line;
    EXPECT_LT(std::stod(line.substr(line.find(",other,") + 7)), 0.2) << line;
    ++n_others;
  }
  EXPECT_EQ(n_others, 9);
  const std::size_t at = ended.out.find("what to code next");
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(ended.out.find("wide and none", at), std::string::npos);
  EXPECT_EQ(ended.out.find("other ", at), std::string::npos);
}

}  // namespace
}  // namespace casus
