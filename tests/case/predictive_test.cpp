// Predictive checks of series as a fit leaves them.
#include "case/predictive.hpp"

#include <gtest/gtest.h>

namespace casus::cases {
namespace {

TEST(PredictiveChecks, ATotalHasStepsAndNoStatistics) {
  FitChecks checks{.draws = {.n_chains = 1, .n_draws = 2}};
  checks.series.push_back({.name = "total(deaths)", .steps = {3, 4}, .predicted = {1, 2, 3, 4}});
  checks.series.push_back(
      {.name = "seen", .steps = {0, 1}, .recorded = {5, 7}, .predicted = {4, 6, 6, 10}});
  const std::vector<PredictiveCheck> found = predictive_checks(checks);
  ASSERT_FALSE(found.empty());
  for (const PredictiveCheck& at : found) EXPECT_EQ(at.observed, "seen");
  EXPECT_EQ(found.front().statistic, "mean");
  EXPECT_EQ(found.front().recorded, 6.0);
  EXPECT_EQ(found.front().mean, 6.5);  // of 5 and 8
}

}  // namespace
}  // namespace casus::cases
