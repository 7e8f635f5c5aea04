// One history for the tests of machines.
#pragma once

#include "machine/builder.hpp"
#include "machine/reference.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <optional>
#include <vector>

namespace casus::machine {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

struct History {
  std::vector<double> parameters{};
  std::vector<double> states{};
  SeriesTable series{};
  std::uint64_t seed = 1;
  std::uint32_t slot = 0;
  bool at_median = false;
  Reference machine{};

  std::optional<NotFinite> step(const Program& program, std::uint32_t step) {
    Frame frame{.parameters = parameters,
                .states = states,
                .series = &series,
                .step = step,
                .key = random::key_of(seed, {}),
                .slot = slot,
                .at_median = at_median};
    return machine.step(program, frame);
  }

  /// Output `output` of `program` after step `step`, which must succeed.
  double output(const Program& program, std::uint32_t output, std::uint32_t at_step = 0) {
    const std::optional<NotFinite> failure = step(program, at_step);
    EXPECT_FALSE(failure.has_value()) << failure.value_or(NotFinite{}).what;
    for (const Write& write : program.outputs) {
      if (write.target == output) return machine.value(write.source);
    }
    ADD_FAILURE() << "no output " << output;
    return std::numeric_limits<double>::quiet_NaN();
  }
};

inline std::size_t count(const Program& program, Op op) {
  std::size_t result = 0;
  for (const Instruction& instruction : program.code) result += instruction.op == op ? 1U : 0U;
  return result;
}

/// Uniform between its arguments; drawn by inversion.
inline const random::Law& spread() {
  static constexpr std::array parameters{
      random::Parameter{.name = "low", .domain = random::Domain::finite},
      random::Parameter{.name = "high", .domain = random::Domain::above_low}};
  static constexpr random::Law law{
      .name = "spread",
      .parameters = parameters,
      .quantile = [](double u, random::Arguments x) { return x[0] + u * (x[1] - x[0]); },
      .sample = [](random::Draws& draws,
                   random::Arguments x) { return x[0] + draws.next() * (x[1] - x[0]); },
      .source = "for tests"};
  return law;
}

}  // namespace casus::machine
