#include "case/summarise.hpp"

#include "case/toys.hpp"
#include "case/whatif.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

Ensemble run(const language::Lowered& lowered, const EnsembleOptions& options) {
  Silent silent;
  Serial serial;
  return simulate(lowered, options, {.parallel = serial, .progress = silent});
}

// From 0 with up = 0.2 and no way down: first high is geometric.
TEST(Summarise, MeasuresOfEveryKind) {
  const language::Lowered lowered = chain(0.2, 0.0, 5);
  const Ensemble ensemble = run(lowered, {.n_sets = 1000, .per_set = 16});
  const auto summaries = summarise(lowered, plain_steps(5), ensemble);
  ASSERT_EQ(summaries.size(), 6U);

  const double p_high = 1.0 - std::pow(0.8, 5);
  const Estimate share = summaries[0].find("share")->estimate;
  EXPECT_NEAR(share.value, p_high, 4.0 * share.error);
  EXPECT_NEAR(share.error, std::sqrt(p_high * (1.0 - p_high) / 16'000.0), 0.0004);

  EXPECT_NEAR(summaries[1].find("share never")->estimate.value, 1.0 - p_high, 0.02);
  EXPECT_EQ(summaries[1].find("q10")->text, "1");  // P(first step) = 0.2
  EXPECT_EQ(summaries[1].find("q50")->text, "4");  // P(by 3) = 0.488, P(by 4) = 0.590
  EXPECT_EQ(summaries[1].find("q90")->text, "never");

  double mean = 0.0;  // sum over steps of P(high)
  for (int step = 1; step <= 5; ++step) mean += 1.0 - std::pow(0.8, step);
  const Estimate steps = summaries[2].find("mean")->estimate;
  EXPECT_NEAR(steps.value, mean, 4.0 * steps.error);
  const Estimate ratio = summaries[3].find("ratio")->estimate;
  EXPECT_DOUBLE_EQ(ratio.value, steps.value / 5.0);
  EXPECT_NEAR(ratio.error, steps.error / 5.0, 1e-12);

  EXPECT_DOUBLE_EQ(summaries[4].find("share of high")->estimate.value, share.value);
  EXPECT_DOUBLE_EQ(summaries[4].find("share of none")->estimate.value, 0.0);

  const Estimate given = summaries[5].find("mean")->estimate;
  EXPECT_NEAR(given.value, steps.value / share.value, 1e-12);
  EXPECT_EQ(summaries[5].n_counted, static_cast<std::size_t>(std::lround(share.value * 16'000.0)));
}

// x at end = n drift + noise: the mean over C sets of m histories has variance
// (n^2 spread^2 + n noise^2 / m) / C.
TEST(Summarise, ErrorsAreClusteredOnParameterSets) {
  const language::Lowered lowered = walk(0.5, 2.0, 9);
  const Ensemble ensemble = run(lowered, {.n_sets = 2000, .per_set = 16, .keep_bands = false});
  const Estimate mean = summarise(lowered, plain_steps(9), ensemble)[0].find("mean")->estimate;
  const double expected = std::sqrt((81.0 * 0.25 + 9.0 * 4.0 / 16.0) / 2000.0);
  EXPECT_NEAR(mean.error / expected, 1.0, 0.07);  // 4 / sqrt(2 * 2000)
  EXPECT_NEAR(mean.value, 0.0, 4.0 * expected);
}

TEST(Summarise, SaysWhenAlmostNoHistoryCounts) {
  const language::Lowered lowered = chain(0.001, 0.0, 2);
  const Ensemble ensemble = run(lowered, {.n_sets = 8, .per_set = 8});
  const auto summaries = summarise(lowered, plain_steps(2), ensemble);
  EXPECT_TRUE(summaries[5].too_few());
  EXPECT_FALSE(summaries[0].too_few());
}

TEST(WhatIf, WithoutADifferenceSaysSo) {
  const language::Lowered lowered = chain(0.2, 0.1, 5);
  const Ensemble one = run(lowered, {.n_sets = 20, .per_set = 4});
  const auto comparisons = compare(lowered, one, one);
  EXPECT_TRUE(nothing_differs(comparisons));
  EXPECT_EQ(comparisons[0].difference.value, 0.0);
  EXPECT_EQ(comparisons[0].difference.error, 0.0);
}

// With shared uniforms and no way down, a smaller `up` only takes away: nothing is caused, and
// what is averted is the whole difference.
TEST(WhatIf, MonotoneChainsAvertAndNeverCause) {
  const language::Lowered more = chain(0.3, 0.0, 4);
  const language::Lowered less = chain(0.1, 0.0, 4);
  const EnsembleOptions options{.n_sets = 500, .per_set = 8};
  const Ensemble baseline = run(more, options);
  const Ensemble changed = run(less, options);
  const Comparison high = compare(more, baseline, changed)[0];
  const double before = 1.0 - std::pow(0.7, 4);
  const double after = 1.0 - std::pow(0.9, 4);
  EXPECT_NEAR(high.difference.value, after - before, 4.0 * high.difference.error);
  EXPECT_LT(high.difference.error, high.baseline.error + high.changed.error);
  ASSERT_TRUE(high.averted.has_value());
  EXPECT_DOUBLE_EQ(high.averted->estimate.value, -high.difference.value);
  EXPECT_DOUBLE_EQ(high.caused->estimate.value, 0.0);
  EXPECT_NEAR(high.averted->least, high.baseline.value - high.changed.value, 1e-15);
  EXPECT_NEAR(high.averted->most, std::min(high.baseline.value, 1.0 - high.changed.value), 1e-15);
  EXPECT_EQ(high.n_different,
            static_cast<std::size_t>(std::lround(high.averted->estimate.value * 4000.0)));
}

TEST(WhatIf, LabelsNumbersAndDatesAreCompared) {
  const language::Lowered lowered = chain(0.3, 0.0, 4);
  const EnsembleOptions options{.n_sets = 50, .per_set = 8};
  const auto comparisons =
      compare(lowered, run(lowered, options), run(chain(0.1, 0.0, 4), options));
  // truth, date, number, ratio, three labels, number with a condition
  ASSERT_EQ(comparisons.size(), 8U);
  EXPECT_DOUBLE_EQ(comparisons[1].difference.value, -comparisons[0].difference.value);
  EXPECT_DOUBLE_EQ(comparisons[5].difference.value, comparisons[0].difference.value);
  EXPECT_FALSE(comparisons[7].averted.has_value());
}

}  // namespace
}  // namespace casus::cases
