// Log densities and quantiles over lanes against those of one outcome, bit for bit, on every kind
// of processor that this one can stand for.
#include "machine/kernels/kernels.hpp"
#include "random/laws.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace casus::machine {
namespace {

constexpr std::size_t n_lanes = 4 * lane_group;

/// Inside, at the edges of and outside every support.
std::vector<double> outcomes() {
  std::vector<double> x{0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.0, 7.0, 1e-300, 1e300, -1e300, 0.999};
  while (x.size() < n_lanes) x.push_back(std::fabs(x[x.size() - 12]) * 1.7 - 0.3);
  return x;
}

std::size_t row_with(const Kernels& kernels, const random::Law& law) {
  for (std::size_t i = 0; i < kernels.laws.size(); ++i) {
    if (kernels.laws[i].law == law.name && kernels.laws[i].log_density != nullptr) return i;
  }
  return kernels.laws.size();
}

TEST(LogDensities, AreThoseOfOneOutcome) {
  std::size_t n_tried = 0;
  for (const std::string_view target : kernel_targets()) {
    const Kernels& kernels = *kernels_of(target);
    for (const random::Law* law : random::laws()) {
      const std::size_t row = row_with(kernels, *law);
      if (row == kernels.laws.size()) continue;
      for (std::size_t example = 0; example < 4; ++example) {
        std::vector<double> arguments;
        for (const random::Parameter& one : law->parameters) {
          arguments.push_back(one.examples.at(example));
        }
        const std::vector<double> x = outcomes();
        std::vector<double> out = x;
        LawColumns columns{.out = out.data(), .n = n_lanes};
        for (std::size_t i = 0; i < arguments.size(); ++i) {
          columns.arguments.at(i) = {.values = &arguments[i], .is_number = true};
        }
        ASSERT_TRUE(kernels.laws[row].log_density(columns)) << law->name;
        for (std::size_t lane = 0; lane < n_lanes; ++lane) {
          EXPECT_EQ(out[lane], law->log_density(x[lane], arguments))
              << law->name << " at " << x[lane] << " on " << target;
        }
        ++n_tried;
      }
    }
  }
  EXPECT_GE(n_tried, 24 * kernel_targets().size());
}

/// Spread over (0, 1), and close to its ends.
std::vector<double> probabilities() {
  std::vector<double> u{0x1p-53, 1e-300, 1e-9, 0.5, 1.0 - 0x1p-53};
  for (double at = 0.0137; u.size() < 64 * n_lanes; at += 0.61803398874989485)
    u.push_back(at - std::floor(at));
  return u;
}

TEST(Quantiles, OverLanesAreThoseOfOneProbability) {
  std::size_t n_tried = 0;
  for (const std::string_view target : kernel_targets()) {
    for (const LawRow& row : kernels_of(target)->laws) {
      if (row.quantile == nullptr) continue;
      const random::Law& law = *random::find_law(row.law);
      for (std::size_t example = 0; example < 4; ++example) {
        std::vector<double> arguments;
        for (const random::Parameter& one : law.parameters)
          arguments.push_back(one.examples.at(example));
        const std::vector<double> u = probabilities();
        std::vector<double> out = u;
        LawColumns columns{.out = out.data(), .n = u.size()};
        for (std::size_t i = 0; i < arguments.size(); ++i)
          columns.arguments.at(i) = {.values = &arguments[i], .is_number = true};
        ASSERT_TRUE(row.quantile(columns)) << row.law;
        for (std::size_t lane = 0; lane < u.size(); ++lane) {
          ASSERT_EQ(out[lane], law.quantile(u[lane], arguments))
              << row.law << " at " << u[lane] << " on " << target;
        }
        ++n_tried;
      }
    }
  }
  EXPECT_GE(n_tried, 16 * kernel_targets().size());
}

TEST(LogDensities, RefuseInvalidArgumentsOfLiveLanes) {
  const Kernels& kernels = *kernels_of("");
  const std::size_t row = row_with(kernels, *random::find_law("normal"));
  ASSERT_LT(row, kernels.laws.size());
  std::vector<double> out(n_lanes, 0.3);
  std::vector<double> spreads(n_lanes, 1.0);
  spreads[n_lanes - 1] = 0.0;
  std::vector<double> live(n_lanes, 1.0);
  const double mean = 0.0;
  LawColumns columns{.out = out.data(),
                     .arguments = {Input{&mean, true}, Input{spreads.data(), false}, Input{}},
                     .mask = {live.data(), false},
                     .n = n_lanes};
  EXPECT_FALSE(kernels.laws[row].log_density(columns));
  live[n_lanes - 1] = 0.0;
  EXPECT_TRUE(kernels.laws[row].log_density(columns));
}

}  // namespace
}  // namespace casus::machine
