// Categories and counts of categories, on both machines.
#include "machine/draws.hpp"

#include "base/bug.hpp"
#include "machine/lanes/block.hpp"
#include "one_step.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace casus::machine {
namespace {

constexpr std::uint32_t n_lanes = 512;
constexpr std::uint32_t n_steps = 40;

/// Outputs of all histories and steps: rows[output][draw].
using Rows = std::vector<std::vector<double>>;

Rows by_reference(const Program& program, const std::vector<double>& parameters) {
  Rows rows(program.outputs.size());
  for (std::uint32_t step = 0; step < n_steps; ++step) {
    for (std::uint32_t slot = 0; slot < n_lanes; ++slot) {
      History history{.parameters = parameters, .slot = slot};
      for (std::uint32_t i = 0; i < rows.size(); ++i) {
        rows[i].push_back(history.output(program, i, step));
      }
    }
  }
  return rows;
}

/// As above; no rows when the block fails.
Rows by_lanes(const Program& program, const std::vector<double>& parameters) {
  const Program nothing = Builder().finish();
  const SeriesTable series{};
  const LaneRun run({.initial = &nothing,
                     .segments = {{.first = 0, .last = n_steps - 1, .program = &program}},
                     .measures = &nothing,
                     .series = &series,
                     .n_parameters = parameters.size()},
                    {.n_lanes = n_lanes, .per_set = n_lanes, .kernels = kernels_of("")});
  LaneBlock block(run);
  const SetOfBlock set{.key = random::key_of(1, {}), .parameters = parameters, .n_lanes = n_lanes};
  block.seat(std::span(&set, 1));
  Rows rows(program.outputs.size());
  std::vector<double> numbers(rows.size() * n_lanes);
  bool runs = !run.fails() && block.begin();
  for (std::uint32_t step = 0; step < n_steps && runs; ++step) {
    runs = block.step(step, {.values = numbers.data(), .stride = n_lanes, .n = n_lanes});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto first = numbers.begin() + static_cast<std::ptrdiff_t>(i * n_lanes);
      rows[i].insert(rows[i].end(), first, first + n_lanes);
    }
  }
  return runs ? rows : Rows{};
}

std::vector<Value> parameters_of(Builder& builder, std::size_t n) {
  std::vector<Value> values;
  for (std::uint32_t i = 0; i < n; ++i) values.push_back(builder.parameter(i));
  return values;
}

Program categories(std::size_t n) {
  Builder builder;
  builder.write_output(0, categorical(builder, parameters_of(builder, n), 5));
  return builder.finish();
}

TEST(Draws, CategoriesComeInProportionToTheirWeights) {
  const std::vector<double> weights{2.0, 0.0, 5.0, 0.5, 0.0};
  const Program program = categories(weights.size());
  const Rows rows = by_lanes(program, weights);
  ASSERT_EQ(rows, by_reference(program, weights));
  const double n = static_cast<double>(rows[0].size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double share = weights[i] / 7.5;
    const auto found = std::count(rows[0].begin(), rows[0].end(), static_cast<double>(i));
    EXPECT_NEAR(static_cast<double>(found) / n, share, 4.0 * std::sqrt(share * (1.0 - share) / n));
  }
}

TEST(Draws, CategoriesFollowTheUniformOfTheirSite) {
  const std::vector<double> weights{0.1, 0.2, 0.3, 0.4};
  const Rows rows = by_reference(categories(weights.size()), weights);
  for (std::uint32_t slot = 0; slot < n_lanes; ++slot) {
    const random::Stream stream{.key = random::key_of(1, {}), .slot = slot, .site = 5};
    const double u = stream.uniform();
    const double category = u <= 0.1 ? 0.0 : u <= 0.3 ? 1.0 : u <= 0.6 ? 2.0 : 3.0;
    EXPECT_EQ(rows[0][slot], category) << u;
  }
}

TEST(Draws, OneCategoryIsAlwaysDrawnAndNoWeightFails) {
  EXPECT_EQ(by_lanes(categories(1), {3.0})[0], std::vector(n_lanes * n_steps, 0.0));
  EXPECT_TRUE(by_lanes(categories(3), {0.0, 0.0, 0.0}).empty());
  History history{.parameters = {0.0, 0.0, 0.0}};
  EXPECT_TRUE(history.step(categories(3), 0).has_value());
  Builder builder;
  EXPECT_THROW(categorical(builder, {}, 1), Bug);
}

/// Outputs are the counts; parameters are the probabilities and then n.
Program counts_of(std::size_t n_categories) {
  Builder builder;
  const std::vector<Value> probabilities = parameters_of(builder, n_categories);
  const Value n = builder.parameter(static_cast<std::uint32_t>(n_categories));
  std::vector<std::uint32_t> sites;
  for (std::uint32_t i = 0; i + 1 < n_categories; ++i) sites.push_back(30 + i);
  std::uint32_t output = 0;
  for (const Value count : multinomial(builder, n, probabilities, sites)) {
    builder.write_output(output++, count);
  }
  return builder.finish();
}

double mean_of(const std::vector<double>& x) {
  double sum = 0.0;
  for (const double value : x) sum += value;
  return sum / static_cast<double>(x.size());
}

double covariance_of(const std::vector<double>& x, const std::vector<double>& y) {
  const double mean_x = mean_of(x);
  const double mean_y = mean_of(y);
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - mean_x) * (y[i] - mean_y);
  return sum / static_cast<double>(x.size());
}

TEST(Draws, CountsOfCategoriesSumToTheirTotalAndHaveTheirMoments) {
  for (const double n : {0.0, 1.0, 40.0, 5000.0}) {
    const std::vector<double> parameters{0.3, 0.0, 1.5, 0.7, 0.5, n};
    const Program program = counts_of(5);
    const Rows rows = by_lanes(program, parameters);
    ASSERT_EQ(rows, by_reference(program, parameters));
    for (std::size_t draw = 0; draw < rows[0].size(); ++draw) {
      double total = 0.0;
      for (const std::vector<double>& row : rows) {
        ASSERT_GE(row[draw], 0.0);
        total += row[draw];
      }
      ASSERT_EQ(total, n);
    }
    const double n_draws = static_cast<double>(rows[0].size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double p = parameters[i] / 3.0;
      EXPECT_NEAR(mean_of(rows[i]), n * p, 4.0 * std::sqrt(n * p * (1.0 - p) / n_draws)) << i;
      for (std::size_t j = 0; j < i; ++j) {
        const double q = parameters[j] / 3.0;
        EXPECT_NEAR(covariance_of(rows[i], rows[j]), -n * p * q,
                    5.0 * n * std::sqrt(p * q / n_draws));
      }
    }
  }
}

TEST(Draws, TheLastPartTakesAllWhereThereAreNoProbabilities) {
  const Rows rows = by_lanes(counts_of(3), {0.0, 0.0, 0.0, 7.0});
  EXPECT_EQ(mean_of(rows[2]), 7.0);
  EXPECT_EQ(by_lanes(counts_of(1), {0.2, 9.0})[0], std::vector(n_lanes * n_steps, 9.0));
}

TEST(Draws, WrongCountsAndProbabilitiesFail) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const std::vector<double>& wrong : std::vector<std::vector<double>>{{0.5, 0.5, 2.5},
                                                                           {0.5, 0.5, -1.0},
                                                                           {0.5, -0.1, 3.0},
                                                                           {-0.1, 0.5, 3.0},
                                                                           {nan, 0.5, 3.0}}) {
    EXPECT_TRUE(by_lanes(counts_of(2), wrong).empty());
    History history{.parameters = wrong};
    EXPECT_TRUE(history.step(counts_of(2), 0).has_value());
  }
  Builder builder;
  const std::array probabilities{builder.constant(0.5), builder.constant(0.5)};
  EXPECT_THROW(multinomial(builder, builder.constant(3.0), probabilities, {}), Bug);
}

}  // namespace
}  // namespace casus::machine
