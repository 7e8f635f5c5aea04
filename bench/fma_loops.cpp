// Compiled twice, with -ffp-contract=off and =fast, which lets the compiler fuse a product into a
// sum. All that computes is in functions that are always inlined into this file's own, so that the
// linker cannot take one compilation's for the other's.
#include "fma.hpp"
#include "fused.hpp"
#include "random/address.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fma_loops.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/dispatch.hpp"
#include "machine/kernels/quantiles-inl.hpp"
#include "machine/kernels/random-inl.hpp"
#include "machine/kernels/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {
namespace {

struct Exponential {
  HWY_INLINE Vector operator()(Vector x) const { return exp_of(x); }
};
struct Logarithm {
  HWY_INLINE Vector operator()(Vector x) const { return log_of(x); }
};

template <class Function>
void over(std::span<const double> x, std::span<double> y) {
  for_each(Function(), x, y);
}

void normals(std::span<const double> u, std::span<double> z) { quantiles(NormalPlace(), u, z); }

void propagate(bench::LinearGaussian& x, std::uint32_t step) {
  constexpr std::size_t tile = quantile_block;
  HWY_ALIGN double z[tile];
  for (std::size_t first = 0; first < x.x.size(); first += tile) {
    uniform_loop(x.addresses.of(first, tile),
                 {.step_word = step * 16, .site = random::site_of("shock")}, z);
    quantiles(NormalPlace(), {z, tile}, {z, tile});
    double* const states = &x.x[first];
    for (std::size_t i = 0; i < tile; i += lanes()) {
      store(x.a * load(states + i) + x.sd * load(z + i), states + i);
    }
  }
}

double weigh(std::span<const double> x, double seen, std::span<double> weights) {
  Vector highest(-std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < x.size(); i += lanes()) {
    const Vector missed = seen - load(&x[i]);
    const Vector log_weight = -0.5 * missed * missed - 0.9189385332046727;
    store(log_weight, &weights[i]);
    highest = select(log_weight > highest, log_weight, highest);
  }
  highest = hn::MaxOfLanes(DoubleTag(), highest.lanes);
  Vector sum(0.0);
  for (std::size_t i = 0; i < x.size(); i += lanes()) {
    const Vector weight = exp_of(load(&weights[i]) - highest);
    store(weight, &weights[i]);
    sum = sum + weight;
  }
  return hn::GetLane(hn::SumOfLanes(DoubleTag(), sum.lanes));
}

bench::FilterLoops loops() {
  constexpr std::string_view space = HWY_STR(HWY_NAMESPACE);  // "N_" and the name of the target
  return {.target = space.substr(2),
          .normal = normals,
          .exponential = over<Exponential>,
          .logarithm = over<Logarithm>,
          .propagate = propagate,
          .weigh = weigh};
}

}  // namespace
}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace casus::machine {
namespace {
HWY_EXPORT(loops);

std::vector<bench::FilterLoops> loops_of_targets() {
  std::vector<bench::FilterLoops> all;
  for (const auto loops_of : runnable(std::span(HWY_DISPATCH_TABLE(loops)))) {
    all.push_back(loops_of());
  }
  return all;
}
}  // namespace
}  // namespace casus::machine

namespace casus::bench {
template <>
std::vector<FilterLoops> filter_loops<CASUS_FUSES>() {
  return machine::loops_of_targets();
}
}  // namespace casus::bench
#endif
