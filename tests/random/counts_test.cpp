// Draws of counts: against probabilities computed another way, at the borders between methods and
// at the edges of the domains.
#include "random/counts/of_double.hpp"
#include "random/laws.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

namespace casus::random {
namespace {

constexpr std::uint32_t n_draws = 100000;

struct Case {
  std::string_view law;
  std::array<double, 2> values{};

  const Law& row() const { return *find_law(law); }
  Arguments args() const { return Arguments(values).first(row().parameters.size()); }
};

void PrintTo(const Case& at, std::ostream* out) {
  *out << at.law << "(" << at.values[0] << ", " << at.values[1] << ")";
}

double draw_of(const Case& at, std::uint32_t slot) {
  Draws draws({.key = key_of(1961, {}), .slot = slot, .site = site_of(at.law)});
  return at.row().sample(draws, at.args());
}

/// The probability of k in extended precision, by gamma functions of the C library.
double probability(const Case& at, double count) {
  const auto k = static_cast<long double>(count);
  const auto a = static_cast<long double>(at.values[0]);
  const auto b = static_cast<long double>(at.values[1]);
  if (at.law == "poisson")
    return static_cast<double>(std::exp(k * std::log(a) - a - std::lgamma(k + 1)));
  if (at.law == "binomial") {
    const long double log_choose = std::lgamma(a + 1) - std::lgamma(k + 1) - std::lgamma(a - k + 1);
    return static_cast<double>(std::exp(log_choose + k * std::log(b) + (a - k) * std::log1p(-b)));
  }
  const long double log_choose = std::lgamma(k + b) - std::lgamma(b) - std::lgamma(k + 1);
  return static_cast<double>(std::exp(log_choose - b * std::log1p(a / b) - k * std::log1p(b / a)));
}

/// Cells of neighbouring counts, each expected to hold at least 25 draws but for the last.
struct Cells {
  std::vector<double> ends;
  std::vector<double> probabilities;
};

Cells cells_of(const Case& at) {
  constexpr double least = 25.0 / n_draws;
  const double last = at.law == "binomial" ? at.values[0] : 1.0e7;
  Cells cells;
  double held = 0.0;
  double used = 0.0;
  for (double k = 0.0; k <= last && used + held < 1.0 - least; k += 1.0) {
    held += probability(at, k);
    if (held < least || 1.0 - used - held < least) continue;
    cells.ends.push_back(k);
    cells.probabilities.push_back(held);
    used += held;
    held = 0.0;
  }
  cells.ends.push_back(std::numeric_limits<double>::infinity());
  cells.probabilities.push_back(1.0 - used);
  return cells;
}

class Counts : public testing::TestWithParam<Case> {};

TEST_P(Counts, FillTheCellsOfTheirProbabilities) {
  const Cells cells = cells_of(GetParam());
  std::vector<double> found(cells.ends.size());
  for (std::uint32_t slot = 0; slot < n_draws; ++slot) {
    const double k = draw_of(GetParam(), slot);
    const auto cell = std::lower_bound(cells.ends.begin(), cells.ends.end(), k);
    found[static_cast<std::size_t>(cell - cells.ends.begin())] += 1.0;
  }
  double chi_square = 0.0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double expected = cells.probabilities[i] * n_draws;
    chi_square += (found[i] - expected) * (found[i] - expected) / expected;
  }
  ASSERT_GT(found.size(), 1U);
  const double freedom = static_cast<double>(found.size() - 1);
  EXPECT_GT(incomplete_gamma(0.5 * freedom, 0.5 * chi_square).upper, 1.0e-5) << chi_square;
}

TEST_P(Counts, HaveTheMomentsOfTheirLaw) {
  const Law& law = GetParam().row();
  const double mean = law.mean(GetParam().args());
  const double variance = law.variance(GetParam().args());
  double first = 0.0;
  double second = 0.0;
  double fourth = 0.0;
  for (std::uint32_t slot = 0; slot < n_draws; ++slot) {
    const double difference = draw_of(GetParam(), slot) - mean;
    const double square = difference * difference;
    first += difference / n_draws;
    second += square / n_draws;
    fourth += square * square / n_draws;
  }
  EXPECT_LE(std::abs(first), 4.5 * std::sqrt(variance / n_draws));
  EXPECT_LE(std::abs(second - variance), 4.5 * std::sqrt((fourth - second * second) / n_draws));
}

std::vector<Case> cases() {
  return {{"poisson", {0.02}},
          {"poisson", {1.0}},
          {"poisson", {12.5}},
          {"poisson", {29.999999}},
          {"poisson", {30.0}},
          {"poisson", {31.7}},
          {"poisson", {64.0}},
          {"poisson", {300.0}},
          {"poisson", {20000.0}},
          {"binomial", {1.0, 0.3}},
          {"binomial", {50.0, 0.1}},
          {"binomial", {50.0, 0.9}},
          {"binomial", {59.0, 0.5}},
          {"binomial", {60.0, 0.5}},
          {"binomial", {61.0, 0.5}},
          {"binomial", {100.0, 0.2999999}},
          {"binomial", {100.0, 0.3}},
          {"binomial", {100.0, 0.7000001}},
          {"binomial", {100.0, 0.6999999}},
          {"binomial", {1.0e6, 4.0e-5}},
          {"binomial", {1.0e6, 2.0e-6}},
          {"binomial", {5000.0, 0.3}},
          {"binomial", {200000.0, 0.98}},
          {"negbinomial", {0.1, 0.01}},
          {"negbinomial", {5.0, 0.5}},
          {"negbinomial", {5.0, 0.2500001}},
          {"negbinomial", {5.0, 0.2499999}},
          {"negbinomial", {20.0, 1.0}},
          {"negbinomial", {29.999999, 2.0}},
          {"negbinomial", {30.0, 2.0}},
          {"negbinomial", {30.0, 1.0}},
          {"negbinomial", {30.0, 0.9999}},
          {"negbinomial", {40.0, 500.0}},
          {"negbinomial", {2000.0, 2.0}},
          {"negbinomial", {300.0, 1.0e5}}};
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  return std::string(info.param.law) + "_" + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Laws, Counts, testing::ValuesIn(cases()), name_of);

/// Of laws with means far beyond what cells can hold.
TEST(LargeCounts, HaveTheMomentsOfTheirLaw) {
  const std::array<Case, 6> large{{{"poisson", {1.0e9}},
                                   {"poisson", {1.0e15}},
                                   {"binomial", {0x1p53, 0.25}},
                                   {"binomial", {0x1p53, 1.0e-12}},
                                   {"negbinomial", {1.0e12, 10.0}},
                                   {"negbinomial", {1.0e9, 1.0e14}}}};
  for (const Case& at : large) {
    const double mean = at.row().mean(at.args());
    const double deviation = std::sqrt(at.row().variance(at.args()));
    double first = 0.0;
    double second = 0.0;
    for (std::uint32_t slot = 0; slot < n_draws; ++slot) {
      const double z = (draw_of(at, slot) - mean) / deviation;
      first += z / n_draws;
      second += z * z / n_draws;
    }
    EXPECT_NEAR(first, 0.0, 4.5 / std::sqrt(n_draws)) << at.law << at.values[0];
    EXPECT_NEAR(second, 1.0, 4.5 * std::sqrt(3.0 / n_draws)) << at.law << at.values[0];
  }
}

/// Laws with small means, and means just below the border.
std::vector<Case> summed_cases() {
  return {{"poisson", {1.0e-12}},        {"poisson", {3.0}},
          {"poisson", {29.999}},         {"binomial", {50.0, 0.1}},
          {"binomial", {50.0, 0.97}},    {"binomial", {59.0, 0.5}},
          {"binomial", {0x1p53, 3e-15}}, {"negbinomial", {5.0, 0.5}},
          {"negbinomial", {29.0, 1.5}},  {"negbinomial", {3.0, 1.0e15}},
          {"negbinomial", {1e-300, 0.5}}};
}

/// The distance of u from the nearer of the two steps of the distribution function around k.
double distance_from_step(const Case& at, double k, double u) {
  const double above = at.row().cdf(k, at.args()) - u;
  const double below = u - at.row().cdf(k - 1.0, at.args());
  return std::min(std::abs(above), std::abs(below));
}

TEST(SmallCounts, AreTheQuantileOfOneUniform) {
  for (const Case& at : summed_cases()) {
    for (std::uint32_t slot = 0; slot < 3000; ++slot) {
      const Stream stream{.key = key_of(1961, {}), .slot = slot, .site = site_of("one")};
      Draws draws(stream);
      const double k = at.row().sample(draws, at.args());
      ASSERT_EQ(draws.used(), 1U);
      const double u = stream.uniform(0);
      if (k == at.row().quantile(u, at.args())) continue;
      ASSERT_LE(distance_from_step(at, k, u), 2.0e-14) << at.law << at.values[0] << " " << u;
    }
  }
}

double by_summation(const Case& at, double u) {
  const auto [a, b] = at.values;
  if (at.law == "poisson") return counts::poisson_by_summation(u, a);
  if (at.law == "binomial") return counts::binomial_by_summation(u, a, b);
  return counts::negbinomial_by_summation(u, a, b);
}

TEST(SmallCounts, NeverFallWhereTheUniformRises) {
  std::vector<double> uniforms;
  const Stream stream{.key = key_of(1962, {}), .site = site_of("monotone")};
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const double u = stream.uniform(i);
    const double near = std::ldexp(u, -static_cast<int>(i % 50));
    uniforms.insert(uniforms.end(), {u, near, 1.0 - near});
  }
  for (int i = 1; i < 20; ++i) uniforms.push_back(1.0 - i * 0x1p-53);
  std::sort(uniforms.begin(), uniforms.end());
  for (const Case& at : summed_cases()) {
    double before = 0.0;
    for (const double u : uniforms) {
      const double k = by_summation(at, u);
      ASSERT_GE(k, before) << at.law << at.values[0] << " " << u;
      ASSERT_TRUE(std::isfinite(k));
      before = k;
    }
    if (at.law == "binomial") {
      EXPECT_LE(before, at.values[0]);
    }
  }
}

TEST(SmallCounts, EndInTheTailWhereTheSumNeverReachesTheUniform) {
  for (const Case& at : summed_cases()) {
    const double k = by_summation(at, 1.0 - 0x1p-53);
    const double upper = at.values[0] < 1.0e-10 ? 1.0 : 1.0e-13;
    EXPECT_LE(1.0 - at.row().cdf(k, at.args()), upper) << at.law << at.values[0];
    EXPECT_GE(k, at.row().quantile(1.0 - 1.0e-12, at.args())) << at.law << at.values[0];
  }
}

TEST(CountDraws, OfTrialsTakeUniformsInPairs) {
  for (std::uint32_t slot = 0; slot < 300; ++slot) {
    for (const Case& at : {Case{"poisson", {40.0}}, Case{"binomial", {500.0, 0.5}}}) {
      Draws draws({.key = key_of(1963, {}), .slot = slot, .site = 1});
      at.row().sample(draws, at.args());
      ASSERT_EQ(draws.used() % 2, 0U);
      ASSERT_LT(draws.used(), 40U);
    }
  }
}

TEST(CountDraws, OfGammaMixturesTakeTheUniformsBehindTheGamma) {
  const Case wide{"negbinomial", {100.0, 0.5}};
  for (std::uint32_t slot = 0; slot < 300; ++slot) {
    const Stream stream{.key = key_of(1964, {}), .slot = slot, .site = 1};
    Draws gammas(stream);
    const double rate = 200.0 * counts::gamma(gammas, 0.5);
    ASSERT_EQ(gammas.used() % 2, 1U);  // pairs, and one for a size below one
    const double counted = find_law("poisson")->sample(gammas, Arguments(&rate, 1));
    Draws draws(stream);
    ASSERT_EQ(wide.row().sample(draws, wide.args()), counted);
    ASSERT_EQ(draws.used(), gammas.used());
  }
}

TEST(CountDraws, AtTheEdgesOfTheDomains) {
  const double huge = std::numeric_limits<double>::max();
  const double tiny = std::numeric_limits<double>::denorm_min();
  for (std::uint32_t slot = 0; slot < 200; ++slot) {
    EXPECT_EQ(draw_of({"poisson", {0.0}}, slot), 0.0);
    EXPECT_EQ(draw_of({"poisson", {tiny}}, slot), 0.0);
    EXPECT_TRUE(std::isfinite(draw_of({"poisson", {huge}}, slot)));
    EXPECT_EQ(draw_of({"binomial", {0.0, 0.7}}, slot), 0.0);
    EXPECT_EQ(draw_of({"binomial", {0x1p53, 0.0}}, slot), 0.0);
    EXPECT_EQ(draw_of({"binomial", {0x1p53, 1.0}}, slot), 0x1p53);
    EXPECT_EQ(draw_of({"binomial", {0x1p53, tiny}}, slot), 0.0);
    EXPECT_LE(draw_of({"binomial", {0x1p53, 1.0 - 0x1p-53}}, slot), 0x1p53);
    EXPECT_EQ(draw_of({"negbinomial", {0.0, 3.0}}, slot), 0.0);
    EXPECT_EQ(draw_of({"negbinomial", {0.0, huge}}, slot), 0.0);
    EXPECT_EQ(draw_of({"negbinomial", {7.0, tiny}}, slot), 0.0);
    EXPECT_EQ(draw_of({"negbinomial", {7.0, 1.0e-18}}, slot), 0.0);
    EXPECT_TRUE(std::isfinite(draw_of({"negbinomial", {huge, 1.0}}, slot)));
    EXPECT_TRUE(std::isfinite(draw_of({"negbinomial", {huge, huge}}, slot)));
    EXPECT_TRUE(std::isfinite(draw_of({"negbinomial", {huge, tiny}}, slot)));
  }
}

/// With ever larger sizes the negative binomial becomes the Poisson law, by the same uniform.
TEST(CountDraws, OfHugeSizesArePoisson) {
  for (std::uint32_t slot = 0; slot < 2000; ++slot) {
    Draws one({.key = key_of(1965, {}), .slot = slot, .site = 1});
    Draws other = one;
    const std::array args{9.0, 1.0e300};
    EXPECT_EQ(find_law("negbinomial")->sample(one, args),
              find_law("poisson")->sample(other, Arguments(args).first(1)));
  }
}

}  // namespace
}  // namespace casus::random
