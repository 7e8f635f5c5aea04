// Steps of the bench models as loops over lanes written by hand: what a compiler of fused loops
// could reach.
#pragma once

#include <cstdint>
#include <vector>

namespace casus::bench {

/// bench/models/two-player.casus.
struct TwoPlayers {
  /// `parameters` are sharp and cost of each set.
  TwoPlayers(const std::vector<double>& parameters, std::uint32_t per_set);

  void begin();
  void step(std::uint32_t step);

  std::vector<double> sharp;
  std::vector<double> cost;
  std::vector<double> arms_a;
  std::vector<double> arms_b;
  std::vector<double> fights;
  std::vector<double> edges;
  std::vector<std::uint64_t> half_slot;
  std::vector<std::uint64_t> key_0;
  std::vector<std::uint64_t> key_1;
};

}  // namespace casus::bench
