// Laws against values from elsewhere, at their edges, and in how their draws are coupled.
#include "random/known_laws.hpp"
#include "random/laws.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace casus::random {
namespace {

double sample(std::string_view name, Arguments args, const Stream& stream) {
  Draws draws(stream);
  return find_law(name)->sample(draws, args);
}

Stream stream_at(std::uint32_t slot) {
  return {.key = key_of(2023, {}), .slot = slot, .site = site_of("edge")};
}

TEST(LawsKnown, DensityAndDistributionFunction) {
  for (const known::LawPoint& point : known::law_points) {
    const Law* law = find_law(point.law);
    ASSERT_NE(law, nullptr) << point.law;
    const Arguments args = Arguments(point.args).first(law->parameters.size());
    EXPECT_NEAR(law->log_density(point.x, args), point.log_density,
                5.0e-14 * std::max(1.0, std::abs(point.log_density)))
        << point.law << " " << point.x;
    EXPECT_NEAR(law->cdf(point.x, args) / point.cdf, 1.0, 5.0e-13) << point.law << " " << point.x;
  }
}

TEST(LawsKnown, LogitnormalMoments) {
  const Law& law = *find_law("logitnormal");
  for (const auto& [args, mean, variance] : known::logitnormal_moments) {
    EXPECT_NEAR(law.mean(args), mean, 2.0e-15);
    EXPECT_NEAR(law.variance(args) / variance, 1.0, 1.0e-12) << args[1];
  }
}

TEST(LawsKnown, MomentsThatDoNotExist) {
  const auto variance = [](double df) {
    return find_law("studentt")->variance(std::array{df, 0.0, 1.0});
  };
  EXPECT_TRUE(std::isnan(find_law("cauchy")->mean(std::array{0.0, 1.0})));
  EXPECT_TRUE(std::isnan(find_law("studentt")->mean(std::array{1.0, 0.0, 1.0})));
  EXPECT_TRUE(std::isnan(variance(1.0)));
  EXPECT_EQ(variance(2.0), HUGE_VAL);
  EXPECT_DOUBLE_EQ(variance(4.0), 2.0);
}

TEST(LawsKnown, CertainOutcomes) {
  for (std::uint32_t slot = 0; slot < 200; ++slot) {
    const Stream stream = stream_at(slot);
    EXPECT_EQ(sample("poisson", std::array{0.0}, stream), 0.0);
    EXPECT_EQ(sample("negbinomial", std::array{0.0, 2.0}, stream), 0.0);
    EXPECT_EQ(sample("bernoulli", std::array{0.0}, stream), 0.0);
    EXPECT_EQ(sample("bernoulli", std::array{1.0}, stream), 1.0);
    EXPECT_EQ(sample("binomial", std::array{50.0, 0.0}, stream), 0.0);
    EXPECT_EQ(sample("binomial", std::array{50.0, 1.0}, stream), 50.0);
    EXPECT_EQ(sample("binomial", std::array{0.0, 0.4}, stream), 0.0);
  }
  for (const double u : {0x1p-53, 0.5, 1.0 - 0x1p-53}) {
    EXPECT_EQ(find_law("poisson")->quantile(u, std::array{0.0}), 0.0);
    EXPECT_EQ(find_law("negbinomial")->quantile(u, std::array{0.0, 2.0}), 0.0);
    EXPECT_EQ(find_law("binomial")->quantile(u, std::array{50.0, 0.0}), 0.0);
    EXPECT_EQ(find_law("binomial")->quantile(u, std::array{50.0, 1.0}), 50.0);
  }
}

TEST(LawsKnown, CertainOutcomesHaveProbabilityOne) {
  EXPECT_EQ(find_law("poisson")->log_density(0.0, std::array{0.0}), 0.0);
  EXPECT_EQ(find_law("poisson")->log_density(1.0, std::array{0.0}), -HUGE_VAL);
  EXPECT_EQ(find_law("negbinomial")->log_density(0.0, std::array{0.0, 2.0}), 0.0);
  EXPECT_EQ(find_law("negbinomial")->log_density(3.0, std::array{0.0, 2.0}), -HUGE_VAL);
  for (const double k : {0.0, 1.0, 2.0, 3.0}) {
    const double at_zero = find_law("binomial")->log_density(k, std::array{3.0, 0.0});
    const double at_one = find_law("binomial")->log_density(k, std::array{3.0, 1.0});
    EXPECT_EQ(at_zero, k == 0.0 ? 0.0 : -HUGE_VAL) << k;
    EXPECT_EQ(at_one, k == 3.0 ? 0.0 : -HUGE_VAL) << k;
  }
  EXPECT_EQ(find_law("bernoulli")->log_density(0.0, std::array{1.0}), -HUGE_VAL);
  EXPECT_EQ(find_law("bernoulli")->log_density(1.0, std::array{1.0}), 0.0);
}

TEST(LawsKnown, SmallCountsAreDrawnByInversion) {
  for (std::uint32_t slot = 0; slot < 5000; ++slot) {
    const Stream stream = stream_at(slot);
    const double u = stream.uniform(0);
    for (const double mean : {0.2, 5.0, 29.9}) {
      EXPECT_EQ(sample("poisson", std::array{mean}, stream),
                find_law("poisson")->quantile(u, std::array{mean}));
    }
    for (const double p : {0.1, 0.45, 0.9}) {
      EXPECT_EQ(sample("binomial", std::array{20.0, p}, stream),
                find_law("binomial")->quantile(u, std::array{20.0, p}));
    }
  }
}

TEST(LawsKnown, DrawsRiseWithTheMeanAtOneAddress) {
  for (std::uint32_t slot = 0; slot < 300; ++slot) {
    const Stream stream = stream_at(slot);
    EXPECT_LE(sample("gamma", std::array{2.0, 1.0}, stream),
              sample("gamma", std::array{2.1, 1.0}, stream));
    EXPECT_LE(sample("beta", std::array{2.0, 3.0}, stream),
              sample("beta", std::array{2.1, 3.0}, stream));
    EXPECT_LE(sample("poisson", std::array{12.0}, stream),
              sample("poisson", std::array{13.0}, stream));
    EXPECT_LE(sample("negbinomial", std::array{6.0, 3.0}, stream),
              sample("negbinomial", std::array{6.5, 3.0}, stream));
  }
}

TEST(LawsKnown, LimitsAgree) {
  const double x = 1.7;
  EXPECT_NEAR(find_law("studentt")->cdf(x, std::array{1.0e9, 0.0, 1.0}),
              find_law("normal")->cdf(x, std::array{0.0, 1.0}), 1.0e-9);
  EXPECT_NEAR(find_law("studentt")->quantile(0.975, std::array{1.0e9, 0.0, 1.0}), 1.959963985,
              1e-8);
  EXPECT_NEAR(find_law("studentt")->quantile(0.975, std::array{1.0, 0.0, 1.0}),
              find_law("cauchy")->quantile(0.975, std::array{0.0, 1.0}), 1.0e-12);
  EXPECT_NEAR(find_law("gamma")->quantile(0.3, std::array{1.0, 4.0}),
              find_law("exponential")->quantile(0.3, std::array{4.0}), 1.0e-15);
  EXPECT_NEAR(find_law("negbinomial")->log_density(7.0, std::array{5.0, 1.0e12}),
              find_law("poisson")->log_density(7.0, std::array{5.0}), 1.0e-10);
}

/// Published quantiles: Abramowitz & Stegun 1964, tables 26.8 (chi-square) and 26.10 (Student's t),
/// to the digits printed there.
TEST(LawsKnown, PrintedTables) {
  EXPECT_NEAR(find_law("gamma")->quantile(0.95, std::array{5.0, 0.5}), 18.3070, 5.0e-5);
  EXPECT_NEAR(find_law("gamma")->quantile(0.01, std::array{0.5, 0.5}), 1.57088e-4, 5.0e-10);
  EXPECT_NEAR(find_law("studentt")->quantile(0.975, std::array{5.0, 0.0, 1.0}), 2.571, 5.0e-4);
  EXPECT_NEAR(find_law("studentt")->quantile(0.995, std::array{30.0, 0.0, 1.0}), 2.750, 5.0e-4);
}

TEST(LawsKnown, ExtremeArgumentsStillDraw) {
  for (std::uint32_t slot = 0; slot < 500; ++slot) {
    const Stream stream = stream_at(slot);
    EXPECT_NEAR(sample("poisson", std::array{1.0e12}, stream), 1.0e12, 6.0e6);
    EXPECT_NEAR(sample("binomial", std::array{0x1p53, 0.5}, stream), 0x1p52, 3.0e8);
    EXPECT_TRUE(std::isfinite(sample("gamma", std::array{1.0e-3, 1.0}, stream)));
    EXPECT_TRUE(std::isfinite(sample("studentt", std::array{0.01, 0.0, 1.0}, stream)));
    EXPECT_TRUE(std::isfinite(sample("lognormal", std::array{700.0, 50.0}, stream)));
    EXPECT_GE(sample("negbinomial", std::array{1000.0, 1.0e-3}, stream), 0.0);
  }
}

}  // namespace
}  // namespace casus::random
