// The filter against exact likelihoods, and its numbers under any division of the work.
#include "inference/filter.hpp"

#include "inference/weights.hpp"
#include "models.hpp"
#include "workers.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

namespace casus::inference {
namespace {

FilterResult run_filter(const Model& model, const std::vector<double>& parameters,
                        const FilterOptions& options) {
  Alone alone;
  return filter(model.run(), parameters, options, alone.workers);
}

constexpr double a = 0.8;
constexpr double sd_x = 0.6;
constexpr double sd_y = 0.9;
const std::vector<double> truth{a, sd_x, sd_y};

TEST(Filter, MeetsKalman) {
  const std::vector<std::vector<double>> y{some_observations(60, 0.3)};
  const Model model = LinearGaussian::model(y);
  const FilterResult result = run_filter(model, truth, {.bank = {.n_particles = 200'000}});
  ASSERT_FALSE(result.fault);
  EXPECT_FALSE(result.is_exact);
  const std::vector<double> exact = LinearGaussian::exact_scores(y, a, sd_x, sd_y);
  for (std::size_t t = 0; t < exact.size(); ++t) {
    EXPECT_NEAR(result.score(0, t, 0), exact[t], 0.02) << t;
  }
  EXPECT_NEAR(result.log_likelihoods[0], LinearGaussian::exact(y, a, sd_x, sd_y), 0.03);
}

TEST(Filter, SplitsAStepIntoItsColumns) {
  std::vector<std::vector<double>> y{some_observations(30, 0.3), some_observations(30, 1.1),
                                     some_observations(30, 2.0)};
  y[0][4] = y[1][4] = y[2][4] = y[1][9] = y[2][20] = y[0][21] = std::nan("");
  const Model model = LinearGaussian::model(y);
  const FilterResult result = run_filter(model, truth, {.bank = {.n_particles = 100'000}});
  const std::vector<double> exact = LinearGaussian::exact_scores(y, a, sd_x, sd_y);
  double total = 0.0;
  for (std::size_t t = 0; t < 30; ++t) {
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_NEAR(result.score(0, t, j), exact[3 * t + j], 0.03) << t << " " << j;
      total += result.score(0, t, j);
    }
  }
  EXPECT_EQ(result.score(0, 4, 1), 0.0);
  EXPECT_NEAR(result.log_likelihoods[0], total, 1e-10);
}

TEST(Filter, MeetsTheForwardAlgorithm) {
  std::vector<double> y;
  for (std::size_t t = 0; t < 50; ++t) y.push_back(t * t % 7 < 3 ? 1.0 : 0.0);
  const Model model = TwoStates::model(y);
  for (const Scheme& scheme : schemes()) {
    const FilterResult result =
        run_filter(model, {0.8, 0.9}, {.bank = {.n_particles = 60'000, .scheme = &scheme}});
    EXPECT_NEAR(result.log_likelihoods[0], TwoStates::exact(y, 0.8, 0.9), 0.05) << scheme.name;
  }
}

struct Spread {
  double mean = 0.0;  ///< of exp(estimate - exact)
  double error = 0.0;
  double variance = 0.0;
};

Spread over_seeds(const Model& model, double exact, BankOptions options, std::uint64_t n_seeds) {
  std::vector<double> ratios;
  for (std::uint64_t seed = 0; seed < n_seeds; ++seed) {
    options.seed = 1000 + seed;
    const FilterResult result = run_filter(model, truth, {.bank = options});
    ratios.push_back(std::exp(result.log_likelihoods[0] - exact));
  }
  const auto n = static_cast<double>(n_seeds);
  Spread spread;
  for (const double ratio : ratios) spread.mean += ratio / n;
  for (const double ratio : ratios) {
    spread.variance += (ratio - spread.mean) * (ratio - spread.mean) / (n - 1.0);
  }
  spread.error = std::sqrt(spread.variance / n);
  return spread;
}

TEST(Filter, LikelihoodsAreUnbiasedUnderEverySchemeAndRule) {
  const std::vector<std::vector<double>> y{some_observations(25, 0.3)};
  const Model model = LinearGaussian::model(y);
  const double exact = LinearGaussian::exact(y, a, sd_x, sd_y);
  for (const Scheme& scheme : schemes()) {
    for (const When when : {When::below_half, When::always, When::never}) {
      const Spread spread =
          over_seeds(model, exact, {.n_particles = 100, .scheme = &scheme, .when = when}, 200);
      EXPECT_NEAR(spread.mean, 1.0, 3.5 * spread.error) << scheme.name;
      EXPECT_LT(spread.error, when == When::never ? 0.3 : 0.05) << scheme.name;
    }
  }
}

TEST(Filter, VarianceFallsAsOneOverTheNumberOfParticles) {
  const std::vector<std::vector<double>> y{some_observations(25, 0.3)};
  const Model model = LinearGaussian::model(y);
  const double exact = LinearGaussian::exact(y, a, sd_x, sd_y);
  const double few = over_seeds(model, exact, {.n_particles = 250}, 400).variance;
  const double many = over_seeds(model, exact, {.n_particles = 4000}, 400).variance;
  // The ratio of two variances with 399 degrees of freedom has a standard deviation near 10 %.
  EXPECT_NEAR(few / many, 16.0, 16.0 * 0.4);
}

TEST(Filter, SetsDoNotDisturbEachOther) {
  const std::vector<std::vector<double>> y{some_observations(40, 0.3)};
  const Model model = LinearGaussian::model(y);
  std::vector<double> parameters;
  for (int set = 0; set < 30; ++set) {
    const double x = 0.02 * set;
    parameters.insert(parameters.end(), {0.5 + x, 0.4 + x, 0.8 + x});
  }
  const FilterResult all =
      run_filter(model, parameters, {.bank = {.n_sets = 30, .n_particles = 501}});
  const FilterResult first = run_filter(model, {parameters.begin(), parameters.begin() + 12},
                                        {.bank = {.n_sets = 4, .n_particles = 501}});
  for (std::size_t set = 0; set < 30; ++set) {
    const double* const p = &parameters[3 * set];
    EXPECT_NEAR(all.log_likelihoods[set], LinearGaussian::exact(y, p[0], p[1], p[2]), 1.5);
  }
  for (std::size_t set = 0; set < 4; ++set) {
    EXPECT_EQ(all.log_likelihoods[set], first.log_likelihoods[set]);
  }
}

void expect_same(const FilterResult& x, const FilterResult& y) {
  EXPECT_EQ(x.log_likelihoods, y.log_likelihoods);
  EXPECT_EQ(x.scores, y.scores);
  EXPECT_EQ(x.effective_sizes, y.effective_sizes);
  ASSERT_EQ(x.lineages.size(), y.lineages.size());
  for (std::size_t set = 0; set < x.lineages.size(); ++set) {
    EXPECT_EQ(x.lineages[set].distinct(), y.lineages[set].distinct());
    EXPECT_EQ(x.lineages[set].places(7), y.lineages[set].places(7));
  }
}

TEST(Filter, NumbersDoNotDependOnThreadsOrBlocks) {
  const Model model =
      LinearGaussian::model({some_observations(20, 0.3), some_observations(20, 1.0)});
  TwoThreads threads;
  Alone alone;
  const Workers two{threads, alone.silent};
  for (const std::uint32_t n_particles : {37U, 128U, 1000U, 10'001U}) {
    const std::size_t n_sets = n_particles > 5000 ? 3 : 40;
    std::vector<double> parameters;
    for (std::size_t set = 0; set < n_sets; ++set) {
      parameters.insert(parameters.end(), {a, sd_x + 0.01 * static_cast<double>(set), sd_y});
    }
    FilterOptions options{.bank = {.n_sets = n_sets, .n_particles = n_particles}, .ancestry = true};
    for (const When when : {When::below_half, When::always}) {
      options.bank.when = when;
      options.bank.n_lanes = 256;
      const FilterResult one = filter(model.run(), parameters, options, alone.workers);
      ASSERT_FALSE(one.fault);
      expect_same(one, filter(model.run(), parameters, options, two));
      options.bank.n_lanes = 64;
      expect_same(one, filter(model.run(), parameters, options, two));
      for (const std::string_view target : machine::kernel_targets()) {
        options.bank.kernels = machine::kernels_of(target);
        expect_same(one, filter(model.run(), parameters, options, alone.workers));
      }
      options.bank.kernels = nullptr;
    }
  }
}

TEST(Filter, ReplicationsAndEpochsShareNoDraws) {
  const Model model = LinearGaussian::model({some_observations(20, 0.3)});
  const auto value = [&](std::uint32_t epoch, std::uint32_t replication) {
    return run_filter(model, truth,
                      {.bank = {.n_particles = 64, .replication = replication, .epoch = epoch}})
        .log_likelihoods[0];
  };
  EXPECT_EQ(value(0, 0), value(0, 0));
  EXPECT_NE(value(0, 0), value(1, 0));
  EXPECT_NE(value(0, 0), value(0, 1));
  EXPECT_NE(value(1, 0), value(0, 1));
}

/// Nothing is drawn that scores see: a drift with normal errors.
Model drift(const std::vector<double>& y) {
  Model model;
  model.n_steps = static_cast<std::uint32_t>(y.size());
  model.n_states = 2;
  model.n_parameters = 2;
  model.series = {.n_steps = y.size(), .values = y};
  machine::Builder initial;
  initial.write_state(0, initial.parameter(1));
  initial.write_state(1, initial.uniform(8));
  model.initial = initial.finish();
  machine::Builder b;
  const machine::Value next = b.add(b.state(0), b.parameter(0));
  b.write_state(0, next);
  b.write_state(1, b.uniform(9));
  b.write_output(0, normal_score(b, b.series(0), next, b.constant(1.0)));
  model.step = b.finish();
  return model;
}

TEST(Filter, IsExactWhereScoresSeeNoDraws) {
  const std::vector<double> y = some_observations(40, 0.3);
  const Model model = drift(y);
  EXPECT_TRUE(is_exact(model.run()));
  EXPECT_FALSE(is_exact(LinearGaussian::model({y}).run()));
  std::vector<double> parameters;
  std::vector<double> expected;
  for (int set = 0; set < 100; ++set) {
    parameters.insert(parameters.end(), {0.01 * set, 0.5 - 0.03 * set});
    double sum = 0.0;
    for (std::size_t t = 0; t < y.size(); ++t) {
      const double z = y[t] - (0.5 - 0.03 * set) - 0.01 * set * static_cast<double>(t + 1);
      sum -= 0.5 * (z * z + std::log(2.0 * std::numbers::pi));
    }
    expected.push_back(sum);
  }
  const FilterResult result = run_filter(model, parameters, {.bank = {.n_sets = 100}});
  EXPECT_TRUE(result.is_exact);
  for (std::size_t set = 0; set < 100; ++set) {
    EXPECT_NEAR(result.log_likelihoods[set], expected[set], 1e-11 * std::abs(expected[set]));
  }
}

/// A walk on the line that must be where it is seen; parameter 0 is the chance of a step upwards.
Model seen_walk(const std::vector<double>& seen) {
  Model model;
  model.n_steps = static_cast<std::uint32_t>(seen.size());
  model.n_states = 1;
  model.n_parameters = 1;
  model.series = {.n_steps = seen.size(), .values = seen};
  machine::Builder initial;
  initial.write_state(0, initial.constant(0.0));
  model.initial = initial.finish();
  machine::Builder b;
  const machine::Value up = b.apply(machine::Op::less, b.uniform(4), b.parameter(0));
  const machine::Value next = b.add(b.state(0), b.select(up, b.constant(1.0), b.constant(-1.0)));
  b.write_state(0, next);
  const machine::Value here = b.apply(machine::Op::equal, next, b.series(0));
  b.write_output(0, b.select(here, b.constant(0.0), b.constant(impossible)));
  model.step = b.finish();
  return model;
}

TEST(Filter, ImpossibleIsAValueOfASet) {
  const Model model = seen_walk({1.0, 2.0, 1.0, 0.0});
  const FilterResult result = run_filter(
      model, {0.6, 0.0, 0.3}, {.bank = {.n_sets = 3, .n_particles = 20'000}, .ancestry = true});
  ASSERT_FALSE(result.fault);
  EXPECT_NEAR(result.log_likelihoods[0], std::log(0.36 * 0.16), 0.05);
  EXPECT_NEAR(result.log_likelihoods[2], std::log(0.09 * 0.49), 0.05);
  EXPECT_EQ(result.log_likelihoods[1], impossible);
  EXPECT_EQ(result.score(1, 0, 0), impossible);
  EXPECT_EQ(result.score(1, 3, 0), 0.0);
  EXPECT_EQ(result.effective_sizes[1 * 4 + 3], 0.0);
}

TEST(Filter, LinesOfDescentKeepWhatWasSeen) {
  const Model model = seen_walk({1.0, 2.0, 1.0, 0.0});
  const FilterResult result = run_filter(
      model, {0.5}, {.bank = {.n_particles = 512, .when = When::always}, .ancestry = true});
  const std::vector<std::uint32_t> distinct = result.lineages[0].distinct();
  ASSERT_EQ(distinct.size(), 4U);
  EXPECT_LT(distinct[0], distinct[2]);
  EXPECT_LE(distinct[0], 512U);
  EXPECT_EQ(distinct[3], 512U);
  // Replayed from the addresses of its places, a survivor's path steps as it was seen to.
  const random::Key key = random::key_of(1, {.purpose = random::Purpose::history});
  const std::vector<std::uint32_t> places = result.lineages[0].places(100);
  const std::vector<bool> up{true, true, false};
  for (std::uint32_t step = 0; step < 3; ++step) {
    const random::Stream at{.key = key, .slot = places[step], .step = step, .site = 4};
    EXPECT_EQ(at.uniform() < 0.5, up[step]) << step;
  }
}

TEST(Filter, NamesWhatIsNoNumber) {
  Model model = seen_walk({1.0, 2.0, 1.0, 0.0});
  machine::Builder b;
  b.set_origin(b.add_origin({.name = "pace", .span = {}}));
  const machine::Value down = b.apply(machine::Op::less, b.parameter(0), b.uniform(4));
  const machine::Value next = b.subtract(b.state(0), down);
  const machine::Value root = b.apply(machine::Op::logarithm, b.add(next, b.constant(2.5)));
  b.write_state(0, next);
  b.must_be_finite(root);
  b.write_output(0, next);
  model.step = b.finish();
  const FilterResult result =
      run_filter(model, {1.0, 0.4}, {.bank = {.n_sets = 2, .n_particles = 300, .n_lanes = 64}});
  ASSERT_TRUE(result.fault);
  EXPECT_EQ(result.fault->set, 1U);
  EXPECT_EQ(result.fault->step, 2U);
  EXPECT_EQ(result.fault->what, "log of -0.5");
  EXPECT_EQ(result.fault->program->origins[result.fault->origin].name, "pace");
}

TEST(Filter, AScoreThatIsNoNumberIsAFault) {
  Model model = seen_walk({1.0, 2.0, 1.0, 0.0});
  machine::Builder b;
  b.write_state(0, b.state(0));
  b.write_output(0, b.apply(machine::Op::logarithm, b.subtract(b.uniform(2), b.parameter(0))));
  model.step = b.finish();
  const FilterResult result = run_filter(model, {0.01}, {.bank = {.n_particles = 300}});
  ASSERT_TRUE(result.fault);
  EXPECT_EQ(result.fault->what, "score 0 is nan");
}

}  // namespace
}  // namespace casus::inference
