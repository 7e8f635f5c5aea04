// Sine and cosine; see random/elementary.inl.

/// x = quarters pi / 2 + (high + low), the sum at most pi / 4 in size; `shifted` is the shifted
/// number of quarters.
template <class X>
struct Angle {
  X shifted;
  X high;
  X low;
};

/// Up to here an angle is reduced by pi / 2 in four parts, three of 33 bits, whose products with
/// the number of quarter turns are exact (Cody & Waite 1980).
constexpr double widest_angle = 1.0e6;

template <class X>
CASUS_INLINE Angle<X> reduced_angle(X x) {
  constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
  constexpr std::array quarter{0x1.921fb544p+0, 0x1.0b4611a6p-34, 0x1.3198a2ep-69,
                               0x1.b839a252049c1p-104};
  const X shifted = x * two_over_pi + shift;
  const X whole = shifted - shift;
  const Pair<X> first = exact_sum(x - whole * quarter[0], -(whole * quarter[1]));
  const Pair<X> second = exact_sum(first.high, -(whole * quarter[2]));
  const X low = (first.low + second.low) - whole * quarter[3];
  const X high = second.high + low;
  return {shifted, high, (second.high - high) + low};
}

/// sin(high + low) by a minimax polynomial to 2^-56.
template <class X>
CASUS_INLINE X sine_near_zero(X high, X low) {
  const X z = high * high;
  const X w = z * z;
  const X even = (-2.5050747213004536e-08 * w + -0.00019841269829580047) * w + -0.1666666666666663;
  const X odd = (1.5896197372877094e-10 * w + 2.75573136179796e-06) * w + 0.008333333333322108;
  return high + (high * z * (even + z * odd) + low * (1.0 - 0.5 * z));
}

/// cos(high + low) by a minimax polynomial to 2^-60.
template <class X>
CASUS_INLINE X cosine_near_zero(X high, X low) {
  const X z = high * high;
  const X w = z * z;
  const X even = (2.087570041670561e-09 * w + 2.4801587288841417e-05) * w + 0.041666666666666595;
  const X odd = (-1.1358513979681043e-11 * w + -2.7557314176245156e-07) * w + -0.001388888888887304;
  const X half = 0.5 * z;
  const X rest = 1.0 - half;
  return rest + (((1.0 - rest) - half) + (w * (even + z * odd) - high * low));
}

template <class X>
CASUS_INLINE X sine_of_angle(Angle<X> at) {
  const X size = select(has_bit<0>(at.shifted), cosine_near_zero(at.high, at.low),
                        sine_near_zero(at.high, at.low));
  return select(has_bit<1>(at.shifted), -size, size);
}

template <class X>
CASUS_INLINE X cosine_of_angle(Angle<X> at) {
  const X size = select(has_bit<0>(at.shifted), -sine_near_zero(at.high, at.low),
                        cosine_near_zero(at.high, at.low));
  return select(has_bit<1>(at.shifted), -size, size);
}

template <class X>
CASUS_INLINE X sine_of(X x) {
  const X result = select(x == 0.0, x, sine_of_angle(reduced_angle(x)));
  const auto ordinary = absolute(x) <= widest_angle;
  if (any(!ordinary)) return lanewise(!ordinary, ::casus::random::sine_of_wide_angle, x, result);
  return result;
}

template <class X>
CASUS_INLINE X cosine_of(X x) {
  const X result = cosine_of_angle(reduced_angle(x));
  const auto ordinary = absolute(x) <= widest_angle;
  if (any(!ordinary)) return lanewise(!ordinary, ::casus::random::cosine_of_wide_angle, x, result);
  return result;
}
