// The logit rule of choice, as instructions.
#pragma once

#include "games/errors.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace casus::games {

/// Probability of each option in proportion to exp(rationality * worth + offset); one option is
/// certain, two are a logistic of the difference. Only differences of worths are multiplied by the
/// rationality, so that a large one saturates instead of overflowing.
///
///   worths   (n_options)  at least one
///   offsets  (n_options)
std::vector<Value> logit(Builder& builder, Value rationality, std::span<const Value> worths,
                         std::span<const Value> offsets);

/// The same menu when `option` is taken with probability `credibility` come what may:
/// q [k is option] + (1 - q) p(k).
std::vector<Value> committed(Builder& builder, std::span<const Value> choice, std::size_t option,
                             Value credibility);

/// `option` for certain among `n_options`.
std::vector<Value> certain(Builder& builder, std::size_t n_options, std::size_t option);

/// What an expectation or a draw weighs options with: equal to `choice` up to rounding, but of two
/// options the first is one minus the second, which saves an exponential.
std::vector<Value> weights(Builder& builder, std::span<const Value> choice);

/// The value is 0 in every history.
bool known_zero(const Builder& builder, Value value);

}  // namespace casus::games
