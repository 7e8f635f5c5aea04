// The kernels of a linear Gaussian filter, compiled with and without fused multiply-add.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace casus::bench {

struct LinearGaussian;

/// What one target's compilation made of them.
struct FilterLoops {
  std::string_view target;
  void (*normal)(std::span<const double> u, std::span<double> z) = nullptr;
  void (*exponential)(std::span<const double> x, std::span<double> y) = nullptr;
  void (*logarithm)(std::span<const double> x, std::span<double> y) = nullptr;
  void (*propagate)(LinearGaussian& histories, std::uint32_t step) = nullptr;
  /// Weights of states `x` given that `seen` was observed with noise 1; returns their sum.
  double (*weigh)(std::span<const double> x, double seen, std::span<double> weights) = nullptr;
};

/// For all targets of this processor, the best first. fma_loops.cpp is compiled for each value.
template <bool fuses>
std::vector<FilterLoops> filter_loops();
template <>
std::vector<FilterLoops> filter_loops<false>();
template <>
std::vector<FilterLoops> filter_loops<true>();

}  // namespace casus::bench
