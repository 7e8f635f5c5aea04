#include "case/estimate.hpp"

#include "case/quantile.hpp"
#include "case/sums.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

TEST(TreeSum, IsTheSumOfItsSubtrees) {
  std::vector<double> terms(1000);
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i] = 1.0 / static_cast<double>(i + 1);
  const std::span<const double> all(terms);
  EXPECT_EQ(tree_sum(all), tree_sum(all.first(512)) + tree_sum(all.subspan(512)));
  EXPECT_EQ(tree_sum(all.first(128)), tree_sum(all.first(64)) + tree_sum(all.subspan(64, 64)));
  EXPECT_EQ(tree_sum(all.first(65)), tree_sum(all.first(64)) + terms[64]);
  EXPECT_EQ(tree_sum({}), 0.0);
  EXPECT_NEAR(tree_sum(all), 7.485470860550345, 1e-13);  // the thousandth harmonic number
}

// With one history a set this is the standard error of a mean: sd / sqrt(n).
TEST(Estimate, IsTheTextbookErrorWithoutClusters) {
  const std::vector<double> values{2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0};
  const std::vector<double> ones(8, 1.0);
  const Estimate mean = estimate_of(ratio_of(values, ones, 1));
  EXPECT_DOUBLE_EQ(mean.value, 5.0);
  EXPECT_DOUBLE_EQ(mean.error, std::sqrt(32.0 / 7.0 / 8.0));
}

// Two histories a set: the error is that of the four means of the sets.
TEST(Estimate, ClustersOnSets) {
  const std::vector<double> values{2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0};
  const std::vector<double> ones(8, 1.0);
  const Estimate mean = estimate_of(ratio_of(values, ones, 2));
  // means 3, 4, 5, 8 about 5: sum of squares 4 + 1 + 0 + 9
  EXPECT_DOUBLE_EQ(mean.error, std::sqrt(14.0 / 3.0 / 4.0));
}

// A ratio by the delta method: var = (s_yy - 2 r s_xy + r^2 s_xx) / (n mean_x^2).
TEST(Estimate, OfARatioIsTheDeltaMethod) {
  const std::vector<double> y{1.0, 3.0, 2.0, 5.0, 4.0};
  const std::vector<double> x{2.0, 4.0, 3.0, 8.0, 3.0};
  const Estimate ratio = estimate_of(ratio_of(y, x, 1));
  const double r = 15.0 / 20.0;
  const double s_yy = 10.0 / 4.0;
  const double s_xx = 22.0 / 4.0;
  const double s_xy = (2.0 * 2.0 + 0.0 + 1.0 + 2.0 * 4.0 - 1.0) / 4.0;
  EXPECT_DOUBLE_EQ(ratio.value, r);
  EXPECT_NEAR(ratio.error, std::sqrt((s_yy - 2.0 * r * s_xy + r * r * s_xx) / 5.0) / 4.0, 1e-15);
}

TEST(Estimate, ADifferenceOfRunsThatShareEverythingHasNoError) {
  const std::vector<double> before{1.0, 5.0, 2.0, 8.0};
  const std::vector<double> after{2.0, 6.0, 3.0, 9.0};
  const std::vector<double> ones(4, 1.0);
  const Estimate difference = difference_of(ratio_of(after, ones, 2), ratio_of(before, ones, 2));
  EXPECT_DOUBLE_EQ(difference.value, 1.0);
  EXPECT_NEAR(difference.error, 0.0, 1e-15);
}

TEST(Estimate, IsNoNumberWithoutHistoriesAndHasNoErrorWithOneSet) {
  const std::vector<double> values{1.0, 2.0};
  EXPECT_TRUE(std::isnan(ratio_of(values, std::vector<double>(2, 0.0), 1).value));
  EXPECT_TRUE(std::isnan(estimate_of(ratio_of(values, std::vector<double>(2, 1.0), 2)).error));
}

TEST(Quantile, DefinitionsSevenAndOne) {
  const std::vector<double> sorted{1.0, 2.0, 4.0, 8.0};
  EXPECT_DOUBLE_EQ(quantile_between(sorted, 0.5), 3.0);
  EXPECT_DOUBLE_EQ(quantile_between(sorted, 0.1), 1.3);
  EXPECT_DOUBLE_EQ(quantile_between(sorted, 1.0), 8.0);
  EXPECT_DOUBLE_EQ(quantile_among(sorted, 0.5), 2.0);
  EXPECT_DOUBLE_EQ(quantile_among(sorted, 0.51), 4.0);
  EXPECT_DOUBLE_EQ(quantile_among(sorted, 0.0), 1.0);
  EXPECT_TRUE(std::isnan(quantile_among({}, 0.5)));
}

TEST(Quantile, NeverSortsLast) {
  const std::vector<double> sorted{3.0, 5.0, HUGE_VAL, HUGE_VAL};
  EXPECT_EQ(quantile_among(sorted, 0.5), 5.0);
  EXPECT_EQ(quantile_among(sorted, 0.9), HUGE_VAL);
}

}  // namespace
}  // namespace casus::cases
