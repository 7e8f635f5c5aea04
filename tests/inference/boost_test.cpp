// Steps in which each particle is drawn several times: unbiased, less noisy, the same numbers.
#include "inference/boost.hpp"

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

const random::Law* law(std::string_view name) { return random::find_law(name); }

constexpr double a = 0.8;
constexpr double sd_x = 0.6;
constexpr double sd_y = 0.3;
constexpr std::uint32_t jump = 12;

/// Waves, one jump that few particles foresee, and the way back.
std::vector<std::vector<double>> with_a_jump() {
  std::vector<double> y;
  for (std::uint32_t t = 0; t < 24; ++t) y.push_back(0.4 * std::sin(0.9 * t));
  for (std::uint32_t t = jump; t < 24; ++t) y[t] = 2.2 * std::pow(a, t - jump);
  return {y};
}

/// Estimates of the likelihood relative to the exact one.
struct Ratios {
  double mean = 0.0;
  double error = 0.0;   ///< of the mean
  double spread = 0.0;  ///< sd of one of them
};

Ratios ratios_of(const BankOptions& bank) {
  const std::vector<std::vector<double>> y = with_a_jump();
  const Model model = LinearGaussian::model(y);
  std::vector<double> parameters;
  for (std::size_t set = 0; set < bank.n_sets; ++set)
    parameters.insert(parameters.end(), {a, sd_x, sd_y});
  Alone alone;
  const FilterResult result = filter(model.run(), parameters, {.bank = bank}, alone.workers);
  EXPECT_FALSE(result.fault);
  const double exact = LinearGaussian::exact(y, a, sd_x, sd_y);
  const auto n = static_cast<double>(bank.n_sets);
  Ratios ratios;
  for (const double one : result.log_likelihoods) ratios.mean += std::exp(one - exact) / n;
  for (const double one : result.log_likelihoods) {
    const double away = std::exp(one - exact) - ratios.mean;
    ratios.spread += away * away / (n - 1.0);
  }
  ratios.spread = std::sqrt(ratios.spread);
  ratios.error = ratios.spread / std::sqrt(n);
  return ratios;
}

TEST(Boost, TheLikelihoodStaysUnbiased) {
  for (const Scheme& scheme : schemes()) {
    const Ratios ratios =
        ratios_of({.n_sets = 6000,
                   .n_particles = 40,
                   .scheme = &scheme,
                   .boosts = {{.step = 5, .factor = 3}, {.step = jump, .factor = 32}}});
    EXPECT_NEAR(ratios.mean, 1.0, 4.0 * ratios.error) << scheme.name;
    EXPECT_LT(ratios.error, 0.03) << scheme.name;
  }
}

/// The jump leaves about one in 400 of the particles: its noise falls as if there were 32 times as
/// many in that step.
TEST(Boost, TakesTheNoiseOutOfAStep) {
  const Ratios plain = ratios_of({.n_sets = 4000, .n_particles = 200});
  const Ratios boosted =
      ratios_of({.n_sets = 4000, .n_particles = 200, .boosts = {{.step = jump, .factor = 32}}});
  EXPECT_GT(plain.spread, 2.0 * boosted.spread);
}

TEST(Boost, NumbersDoNotDependOnThreadsOrBlocks) {
  const Model model = LinearGaussian::model(with_a_jump());
  // More sets than are drawn together, and a number of particles that fills no block.
  const std::size_t n_sets = 150;
  std::vector<double> parameters;
  for (std::size_t set = 0; set < n_sets; ++set)
    parameters.insert(parameters.end(), {a, 0.5 + 0.001 * static_cast<double>(set), sd_y});
  const auto run = [&](std::uint32_t n_lanes, Workers workers) {
    return filter(model.run(), parameters,
                  {.bank = {.n_sets = n_sets,
                            .n_particles = 30,
                            .boosts = {{.step = jump, .factor = 32}},
                            .n_lanes = n_lanes}},
                  workers);
  };
  Alone alone;
  Together together;
  const FilterResult expected = run(0, alone.workers);
  for (const std::uint32_t n_lanes : {0U, 64U, 512U}) {
    const FilterResult other = run(n_lanes, together.workers);
    EXPECT_EQ(other.log_likelihoods, expected.log_likelihoods);
    EXPECT_EQ(other.scores, expected.scores);
    EXPECT_EQ(other.effective_sizes, expected.effective_sizes);
  }
}

// ---- samplers boost where they must

/// Narrow, so that what is left of the error is the filters'.
constexpr double sd_of_log = 0.05;

struct Sampled {
  std::vector<std::vector<double>> y = with_a_jump();
  Model model = LinearGaussian::model(y);
  ScoredRun run = model.run();
  NormalScores prior{{{.value = a},
                      {.law = law("lognormal"), .arguments = {std::log(sd_x), sd_of_log}},
                      {.value = sd_y}}};
  SmcOptions options{.bank = {.n_sets = 50, .n_particles = 64}, .least_acceptance = 0.0};
  Alone alone;

  /// Over the normal score of the free sd.
  double exact() const {
    const double reference = LinearGaussian::exact(y, a, sd_x, sd_y);
    constexpr double width = 0.01;
    double sum = 0.0;
    for (double z = -7.0; z <= 7.0; z += width) {
      const double sd = sd_x * std::exp(sd_of_log * z);
      sum += std::exp(LinearGaussian::exact(y, a, sd, sd_y) - reference - 0.5 * z * z);
    }
    return reference + std::log(sum * width / std::sqrt(2.0 * std::numbers::pi));
  }
};

TEST(Boost, SamplersDrawMoreWhereADateLeavesFew) {
  Sampled some;
  Smc smc(some.run, some.prior, some.options);
  ASSERT_FALSE(smc.begin(some.alone.workers));
  ASSERT_FALSE(smc.finish(some.alone.workers));
  EXPECT_GE(smc.dates()[jump].n_draws, 16U);
  EXPECT_GE(smc.dates()[jump].state_effective_size, 3.0);
  for (const DateRecord& date : smc.dates()) EXPECT_LE(date.n_draws, smc.dates()[jump].n_draws);
  const auto found = [&](double least_effective) {
    SmcOptions options = some.options;
    options.least_effective = least_effective;
    const Repeats repeats = repeat(some.run, some.prior, options, 12, some.alone.workers);
    EXPECT_FALSE(repeats.fault);
    return pooled(repeats.log_evidences);
  };
  const Evidence boosted = found(0.25);
  EXPECT_NEAR(boosted.log_evidence, some.exact(), 4.0 * boosted.standard_error);
  EXPECT_LT(boosted.standard_error, 0.05);
  EXPECT_GT(found(0.0).standard_error, 2.0 * boosted.standard_error);
}

TEST(Boost, SamplersGoOnAfterAStopAndReplay) {
  Sampled some;
  const Workers workers = some.alone.workers;
  Smc smc(some.run, some.prior, some.options);
  ASSERT_FALSE(smc.begin(workers));
  while (!smc.is_done()) {
    ASSERT_FALSE(smc.advance(workers));
    if (smc.dates().size() != jump + 2) continue;
    Smc other(some.run, some.prior, some.options);
    ASSERT_TRUE(other.from_bytes(smc.to_bytes(workers)));
    ASSERT_FALSE(other.finish(workers));
    ASSERT_FALSE(smc.finish(workers));
    EXPECT_EQ(other.to_bytes(workers), smc.to_bytes(workers));
  }
  std::vector<double> parameters;
  for (std::size_t set = 0; set < smc.n_sets(); ++set)
    parameters.insert(parameters.end(), smc.parameters(set).begin(), smc.parameters(set).end());
  BankOptions bank = some.options.bank;
  bank.boosts = smc.boosts();
  ASSERT_FALSE(bank.boosts.empty());
  const Replayed again = replay(some.run, parameters, smc.trails(), bank, workers);
  ASSERT_FALSE(again.fault);
  EXPECT_TRUE(std::equal(again.log_likelihoods.begin(), again.log_likelihoods.end(),
                         smc.log_likelihoods().begin()));
}

/// A jump beyond all draws is an end, not a search without one.
TEST(Boost, HasAnEnd) {
  const Model model = static_model({0.0, 1.0, 0.0}, {}, 1, [](machine::Builder& b) {
    const machine::Value u =
        b.sample(*random::find_law("uniform"), std::array{b.constant(0.0), b.constant(1.0)}, 3);
    const machine::Value never = b.apply(machine::Op::less, b.add(u, b.series(0)), b.constant(1.0));
    return b.select(never, b.constant(-0.5), b.constant(impossible));
  });
  const NormalScores prior({{.law = law("beta"), .arguments = {2.0, 2.0}}});
  const ScoredRun run = model.run();
  Alone alone;
  Smc smc(run, prior, {.bank = {.n_sets = 8, .n_particles = 16}, .most_particles = 1024});
  ASSERT_FALSE(smc.begin(alone.workers));
  ASSERT_FALSE(smc.advance(alone.workers));
  const std::optional<Fault> fault = smc.finish(alone.workers);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->step, 1U);
}

}  // namespace
}  // namespace casus::inference
