// Trails, replays, ratios and their tails, against closed forms.
#include "inference/ratios.hpp"

#include "inference/evidence.hpp"
#include "inference/models.hpp"
#include "inference/prior.hpp"
#include "inference/smc.hpp"
#include "inference/workers.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::inference {
namespace {

const random::Law* law(std::string_view name) { return random::find_law(name); }

/// a fixed, both spreads free.
std::vector<PriorRow> rows() {
  return {{.value = 0.8},
          {.law = law("lognormal"), .arguments = {-0.5, 1.0}},
          {.law = law("lognormal"), .arguments = {0.0, 1.0}}};
}

std::vector<double> parameters_of(const Smc& smc) {
  std::vector<double> parameters;
  for (std::size_t set = 0; set < smc.n_sets(); ++set)
    parameters.insert(parameters.end(), smc.parameters(set).begin(), smc.parameters(set).end());
  return parameters;
}

TEST(Replay, TheSameVariantGivesTheSameLogLikelihoodsBitForBit) {
  const Model model =
      LinearGaussian::model({some_observations(40, 0.3), some_observations(40, 1.1)});
  const ScoredRun run = model.run();
  const NormalScores prior(rows());
  Alone alone;
  // Large sets have blocks of their own; with 4 particles they are doubled on the way.
  for (const std::uint32_t n_particles : {4U, 30U, 600U}) {
    const SmcOptions options{.bank = {.n_sets = 60, .n_particles = n_particles, .replication = 7},
                             .least_acceptance = n_particles == 4 ? 0.5 : 0.0,
                             .left = 0.9};
    Smc smc(run, prior, options);
    ASSERT_FALSE(smc.begin(alone.workers));
    ASSERT_FALSE(smc.finish(alone.workers));
    std::size_t longest = 0;
    for (const Trail& trail : smc.trails()) longest = std::max(longest, trail.size());
    if (n_particles == 4) {
      EXPECT_GT(smc.n_particles(), 4U);
    } else {
      EXPECT_GT(longest, 2U) << "no set ever changed its place";
    }
    BankOptions bank = options.bank;
    bank.n_particles = smc.n_particles();
    bank.boosts = smc.boosts();
    const Replayed again = replay(run, parameters_of(smc), smc.trails(), bank, alone.workers);
    ASSERT_FALSE(again.fault);
    for (std::size_t set = 0; set < smc.n_sets(); ++set)
      ASSERT_EQ(again.log_likelihoods[set], smc.log_likelihoods()[set]) << set;
    Together together;
    bank.n_lanes = 64;
    EXPECT_EQ(replay(run, parameters_of(smc), smc.trails(), bank, together.workers).log_likelihoods,
              again.log_likelihoods);
  }
}

TEST(Replay, TrailsSurviveAStop) {
  const Model model = LinearGaussian::model({some_observations(30, 0.3)});
  const ScoredRun run = model.run();
  const NormalScores prior(rows());
  const SmcOptions options{.bank = {.n_sets = 40, .n_particles = 20}};
  Alone alone;
  Smc smc(run, prior, options);
  ASSERT_FALSE(smc.begin(alone.workers));
  for (int i = 0; i < 15; ++i) ASSERT_FALSE(smc.advance(alone.workers));
  Smc other(run, prior, options);
  ASSERT_TRUE(other.from_bytes(smc.to_bytes(alone.workers)));
  ASSERT_FALSE(smc.finish(alone.workers));
  ASSERT_FALSE(other.finish(alone.workers));
  for (std::size_t set = 0; set < 40; ++set) EXPECT_EQ(smc.trails()[set], other.trails()[set]);
}

/// The evidence of fixed values against that of a prior, from the prior's posterior.
TEST(Ratios, GiveABayesFactorOnCommonRandomNumbers) {
  const std::vector<std::vector<double>> y{some_observations(40, 0.3)};
  const Model model = LinearGaussian::model(y);
  const ScoredRun run = model.run();
  const NormalScores prior({{.value = 0.8}, {.value = 0.6}, {.value = 0.9}});
  Alone alone;
  std::vector<double> by_run;
  for (std::uint32_t k = 0; k < 6; ++k) {
    const BankOptions bank{.n_sets = 100, .n_particles = 200, .replication = k};
    Smc smc(run, prior, {.bank = bank});
    ASSERT_FALSE(smc.begin(alone.workers));
    ASSERT_FALSE(smc.finish(alone.workers));
    std::vector<double> parameters;
    for (std::size_t set = 0; set < smc.n_sets(); ++set)
      parameters.insert(parameters.end(), {0.7, 0.7, 0.9});
    const Replayed there = replay(run, parameters, smc.trails(), bank, alone.workers);
    std::vector<double> ratios;
    for (std::size_t set = 0; set < smc.n_sets(); ++set)
      ratios.push_back(there.log_likelihoods[set] - smc.log_likelihoods()[set]);
    const RatioMean mean = ratio_mean(smc.weights(), ratios);
    EXPECT_GT(mean.effective_size, 20.0);
    by_run.push_back(mean.log_mean);
  }
  const Evidence pooled_runs = pooled(by_run);
  const double expected =
      LinearGaussian::exact(y, 0.7, 0.7, 0.9) - LinearGaussian::exact(y, 0.8, 0.6, 0.9);
  EXPECT_LT(pooled_runs.standard_error, 0.05);
  EXPECT_NEAR(pooled_runs.log_evidence, expected, 4.0 * pooled_runs.standard_error);
}

/// Quantiles of the generalised Pareto law with shape k and scale 1.
std::vector<double> pareto(double k, std::size_t n) {
  std::vector<double> x;
  for (std::size_t i = 0; i < n; ++i) {
    const double rest = 1.0 - (static_cast<double>(i) + 0.5) / static_cast<double>(n);
    x.push_back(k == 0.0 ? -std::log(rest) : (std::pow(rest, -k) - 1.0) / k);
  }
  return x;
}

TEST(Tails, TheShapeOfKnownLawsIsFound) {
  constexpr std::size_t n = 2000;
  for (const double k : {-0.3, 0.2, 0.5, 0.7, 1.2}) {
    const double expected = (k * n + 5.0) / (n + 10.0);
    EXPECT_NEAR(pareto_shape(pareto(k, n)), expected, 0.03) << k;
  }
}

TEST(Tails, RatiosWithoutAVarianceAreFound) {
  // e^(a x) of an exponential x has a Pareto tail of shape a.
  for (const double a : {0.2, 0.5, 0.9}) {
    std::vector<double> logs;
    for (const double x : pareto(0.0, 4000)) logs.push_back(a * x);
    EXPECT_NEAR(pareto_k(logs), a, 0.08) << a;
  }
  EXPECT_LT(pareto_k(std::vector<double>(100, 1.5)), 0.0) << "all alike";
  EXPECT_GT(pareto_k(std::vector<double>(10, 1.5)), 1e300) << "too few";
}

TEST(Ratios, WeightsAndRatiosMakeAMean) {
  const RatioMean mean =
      ratio_mean(std::vector{0.25, 0.75, 0.0}, std::vector{std::log(2.0), std::log(4.0), 100.0});
  EXPECT_NEAR(mean.log_mean, std::log(3.5), 1e-14);
  EXPECT_NEAR(mean.effective_size, 3.5 * 3.5 / (0.25 + 9.0), 1e-12);
  EXPECT_EQ(ratio_mean(std::vector{1.0}, std::vector{impossible}).log_mean, impossible);
}

}  // namespace
}  // namespace casus::inference
