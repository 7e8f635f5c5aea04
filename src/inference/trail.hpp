// Where the draws behind a likelihood estimate came from.
#pragma once

#include <cstdint>
#include <vector>

namespace casus::inference {

/// From a step on, draws are those of this place among the sets of a bank in this epoch.
struct Address {
  std::uint32_t first_step = 0;
  std::uint32_t epoch = 0;
  std::uint32_t place = 0;

  friend bool operator==(const Address&, const Address&) = default;
};

/// By ascending steps; the first address is that of the start.
using Trail = std::vector<Address>;

/// Draws are at `next` from its step on.
void go_on(Trail& trail, const Address& next);

}  // namespace casus::inference
