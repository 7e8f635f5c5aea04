// A vector of doubles of the target being compiled, with what random/elementary.inl needs of its
// number type, and that file's functions over it. To be included once per target, after
// hwy/foreach_target.h, in the manner of Highway's own "-inl.h" files.
#include "hwy/highway.h"
#include "random/elementary/wide_angle.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#if defined(CASUS_MACHINE_KERNELS_VECTOR_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CASUS_MACHINE_KERNELS_VECTOR_INL
#undef CASUS_MACHINE_KERNELS_VECTOR_INL
#else
#define CASUS_MACHINE_KERNELS_VECTOR_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using DoubleTag = hn::ScalableTag<double>;
using WordTag = hn::RebindToUnsigned<DoubleTag>;
using Doubles = hn::Vec<DoubleTag>;
using Words = hn::Vec<WordTag>;

/// Doubles in a vector, a constant of each target.
HWY_INLINE std::size_t lanes() { return hn::Lanes(DoubleTag()); }

/// A truth for each lane.
struct Mask {
  hn::Mask<DoubleTag> bits;
};

HWY_INLINE Mask operator&(Mask a, Mask b) { return {hn::And(a.bits, b.bits)}; }
HWY_INLINE Mask operator|(Mask a, Mask b) { return {hn::Or(a.bits, b.bits)}; }
HWY_INLINE Mask operator!(Mask a) { return {hn::Not(a.bits)}; }
HWY_INLINE bool any(Mask a) { return !hn::AllFalse(DoubleTag(), a.bits); }

struct Vector {
  Doubles lanes;

  // Formulas are written as of numbers: what Highway returns, and constants, stand beside vectors.
  // NOLINTBEGIN(google-explicit-constructor)
  HWY_INLINE Vector(Doubles from) : lanes(from) {}
  /// `x` in every lane.
  HWY_INLINE Vector(double x) : lanes(hn::Set(DoubleTag(), x)) {}
  // NOLINTEND(google-explicit-constructor)
};

HWY_INLINE Vector operator+(Vector a, Vector b) { return hn::Add(a.lanes, b.lanes); }
HWY_INLINE Vector operator-(Vector a, Vector b) { return hn::Sub(a.lanes, b.lanes); }
HWY_INLINE Vector operator*(Vector a, Vector b) { return hn::Mul(a.lanes, b.lanes); }
HWY_INLINE Vector operator/(Vector a, Vector b) { return hn::Div(a.lanes, b.lanes); }
HWY_INLINE Vector operator-(Vector a) { return hn::Neg(a.lanes); }
HWY_INLINE Mask operator<(Vector a, Vector b) { return {hn::Lt(a.lanes, b.lanes)}; }
HWY_INLINE Mask operator<=(Vector a, Vector b) { return {hn::Le(a.lanes, b.lanes)}; }
HWY_INLINE Mask operator>(Vector a, Vector b) { return {hn::Gt(a.lanes, b.lanes)}; }
HWY_INLINE Mask operator>=(Vector a, Vector b) { return {hn::Ge(a.lanes, b.lanes)}; }
HWY_INLINE Mask operator==(Vector a, Vector b) { return {hn::Eq(a.lanes, b.lanes)}; }
HWY_INLINE Mask operator!=(Vector a, Vector b) { return {hn::Ne(a.lanes, b.lanes)}; }

HWY_INLINE Vector select(Mask mask, Vector yes, Vector no) {
  return hn::IfThenElse(mask.bits, yes.lanes, no.lanes);
}

/// Reads lanes() numbers, wherever they lie.
HWY_INLINE Vector load(const double* from) { return hn::LoadU(DoubleTag(), from); }
HWY_INLINE void store(Vector x, double* to) { hn::StoreU(x.lanes, DoubleTag(), to); }

/// Reads the first `count` lanes, where there are so many, and `filler` in the others.
HWY_INLINE Vector load_some(const double* from, std::size_t count, double filler) {
  if (count >= lanes()) return load(from);
  HWY_ALIGN double some[HWY_LANES(double)];
  for (std::size_t i = 0; i < lanes(); ++i) some[i] = i < count ? from[i] : filler;
  return load(some);
}

/// Writes the first `count` lanes, where there are so many.
HWY_INLINE void store_some(Vector x, double* to, std::size_t count) {
  if (count >= lanes()) return store(x, to);
  HWY_ALIGN double some[HWY_LANES(double)];
  store(x, some);
  for (std::size_t i = 0; i < count; ++i) to[i] = some[i];
}

// The rest is explained where it is written for one double: random/elementary/of_double.hpp.

HWY_INLINE Words words_of(Vector x) { return hn::BitCast(WordTag(), x.lanes); }
HWY_INLINE Vector vector_of(Words bits) { return hn::BitCast(DoubleTag(), bits); }
HWY_INLINE Words word(std::uint64_t bits) { return hn::Set(WordTag(), bits); }

HWY_INLINE Vector absolute(Vector x) { return hn::Abs(x.lanes); }
HWY_INLINE Vector square_root(Vector x) { return hn::Sqrt(x.lanes); }
HWY_INLINE Vector floor_of(Vector x) {
  const Doubles whole = hn::Floor(x.lanes);
  // Without an instruction for it, Highway makes 0 of -0.
  if constexpr (HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128)
    return hn::CopySign(whole, x.lanes);
  return whole;
}
HWY_INLINE Vector copy_sign(Vector size, Vector sign) {
  return hn::CopySign(size.lanes, sign.lanes);
}
inline Vector lanewise(Mask mask, double (*f)(double), Vector x, Vector otherwise) {
  HWY_ALIGN double chosen[HWY_LANES(double)];
  HWY_ALIGN double from[HWY_LANES(double)];
  HWY_ALIGN double to[HWY_LANES(double)];
  store(select(mask, 1.0, 0.0), chosen);
  store(x, from);
  store(otherwise, to);
  for (std::size_t i = 0; i < lanes(); ++i) {
    if (chosen[i] != 0.0) to[i] = f(from[i]);
  }
  return load(to);
}
HWY_INLINE Vector leading_bits(Vector x) {
  return vector_of(hn::And(words_of(x), word(0xffff'ffff'f800'0000U)));
}

template <int bit>
HWY_INLINE Mask has_bit(Vector shifted) {
  const Words tested = hn::And(words_of(shifted), word(std::uint64_t{1} << bit));
  return {hn::RebindMask(DoubleTag(), hn::Ne(tested, hn::Zero(WordTag())))};
}

HWY_INLINE Vector times_power_of_two(Vector x, Vector shifted) {
  return vector_of(hn::Add(words_of(x), hn::ShiftLeft<52>(words_of(shifted))));
}

template <class X>
struct Split {
  X fraction;
  X exponent;
};

HWY_INLINE Split<Vector> split_near_one(Vector x) {
  constexpr std::uint64_t root_half = 0x3fe6'a09e'667f'3bcdU;
  constexpr std::uint64_t one = 0x3ff0'0000'0000'0000U;
  constexpr std::uint64_t two_to_52 = 0x4330'0000'0000'0000U;
  const Words moved = hn::Add(words_of(x), word(one - root_half));
  const Words fraction = hn::Add(hn::And(moved, word(0x000f'ffff'ffff'ffffU)), word(root_half));
  const Words exponent = hn::Or(hn::ShiftRight<52>(moved), word(two_to_52));
  return {vector_of(fraction), vector_of(exponent) - (0x1p52 + 1023.0)};
}

#define CASUS_INLINE HWY_INLINE
#include "random/elementary.inl"
#undef CASUS_INLINE

/// y[i] = function(x[i]). A function object instead of a lambda, which would lack the attributes of
/// the target; the last, partial vector is filled up with ones.
template <class Function>
HWY_INLINE void for_each(Function function, std::span<const double> x, std::span<double> y) {
  const double* const from = x.data();
  double* const to = y.data();
  const std::size_t count = x.size();
  for (std::size_t i = 0; i < count; i += lanes())
    store_some(function(load_some(from + i, count - i, 1.0)), to + i, count - i);
}

/// z[i] = function(x[i], y[i]).
template <class Function>
HWY_INLINE void for_each(Function function, std::span<const double> x, std::span<const double> y,
                         std::span<double> z) {
  const double* const a = x.data();
  const double* const b = y.data();
  double* const to = z.data();
  const std::size_t count = x.size();
  for (std::size_t i = 0; i < count; i += lanes()) {
    const Vector first = load_some(a + i, count - i, 1.0);
    const Vector second = load_some(b + i, count - i, 1.0);
    store_some(function(first, second), to + i, count - i);
  }
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
