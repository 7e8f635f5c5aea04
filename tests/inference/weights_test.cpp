// Sums of exponentials against long arithmetic and known answers.
#include "inference/weights.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <vector>

namespace casus::inference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> some_logs(std::size_t n) {
  std::vector<double> logs;
  for (std::size_t i = 0; i < n; ++i) {
    logs.push_back(-900.0 + 40.0 * std::sin(static_cast<double>(i * i % 977)));
  }
  return logs;
}

long double exact_log_sum(const std::vector<double>& logs) {
  long double sum = 0.0L;
  for (const double x : logs) sum += std::exp(static_cast<long double>(x) + 900.0L);
  return std::log(sum) - 900.0L;
}

TEST(Weights, LogSumsAreThoseOfLongArithmetic) {
  for (const std::size_t n : {1U, 2U, 63U, 64U, 65U, 512U, 1000U, 4096U, 4097U, 30000U}) {
    const std::vector<double> logs = some_logs(n);
    const auto exact = static_cast<double>(exact_log_sum(logs));
    EXPECT_NEAR(log_sum(logs), exact, 1e-12 * 900) << n;
    EXPECT_NEAR(log_mean(logs), exact - std::log(static_cast<double>(n)), 1e-12 * 900) << n;
  }
}

TEST(Weights, NeitherOverflowNorVanish) {
  EXPECT_NEAR(log_sum(std::array{1000.0, 1000.0}), 1000.0 + std::log(2.0), 1e-12);
  EXPECT_NEAR(log_sum(std::array{-5000.0, -5000.0}), -5000.0 + std::log(2.0), 1e-12);
  EXPECT_DOUBLE_EQ(log_sum(std::array{-infinity, 3.0}), 3.0);
}

TEST(Weights, ImpossibleIsAValueAndNoNumberIsNot) {
  EXPECT_EQ(log_sum(std::array{-infinity, -infinity}), -infinity);
  EXPECT_EQ(log_mean(std::array{-infinity, -infinity}), -infinity);
  EXPECT_EQ(effective_size(std::array{-infinity, -infinity}), 0.0);
  EXPECT_EQ(log_sum(std::span<const double>()), -infinity);
  for (const double bad : {std::nan(""), infinity}) {
    for (const std::size_t place : {0U, 3U, 70U, 5000U}) {
      std::vector<double> logs = some_logs(6000);
      logs[place] = bad;
      EXPECT_TRUE(std::isnan(log_sum(logs))) << place;
      std::fill(logs.begin(), logs.end(), -infinity);
      logs[place] = bad;
      EXPECT_TRUE(std::isnan(log_sum(logs))) << place;
    }
  }
}

TEST(Weights, EffectiveSizeCountsEqualWeights) {
  EXPECT_DOUBLE_EQ(effective_size(std::vector<double>(777, -3.0)), 777.0);
  std::vector<double> one(9000, -infinity);
  one[8000] = -700.0;
  EXPECT_DOUBLE_EQ(effective_size(one), 1.0);
  // (3 + 1)^2 / (9 + 1)
  EXPECT_NEAR(effective_size(std::array{std::log(3.0), 0.0}), 1.6, 1e-12);
}

TEST(Weights, NormalisedWeightsSumToOne) {
  const std::vector<double> logs = some_logs(5000);
  std::vector<double> weights(logs.size());
  EXPECT_EQ(normalise(logs, weights), log_sum(logs));
  EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 1.0, 1e-12);
  EXPECT_NEAR(weights[17] / weights[40], std::exp(logs[17] - logs[40]), 1e-11);
  std::vector<double> none(2, 1.0);
  EXPECT_EQ(normalise(std::array{-infinity, -infinity}, none), -infinity);
  EXPECT_EQ(none, std::vector<double>(2, 0.0));
}

TEST(Weights, PartsGiveTheBitsOfTheWhole) {
  const std::vector<double> logs = some_logs(3 * part_size + 100);
  std::vector<double> weights(part_size);
  std::vector<Part> parts;
  for (std::size_t first = 0; first < logs.size(); first += part_size) {
    const std::size_t n = std::min(part_size, logs.size() - first);
    parts.push_back(part_of(std::span(logs).subspan(first, n), std::span(weights).first(n)));
  }
  EXPECT_EQ(log_sum(joined(parts)), log_sum(logs));
  EXPECT_EQ(joined(parts).effective_size(), effective_size(logs));
}

}  // namespace
}  // namespace casus::inference
