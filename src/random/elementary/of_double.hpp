// What random/elementary.inl needs of its number type, for one double at a time.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

namespace casus::random::elementary {

/// f(x) in the lanes of `mask`, `otherwise` in the others; for what is too rare for vectors.
inline double lanewise(bool mask, double (*f)(double), double x, double otherwise) {
  return mask ? f(x) : otherwise;
}

// std::bit_cast, which the library of browsers does not have yet.
inline std::uint64_t bits_of(double x) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof(bits));
  return bits;
}
inline double double_of(std::uint64_t bits) {
  double x = 0.0;
  std::memcpy(&x, &bits, sizeof(x));
  return x;
}

/// Whether a mask holds in any lane.
inline bool any(bool holds) { return holds; }

inline double select(bool holds, double yes, double no) { return holds ? yes : no; }
inline double absolute(double x) { return std::abs(x); }
inline double square_root(double x) { return std::sqrt(x); }
inline double floor_of(double x) { return std::floor(x); }
inline double copy_sign(double size, double sign) { return std::copysign(size, sign); }

/// The first 26 binary digits of x, the others set to zero: x less this is exact, and so is the
/// product of two of these.
inline double leading_bits(double x) { return double_of(bits_of(x) & 0xffff'ffff'f800'0000U); }

/// Whether bit `bit` of a shifted whole number is set; negative ones are in two's complement.
template <int bit>
bool has_bit(double shifted) {
  return (bits_of(shifted) & (std::uint64_t{1} << bit)) != 0;
}

/// x times two to the power of a shifted whole number, where x and the result are normal numbers.
inline double times_power_of_two(double x, double shifted) {
  return double_of(bits_of(x) + (bits_of(shifted) << 52));
}

/// A positive normal number is fraction * 2^exponent, the fraction from sqrt(1/2) to sqrt(2).
template <class X>
struct Split {
  X fraction;
  X exponent;
};

inline Split<double> split_near_one(double x) {
  constexpr std::uint64_t root_half = 0x3fe6'a09e'667f'3bcdU;
  constexpr std::uint64_t one = 0x3ff0'0000'0000'0000U;
  constexpr std::uint64_t two_to_52 = 0x4330'0000'0000'0000U;
  const std::uint64_t moved = bits_of(x) + (one - root_half);
  const std::uint64_t fraction = (moved & 0x000f'ffff'ffff'ffffU) + root_half;
  return {double_of(fraction), double_of((moved >> 52) | two_to_52) - (0x1p52 + 1023.0)};
}

}  // namespace casus::random::elementary
