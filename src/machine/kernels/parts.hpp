// Passes over one long column, for summaries of many histories.
#pragma once

#include <cstdint>
#include <span>

namespace casus::machine {

struct Extremes {
  double least = 0.0;     ///< +infinity when there is no number
  double most = 0.0;      ///< -infinity when there is no number
  bool has_gaps = false;  ///< some are not numbers
};

Extremes extremes_of(std::span<const double> values);

/// A range in equal parts, 1 to n_parts - 2; its ends have part 0 and part n_parts - 1.
struct Parts {
  double least = 0.0;
  double most = 0.0;  ///< above `least`
  std::int32_t n_parts = 0;
};

/// parts[i] is the part of values[i], which lies in the range; never less for a larger value. An
/// infinite range has one inner part.
void find_parts(std::span<const double> values, const Parts& range, std::span<std::int32_t> parts);

}  // namespace casus::machine
