// The step of bench/models/linear-gaussian.casus by hand: uniforms and normals of 256 lanes at a
// time, then the rest in registers.
#include "fused.hpp"
#include "machines.hpp"
#include "random/address.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "linear_gaussian_fused.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/quantiles-inl.hpp"
#include "machine/kernels/random-inl.hpp"
#include "machine/kernels/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

constexpr std::uint32_t shock = random::site_of("shock");

void step_of_linear_gaussian(bench::LinearGaussian& x, std::uint32_t step) {
  constexpr std::size_t tile = quantile_block;
  HWY_ALIGN double z[tile];
  const Vector a(x.a);
  const Vector sd(x.sd);
  for (std::size_t first = 0; first < x.x.size(); first += tile) {
    uniform_loop(x.addresses.of(first, tile), {.step_word = step * 16, .site = shock}, z);
    inverse_normals({z, tile}, {z, tile});
    double* const states = &x.x[first];
    for (std::size_t i = 0; i < tile; i += lanes()) {
      store(a * load(states + i) + sd * load(z + i), states + i);
    }
  }
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace casus::machine {
namespace {
HWY_EXPORT(step_of_linear_gaussian);
}  // namespace

void step_by_hand(bench::LinearGaussian& histories, std::uint32_t step) {
  HWY_DYNAMIC_DISPATCH(step_of_linear_gaussian)(histories, step);
}
}  // namespace casus::machine

namespace casus::bench {

LinearGaussian::LinearGaussian(const std::vector<double>& parameters, std::uint32_t per_set)
    : addresses(n_by_hand, per_set), a(parameters[0]), sd(parameters[1]) {}

void LinearGaussian::begin() { x.assign(n_by_hand, 0.0); }

void LinearGaussian::step(std::uint32_t step) { machine::step_by_hand(*this, step); }

double LinearGaussian::checksum(std::size_t n) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += x[i];
  return sum;
}

}  // namespace casus::bench
#endif
