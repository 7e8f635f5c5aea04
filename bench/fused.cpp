// Where and how loops written by hand draw.
#include "fused.hpp"

#include "model.hpp"
#include "random/laws.hpp"

namespace casus::bench {
namespace {

double value(const machine::Input& input, std::size_t lane) {
  return input.is_number ? *input.values : input.values[lane];
}

void draw_one_by_one(const machine::LawColumns& counts, const machine::Addresses& at,
                     const machine::Site& site) {
  const random::Law& law = *random::find_law("binomial");
  for (std::size_t lane = 0; lane < counts.n; ++lane) {
    const std::size_t pair = lane / 2;
    random::Draws draws({.key = {static_cast<std::uint32_t>(at.key_0[pair]),
                                 static_cast<std::uint32_t>(at.key_1[pair])},
                         .slot = static_cast<std::uint32_t>(2 * at.half_slot[pair] + lane % 2),
                         .step = site.step_word / 16,
                         .sub_step = 0,
                         .site = site.site});
    const std::array arguments{value(counts.arguments[0], lane), value(counts.arguments[1], lane)};
    counts.out[lane] = law.sample(draws, arguments);
  }
}

/// False where rows of kernels have no loops that draw, or this law has none.
template <class Row>
bool draw_by_loop(std::span<const Row> rows, const machine::LawColumns& counts,
                  const machine::Addresses& at, const machine::Site& site) {
  if constexpr (requires(const Row& row) { row.sample; }) {
    for (const Row& row : rows) {
      if (row.law == "binomial" && row.sample != nullptr) return row.sample(counts, at, site);
    }
  }
  return false;
}

}  // namespace

void draw_binomials(const machine::LawColumns& counts, const machine::Addresses& at,
                    const machine::Site& site) {
  static const machine::Kernels& kernels = *machine::kernels_of("");
  if (!draw_by_loop(kernels.laws, counts, at, site)) draw_one_by_one(counts, at, site);
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
