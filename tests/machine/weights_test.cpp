// The loops over weights on every kind of processor: one answer, bit for bit.
#include "machine/kernels/weights.hpp"

#include "machine/kernels/kernels.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace casus::machine {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> some(std::size_t n, double phase) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back(9.0 * std::sin(static_cast<double>(i * i % 389) + phase));
  }
  return values;
}

constexpr std::array<std::size_t, 9> lengths{1, 3, 7, 8, 63, 64, 65, 200, 512};

TEST(WeightLoops, ExponentialsAndTheirSumsByLeaf) {
  for (const std::string_view target : kernel_targets()) {
    for (const std::size_t n : lengths) {
      std::vector<double> logs = some(n, 0.2);
      logs[n / 2] = -infinity;
      std::vector<double> weights(n);
      std::vector<double> sums(8);
      std::vector<double> squares(8);
      weight_loops(target).exponentials(logs.data(), 9.5, weights.data(), n, sums.data(),
                                        squares.data());
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_EQ(weights[i], random::exp_of(logs[i] - 9.5)) << target;
      }
      for (std::size_t leaf = 0; leaf * weight_leaf < n; ++leaf) {
        std::array<double, 8> sum{};
        std::array<double, 8> square{};
        for (std::size_t i = leaf * weight_leaf; i < std::min(n, (leaf + 1) * weight_leaf); ++i) {
          sum.at(i % 8) += weights[i];
          square.at(i % 8) += weights[i] * weights[i];
        }
        const auto total = [](const std::array<double, 8>& x) {
          return ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
        };
        ASSERT_EQ(sums[leaf], total(sum)) << target << " " << n;
        ASSERT_EQ(squares[leaf], total(square)) << target << " " << n;
      }
    }
  }
}

TEST(WeightLoops, GainsAreSeen) {
  for (const std::string_view target : kernel_targets()) {
    const WeightLoops& loops = weight_loops(target);
    for (const std::size_t n : lengths) {
      std::vector<double> logs = some(n, 0.2);
      std::vector<double> gains = some(n, 1.4);
      gains[n - 1] = -infinity;
      double highest = -infinity;
      for (std::size_t i = 0; i < n; ++i) highest = std::max(highest, logs[i] + gains[i]);
      std::vector<double> after = logs;
      const Gained gained = loops.gain(after.data(), gains.data(), n);
      EXPECT_EQ(gained.highest, highest) << target;
      EXPECT_TRUE(gained.says);
      EXPECT_FALSE(gained.has_bad);
      for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(after[i], logs[i] + gains[i]);
      const Gained alone = loops.gain(nullptr, logs.data(), n);
      EXPECT_EQ(alone.highest, *std::max_element(logs.begin(), logs.end()));

      const std::vector<double> nothing(n);
      EXPECT_FALSE(loops.gain(after.data(), nothing.data(), n).says);
      for (const double bad : {infinity, std::nan("")}) {
        gains[n / 3] = bad;
        EXPECT_TRUE(loops.gain(after.data(), gains.data(), n).has_bad) << target << " " << n;
        EXPECT_TRUE(loops.gain(nullptr, gains.data(), n).has_bad) << target << " " << n;
      }
    }
  }
}

TEST(WeightLoops, PointsAreWholePartsOfSumsLeafByLeaf) {
  constexpr std::array<std::size_t, 4> longer{513, 577, 1024, 1100};
  std::vector<std::size_t> all(lengths.begin(), lengths.end());
  all.insert(all.end(), longer.begin(), longer.end());
  for (const std::string_view target : kernel_targets()) {
    for (const std::size_t n : all) {
      std::vector<double> weights = some(n, 0.2);
      for (double& weight : weights) weight = std::max(weight, 0.0);
      const Line line{.start = 1e6, .scale = 0.37, .shift = 0.25};
      std::vector<std::int32_t> points(n + 1, -7);
      const double end = weight_loops(target).points(weights.data(), n, line, points.data());
      double start = line.start;
      double sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        sum += weights[i];
        ASSERT_EQ(points[i], std::floor((start + line.scale * sum) + line.shift))
            << target << " " << n;
        if (i % weight_leaf != weight_leaf - 1 && i != n - 1) continue;
        start += line.scale * sum;
        sum = 0.0;
      }
      EXPECT_EQ(end, start) << target << " " << n;
      EXPECT_EQ(points[n], -7);
    }
  }
}

TEST(WeightLoops, NumbersAreRaisedToTheGreatestBeforeThem) {
  for (const std::string_view target : kernel_targets()) {
    for (const std::size_t n : lengths) {
      std::vector<std::uint32_t> numbers(n + 1);
      for (std::size_t i = 0; i < n; i += 1 + i % 7) {
        numbers[i] = static_cast<std::uint32_t>(i * 2'654'435'761U % 5000) + 0x7fff'f000U;
      }
      numbers[n] = 3;
      constexpr std::uint32_t least = 0x7fff'f100U;
      std::vector<std::uint32_t> raised = numbers;
      weight_loops(target).raise(raised.data(), n, least);
      std::uint32_t greatest = least;
      for (std::size_t i = 0; i < n; ++i) {
        greatest = std::max(greatest, numbers[i]);
        ASSERT_EQ(raised[i], greatest) << target << " " << n << " " << i;
      }
      EXPECT_EQ(raised[n], 3U);
    }
  }
}

}  // namespace
}  // namespace casus::machine
