// The step of bench/models/two-player.casus by hand: uniforms and normals of 64 lanes at a time,
// then everything else in registers.
#include "fused.hpp"
#include "machines.hpp"
#include "random/address.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "two_player_fused.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/loops-inl.hpp"
#include "machine/kernels/quantiles-inl.hpp"
#include "machine/kernels/random-inl.hpp"
#include "machine/kernels/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

constexpr std::size_t tile = 64;
constexpr std::array sites{random::site_of("shock_a"), random::site_of("shock_b"),
                           random::site_of("demand"), random::site_of("answer"),
                           random::site_of("follow")};

/// What the players get at one leaf.
struct Leaf {
  Vector a;
  Vector b;
};

HWY_INLINE Leaf mixed(Vector share, Leaf yes, Leaf no) {
  const Vector rest = 1.0 - share;
  return {share * yes.a + rest * no.a, share * yes.b + rest * no.b};
}

/// A node where A chooses between fight and yield.
struct Follow {
  Leaf worth;
  Vector fight;
};

HWY_INLINE Follow follow(Vector sharp, Leaf fight, Leaf yield) {
  const Vector chance = logistic_of(sharp * (fight.a - yield.a));
  return {mixed(chance, fight, yield), chance};
}

/// What follows a demand of the size `claim`.
struct Demand {
  Leaf worth;
  Vector accept;
  Vector fight_accepted;
  Vector fight_refused;
};

HWY_INLINE Demand demand(double claim, Vector p, Vector sharp, Vector cost) {
  const Vector c(claim);
  const Follow accepted = follow(sharp, {c - cost + 0.5 * p, -c - cost * p}, {c, -c});
  const Follow refused = follow(sharp, {3.0 * p - cost + 0.1 * c, 3.0 * (1.0 - p) - cost - 0.1 * c},
                                {-0.2 * c, 0.2 * c + 0.1 * p});
  const Vector accept = logistic_of(sharp * (accepted.worth.b - refused.worth.b));
  return {mixed(accept, accepted.worth, refused.worth), accept, accepted.fight, refused.fight};
}

HWY_INLINE void step_of_tile(bench::TwoPlayers& x, std::size_t first, std::uint32_t step) {
  HWY_ALIGN double u[5][tile];
  const Addresses at = x.addresses.of(first, tile);
  for (std::size_t draw = 0; draw < 5; ++draw) {
    uniform_loop(at, {.step_word = step * 16, .site = sites[draw]}, u[draw]);
  }
  inverse_normals({u[0], tile}, {u[0], tile});
  inverse_normals({u[1], tile}, {u[1], tile});
  for (std::size_t k = 0; k < tile; k += lanes()) {
    const std::size_t i = first + k;
    const Vector sharp = load(&x.sharp[i]);
    const Vector cost = load(&x.cost[i]);
    const Vector arms_a = load(&x.arms_a[i]);
    const Vector arms_b = load(&x.arms_b[i]);
    const Vector shock_a = load(u[0] + k);
    const Vector shock_b = load(u[1] + k);
    const Vector edge = arms_a - arms_b + 0.1 * (shock_a - shock_b);
    const Vector p = 1.0 / (1.0 + exp_of(-edge));
    const Demand low = demand(1.0, p, sharp, cost);
    const Demand middle = demand(2.0, p, sharp, cost);
    const Demand high = demand(3.0, p, sharp, cost);
    const Vector best = maximum_of(maximum_of(low.worth.a, middle.worth.a), high.worth.a);
    const Vector e_low = exp_of(sharp * (low.worth.a - best));
    const Vector e_middle = exp_of(sharp * (middle.worth.a - best));
    const Vector e_high = exp_of(sharp * (high.worth.a - best));
    const Vector scale = 1.0 / (e_low + e_middle + e_high);
    const Vector u_demand = load(u[2] + k);
    const Mask is_low = u_demand < e_low * scale;
    const Mask is_high = !(u_demand < e_low * scale + e_middle * scale);
    const Vector accept = select(is_low, low.accept, select(is_high, high.accept, middle.accept));
    const Mask accepts = load(u[3] + k) < accept;
    const Vector fight_accepted = select(
        is_low, low.fight_accepted, select(is_high, high.fight_accepted, middle.fight_accepted));
    const Vector fight_refused = select(is_low, low.fight_refused,
                                        select(is_high, high.fight_refused, middle.fight_refused));
    const Mask fights = load(u[4] + k) < select(accepts, fight_accepted, fight_refused);
    const Vector one(1.0);
    const Vector none(0.0);
    store(
        0.95 * arms_a + 0.05 * (1.0 + 0.2 * select(is_high & !is_low, one, none)) + 0.02 * shock_a,
        &x.arms_a[i]);
    store(0.95 * arms_b + 0.05 * (1.0 + 0.2 * select(accepts, none, one)) + 0.02 * shock_b,
          &x.arms_b[i]);
    store(load(&x.fights[i]) + select(fights, one, none), &x.fights[i]);
    store(load(&x.edges[i]) + edge, &x.edges[i]);
  }
}

void step_of_two_players(bench::TwoPlayers& x, std::uint32_t step) {
  for (std::size_t first = 0; first < x.arms_a.size(); first += tile) step_of_tile(x, first, step);
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace casus::machine {
namespace {
HWY_EXPORT(step_of_two_players);
}  // namespace

void step_by_hand(bench::TwoPlayers& histories, std::uint32_t step) {
  HWY_DYNAMIC_DISPATCH(step_of_two_players)(histories, step);
}
}  // namespace casus::machine

namespace casus::bench {

TwoPlayers::TwoPlayers(const std::vector<double>& parameters, std::uint32_t per_set)
    : addresses(n_by_hand, per_set) {
  for (std::size_t i = 0; i < n_by_hand; ++i) {
    sharp.push_back(parameters[2 * (i / per_set)]);
    cost.push_back(parameters[2 * (i / per_set) + 1]);
  }
}

void TwoPlayers::begin() {
  arms_a.assign(sharp.size(), 1.0);
  arms_b.assign(sharp.size(), 1.0);
  fights.assign(sharp.size(), 0.0);
  edges.assign(sharp.size(), 0.0);
}

void TwoPlayers::step(std::uint32_t step) { machine::step_by_hand(*this, step); }

double TwoPlayers::checksum(std::size_t n) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += arms_a[i] + 2.0 * arms_b[i];
  return sum;
}

}  // namespace casus::bench
#endif
