// Normal errors: published values, and the definition of private information by numbers.
#include "games/errors.hpp"

#include "games/game.hpp"
#include "games/plain.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace casus::games {
namespace {

constexpr std::int32_t none = not_reached;

/// Probability of option `k` of the menu after `path`.
double choice(const char* errors, const Tree& tree, const std::vector<double>& rationality,
              const Path& path, std::size_t k) {
  Builder builder;
  Form form = form_of(builder, tree, rationality, static_cast<std::uint32_t>(path.size()));
  form.errors = find_error_structure(errors);
  Solver solver(builder, form);
  return number(builder, solver.choice(path).at(k));
}

TEST(ErrorStructures, AreFoundByName) {
  EXPECT_EQ(error_structures().front().name, "logit");
  EXPECT_EQ(find_error_structure("probit")->most_options, 2U);
  EXPECT_TRUE(find_error_structure("private")->moves_once);
  EXPECT_EQ(find_error_structure("uniform"), nullptr);
}

// Signorino 1999 (APSR 93:279-297) and 2003 (PA 11:316-344): the tree, and the values of its
// formulas with 16 digits.
const Tree signorino{
    .branches = {
        {.payoffs = {-1, 0}},
        {.move = 1, .player = 1, .branches = {{.payoffs = {0, 0}}, {.payoffs = {-1.4, 0.1}}}}}};

TEST(NormalErrors, SignorinosTree) {
  for (const char* errors : {"probit", "private"})
    EXPECT_NEAR(choice(errors, signorino, {1, 1}, {1, none}, 1), 0.5281859888985083, 1e-15);
  EXPECT_NEAR(choice("probit", signorino, {1, 1}, {none, none}, 1), 0.5730832239506034, 1e-15);
  EXPECT_NEAR(choice("private", signorino, {1, 1}, {none, none}, 1), 0.5841871938693213, 1e-15);
}

TEST(NormalErrors, RationalityIsOneOverTheStandardDeviation) {
  // As payoffs in half the units; each player has a rationality of their own.
  const Tree half{
      .branches = {
          {.payoffs = {-2, 0}},
          {.move = 1, .player = 1, .branches = {{.payoffs = {0, 0}}, {.payoffs = {-2.8, 0.3}}}}}};
  for (const char* errors : {"probit", "private"}) {
    const double sharp = choice(errors, signorino, {2, 3}, {none, none}, 1);
    EXPECT_NEAR(choice(errors, half, {1, 1}, {none, none}, 1), sharp, 1e-15);
    EXPECT_EQ(choice(errors, signorino, {0, 0}, {none, none}, 1), 0.5);
  }
}

TEST(NormalErrors, CostsCountAndSmallProbabilitiesKeepTheirDigits) {
  const Tree tree{.branches = {{.payoffs = {0}}, {.payoffs = {1}}}, .costs = {0, 13}};
  const double expected = 0.5 * std::erfc(12.0 / 2.0);
  EXPECT_NEAR(choice("probit", tree, {1}, {none}, 1) / expected, 1.0, 1e-12);
  EXPECT_NEAR(choice("private", tree, {1}, {none}, 1) / expected, 1.0, 1e-12);
  EXPECT_EQ(choice("probit", tree, {1}, {none}, 0), 1.0);
}

// ---- private information from its definition

/// The distribution of a sum of independent numbers, on a grid: trapezoids of smooth densities are
/// exact to rounding.
class Sum {
 public:
  Sum() : density_(n_points, 0.0) { density_[n_points / 2] = 1.0 / width; }

  /// Adds `weight` times a standard normal number.
  void add(double weight) {
    std::vector<double> next(n_points, 0.0);
    for (int i = 0; i < n_points; ++i) {
      for (int j = 0; j < n_points; ++j) {
        const double z = (i - j) * width / weight;
        if (std::abs(z) > 12.0) continue;
        next[at(i)] += density_[at(j)] * std::exp(-0.5 * z * z) * width /
                       (std::abs(weight) * std::sqrt(2.0 * std::numbers::pi));
      }
    }
    density_ = std::move(next);
  }

  /// Probability of less than a point of the grid.
  double below(double x) const {
    const int last = static_cast<int>(std::lround(x / width)) + n_points / 2;
    double sum = -0.5 * density_[at(last)];
    for (int i = 0; i <= last; ++i) sum += density_[at(i)];
    // Euler and Maclaurin: the end's own correction to the trapezoids
    const double slope = (density_[at(last + 1)] - density_[at(last - 1)]) / (2.0 * width);
    return (sum - slope * width / 12.0) * width;
  }

  static constexpr double width = 1.0 / 64.0;

 private:
  static constexpr int n_points = 1601;  // 12.5 to either side
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  std::vector<double> density_;
};

// A may stay, or pass to B; B may stop or pass to C, who ends it either way. A knows four payoffs
// of his own, B three, C two.
TEST(NormalErrors, PrivateInformationOfThreePlayers) {
  const Tree last{.move = 2,
                  .player = 2,
                  .branches = {{.payoffs = {2, -0.5, 0.25}}, {.payoffs = {-1.5, 1, 0.75}}}};
  const Tree middle{.move = 1, .player = 1, .branches = {{.payoffs = {0.5, 0, 0}}, last}};
  const Tree tree{.branches = {{.payoffs = {0, 0, 0}}, middle}};
  const auto solved = [&](const Path& path) { return choice("private", tree, {1, 1, 1}, path, 1); };

  // C compares two payoffs that she knows: 0.5 + x - y > 0.
  Sum of_c;
  of_c.add(1.0);
  of_c.add(-1.0);
  const double c = of_c.below(0.5);
  EXPECT_NEAR(solved({1, 1, none}), c, 1e-9);

  // B knows what each of C's answers would bring, and how likely C is to give it.
  Sum of_b;
  of_b.add(1.0);
  of_b.add(1.0 - c);
  of_b.add(c);
  const double gain_b = -0.5 * (1.0 - c) + 1.0 * c;
  const double step_b = std::round(gain_b / Sum::width) * Sum::width;
  // The grid holds multiples of its width only: move the payoff of stopping to the nearest.
  Tree moved = tree;
  moved.branches[1].branches[0].payoffs[1] = gain_b - step_b;
  const double b = of_b.below(step_b);
  EXPECT_NEAR(choice("private", moved, {1, 1, 1}, {1, none, none}, 1), b, 1e-9);

  // A's four payoffs count with the probabilities of their leaves.
  Sum of_a;
  for (const double leaf : {1.0, 1.0 - b, b * (1.0 - c), b * c}) of_a.add(leaf);
  const double gain_a = 0.5 * (1.0 - b) + b * (2.0 * (1.0 - c) - 1.5 * c);
  const double step_a = std::round(gain_a / Sum::width) * Sum::width;
  moved.branches[0].payoffs[0] = gain_a - step_a;
  EXPECT_NEAR(choice("private", moved, {1, 1, 1}, {none, none, none}, 1), of_a.below(step_a), 1e-9);
}

// The whole game played with every payoff's part drawn: what the players of the tree do.
TEST(NormalErrors, PrivateInformationPlayedOut) {
  std::uint64_t state = 12345;
  const auto uniform = [&state] {  // xorshift64* (Vigna 2016)
    state ^= state >> 12U;
    state ^= state << 25U;
    state ^= state >> 27U;
    return (static_cast<double>((state * 0x2545F4914F6CDD1DULL) >> 12U) + 0.5) * 0x1p-52;
  };
  const auto normal = [&uniform] {
    return std::sqrt(-2.0 * std::log(uniform())) * std::cos(2.0 * std::numbers::pi * uniform());
  };
  // What A thinks of B he must know beforehand; the share of B's that fight tells him.
  const double fights = choice("private", signorino, {1, 1}, {1, none}, 1);
  constexpr int n = 400'000;
  int challenged = 0;
  int fought = 0;
  for (int i = 0; i < n; ++i) {
    const double waits = -1.0 + normal();
    const double concedes = 0.0 + normal();
    const double war = -1.4 + normal();
    challenged += fights * war + (1.0 - fights) * concedes > waits ? 1 : 0;
    fought += 0.1 + normal() > 0.0 + normal() ? 1 : 0;
  }
  const double p = choice("private", signorino, {1, 1}, {none, none}, 1);
  EXPECT_NEAR(challenged / double{n}, p, 4.0 * std::sqrt(p * (1.0 - p) / n));
  EXPECT_NEAR(fought / double{n}, fights, 4.0 * std::sqrt(fights * (1.0 - fights) / n));
}

}  // namespace
}  // namespace casus::games
