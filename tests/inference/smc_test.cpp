// Evidence and posteriors against conjugate answers and numerical integrals; the same numbers after
// a stop, with any threads and any blocks.
#include "inference/smc.hpp"

#include "inference/evidence.hpp"
#include "models.hpp"
#include "workers.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::inference {
namespace {

const random::Law* law(std::string_view name) { return random::find_law(name); }

/// Of several runs of the sampler, each with its own replication.
Evidence evidence_of(const Model& model, const Prior& prior, const SmcOptions& options,
                     std::uint32_t n_repeats) {
  Alone alone;
  const Repeats repeats = repeat(model.run(), prior, options, n_repeats, alone.workers);
  EXPECT_FALSE(repeats.fault) << repeats.fault->what;
  return pooled(repeats.log_evidences);
}

void expect_evidence(const Evidence& found, double exact, double greatest_error) {
  EXPECT_NEAR(found.log_evidence, exact, 4.0 * found.standard_error);
  EXPECT_LT(found.standard_error, greatest_error);
}

/// y_t given all before it is normal, mu being normal(0, sd) at first.
double normal_normal(const std::vector<double>& y, double sd) {
  double mean = 0.0;
  double variance = sd * sd;
  double sum = 0.0;
  for (const double one : y) {
    const double total = variance + 1.0;
    sum -= 0.5 * (std::log(2.0 * std::numbers::pi * total) + (one - mean) * (one - mean) / total);
    mean += variance / total * (one - mean);
    variance /= total;
  }
  return sum;
}

TEST(Smc, NormalMeanWithNormalPrior) {
  const std::vector<double> y = some_observations(30, 0.4);
  const NormalScores prior({{.law = law("normal"), .arguments = {0.0, 2.0}}});
  expect_evidence(evidence_of(normal_mean(y), prior, {.bank = {.n_sets = 1000}}, 8),
                  normal_normal(y, 2.0), 0.05);
}

TEST(Smc, SuccessesWithBetaPrior) {
  const std::vector<double> y{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
  constexpr double n = 10.0;
  std::vector<double> choose;
  double total = 0.0;
  double exact = std::lgamma(5.0) - std::lgamma(2.0) - std::lgamma(3.0);
  for (const double one : y) {
    choose.push_back(std::lgamma(n + 1.0) - std::lgamma(one + 1.0) - std::lgamma(n - one + 1.0));
    exact += choose.back();
    total += one;
  }
  const double trials = n * static_cast<double>(y.size());
  exact += std::lgamma(2.0 + total) + std::lgamma(3.0 + trials - total) - std::lgamma(5.0 + trials);
  const NormalScores prior({{.law = law("beta"), .arguments = {2.0, 3.0}}});
  expect_evidence(evidence_of(successes(y, n, choose), prior, {.bank = {.n_sets = 1000}}, 8), exact,
                  0.05);
}

TEST(Smc, CountsWithGammaPrior) {
  const std::vector<double> y{2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9, 0, 4, 5};
  std::vector<double> log_factorial;
  double total = 0.0;
  double exact = 3.0 * std::log(0.5) - std::lgamma(3.0);
  for (const double one : y) {
    log_factorial.push_back(std::lgamma(one + 1.0));
    exact -= log_factorial.back();
    total += one;
  }
  exact += std::lgamma(3.0 + total) - (3.0 + total) * std::log(0.5 + static_cast<double>(y.size()));
  const NormalScores prior({{.law = law("gamma"), .arguments = {3.0, 0.5}}});
  expect_evidence(evidence_of(counts(y, log_factorial), prior, {.bank = {.n_sets = 1000}}, 8),
                  exact, 0.05);
}

TEST(Smc, TakesInADateThatIsTooMuchAtOnce) {
  const std::vector<double> y{80.0, 81.0, 79.5};
  const NormalScores prior({{.law = law("normal"), .arguments = {0.0, 40.0}}});
  const Model model = normal_mean(y);
  expect_evidence(evidence_of(model, prior, {.bank = {.n_sets = 2000}}, 8), normal_normal(y, 40.0),
                  0.1);
  Alone alone;
  const ScoredRun run = model.run();
  Smc smc(run, prior, {.bank = {.n_sets = 2000}});
  ASSERT_FALSE(smc.begin(alone.workers));
  ASSERT_FALSE(smc.finish(alone.workers));
  EXPECT_TRUE(smc.is_exact());
  EXPECT_GE(smc.dates()[0].n_tempered, 2U);
  EXPECT_GT(smc.dates()[0].acceptance, 0.3);
  EXPECT_EQ(smc.dates().back().log_evidence, smc.log_evidence());
  double mean = 0.0;
  for (std::size_t set = 0; set < smc.n_sets(); ++set) {
    mean += smc.weights()[set] * smc.parameters(set)[0];
  }
  EXPECT_NEAR(mean, 240.5 / (3.0 + 1.0 / 1600.0), 0.1);
}

// ---- a linear Gaussian model whose first sd is unknown: lognormal(log 0.6, 0.5)

constexpr double sd_of_log = 0.5;
const double log_median = std::log(0.6);

struct Integral {
  double log_evidence = 0.0;
  double mean_log_sd = 0.0;
};

/// Over the normal score of the sd, by the trapezoidal rule, which converges fast here.
Integral integral(const std::vector<std::vector<double>>& y) {
  double evidence = 0.0;
  double first_moment = 0.0;
  const double reference = LinearGaussian::exact(y, 0.8, 0.6, 0.9);
  constexpr double width = 0.01;
  for (double z = -7.0; z <= 7.0; z += width) {
    const double log_sd = log_median + sd_of_log * z;
    const double likelihood =
        std::exp(LinearGaussian::exact(y, 0.8, std::exp(log_sd), 0.9) - reference - 0.5 * z * z) *
        width / std::sqrt(2.0 * std::numbers::pi);
    evidence += likelihood;
    first_moment += likelihood * log_sd;
  }
  return {.log_evidence = reference + std::log(evidence), .mean_log_sd = first_moment / evidence};
}

std::vector<PriorRow> unknown_sd() {
  return {{.value = 0.8},
          {.law = law("lognormal"), .arguments = {log_median, sd_of_log}},
          {.value = 0.9}};
}

TEST(Smc, LinearGaussianWithAnUnknownSd) {
  const std::vector<std::vector<double>> y{some_observations(40, 0.3)};
  const NormalScores prior(unknown_sd());
  const Model model = LinearGaussian::model(y);
  const Integral exact = integral(y);
  expect_evidence(evidence_of(model, prior, {.bank = {.n_sets = 256, .n_particles = 100}}, 10),
                  exact.log_evidence, 0.1);
  Alone alone;
  const ScoredRun run = model.run();
  Smc smc(run, prior, {.bank = {.n_sets = 512, .n_particles = 100}});
  ASSERT_FALSE(smc.begin(alone.workers));
  ASSERT_FALSE(smc.finish(alone.workers));
  double mean = 0.0;
  for (std::size_t set = 0; set < smc.n_sets(); ++set) {
    mean += smc.weights()[set] * std::log(smc.parameters(set)[1]);
  }
  EXPECT_NEAR(mean, exact.mean_log_sd, 0.06);
  // One-step-ahead scores add up to the evidence, up to what moving between dates adds.
  double sum = 0.0;
  for (const double score : smc.scores()) sum += score;
  EXPECT_NEAR(sum, smc.log_evidence(), 0.2);
  EXPECT_GT(smc.dates().back().n_ancestors, 3U);
  EXPECT_GT(smc.dates().back().state_effective_size, 30.0);
}

TEST(Smc, EvidenceHoldsWhereParticlesAreDoubled) {
  const std::vector<std::vector<double>> y{some_observations(40, 0.3)};
  const NormalScores prior(unknown_sd());
  const Model model = LinearGaussian::model(y);
  const SmcOptions options{.bank = {.n_sets = 256, .n_particles = 4}, .least_acceptance = 0.5};
  expect_evidence(evidence_of(model, prior, options, 10), integral(y).log_evidence, 0.2);
  Alone alone;
  const ScoredRun run = model.run();
  Smc smc(run, prior, options);
  ASSERT_FALSE(smc.begin(alone.workers));
  ASSERT_FALSE(smc.finish(alone.workers));
  EXPECT_GT(smc.dates().back().n_particles, 4U);
}

// ---- the same numbers

/// Two series with gaps, at some dates in both.
std::vector<std::vector<double>> gappy() {
  std::vector<std::vector<double>> y{some_observations(20, 0.3), some_observations(20, 1.3)};
  for (const std::size_t t : {0U, 3U, 4U, 11U}) y[0][t] = y[1][t] = std::nan("");
  y[0][7] = y[1][12] = y[1][13] = std::nan("");
  return y;
}

struct Case {
  Model model = LinearGaussian::model(gappy());
  NormalScores prior{unknown_sd()};
  SmcOptions options{.bank = {.n_sets = 100, .n_particles = 6}, .least_acceptance = 0.9};
  ScoredRun run = model.run();
  Alone alone;

  std::vector<std::uint8_t> bytes_at_end(const SmcOptions& with, Workers workers) {
    Smc smc(run, prior, with);
    EXPECT_FALSE(smc.begin(workers));
    EXPECT_FALSE(smc.finish(workers));
    return smc.to_bytes(workers);
  }
};

TEST(Smc, GoesOnAfterAStopToTheSameNumbers) {
  Case some;
  const Workers workers = some.alone.workers;
  const std::vector<std::uint8_t> expected = some.bytes_at_end(some.options, workers);
  Smc smc(some.run, some.prior, some.options);
  ASSERT_FALSE(smc.begin(workers));
  std::uint32_t n_particles = 0;
  while (!smc.is_done()) {
    const std::vector<std::uint8_t> bytes = smc.to_bytes(workers);
    Smc other(some.run, some.prior, some.options);
    ASSERT_TRUE(other.from_bytes(bytes));
    ASSERT_FALSE(other.finish(workers));
    ASSERT_EQ(other.to_bytes(workers), expected);
    ASSERT_FALSE(smc.advance(workers));
    n_particles = smc.dates().back().n_particles;
  }
  EXPECT_GT(n_particles, 6U);
}

TEST(Smc, RefusesBytesOfAnother) {
  Case some;
  Smc smc(some.run, some.prior, some.options);
  ASSERT_FALSE(smc.begin(some.alone.workers));
  ASSERT_FALSE(smc.advance(some.alone.workers));
  const std::vector<std::uint8_t> bytes = smc.to_bytes(some.alone.workers);
  for (const std::size_t n :
       {std::size_t{0}, std::size_t{100}, bytes.size() / 2, bytes.size() - 1}) {
    Smc other(some.run, some.prior, some.options);
    EXPECT_FALSE(other.from_bytes(std::span(bytes).first(n))) << n;
  }
  some.options.bank.seed = 99;
  Smc other(some.run, some.prior, some.options);
  EXPECT_FALSE(other.from_bytes(bytes));
}

TEST(Smc, NumbersDoNotDependOnThreadsOrBlocks) {
  Case some;
  const std::vector<std::uint8_t> expected = some.bytes_at_end(some.options, some.alone.workers);
  Together together;
  EXPECT_EQ(some.bytes_at_end(some.options, together.workers), expected);
  for (const std::uint32_t n_lanes : {64U, 512U}) {
    SmcOptions options = some.options;
    options.bank.n_lanes = n_lanes;
    EXPECT_EQ(some.bytes_at_end(options, together.workers), expected);
  }
}

TEST(Smc, ARunAloneIsThatOfTheBatch) {
  Case some;
  const Repeats batch = repeat(some.run, some.prior, some.options, 3, some.alone.workers);
  for (std::uint32_t k = 0; k < 3; ++k) {
    SmcOptions options = some.options;
    options.bank.replication = k;
    const Repeats one = repeat(some.run, some.prior, options, 1, some.alone.workers);
    EXPECT_EQ(one.log_evidences[0], batch.log_evidences[k]);
  }
  EXPECT_NE(batch.log_evidences[0], batch.log_evidences[1]);
}

// ---- edges

TEST(Smc, SaysWhereNothingIsPossible) {
  const Model model = static_model({0.0, 0.0, 1.0}, {}, 1, [](machine::Builder& b) {
    const machine::Value happens = b.apply(machine::Op::less, b.parameter(0), b.series(0));
    return b.select(happens, b.constant(impossible), b.constant(-1.0));
  });
  const NormalScores prior({{.law = law("beta"), .arguments = {2.0, 2.0}}});
  const ScoredRun run = model.run();
  Alone alone;
  Smc smc(run, prior, {.bank = {.n_sets = 64}});
  ASSERT_FALSE(smc.begin(alone.workers));
  ASSERT_FALSE(smc.advance(alone.workers));
  EXPECT_DOUBLE_EQ(smc.log_evidence(), -1.0);
  const std::optional<Fault> fault = smc.finish(alone.workers);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->step, 2U);
  EXPECT_EQ(fault->what, "no parameter set makes what was observed possible");
}

/// Most draws from the prior are impossible: the evidence is the share of the others.
TEST(Smc, ImpossibleSetsAreOnlyWeights) {
  const Model model = static_model({0.05}, {}, 1, [](machine::Builder& b) {
    const machine::Value happens = b.apply(machine::Op::less, b.parameter(0), b.series(0));
    return b.select(happens, b.constant(-2.0), b.constant(impossible));
  });
  const NormalScores prior({{.law = law("uniform"), .arguments = {0.0, 1.0}}});
  expect_evidence(evidence_of(model, prior, {.bank = {.n_sets = 2000}}, 6), std::log(0.05) - 2.0,
                  0.1);
}

TEST(Smc, WithoutFreeParametersTheFiltersAreAveraged) {
  const std::vector<std::vector<double>> y{some_observations(20, 0.3)};
  const NormalScores prior({{.value = 0.8}, {.value = 0.6}, {.value = 0.9}});
  expect_evidence(
      evidence_of(LinearGaussian::model(y), prior, {.bank = {.n_sets = 50, .n_particles = 200}}, 5),
      LinearGaussian::exact(y, 0.8, 0.6, 0.9), 0.05);
}

TEST(Evidence, PoolsIndependentRuns) {
  const Evidence two = pooled(std::vector{std::log(1.0), std::log(3.0)});
  EXPECT_NEAR(two.log_evidence, std::log(2.0), 1e-14);
  // The sd of the logs is ln 3 / sqrt 2, that of the ratios 1/2 and 3/2 is 1 / sqrt 2.
  EXPECT_NEAR(two.standard_error, 0.5 * std::log(3.0), 1e-14);
  EXPECT_TRUE(std::isinf(pooled(std::vector{1.0}).standard_error));
  EXPECT_TRUE(std::isinf(pooled(std::vector{1.0, impossible}).standard_error));
}

}  // namespace
}  // namespace casus::inference
