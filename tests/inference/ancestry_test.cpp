// The tree against a table of all parents.
#include "inference/ancestry.hpp"

#include "inference/resampling.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace casus::inference {
namespace {

std::vector<std::uint32_t> some_parents(std::uint32_t n, std::uint32_t generation) {
  std::vector<double> weights;
  for (std::uint32_t i = 0; i < n; ++i) weights.push_back(1.5 + std::sin(i * 3.0 + generation));
  std::vector<std::uint32_t> parents(n);
  find_scheme("multinomial")->resample(weights, {.key = {1, 2}, .step = generation}, parents);
  return parents;
}

TEST(Ancestry, PathsAndNumbersAreThoseOfTheTable) {
  constexpr std::uint32_t n = 50;
  constexpr std::uint32_t n_generations = 60;
  std::vector<std::vector<std::uint32_t>> table;
  Ancestry ancestry(n);
  for (std::uint32_t generation = 1; generation < n_generations; ++generation) {
    table.push_back(some_parents(n, generation));
    ancestry.insert(table.back());
  }
  ASSERT_EQ(ancestry.n_generations(), n_generations);
  std::vector<std::set<std::uint32_t>> alive(n_generations);
  for (std::uint32_t survivor = 0; survivor < n; ++survivor) {
    std::vector<std::uint32_t> path(n_generations);
    path.back() = survivor;
    for (std::size_t g = n_generations - 1; g-- > 0;) path[g] = table[g][path[g + 1]];
    EXPECT_EQ(ancestry.path(survivor), path);
    for (std::size_t g = 0; g < n_generations; ++g) alive[g].insert(path[g]);
  }
  const std::vector<std::uint32_t> distinct = ancestry.distinct();
  std::size_t n_nodes = 0;
  for (std::size_t g = 0; g < n_generations; ++g) {
    EXPECT_EQ(distinct[g], alive[g].size()) << g;
    n_nodes += alive[g].size();
  }
  EXPECT_EQ(ancestry.n_nodes(), n_nodes);
}

TEST(Ancestry, MemoryStaysNearGenerationsAndTheNumberOfParticles) {
  constexpr std::uint32_t n = 256;
  constexpr std::uint32_t n_generations = 3000;
  Ancestry ancestry(n);
  for (std::uint32_t generation = 1; generation < n_generations; ++generation) {
    ancestry.insert(some_parents(n, generation));
  }
  EXPECT_LT(ancestry.n_nodes(), n_generations + 4.0 * n * std::log(n));
  EXPECT_EQ(ancestry.distinct().front(), 1U);
  EXPECT_EQ(ancestry.distinct().back(), n);
}

}  // namespace
}  // namespace casus::inference
