// The elementary functions for one double at a time.
#include "random/elementary.hpp"

#include "random/elementary/of_double.hpp"
#include "random/elementary/wide_angle.hpp"
#include "random/special.hpp"

#include <array>
#include <cstddef>
#include <limits>

#define CASUS_INLINE inline

namespace casus::random::elementary {
namespace {

#include "random/elementary.inl"

/// 192 bits, the most significant first.
using Words = std::array<std::uint32_t, 6>;

/// The bits of 2 / pi from the one of weight 2^-(first + 1) on; -64 <= first < 1000.
Words two_over_pi_from(int first) {
  constexpr std::array<std::uint32_t, 42> words{
      0,          0,          0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599,
      0x3c439041, 0xfe5163ab, 0xdebbc561, 0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c,
      0xfe1deb1c, 0xb129a73e, 0xe88235f5, 0x2ebb4484, 0xe99c7026, 0xb45f7e41, 0x3991d639,
      0x835339f4, 0x9c845f8b, 0xbdf9283b, 0x1ff897ff, 0xde05980f, 0xef2f118b, 0x5a0a6d1f,
      0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d, 0x7527bac7, 0xebe5f17b, 0x3d0739f7,
      0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08, 0x56033046, 0xfc7b6bab, 0xf0cfbc20, 0x9af4361d};
  const auto from = static_cast<std::size_t>(std::ptrdiff_t{first} + 64);
  Words result{};
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::uint64_t here = words[from / 32 + i];
    const std::uint64_t both = here << 32 | words[from / 32 + i + 1];
    result[i] = static_cast<std::uint32_t>(both << (from % 32) >> 32);
  }
  return result;
}

/// a b 2^(32 places), the overflow left out.
Words product(const Words& a, std::uint32_t b, std::size_t places) {
  Words result{};
  std::uint64_t carry = 0;
  for (std::size_t i = a.size(); i-- > places;) {
    carry += std::uint64_t{a[i]} * b;
    result[i - places] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  return result;
}

Words sum(const Words& a, const Words& b) {
  Words result{};
  std::uint64_t carry = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    carry += std::uint64_t{a[i]} + b[i];
    result[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  return result;
}

/// For finite x > 2^19.
Angle<double> reduced_wide_angle(double x) {
  const std::uint64_t bits = bits_of(x);
  const std::uint64_t digits = (bits & 0x000f'ffff'ffff'ffffU) | 0x0010'0000'0000'0000U;
  const int exponent = static_cast<int>(bits >> 52) - 1075;
  // x is digits 2^exponent; bits of 2 / pi that make whole turns of it are left out.
  const Words factor = two_over_pi_from(exponent - 2);
  const Words turns = sum(product(factor, static_cast<std::uint32_t>(digits), 0),
                          product(factor, static_cast<std::uint32_t>(digits >> 32), 1));
  // Two bits of quarters, then their fraction, which is made the distance from the nearest quarter.
  const bool beyond_half = (turns[0] >> 29) % 2 == 1;
  const double quarters = (turns[0] >> 30) + (beyond_half ? 1.0 : 0.0);
  std::array<double, 4> part{};
  for (std::size_t i = 0; i < part.size(); ++i) {
    const std::uint32_t fraction = turns[i] << 2 | turns[i + 1] >> 30;
    part[i] = beyond_half ? ~fraction : fraction;
  }
  Pair<double> fraction = normalised(part[0] * 0x1p-32, part[1] * 0x1p-64);
  fraction = normalised(fraction.high, fraction.low + (part[2] * 0x1p-96 + part[3] * 0x1p-128));
  constexpr Pair<double> half_pi{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};
  Pair<double> angle = product_of_pairs(fraction, half_pi);
  angle = normalised(angle.high, angle.low);
  if (beyond_half) return {quarters + shift, -angle.high, -angle.low};
  return {quarters + shift, angle.high, angle.low};
}

}  // namespace
}  // namespace casus::random::elementary

#undef CASUS_INLINE

namespace casus::random {

double sine_of_wide_angle(double x) {
  if (!(elementary::absolute(x) <= elementary::largest_double)) return elementary::nan_of_doubles;
  const double size =
      elementary::sine_of_angle(elementary::reduced_wide_angle(elementary::absolute(x)));
  return x < 0.0 ? -size : size;
}

double cosine_of_wide_angle(double x) {
  if (!(elementary::absolute(x) <= elementary::largest_double)) return elementary::nan_of_doubles;
  return elementary::cosine_of_angle(elementary::reduced_wide_angle(elementary::absolute(x)));
}

double exp_of(double x) { return elementary::exp_of(x); }
double expm1_of(double x) { return elementary::expm1_of(x); }
double log_of(double x) { return elementary::log_of(x); }
double log1p_of(double x) { return elementary::log1p_of(x); }
double logistic_of(double x) { return elementary::logistic_of(x); }
double softplus_of(double x) { return elementary::softplus_of(x); }
double tanh_of(double x) { return elementary::tanh_of(x); }
double sine_of(double x) { return elementary::sine_of(x); }
double cosine_of(double x) { return elementary::cosine_of(x); }
double power_of(double a, double b) { return elementary::power_of(a, b); }
double normal_cdf(double z) { return elementary::normal_cdf(z); }
double inverse_normal(double u) { return elementary::inverse_normal(u); }
double inverse_half_normal(double u) { return elementary::inverse_half_normal(u); }
double deviance(double x, double m) { return elementary::deviance(x, m); }

}  // namespace casus::random
