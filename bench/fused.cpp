// Where and how loops written by hand draw.
#include "fused.hpp"

#include "base/bug.hpp"
#include "model.hpp"

namespace casus::bench {
namespace {

machine::SampleLoop binomial_loop() {
  for (const machine::LawRow& row : machine::kernels_of("")->laws) {
    if (row.law == "binomial") return row.sample;
  }
  throw Bug("kernels without a loop of binomial draws");
}

}  // namespace

void draw_binomials(const machine::LawColumns& counts, const machine::Addresses& at,
                    const machine::Site& site) {
  static const machine::SampleLoop draw = binomial_loop();
  (void)draw(counts, at, site);
}

HandAddresses::HandAddresses(std::size_t n, std::uint32_t per_set) {
  for (std::size_t i = 0; i < n; i += 2) {
    const random::Key key = key_of_set(static_cast<std::uint32_t>(i / per_set));
    half_slot_.push_back(i % per_set / 2);
    key_0_.push_back(key[0]);
    key_1_.push_back(key[1]);
  }
}

machine::Addresses HandAddresses::of(std::size_t first, std::size_t count) const {
  return {.half_slot = &half_slot_[first / 2],
          .key_0 = &key_0_[first / 2],
          .key_1 = &key_1_[first / 2],
          .is_odd = nullptr,
          .is_paired = true,
          .n = count};
}

}  // namespace casus::bench
