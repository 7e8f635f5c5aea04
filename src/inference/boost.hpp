// Steps in which each particle is drawn several times.
#pragma once

#include <cstdint>
#include <vector>

namespace casus::inference {

/// Prior boosting (Gordon, Salmond & Smith 1993, IEE Proceedings F 140:107-113): where an
/// observation leaves few particles, each moves `factor` times by draws of its own, and of all that
/// come out as many as there were are chosen by their weights. The likelihood is estimated without
/// bias, as elsewhere.
///
/// With `back`, so many steps before it are taken once more, as often as this one: what was drawn
/// there, once for each particle, may be what the observation asks for. The estimate of these steps
/// together takes the place of those they had.
struct Boost {
  std::uint32_t step = 0;
  std::uint32_t factor = 1;
  std::uint32_t back = 0;

  std::uint32_t first() const { return step - back; }

  friend bool operator==(const Boost&, const Boost&) = default;
};

/// At most one of a step; one draw in steps that are not named.
using Boosts = std::vector<Boost>;

std::uint32_t factor_at(const Boosts& boosts, std::uint32_t step);

/// The boost of a step; a factor of one where there is none.
Boost boost_at(const Boosts& boosts, std::uint32_t step);

}  // namespace casus::inference
