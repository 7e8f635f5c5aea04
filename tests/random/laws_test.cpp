// One battery for every row of the table of laws, at each of its four example arguments: density,
// distribution function, quantile, moments and draws must tell the same story.
#include "random/laws.hpp"

#include "random/integral.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace casus::random {
namespace {

constexpr std::uint32_t n_draws = 100000;
constexpr double infinity = HUGE_VAL;

struct Example {
  const Law* law = nullptr;
  std::size_t number = 0;
};

std::vector<Example> examples() {
  std::vector<Example> all;
  for (const Law* law : laws()) {
    for (std::size_t i = 0; i < law->parameters[0].examples.size(); ++i) all.push_back({law, i});
  }
  return all;
}

void PrintTo(const Example& example, std::ostream* out) {
  *out << example.law->name << " " << example.number;
}

std::string name_of(const testing::TestParamInfo<Example>& info) {
  return std::string(info.param.law->name) + "_" + std::to_string(info.param.number);
}

class Conformance : public testing::TestWithParam<Example> {
 protected:
  Conformance() {
    for (const Parameter& parameter : law.parameters) {
      values_.push_back(parameter.examples[GetParam().number]);
    }
  }

  Arguments args() const { return values_; }
  double density(double x) const { return std::exp(law.log_density(x, args())); }
  double quantile(double u) const { return law.quantile(u, args()); }

  double draw(std::uint32_t slot) const {
    Draws draws({.key = key_of(1992, {.purpose = Purpose::synthesis}),
                 .slot = slot,
                 .site = site_of(law.name)});
    return law.sample(draws, args());
  }

  /// What the rounding of x alone can do to the probability below it.
  double rounding(double x) const { return 4.0 * (std::nextafter(x, infinity) - x) * density(x); }

  int last_count() const { return static_cast<int>(std::max(1.0, quantile(1.0 - 0x1p-53))); }

  /// Integral or sum of (x - about)^power under the law, but for 1e-12 of either tail.
  double moment(double about, int power) const;

  const Law& law = *GetParam().law;

 private:
  std::vector<double> values_;
};

/// Probabilities from 1e-12 to 1 - 1e-12 that cut the line into pieces of like scale.
std::vector<double> cuts() {
  std::vector<double> u;
  for (int i = 12; i >= 1; --i) u.push_back(std::pow(10.0, -i));
  for (const double middle : {0.25, 0.5, 0.75}) u.push_back(middle);
  for (int i = 1; i <= 12; ++i) u.push_back(1.0 - std::pow(10.0, -i));
  return u;
}

double Conformance::moment(double about, int power) const {
  const auto integrand = [&](double x) { return std::pow(x - about, power) * density(x); };
  double sum = 0.0;
  if (law.discrete()) {
    for (int k = 0; k <= last_count(); ++k) sum += integrand(k);
    return sum;
  }
  const std::vector<double> u = cuts();
  for (std::size_t i = 0; i + 1 < u.size(); ++i) {
    sum += integral(integrand, quantile(u[i]), quantile(u[i + 1]));
  }
  return sum;
}

TEST_P(Conformance, ExampleIsValidAndRowIsComplete) {
  EXPECT_TRUE(valid(law, args()));
  EXPECT_EQ(find_law(law.name), &law);
  EXPECT_FALSE(law.source.empty());
  std::map<std::string_view, int> names;
  for (const Parameter& parameter : law.parameters) ++names[parameter.name];
  EXPECT_EQ(names.size(), law.parameters.size());
}

TEST_P(Conformance, DensityIntegratesToWhatTheQuantilesCut) {
  if (law.discrete()) {
    EXPECT_NEAR(moment(0.0, 0), 1.0, 1.0e-12);
    return;
  }
  const std::vector<double> u = cuts();
  for (std::size_t i = 0; i + 1 < u.size(); ++i) {
    const double low = quantile(u[i]);
    const double high = quantile(u[i + 1]);
    const double mass = integral([this](double x) { return density(x); }, low, high);
    const double wanted = u[i + 1] - u[i];
    EXPECT_NEAR(mass, wanted, 1.0e-9 * wanted + rounding(low) + rounding(high)) << u[i];
  }
}

TEST_P(Conformance, CdfUndoesQuantile) {
  for (const double u : cuts()) {
    const double x = quantile(u);
    if (law.discrete()) {
      EXPECT_GE(law.cdf(x, args()), u * (1.0 - 1.0e-12)) << u;
      if (x > 0.0) {
        EXPECT_LT(law.cdf(x - 1.0, args()), u * (1.0 + 1.0e-12)) << u;
      }
    } else {
      EXPECT_NEAR(law.cdf(x, args()), u, 2.0e-13 * u + rounding(x)) << u;
    }
  }
}

TEST_P(Conformance, CdfSumsProbabilities) {
  if (!law.discrete()) return;
  double sum = 0.0;
  for (int k = 0; k <= last_count(); ++k) {
    sum += density(k);
    ASSERT_NEAR(law.cdf(k, args()), sum, 1.0e-12) << k;
    ASSERT_EQ(law.cdf(k + 0.5, args()), law.cdf(k, args())) << k;
  }
  EXPECT_EQ(law.cdf(-0.5, args()), 0.0);
}

TEST_P(Conformance, QuantileNeverFalls) {
  std::vector<double> u;
  const Stream stream{.key = key_of(1994, {}), .site = site_of("monotone")};
  for (std::uint32_t i = 0; i < 4000; ++i) {
    const double one = stream.uniform(i);
    u.push_back(one);
    u.push_back(std::pow(one, 12.0) + 0x1p-300);
  }
  std::sort(u.begin(), u.end());
  double before = quantile(u[0]);
  for (const double next : u) {
    const double x = quantile(next);
    ASSERT_GE(x, before) << next;
    before = x;
  }
}

TEST_P(Conformance, TailsAreFiniteAndInsideTheSupport) {
  for (const double u : {0x1p-300, 0x1p-53, 0.5, 1.0 - 0x1p-53}) {
    const double x = quantile(u);
    EXPECT_TRUE(std::isfinite(x)) << u;
    EXPECT_TRUE(std::isfinite(law.log_density(x, args()))) << u << " " << x;
    if (law.support != Support::real) {
      EXPECT_GE(x, 0.0);
    }
    if (law.support == Support::positive || law.support == Support::unit) {
      EXPECT_GT(x, 0.0);
    }
    if (law.support == Support::unit) {
      EXPECT_LT(x, 1.0);
    }
    if (law.support == Support::truth) {
      EXPECT_TRUE(x == 0.0 || x == 1.0);
    }
    if (law.discrete()) {
      EXPECT_EQ(x, std::floor(x));
    }
  }
}

TEST_P(Conformance, DensityIsZeroOutsideAndNeverNan) {
  const auto log_density = [this](double x) { return law.log_density(x, args()); };
  if (law.support != Support::real) {
    EXPECT_EQ(log_density(-1.0), -infinity);
  }
  if (law.support == Support::unit) {
    EXPECT_EQ(log_density(1.0), -infinity);
  }
  if (law.support == Support::truth) {
    EXPECT_EQ(log_density(2.0), -infinity);
  }
  if (law.discrete()) {
    EXPECT_EQ(log_density(0.5), -infinity);
  }
  for (const double x : {-infinity, -1.0e300, -1.0, 0.0, 1.0e-320, 1.0, 1.0e300, infinity}) {
    EXPECT_FALSE(std::isnan(log_density(x))) << x;
    EXPECT_FALSE(std::isnan(law.cdf(x, args()))) << x;
    EXPECT_LT(log_density(x), infinity) << x;
  }
  EXPECT_EQ(law.cdf(-infinity, args()), 0.0);
  EXPECT_EQ(law.cdf(infinity, args()), 1.0);
}

TEST_P(Conformance, MomentsFollowFromTheDensity) {
  const double variance = law.variance(args());
  if (!std::isfinite(variance)) return;
  const double mean = law.mean(args());
  EXPECT_NEAR(moment(mean, 1), 0.0, 1.0e-6 * std::sqrt(variance) + 1.0e-300);
  EXPECT_NEAR(moment(mean, 2), variance, 1.0e-6 * variance);
}

TEST_P(Conformance, MomentsOfDraws) {
  const double variance = law.variance(args());
  if (!std::isfinite(variance)) return;
  const double mean = law.mean(args());
  double first = 0.0;
  double second = 0.0;
  for (std::uint32_t slot = 0; slot < n_draws; ++slot) {
    const double difference = draw(slot) - mean;
    first += difference / n_draws;
    second += difference * difference / n_draws;
  }
  const double fourth = moment(mean, 4);
  EXPECT_LE(std::abs(first), 5.0 * std::sqrt(variance / n_draws));
  EXPECT_LE(std::abs(second - variance),
            5.0 * std::sqrt((fourth - variance * variance) / n_draws) + 1.0e-9 * variance);
}

/// The cells of a chi-square test: their upper ends and probabilities, each expected to hold at
/// least twenty draws.
std::map<double, double> cells_of(const Law& law, Arguments args) {
  std::map<double, double> cells;
  if (!law.discrete()) {
    for (int i = 1; i < 40; ++i) cells[law.quantile(i / 40.0, args)] = 1.0 / 40.0;
    cells[infinity] = 1.0 / 40.0;
    return cells;
  }
  double held = 0.0;
  double used = 0.0;
  for (int k = 0; used + held < 1.0 - 20.0 / n_draws && k < 1000000; ++k) {
    held += std::exp(law.log_density(k, args));
    if (held < 20.0 / n_draws || 1.0 - used - held < 20.0 / n_draws) continue;
    cells[k] = held;
    used += held;
    held = 0.0;
  }
  cells[infinity] = 1.0 - used;
  return cells;
}

TEST_P(Conformance, DrawsFillTheCellsOfTheDensity) {
  const std::map<double, double> cells = cells_of(law, args());
  std::map<double, double> counts;
  for (std::uint32_t slot = 0; slot < n_draws; ++slot) {
    counts[cells.lower_bound(draw(slot))->first] += 1.0;
  }
  double chi_square = 0.0;
  for (const auto& [end, probability] : cells) {
    const double expected = probability * n_draws;
    chi_square += (counts[end] - expected) * (counts[end] - expected) / expected;
  }
  const double freedom = static_cast<double>(cells.size() - 1);
  if (cells.size() == 1) return;
  EXPECT_GT(incomplete_gamma(0.5 * freedom, 0.5 * chi_square).upper, 1.0e-6) << chi_square;
}

TEST_P(Conformance, InverseSamplingTakesOneUniform) {
  if (law.sampling != Sampling::inverse) return;
  for (std::uint32_t slot = 0; slot < 100; ++slot) {
    const Stream stream{.key = key_of(2020, {}), .slot = slot, .site = site_of(law.name)};
    Draws draws(stream);
    EXPECT_EQ(law.sample(draws, args()), quantile(stream.uniform(0)));
    EXPECT_EQ(draws.used(), 1U);
  }
}

INSTANTIATE_TEST_SUITE_P(Laws, Conformance, testing::ValuesIn(examples()), name_of);

TEST(Laws, NamesAreUniqueAndUnknownOnesAreNotFound) {
  std::map<std::string_view, int> names;
  for (const Law* law : laws()) ++names[law->name];
  EXPECT_EQ(names.size(), laws().size());
  EXPECT_EQ(find_law("norml"), nullptr);
  EXPECT_EQ(find_law(""), nullptr);
}

}  // namespace
}  // namespace casus::random
