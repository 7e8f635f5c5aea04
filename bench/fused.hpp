// Steps of the bench models as loops over lanes written by hand: what a compiler of fused loops
// could reach.
#pragma once

#include "machine/kernels/kernels.hpp"

#include <cstdint>
#include <vector>

namespace casus::bench {

/// Where histories draw, `per_set` of each parameter set; even numbers of both.
class HandAddresses {
 public:
  HandAddresses(std::size_t n, std::uint32_t per_set);

  /// Of histories [first, first + count).
  machine::Addresses of(std::size_t first, std::size_t count) const;

 private:
  std::vector<std::uint64_t> half_slot_;
  std::vector<std::uint64_t> key_0_;
  std::vector<std::uint64_t> key_1_;
};

/// Binomial draws of the lanes of `counts`, whose arguments must be valid, by the kernels' loop.
void draw_binomials(const machine::LawColumns& counts, const machine::Addresses& at,
                    const machine::Site& site);

/// bench/models/two-player.casus.
struct TwoPlayers {
  TwoPlayers(const std::vector<double>& parameters, std::uint32_t per_set);

  void begin();
  void step(std::uint32_t step);
  double checksum(std::size_t n) const;

  HandAddresses addresses;
  std::vector<double> sharp;
  std::vector<double> cost;
  std::vector<double> arms_a;
  std::vector<double> arms_b;
  std::vector<double> fights;
  std::vector<double> edges;
};

/// bench/models/linear-gaussian.casus, all histories of one set.
struct LinearGaussian {
  LinearGaussian(const std::vector<double>& parameters, std::uint32_t per_set);

  void begin();
  void step(std::uint32_t step);
  double checksum(std::size_t n) const;

  HandAddresses addresses;
  double a = 0.0;
  double sd = 0.0;
  std::vector<double> x;
};

/// bench/models/sir.casus, all histories of one set.
struct Epidemics {
  Epidemics(const std::vector<double>& parameters, std::uint32_t per_set);

  void begin();
  void step(std::uint32_t step);
  double checksum(std::size_t n) const;

  HandAddresses addresses;
  std::vector<double> susceptible;
  std::vector<double> infected;
  std::vector<double> recovered;
};

}  // namespace casus::bench
