// Uniformity by the empirical distribution, against closed forms and simulation.
#include "inference/uniformity.hpp"

#include "random/address.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::inference {
namespace {

std::vector<double> uniforms(std::size_t n, std::uint32_t sample) {
  const random::Key key =
      random::key_of(7, {.purpose = random::Purpose::synthesis, .parameter_set = sample});
  std::vector<double> values;
  for (std::uint32_t i = 0; i < n; ++i)
    values.push_back(random::Stream{.key = key, .slot = i}.uniform());
  return values;
}

// Two values meet one point, 1/2: both on one side has probability 1/2, and never strays farther.
TEST(Uniformity, OfTwoValuesIsACoin) {
  EXPECT_NEAR(uniformity_p_value(std::array{0.1, 0.4}), 0.5, 1e-12);
  EXPECT_NEAR(uniformity_p_value(std::array{0.6, 0.7}), 0.5, 1e-12);
  EXPECT_NEAR(uniformity_p_value(std::array{0.1, 0.7}), 1.0, 1e-12);
}

// All of n values below 1/n: the farthest of all that can happen, beside its mirror image.
TEST(Uniformity, OfTheFarthestSampleIsItsProbability) {
  const std::size_t n = 5;
  const std::vector<double> values(n, 0.1);
  EXPECT_NEAR(uniformity_p_value(values), 2.0 * std::pow(0.2, 5.0), 1e-12);
}

// P-values of uniform samples: at most a share p is below p, and nearly that share.
TEST(Uniformity, PValuesOfUniformSamplesAreUniform) {
  constexpr std::uint32_t n_samples = 2000;
  std::array<double, 3> levels{0.05, 0.2, 0.5};
  std::array<double, 3> shares{};
  for (std::uint32_t sample = 0; sample < n_samples; ++sample) {
    const double p = uniformity_p_value(uniforms(40, sample));
    for (std::size_t i = 0; i < levels.size(); ++i) shares[i] += p <= levels[i] ? 1.0 : 0.0;
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double error = std::sqrt(levels[i] * (1.0 - levels[i]) / n_samples);
    EXPECT_LT(shares[i] / n_samples, levels[i] + 4.0 * error);
    EXPECT_GT(shares[i] / n_samples, 0.8 * levels[i] - 4.0 * error);
  }
}

TEST(Uniformity, TheBandKeepsUniformSamplesWithItsLevel) {
  constexpr std::uint32_t n_samples = 4000;
  constexpr std::size_t n = 40;
  const EcdfBand band = ecdf_band(n, 0.9);
  double inside = 0.0;
  for (std::uint32_t sample = 0; sample < n_samples; ++sample) {
    const std::vector<double> differences = ecdf_differences(uniforms(n, sample));
    bool stays = true;
    for (std::size_t k = 0; k < differences.size(); ++k)
      stays = stays && differences[k] >= band.lower[k] - 1e-12 &&
              differences[k] <= band.upper[k] + 1e-12;
    inside += stays ? 1.0 : 0.0;
  }
  const double error = std::sqrt(0.9 * 0.1 / n_samples);
  EXPECT_GT(inside / n_samples, 0.9 - 4.0 * error);
  EXPECT_LT(inside / n_samples, 0.93);
}

TEST(Uniformity, FindsSamplesThatAreTooNarrowOrAside) {
  std::vector<double> narrow = uniforms(200, 1);
  std::vector<double> aside = narrow;
  for (double& value : narrow) value = 0.5 + 0.6 * (value - 0.5);
  for (double& value : aside) value *= value;
  EXPECT_LT(uniformity_p_value(narrow), 1e-4);
  EXPECT_LT(uniformity_p_value(aside), 1e-4);
}

}  // namespace
}  // namespace casus::inference
