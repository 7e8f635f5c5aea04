// Predictive checks of series as a fit leaves them.
#include "case/predictive.hpp"

#include "case/command_line.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace casus::cases {
namespace {

// As a total that parameters are part of.
TEST(PredictiveChecks, OfWhatHasNoRecordedNumberThereAreNone) {
  FitChecks checks{.draws = {.n_chains = 1, .n_draws = 2}};
  checks.series.push_back({.name = "total(deaths)",
                           .steps = {3, 4},
                           .recorded = {NAN, NAN},
                           .predicted = {1, 2, 3, 4}});
  checks.series.push_back(
      {.name = "seen", .steps = {0, 1}, .recorded = {5, 7}, .predicted = {4, 6, 6, 10}});
  const std::vector<PredictiveCheck> found = predictive_checks(checks);
  ASSERT_FALSE(found.empty());
  for (const PredictiveCheck& at : found) EXPECT_EQ(at.observed, "seen");
  EXPECT_EQ(found.front().statistic, "mean");
  EXPECT_EQ(found.front().recorded, 6.0);
  EXPECT_EQ(found.front().mean, 6.5);  // of 5 and 8
}

class PredictedTotals : public CommandLine {};

/// The quantile of Poisson(mean), by its sum of terms.
double poisson_quantile(double mean, double probability) {
  double term = std::exp(-mean);
  double below = term;
  int k = 0;
  while (below < probability) {
    ++k;
    term *= mean / k;
    below += term;
  }
  return k;
}

// A total is drawn from its law, which free histories give its arguments.
TEST_F(PredictedTotals, AreDrawnFromTheirLaw) {
  write("war/record.csv", "step,seen\n3,-0.2\n");
  write("war/model.casus",
        "casus 1\ncase \"Totals\"\n    time 3 steps\n"
        "param level ~ normal(0, 1)\n"
        "observe seen from \"record.csv\" ~ normal(level, 1)\n"
        "observe total(seen) over 1 to 2 = 25 + 35 ~ poisson(50)\n");
  const Ended ended = casus("fit war --sets 4000 --repeats 1 --out fitted");
  ASSERT_EQ(ended.code, 0) << ended.err;
  std::istringstream lines(text_of(path("fitted/predictive.csv")));
  std::string line;
  while (line.rfind("2,total(seen)", 0) != 0) ASSERT_TRUE(std::getline(lines, line));
  std::vector<std::string> cells;
  std::istringstream words(line);
  for (std::string cell; std::getline(words, cell, ',');) cells.push_back(cell);
  EXPECT_EQ(cells.at(3), "60");
  EXPECT_NEAR(std::stod(cells.at(4)), 50.0, 4 * std::sqrt(50.0 / 4000));
  EXPECT_NEAR(std::stod(cells.at(5)), poisson_quantile(50, 0.05), 1.0);
  EXPECT_NEAR(std::stod(cells.at(7)), poisson_quantile(50, 0.5), 1.0);
  EXPECT_NEAR(std::stod(cells.at(9)), poisson_quantile(50, 0.95), 1.0);
  EXPECT_NE(text_of(path("fitted/checks.csv")).find("total(seen),mean,60,"), std::string::npos);
}

}  // namespace
}  // namespace casus::cases
