// The step of bench/models/sir.casus by hand: chances of 64 lanes, draws of 64 lanes, then the rest
// in registers.
#include "fused.hpp"
#include "machines.hpp"
#include "random/address.hpp"
#include "random/elementary.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sir_fused.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

void step_of_epidemics(bench::Epidemics& x, std::uint32_t step) {
  constexpr std::size_t tile = 64;
  constexpr double dt = 0.25;
  constexpr double contacts = 0.2;
  HWY_ALIGN double infection[tile];
  HWY_ALIGN double infections[tile];
  HWY_ALIGN double recoveries[tile];
  const double recovery = 1.0 - random::exp_of(-0.1 * dt);
  for (std::size_t first = 0; first < x.infected.size(); first += tile) {
    double* const susceptible = &x.susceptible[first];
    double* const infected = &x.infected[first];
    double* const recovered = &x.recovered[first];
    for (std::size_t i = 0; i < tile; i += lanes()) {
      store(1.0 - exp_of(-contacts * load(infected + i) / 1000.0 * dt), infection + i);
    }
    const Addresses at = x.addresses.of(first, tile);
    bench::draw_binomials(
        {.out = infections, .arguments = {{{susceptible}, {infection}}}, .n = tile}, at,
        {.step_word = step * 16, .site = random::site_of("infections")});
    bench::draw_binomials(
        {.out = recoveries, .arguments = {{{infected}, {&recovery, true}}}, .n = tile}, at,
        {.step_word = step * 16, .site = random::site_of("recoveries")});
    for (std::size_t i = 0; i < tile; i += lanes()) {
      const Vector fallen = load(infections + i);
      const Vector risen = load(recoveries + i);
      store(load(susceptible + i) - fallen, susceptible + i);
      store(load(infected + i) + fallen - risen, infected + i);
      store(load(recovered + i) + risen, recovered + i);
    }
  }
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace casus::machine {
namespace {
HWY_EXPORT(step_of_epidemics);
}  // namespace

void step_by_hand(bench::Epidemics& histories, std::uint32_t step) {
  HWY_DYNAMIC_DISPATCH(step_of_epidemics)(histories, step);
}
}  // namespace casus::machine

namespace casus::bench {

Epidemics::Epidemics(const std::vector<double>& /*parameters*/, std::uint32_t per_set)
    : addresses(n_by_hand, per_set) {}

void Epidemics::begin() {
  susceptible.assign(n_by_hand, 990.0);
  infected.assign(n_by_hand, 10.0);
  recovered.assign(n_by_hand, 0.0);
}

void Epidemics::step(std::uint32_t step) { machine::step_by_hand(*this, step); }

double Epidemics::checksum(std::size_t n) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i)
    sum += susceptible[i] + 2.0 * infected[i] + 3.0 * recovered[i];
  return sum;
}

}  // namespace casus::bench
#endif
