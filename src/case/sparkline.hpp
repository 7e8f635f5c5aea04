// A line over time in one row of a terminal.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace casus::cases {

/// Eighths of a block from `low` to `high`, at most `width` of them; each is the mean of its
/// stretch of `values`, a blank where it has none.
std::string sparkline(std::span<const double> values, double low, double high, std::size_t width);

}  // namespace casus::cases
