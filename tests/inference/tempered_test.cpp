// Waste-free tempering against published and conjugate evidence.
#include "inference/tempered.hpp"

#include "inference/evidence.hpp"
#include "models.hpp"
#include "workers.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::inference {
namespace {

using machine::Builder;
using machine::Op;
using machine::Value;

std::vector<PriorRow> uniforms(std::size_t n, double low, double high) {
  return std::vector<PriorRow>(n, {.law = random::find_law("uniform"), .arguments = {low, high}});
}

Evidence evidence_of(const Model& model, const Prior& prior, TemperedOptions options,
                     std::uint32_t n_repeats) {
  Alone alone;
  const ScoredRun run = model.run();
  std::vector<double> found;
  for (options.replication = 0; options.replication < n_repeats; ++options.replication) {
    Tempered sampler(run, prior, options);
    EXPECT_FALSE(sampler.begin(alone.workers));
    EXPECT_FALSE(sampler.finish(alone.workers));
    found.push_back(sampler.log_evidence());
  }
  return pooled(found);
}

/// Two shells of radius 2 and width 0.1 round (-3.5, 0, ...) and (3.5, 0, ...); the prior is
/// uniform on [-6, 6]^d. Feroz, Hobson & Bridges 2009, MNRAS 398:1601-1614, section 6.2.
Model shells(std::size_t d) {
  return static_model({0.0}, {}, d, [d](Builder& b) {
    const auto shell = [&](double centre) {
      Value squares = b.constant(0.0);
      for (std::uint32_t i = 0; i < d; ++i) {
        const Value x = b.subtract(b.parameter(i), b.constant(i == 0 ? centre : 0.0));
        squares = b.add(squares, b.multiply(x, x));
      }
      const Value radius = b.apply(Op::square_root, squares);
      return normal_score(b, radius, b.constant(2.0), b.constant(0.1));
    };
    const Value left = shell(-3.5);
    const Value right = shell(3.5);
    return b.add(left, b.apply(Op::softplus, b.subtract(right, left)));
  });
}

TEST(Tempered, GaussianShells) {
  struct Published {
    std::size_t n_dimensions = 0;
    double log_evidence = 0.0;
  };
  for (const auto& [d, exact] : {Published{2, -1.75}, Published{5, -5.67}}) {
    const NormalScores prior(uniforms(d, -6.0, 6.0));
    const Evidence found = evidence_of(shells(d), prior, {.n_chains = 512, .chain_length = 40}, 6);
    EXPECT_NEAR(found.log_evidence, exact, 4.0 * found.standard_error + 0.005) << d;
    EXPECT_LT(found.standard_error, 0.08) << d;
  }
}

/// (2 + cos(x / 2) cos(y / 2))^5 on [0, 10 pi]^2: eighteen modes. The same source, section 6.1.
TEST(Tempered, EggBox) {
  const Model model = static_model({0.0}, {}, 2, [](Builder& b) {
    const auto wave = [&](std::uint32_t i) {
      return b.apply(Op::cosine, b.multiply(b.constant(0.5), b.parameter(i)));
    };
    const Value height = b.add(b.constant(2.0), b.multiply(wave(0), wave(1)));
    return b.apply(Op::power, height, b.constant(5.0));
  });
  const NormalScores prior(uniforms(2, 0.0, 10.0 * std::numbers::pi));
  const Evidence found = evidence_of(model, prior, {.n_chains = 512, .chain_length = 40}, 12);
  EXPECT_NEAR(found.log_evidence, 235.88, 4.0 * found.standard_error + 0.005);
  EXPECT_LT(found.standard_error, 0.08);
}

TEST(Tempered, SuccessesWithBetaPrior) {
  const std::vector<double> y{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
  const std::vector<double> none(y.size());
  double total = 0.0;
  for (const double one : y) total += one;
  const double exact = std::lgamma(5.0) - std::lgamma(2.0) - std::lgamma(3.0) +
                       std::lgamma(2.0 + total) + std::lgamma(123.0 - total) - std::lgamma(125.0);
  const NormalScores prior({{.law = random::find_law("beta"), .arguments = {2.0, 3.0}}});
  const Model model = successes(y, 10.0, none);
  const Evidence found = evidence_of(model, prior, {}, 8);
  EXPECT_NEAR(found.log_evidence, exact, 4.0 * found.standard_error);
  EXPECT_LT(found.standard_error, 0.05);

  Alone alone;
  const ScoredRun run = model.run();
  Tempered sampler(run, prior, {});
  ASSERT_FALSE(sampler.begin(alone.workers));
  ASSERT_FALSE(sampler.finish(alone.workers));
  double mean = 0.0;
  const std::vector<double> weights = sampler.weights();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    double p = 0.0;
    prior.parameters(sampler.free().subspan(i, 1), {&p, 1});
    mean += weights[i] * p;
  }
  EXPECT_NEAR(mean, (2.0 + total) / 125.0, 0.003);
  EXPECT_EQ(sampler.temperatures().back().power, 1.0);
}

TEST(Tempered, GoesOnAfterAStopToTheSameNumbersOnAnyThreads) {
  const Model model = shells(3);
  const ScoredRun run = model.run();
  const NormalScores prior(uniforms(3, -6.0, 6.0));
  const TemperedOptions options{.n_chains = 100, .chain_length = 5};
  Alone alone;
  Together together;
  Tempered sampler(run, prior, options);
  ASSERT_FALSE(sampler.begin(alone.workers));
  std::vector<std::vector<std::uint8_t>> stops;
  while (!sampler.is_done()) {
    stops.push_back(sampler.to_bytes());
    ASSERT_FALSE(sampler.advance(alone.workers));
  }
  EXPECT_GT(stops.size(), 3U);
  for (const std::vector<std::uint8_t>& stop : stops) {
    TemperedOptions small = options;
    small.n_lanes = 64;
    Tempered other(run, prior, small);
    ASSERT_TRUE(other.from_bytes(stop));
    ASSERT_FALSE(other.finish(together.workers));
    EXPECT_EQ(other.to_bytes(), sampler.to_bytes());
  }
  Tempered other(run, prior, options);
  EXPECT_FALSE(other.from_bytes(std::span(stops[1]).first(stops[1].size() - 8)));
}

}  // namespace
}  // namespace casus::inference
