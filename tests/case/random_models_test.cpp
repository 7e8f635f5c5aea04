// Random models on both machines, bit for bit; and changed ones, which must end in diagnostics or
// in the same bits.
#include "fuzz/machines.hpp"

#include <exception>
#include <gtest/gtest.h>

namespace casus::fuzz {
namespace {

TEST(RandomModels, RunAlikeOnBothMachines) {
  std::size_t n_variants = 0;
  std::size_t n_failing = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    const RandomModel model = random_model(seed);
    const Verdict verdict = on_both_machines(model, seed);
    ASSERT_EQ(verdict.fault, "") << "seed " << seed << "\n" << model.text;
    n_variants += verdict.n_variants;
    n_failing += verdict.n_failing;
  }
  EXPECT_GT(n_variants, 900U);
  EXPECT_LT(n_failing, n_variants / 2);
}

TEST(RandomModels, ChangedEndInDiagnosticsOrRunAlike) {
  std::size_t n_accepted = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const std::string text = mutated(random_model(seed).text, seed);
    try {
      const Verdict verdict = examine(text, seed);
      ASSERT_EQ(verdict.fault, "") << "seed " << seed << "\n" << text;
      if (verdict.is_accepted) ++n_accepted;
    } catch (const std::exception& thrown) {
      FAIL() << "seed " << seed << ": " << thrown.what() << "\n" << text;
    }
  }
  EXPECT_GT(n_accepted, 100U);
}

}  // namespace
}  // namespace casus::fuzz
