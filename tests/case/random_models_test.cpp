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
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Texts model = random_model(seed);
    const Verdict verdict = on_both_machines(model, seed);
    ASSERT_EQ(verdict.fault, "") << "seed " << seed << "\n" << model.at("model.casus");
    n_variants += verdict.n_variants;
    n_failing += verdict.n_failing;
  }
  EXPECT_GT(n_variants, 1500U);
  EXPECT_LT(n_failing, n_variants / 2);
}

TEST(RandomModels, ChangedEndInDiagnosticsOrRunAlike) {
  std::size_t n_accepted = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Texts model = mutated(random_model(seed), seed);
    try {
      const Verdict verdict = examine(model, seed);
      ASSERT_EQ(verdict.fault, "") << "seed " << seed << "\n" << model.at("model.casus");
      if (verdict.is_accepted) ++n_accepted;
    } catch (const std::exception& thrown) {
      FAIL() << "seed " << seed << ": " << thrown.what() << "\n" << model.at("model.casus");
    }
  }
  EXPECT_GT(n_accepted, 100U);
}

}  // namespace
}  // namespace casus::fuzz
