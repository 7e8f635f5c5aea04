// Variance-based indices against the Ishigami function's, with and without noise.
#include "inference/sobol.hpp"

#include "random/address.hpp"
#include "random/laws.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::inference {
namespace {

constexpr double a = 7.0;
constexpr double b = 0.1;
const double pi = std::acos(-1.0);

double ishigami(const std::array<double, 3>& x) {
  return std::sin(x[0]) + a * std::sin(x[1]) * std::sin(x[1]) +
         b * std::pow(x[2], 4.0) * std::sin(x[0]);
}

/// Averages over `n_noisy` values with normal noise of this standard deviation.
class Drawing {
 public:
  Drawing(std::uint32_t sample, double spread)
      : key_(random::key_of(3, {.purpose = random::Purpose::synthesis, .parameter_set = sample})),
        spread_(spread) {}

  double uniform() { return random::Stream{.key = key_, .slot = slot_++}.uniform(); }

  NoisyValue at(const std::array<double, 3>& x) {
    constexpr int n_noisy = 5;
    double sum = 0.0;
    double squares = 0.0;
    for (int i = 0; i < n_noisy; ++i) {
      const std::array<double, 2> standard{0.0, 1.0};
      const double value = spread_ * random::find_law("normal")->quantile(uniform(), standard);
      sum += value;
      squares += value * value;
    }
    const double mean = sum / n_noisy;
    return {.value = ishigami(x) + mean,
            .noise = (squares / n_noisy - mean * mean) / (n_noisy - 1)};
  }

  std::array<double, 3> draw() {
    std::array<double, 3> x{};
    for (double& each : x) each = pi * (2.0 * uniform() - 1.0);
    return x;
  }

 private:
  random::Key key_;
  double spread_;
  std::uint32_t slot_ = 0;
};

SobolIndices indices(std::size_t n_rows, std::uint32_t sample, double spread) {
  Drawing drawing(sample, spread);
  PickFreeze design{.a = {}, .b = {}, .mixed = std::vector<std::vector<NoisyValue>>(3)};
  for (std::size_t row = 0; row < n_rows; ++row) {
    const std::array<double, 3> one = drawing.draw();
    const std::array<double, 3> other = drawing.draw();
    design.a.push_back(drawing.at(one));
    design.b.push_back(drawing.at(other));
    for (std::size_t i = 0; i < 3; ++i) {
      std::array<double, 3> mixed = one;
      mixed.at(i) = other.at(i);
      design.mixed[i].push_back(drawing.at(mixed));
    }
  }
  return sobol_indices(design);
}

// Ishigami & Homma 1990, with a = 7, b = 0.1.
constexpr std::array first{0.3139, 0.4424, 0.0};
constexpr std::array total{0.5576, 0.4424, 0.2437};

TEST(Sobol, GivesTheIndicesOfIshigamisFunction) {
  const SobolIndices found = indices(8000, 1, 0.0);
  const double variance =
      a * a / 8.0 + b * std::pow(pi, 4.0) / 5.0 + b * b * std::pow(pi, 8.0) / 18.0 + 0.5;
  EXPECT_NEAR(found.mean, a / 2.0, 0.2);
  EXPECT_NEAR(found.variance, variance, 4.0 * found.variance_error);
  EXPECT_EQ(found.noise, 0.0);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(found.inputs[i].first, first.at(i), 4.0 * found.inputs[i].first_error + 5e-5);
    EXPECT_NEAR(found.inputs[i].total, total.at(i), 4.0 * found.inputs[i].total_error + 5e-5);
    EXPECT_LT(found.inputs[i].first_error, 0.03);
    EXPECT_LT(found.inputs[i].total_error, 0.03);
  }
}

// Means over 200 small designs, in which an average's noise is as large as its variance over
// inputs.
TEST(Sobol, NoiseMovesNoIndexAndErrorsAreRight) {
  constexpr std::uint32_t n_samples = 200;
  std::array<double, 6> sums{};
  std::array<double, 6> squares{};
  for (std::uint32_t sample = 0; sample < n_samples; ++sample) {
    const SobolIndices found = indices(400, sample, 8.0);
    for (std::size_t i = 0; i < 3; ++i) {
      const SobolIndex& at = found.inputs[i];
      const std::array each{(at.first - first.at(i)) / at.first_error,
                            (at.total - total.at(i)) / at.total_error};
      for (std::size_t k = 0; k < 2; ++k) {
        sums.at(2 * i + k) += each.at(k);
        squares.at(2 * i + k) += each.at(k) * each.at(k);
      }
    }
  }
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(sums.at(i) / n_samples, 0.0, 0.35) << i;
    EXPECT_NEAR(std::sqrt(squares.at(i) / n_samples), 1.0, 0.2) << i;
  }
}

TEST(Sobol, LeavesOutRowsWithoutAValue) {
  const double none = std::nan("");
  const PickFreeze design{.a = {{1.0}, {2.0}, {none}, {4.0}},
                          .b = {{4.0}, {3.0}, {2.0}, {1.0}},
                          .mixed = {{{4.0}, {3.0}, {2.0}, {1.0}}}};
  const SobolIndices found = sobol_indices(design);
  EXPECT_EQ(found.n_rows, 3U);
  EXPECT_TRUE(std::isfinite(found.inputs[0].total));
}

}  // namespace
}  // namespace casus::inference
