// The inverse of the normal law over arrays. To be included like machine/kernels/vector-inl.hpp.
#include "machine/kernels/vector-inl.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#if defined(CASUS_MACHINE_KERNELS_QUANTILES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CASUS_MACHINE_KERNELS_QUANTILES_INL
#undef CASUS_MACHINE_KERNELS_QUANTILES_INL
#else
#define CASUS_MACHINE_KERNELS_QUANTILES_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

/// u's place in the law, of which the wanted z is the quantile.
struct NormalPlace {
  HWY_INLINE Place<Vector> operator()(Vector u) const { return place_of(u); }
};
struct HalfNormalPlace {
  HWY_INLINE Place<Vector> operator()(Vector u) const { return half_place_of(u); }
};

constexpr std::size_t quantile_block = 256;

static_assert(quantile_block <= 256 && HWY_LANES(double) <= 8, "places are bytes, truths too");

/// For each set of lanes the numbers of its members in order, one byte each.
using Members = std::array<std::uint8_t, 8>;
using MembersTable = std::array<Members, std::size_t{1} << HWY_LANES(double)>;

constexpr MembersTable make_members() {
  MembersTable table{};
  for (std::size_t bits = 0; bits < table.size(); ++bits) {
    std::size_t found = 0;
    for (std::uint8_t lane = 0; bits >> lane != 0; ++lane) {
      if ((bits >> lane) % 2 == 1) table[bits][found++] = lane;
    }
  }
  return table;
}
constexpr MembersTable members_of_lanes = make_members();

/// Places of numbers that are put aside.
struct Aside {
  std::uint8_t place[quantile_block + 8];
  std::size_t size = 0;

  /// The lanes of the mask, of a vector that stands from place `first` on. Eight are written, and
  /// the next overwrite those that do not count: jumps that cannot be foreseen would cost more.
  HWY_INLINE void add(Mask mask, std::size_t first) {
    constexpr std::uint64_t in_each_byte = 0x0101'0101'0101'0101U;
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(DoubleTag(), mask.bits, bits);
    std::uint64_t places = 0;
    std::memcpy(&places, members_of_lanes[bits[0]].data(), sizeof(places));
    places += first * in_each_byte;
    std::memcpy(place + size, &places, sizeof(places));
    size += static_cast<std::size_t>(std::popcount(bits[0]));
  }
};

/// At most `quantile_block` numbers. Six in seven lie in the centre of the law; the others, who
/// need a logarithm and a root, are put aside until they fill vectors of their own. Until then they
/// stand where their quantiles will.
template <class PlaceOf>
HWY_INLINE void quantiles_of_block(PlaceOf place, const double* u, double* z, std::size_t count) {
  Aside outer;
  for (std::size_t i = 0; i < count; i += lanes()) {
    const Vector here = load_some(u + i, count - i, 0.5);
    const Vector offset = place(here).offset;
    const Mask central = absolute(offset) <= widest_wichura_centre;
    outer.add(!central, i);
    store_some(select(central, central_quantile(offset), here), z + i, count - i);
  }
  HWY_ALIGN double numbers[quantile_block + HWY_LANES(double)];
  for (std::size_t i = 0; i < outer.size; ++i) numbers[i] = z[outer.place[i]];
  for (std::size_t i = 0; i < outer.size; i += lanes()) {
    const Place<Vector> at = place(load_some(numbers + i, outer.size - i, 0.5));
    store(outer_quantile(at.offset, at.tail), numbers + i);
  }
  for (std::size_t i = 0; i < outer.size; ++i) z[outer.place[i]] = numbers[i];
}

template <class PlaceOf>
HWY_INLINE void quantiles(PlaceOf place, std::span<const double> u, std::span<double> z) {
  for (std::size_t i = 0; i < u.size(); i += quantile_block) {
    const std::size_t count = std::min(quantile_block, u.size() - i);
    quantiles_of_block(place, u.data() + i, z.data() + i, count);
  }
}

/// z[i] = inverse_normal(u[i]), in half the time of a vector at a time.
inline void inverse_normals(std::span<const double> u, std::span<double> z) {
  quantiles(NormalPlace(), u, z);
}

/// z[i] = inverse_half_normal(u[i]).
inline void inverse_half_normals(std::span<const double> u, std::span<double> z) {
  quantiles(HalfNormalPlace(), u, z);
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
