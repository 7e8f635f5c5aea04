#include "case/memory.hpp"

#include "case/toys.hpp"

#include <gtest/gtest.h>

namespace casus::cases {
namespace {

TEST(Memory, GrowsWithHistoriesAndIsBoundedInSteps) {
  const language::Lowered lowered = chain(0.1, 0.3, 5);
  const double small = memory_of_runs(lowered, {.n_sets = 16, .per_set = 16}, 1, 0);
  const double large = memory_of_runs(lowered, {.n_sets = 16'000'000, .per_set = 16}, 1, 0);
  EXPECT_LT(small, 1e6);
  EXPECT_GT(large, 256e6 * 40);  // two numbers, a ratio, and what takes a byte
  const language::Lowered longer = chain(0.1, 0.3, 5000);
  EXPECT_LT(memory_of_runs(longer, {.n_sets = 1000, .per_set = 16}, 1, 0), 160e6);
}

// What is said beforehand is an upper bound of what a run then holds, and no wild one.
TEST(Memory, IsWhatResultsTake) {
  const language::Lowered lowered = chain(0.1, 0.3, 20);
  const EnsembleOptions options{.n_sets = 1000, .per_set = 16};
  Silent silent;
  Serial serial;
  const Ensemble ensemble = simulate(lowered, options, {.parallel = serial, .progress = silent});
  const double held =
      static_cast<double>(ensemble.measures.bytes() + ensemble.parameters.size() * sizeof(double) +
                          ensemble.bands.values.size() * sizeof(Band));
  const double said = memory_of_results(lowered, options);
  EXPECT_LE(held, said);
  // Small whole numbers take a byte where eight are reckoned with, and two for a ratio.
  EXPECT_GT(held, said / 16.0);
}

TEST(Memory, WhatIfsTakeResultsAndCheckpoints) {
  const language::Lowered lowered = chain(0.1, 0.3, 20);
  const EnsembleOptions options{.n_sets = 1000, .per_set = 16};
  const double alone = memory_of_runs(lowered, options, 1, 0);
  const double with_one = memory_of_runs(lowered, options, 1, 1);
  EXPECT_DOUBLE_EQ(with_one - alone,
                   memory_of_results(lowered, options) + memory_of_checkpoint(lowered, options));
}

}  // namespace
}  // namespace casus::cases
