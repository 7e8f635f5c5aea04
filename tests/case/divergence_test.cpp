#include "case/divergence.hpp"

#include "case/measures.hpp"
#include "case/toys.hpp"
#include "case/whatif.hpp"

#include <bit>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

Ensemble run(const language::Lowered& lowered, const EnsembleOptions& options,
             const Sharing& sharing) {
  Silent silent;
  Serial serial;
  return simulate(lowered, options, sharing, {.parallel = serial, .progress = silent});
}

std::vector<std::uint64_t> bits(const Ensemble& ensemble) {
  std::vector<std::uint64_t> all = bits_of(measures_of(ensemble));
  for (const Band& band : ensemble.bands.values) {
    all.push_back(std::bit_cast<std::uint64_t>(band.mean));
  }
  return all;
}

TEST(Divergence, IsTheFirstStepOfAnotherProgram) {
  const language::Lowered plain = chain(0.1, 0.2, 10);
  EXPECT_EQ(divergence_of(plain, plain), 10U);
  EXPECT_EQ(divergence_of(plain, changed_chain(0.1, 0.1, 0.2, 4, 10)), 10U);
  EXPECT_EQ(divergence_of(plain, changed_chain(0.1, 0.3, 0.2, 4, 10)), 4U);
  EXPECT_EQ(divergence_of(plain, changed_chain(0.3, 0.1, 0.2, 4, 10)), 0U);
  EXPECT_EQ(divergence_of(plain, chain(0.1, 0.2, 11)), 0U);
}

TEST(Divergence, WhatElseARunRestsOnCountsToo) {
  const language::Lowered plain = chain(0.1, 0.2, 10);
  language::Lowered other = plain;
  other.first_result_step = 3;
  EXPECT_EQ(divergence_of(plain, other), 0U);
  other = plain;
  other.accumulators[1].first_step = 2;
  EXPECT_EQ(divergence_of(plain, other), 0U);
  other = plain;
  other.series = {.n_steps = 10, .values = std::vector<double>(10, 1.0)};
  EXPECT_EQ(divergence_of(plain, other), 0U);
}

// With and without bands, and for histories beyond those that bands use.
TEST(Sharing, ChangesNoByte) {
  const language::Lowered plain = chain(0.1, 0.2, 12);
  const language::Lowered changed = changed_chain(0.1, 0.4, 0.2, 5, 12);
  const std::uint32_t parting = divergence_of(plain, changed);
  for (const EnsembleOptions& options :
       {EnsembleOptions{.n_sets = 30, .per_set = 7}, EnsembleOptions{.n_sets = 900, .per_set = 12},
        EnsembleOptions{.n_sets = 30, .per_set = 7, .keep_bands = false}}) {
    const Ensemble whole = run(plain, options, {});
    const Ensemble kept = run(plain, options, {.keep = {2, parting, 9}});
    EXPECT_EQ(bits(whole), bits(kept));
    ASSERT_EQ(kept.checkpoints.size(), 3U);
    ASSERT_EQ(kept.checkpoints[1].step, 5U);
    const Ensemble from =
        run(changed, options, {.from = &kept.checkpoints[1], .before = &kept.bands});
    EXPECT_EQ(bits(run(changed, options, {})), bits(from));
    EXPECT_NE(bits(whole), bits(from));
  }
}

}  // namespace
}  // namespace casus::cases
