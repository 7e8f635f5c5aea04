// A model with steps half as long: does an answer depend on the step?
#pragma once

#include "language/model.hpp"

#include <optional>

namespace casus::language {

/// A copy in which every step is two: data hold in both, what is recorded of a step stands in the
/// second, and spans of time (`lagged`, rates, `dt`) stay as long as they are. Numbers of steps do
/// not: `total(x)` has twice as many terms. Nothing for plain steps, rows and days.
std::optional<Model> with_half_steps(const Model& model);

}  // namespace casus::language
