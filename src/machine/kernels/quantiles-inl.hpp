// The inverse of the normal law over arrays. To be included like machine/kernels/vector-inl.hpp.
#include "machine/kernels/vector-inl.hpp"

#include <algorithm>
#include <cstddef>
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

/// Numbers put aside, and where they belong.
struct Aside {
  HWY_ALIGN double number[quantile_block + HWY_LANES(double)];
  std::size_t place[quantile_block + HWY_LANES(double)];
  std::size_t size;

  /// Those of from[first], ... whose lanes are in the mask. Each is written, and the next
  /// overwrites it unless it counts: jumps that cannot be foreseen would cost more.
  HWY_INLINE void add(Mask mask, const double* from, std::size_t first, std::size_t count) {
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(DoubleTag(), mask.bits, bits);
    for (std::size_t i = 0; i < count; ++i) {
      number[size] = from[first + i];
      place[size] = first + i;
      size += (bits[i / 8] >> (i % 8)) & 1U;
    }
  }
};

/// At most `quantile_block` numbers. Six in seven lie in the centre of the law; the others, who
/// need a logarithm and a root, are put aside until they fill vectors of their own.
template <class PlaceOf>
HWY_INLINE void quantiles_of_block(PlaceOf place, const double* u, double* z, std::size_t count) {
  Aside outer;
  outer.size = 0;
  for (std::size_t i = 0; i < count; i += lanes()) {
    const Vector offset = place(load_some(u + i, count - i, 0.5)).offset;
    const Mask aside = !(absolute(offset) <= widest_wichura_centre);
    outer.add(aside, u, i, std::min(lanes(), count - i));
    store_some(central_quantile(offset), z + i, count - i);
  }
  for (std::size_t i = 0; i < outer.size; i += lanes()) {
    const Place<Vector> at = place(load_some(outer.number + i, outer.size - i, 0.5));
    store(outer_quantile(at.offset, at.tail), outer.number + i);
  }
  for (std::size_t i = 0; i < outer.size; ++i) z[outer.place[i]] = outer.number[i];
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
