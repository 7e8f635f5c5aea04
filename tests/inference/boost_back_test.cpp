// Boosts that go back a step, where what an observation asks for was drawn before it: unbiased,
// less noisy, the same numbers, and found by samplers.
#include "inference/evidence.hpp"
#include "inference/filter.hpp"
#include "inference/models.hpp"
#include "inference/ratios.hpp"
#include "inference/smc.hpp"
#include "inference/workers.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::inference {
namespace {

constexpr double a = 0.8;
constexpr double sd_x = 0.6;
constexpr double sd_y = 0.3;
constexpr std::uint32_t jump = 8;
constexpr std::uint32_t n_steps = 14;

/// x' = a x + sd_x e, and what is observed in a step is x as it was when the step began.
Model seen_late(const std::vector<double>& y) {
  Model model;
  model.n_steps = static_cast<std::uint32_t>(y.size());
  model.n_states = 1;
  model.n_parameters = 3;
  model.series = {.n_steps = y.size(), .values = y};
  machine::Builder initial;
  initial.write_state(0, normal_draw(initial, initial.constant(0.0), initial.constant(1.0), 5));
  model.initial = initial.finish();
  machine::Builder b;
  const machine::Value mean = b.multiply(b.parameter(0), b.state(0));
  b.write_state(0, normal_draw(b, mean, b.parameter(1), 6));
  b.write_output(0, normal_score(b, b.series(0), b.state(0), b.parameter(2)));
  model.step = b.finish();
  return model;
}

std::vector<double> with_a_jump() {
  std::vector<double> y;
  for (std::uint32_t t = 0; t < n_steps; ++t)
    y.push_back(t < jump ? 0.3 * std::sin(0.9 * t) : 2.0 * std::pow(a, t - jump));
  return y;
}

/// Kalman 1960, the state seen before it moves.
double exact_at(double spread) {
  double log_likelihood = 0.0;
  double mean = 0.0;
  double variance = 1.0;
  for (const double y : with_a_jump()) {
    const double total = variance + sd_y * sd_y;
    const double error = y - mean;
    log_likelihood -= 0.5 * (std::log(2.0 * std::numbers::pi * total) + error * error / total);
    mean = a * (mean + variance / total * error);
    variance = a * a * variance * sd_y * sd_y / total + spread * spread;
  }
  return log_likelihood;
}

const Boosts here{{.step = jump, .factor = 32}};
const Boosts back{{.step = jump, .factor = 32, .back = 1}};

FilterResult filtered(const BankOptions& bank, Workers workers) {
  const Model model = seen_late(with_a_jump());
  std::vector<double> parameters;
  for (std::size_t set = 0; set < bank.n_sets; ++set)
    parameters.insert(parameters.end(), {a, sd_x, sd_y});
  return filter(model.run(), parameters, {.bank = bank}, workers);
}

/// Mean and standard deviation of likelihood estimates, the exact one being 1.
std::pair<double, double> ratios_of(const BankOptions& bank) {
  Alone alone;
  const FilterResult result = filtered(bank, alone.workers);
  EXPECT_FALSE(result.fault);
  const auto n = static_cast<double>(bank.n_sets);
  double mean = 0.0;
  double square = 0.0;
  for (const double one : result.log_likelihoods) {
    const double ratio = std::exp(one - exact_at(sd_x));
    mean += ratio / n;
    square += ratio * ratio / n;
  }
  return {mean, std::sqrt(square - mean * mean)};
}

TEST(BoostBack, TheLikelihoodStaysUnbiased) {
  constexpr std::size_t n = 8000;
  for (const std::uint32_t n_back : {1U, 3U}) {
    const auto [mean, sd] =
        ratios_of({.n_sets = n,
                   .n_particles = 100,
                   .boosts = {{.step = 3, .factor = 3, .back = n_back},
                              {.step = jump, .factor = 32, .back = n_back},
                              {.step = jump + 1, .factor = 2, .back = n_back}}});
    const double error = sd / std::sqrt(static_cast<double>(n));
    EXPECT_NEAR(mean, 1.0, 4.0 * error) << n_back;
    EXPECT_LT(error, 0.03) << n_back;
  }
}

/// Drawing the jump's own step many times tells nothing new of a state drawn before it.
TEST(BoostBack, TakesTheNoiseOutWhereTheStepItselfCannot) {
  const double plain = ratios_of({.n_sets = 4000, .n_particles = 100}).second;
  const double boosted = ratios_of({.n_sets = 4000, .n_particles = 100, .boosts = here}).second;
  const double with_back = ratios_of({.n_sets = 4000, .n_particles = 100, .boosts = back}).second;
  EXPECT_GT(boosted, 0.7 * plain);
  EXPECT_GT(plain, 2.0 * with_back);
}

TEST(BoostBack, NumbersDoNotDependOnThreadsOrBlocks) {
  const BankOptions bank{.n_sets = 150, .n_particles = 30, .boosts = back};
  Alone alone;
  Together together;
  const FilterResult expected = filtered(bank, alone.workers);
  for (const std::uint32_t n_lanes : {0U, 64U, 512U}) {
    BankOptions other = bank;
    other.n_lanes = n_lanes;
    const FilterResult result = filtered(other, together.workers);
    EXPECT_EQ(result.log_likelihoods, expected.log_likelihoods);
    EXPECT_EQ(result.scores, expected.scores);
  }
}

constexpr double sd_of_log = 0.05;

struct Sampled {
  Model model = seen_late(with_a_jump());
  ScoredRun run = model.run();
  NormalScores prior{
      {{.value = a},
       {.law = random::find_law("lognormal"), .arguments = {std::log(sd_x), sd_of_log}},
       {.value = sd_y}}};
  SmcOptions options{.bank = {.n_sets = 50, .n_particles = 64}, .least_acceptance = 0.0};
  Alone alone;

  double exact() const {
    constexpr double width = 0.01;
    double sum = 0.0;
    for (double z = -7.0; z <= 7.0; z += width)
      sum += std::exp(exact_at(sd_x * std::exp(sd_of_log * z)) - exact_at(sd_x) - 0.5 * z * z);
    return exact_at(sd_x) + std::log(sum * width / std::sqrt(2.0 * std::numbers::pi));
  }
};

TEST(BoostBack, SamplersFindWhereToGoBack) {
  Sampled some;
  const auto found = [&](const SmcOptions& options) {
    const Repeats repeats = repeat(some.run, some.prior, options, 60, some.alone.workers);
    EXPECT_FALSE(repeats.fault);
    return pooled(repeats.log_evidences);
  };
  Smc smc(some.run, some.prior, some.options);
  ASSERT_FALSE(smc.begin(some.alone.workers));
  ASSERT_FALSE(smc.finish(some.alone.workers));
  const Boost boost = boost_at(smc.boosts(), jump);
  EXPECT_GE(boost.factor, 4U);
  EXPECT_EQ(boost.back, 1U);
  const Evidence evidence = found(some.options);
  EXPECT_NEAR(evidence.log_evidence, some.exact(), 4.0 * evidence.standard_error);
  EXPECT_LT(evidence.standard_error, 0.025);
  SmcOptions never = some.options;
  never.least_effective = 0.0;
  EXPECT_GT(found(never).standard_error, 1.5 * evidence.standard_error);
}

/// Sets change places, move and go to disk while what a boost goes back to is kept.
TEST(BoostBack, SamplersGoOnAfterAStopAndReplay) {
  Sampled some;
  const Workers workers = some.alone.workers;
  some.options.bank.boosts = back;
  some.options.bank.n_sets = 20;
  for (std::uint32_t stop = jump - 1; stop <= jump + 1; ++stop) {
    Smc smc(some.run, some.prior, some.options);
    ASSERT_FALSE(smc.begin(workers));
    while (smc.dates().size() < stop) ASSERT_FALSE(smc.advance(workers));
    Smc other(some.run, some.prior, some.options);
    ASSERT_TRUE(other.from_bytes(smc.to_bytes(workers)));
    ASSERT_FALSE(other.finish(workers));
    ASSERT_FALSE(smc.finish(workers));
    EXPECT_EQ(other.to_bytes(workers), smc.to_bytes(workers));
    std::vector<double> parameters;
    for (std::size_t set = 0; set < smc.n_sets(); ++set)
      parameters.insert(parameters.end(), smc.parameters(set).begin(), smc.parameters(set).end());
    BankOptions bank = some.options.bank;
    bank.boosts = smc.boosts();
    const Replayed again = replay(some.run, parameters, smc.trails(), bank, workers);
    ASSERT_FALSE(again.fault);
    EXPECT_TRUE(std::equal(again.log_likelihoods.begin(), again.log_likelihoods.end(),
                           smc.log_likelihoods().begin()));
  }
}

}  // namespace
}  // namespace casus::inference
