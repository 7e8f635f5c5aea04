// Small programs with known answers, built by hand.
#pragma once

#include "language/lowered.hpp"

#include <cstdint>

namespace casus::cases {

/// A chain on {0, 1} that starts in 0, goes from 0 to 1 with probability `up` and from 1 to 0 with
/// `down`. Outputs: the state as a truth, and as a label of {low, high}. Measures: "high at end"
/// (truth), "first high" (date), "steps high" (number), "share high" (ratio), "phase at end"
/// (label), "steps high if high at end" (number with a condition).
language::Lowered chain(double up, double down, std::uint32_t n_steps);

/// x' = x + drift + noise * z with drift ~ normal(0, spread), one parameter. Output: x after the
/// step. Measure: x after the last step.
language::Lowered walk(double spread, double noise, std::uint32_t n_steps);

/// The walk with one more line in every step: log(x + margin), which fails where x <= -margin.
language::Lowered failing_walk(double margin, std::uint32_t n_steps);

/// The chain whose `up` is another one from step `from` on: two segments.
language::Lowered changed_chain(double up, double later_up, double down, std::uint32_t from,
                                std::uint32_t n_steps);

/// Steps named "1", "2", ...
language::Steps plain_steps(std::uint32_t n_steps);

}  // namespace casus::cases
