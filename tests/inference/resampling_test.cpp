// Every row of the table of schemes.
#include "inference/resampling.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <vector>

namespace casus::inference {
namespace {

random::Stream stream(std::uint32_t seed) {
  return {
      .key = random::key_of(seed, {.purpose = random::Purpose::resample}), .step = 3, .site = 9};
}

std::vector<std::uint32_t> chosen(const Scheme& scheme, const std::vector<double>& weights,
                                  std::size_t n, std::uint32_t seed) {
  std::vector<std::uint32_t> parents(n);
  scheme.resample(weights, stream(seed), parents);
  return parents;
}

std::vector<double> counts_of(const std::vector<std::uint32_t>& parents, std::size_t n) {
  std::vector<double> counts(n);
  for (const std::uint32_t parent : parents) counts.at(parent) += 1.0;
  return counts;
}

const std::vector<double> weights{0.0, 0.3, 1.7, 0.0, 0.05, 2.2, 0.0, 0.0, 0.9, 1e-9, 0.6, 0.0};

std::vector<double> expected_counts(double n) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> expected;
  for (const double weight : weights) expected.push_back(n * weight / total);
  return expected;
}

class EveryScheme : public testing::TestWithParam<const Scheme*> {};

TEST_P(EveryScheme, GivesTheExpectedNumbersOfChildren) {
  constexpr std::uint32_t n_seeds = 20'000;
  for (const std::size_t n : {std::size_t{7}, weights.size(), std::size_t{40}}) {
    const std::vector<double> expected = expected_counts(static_cast<double>(n));
    std::vector<double> sums(weights.size());
    std::vector<double> squares(weights.size());
    for (std::uint32_t seed = 0; seed < n_seeds; ++seed) {
      const std::vector<double> counts =
          counts_of(chosen(*GetParam(), weights, n, seed), weights.size());
      for (std::size_t i = 0; i < counts.size(); ++i) {
        sums[i] += counts[i];
        squares[i] += counts[i] * counts[i];
      }
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double mean = sums[i] / n_seeds;
      const double variance = std::max(squares[i] / n_seeds - mean * mean, 0.0);
      EXPECT_NEAR(mean, expected[i], 4.0 * std::sqrt(variance / n_seeds) + 1e-7)
          << i << " of " << n;
    }
  }
}

TEST_P(EveryScheme, NeverChoosesAWeightOfZero) {
  for (std::uint32_t seed = 0; seed < 5000; ++seed) {
    for (const std::uint32_t parent : chosen(*GetParam(), weights, 50, seed)) {
      ASSERT_GT(weights[parent], 0.0);
    }
  }
  std::vector<double> one(700);
  one[650] = 1e-300;
  EXPECT_EQ(chosen(*GetParam(), one, 700, 5), std::vector<std::uint32_t>(700, 650));
}

TEST_P(EveryScheme, ChoosesInOrderAndByItsAddressOnly) {
  const std::vector<std::uint32_t> parents = chosen(*GetParam(), weights, 64, 8);
  EXPECT_TRUE(std::is_sorted(parents.begin(), parents.end()));
  EXPECT_EQ(parents, chosen(*GetParam(), weights, 64, 8));
  std::vector<double> doubled = weights;
  for (double& weight : doubled) weight *= 2.0;
  EXPECT_EQ(parents, chosen(*GetParam(), doubled, 64, 8));
}

TEST_P(EveryScheme, KeepsEqualWeightsAsTheyStand) {
  if (GetParam()->name == "multinomial") return;  // it draws each parent apart
  for (const std::size_t n : {1U, 3U, 64U, 1000U, 5003U}) {
    std::vector<std::uint32_t> identity(n);
    std::iota(identity.begin(), identity.end(), 0U);
    const std::vector<double> equal(n, 0.1);
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
      ASSERT_EQ(chosen(*GetParam(), equal, n, seed), identity) << n;
    }
  }
}

TEST_P(EveryScheme, HasASource) {
  EXPECT_FALSE(GetParam()->source.empty());
  EXPECT_EQ(find_scheme(GetParam()->name), GetParam());
}

std::vector<const Scheme*> all() {
  std::vector<const Scheme*> rows;
  for (const Scheme& scheme : schemes()) rows.push_back(&scheme);
  return rows;
}

INSTANTIATE_TEST_SUITE_P(Resampling, EveryScheme, testing::ValuesIn(all()),
                         [](const auto& row) { return std::string(row.param->name); });

TEST(Resampling, UnknownSchemesHaveNoRow) { EXPECT_EQ(find_scheme("branching"), nullptr); }

/// Counts differ from their expectation by less than one.
TEST(Resampling, SystematicAndSspStayNextToTheExpectedNumbers) {
  const std::vector<double> expected = expected_counts(33.0);
  for (const std::string_view name : {"systematic", "ssp"}) {
    for (std::uint32_t seed = 0; seed < 1000; ++seed) {
      const std::vector<double> counts =
          counts_of(chosen(*find_scheme(name), weights, 33, seed), weights.size());
      for (std::size_t i = 0; i < counts.size(); ++i) {
        ASSERT_LT(std::abs(counts[i] - expected[i]), 1.0) << name;
      }
    }
  }
}

std::vector<double> long_weights(std::size_t n) {
  std::vector<double> result;
  for (std::size_t i = 0; i < n; ++i) {
    result.push_back(i % 5 == 0 ? 0.0
                                : std::exp(3.0 * std::sin(static_cast<double>(i * i % 1009))));
  }
  return result;
}

TEST(Resampling, SystematicPutsAPointIntoEachInterval) {
  const std::vector<double> many = long_weights(3000);
  const double total = std::accumulate(many.begin(), many.end(), 0.0);
  const std::size_t n = 3000;
  const std::vector<std::uint32_t> parents = chosen(*find_scheme("systematic"), many, n, 4);
  const double u = stream(4).uniform();
  double before = 0.0;
  std::size_t k = 0;
  for (std::size_t i = 0; i < many.size(); ++i) {
    const double after = before + many[i];
    for (; k < n && (static_cast<double>(k) + u) * total / n < after; ++k) {
      ASSERT_EQ(parents[k], i) << k;
    }
    before = after;
  }
  EXPECT_EQ(k, n);
}

TEST(Resampling, SystematicPartByPartIsTheWhole) {
  const std::vector<double> many = long_weights(3000);
  constexpr std::uint32_t n = 2500;
  const double u = stream(6).uniform();
  const std::vector<std::uint32_t> whole = chosen(*find_scheme("systematic"), many, n, 6);
  const double total = std::accumulate(many.begin(), many.end(), 0.0);
  std::vector<std::uint32_t> parents(n, 77);
  double before = 0.0;
  for (std::uint32_t first = 0; first < many.size(); first += 640) {
    const std::size_t size = std::min<std::size_t>(640, many.size() - first);
    const Weights some = std::span(many).subspan(first, size);
    const double end = before + n / total * std::accumulate(some.begin(), some.end(), 0.0);
    choose_part({.weights = some,
                 .first = first,
                 .before = before,
                 .end = first + 640 >= many.size() ? n : end,
                 .scale = n / total},
                u, parents);
    before = end;
  }
  EXPECT_EQ(parents, whole);
}

}  // namespace
}  // namespace casus::inference
