// The logarithm and its relatives; see random/elementary.inl.

/// whole ln 2 + ln(1 + f) + extra for f from sqrt(1/2) - 1 to sqrt(2) - 1 and a tiny `extra`. With
/// s = f / (2 + f), ln(1 + f) is 2 artanh(s) = f - s (f - s^2 p(s^2)), p a minimax polynomial to
/// 2^-59; f - f^2 / 2 stands apart, as it alone needs all its digits.
template <class X>
CASUS_INLINE X log_sum(X whole, X f, X extra) {
  constexpr double ln_2_high = 0x1.62e42fefa38p-1;
  constexpr double ln_2_low = 0x1.ef35793c7673p-45;
  const X s = f / (2.0 + f);
  const X z = s * s;
  const X w = z * z;
  const X odd = (0.15314075108955302 * w + 0.22222198599820006) * w + 0.3999999999941654;
  const X even = ((0.1479574242467207 * w + 0.18183563180989498) * w + 0.2857142874206643) * w +
                 0.6666666666666734;
  const X half_square = 0.5 * f * f;
  const X small = s * (half_square + z * (even + z * odd)) + (whole * ln_2_low + extra);
  return whole * ln_2_high + (f - (half_square - small));
}

template <class X>
CASUS_INLINE X log_of(X x) {
  const auto ordinary = (x >= smallest_normal) & (x <= largest_double);
  if (any(!ordinary)) {
    const auto scaled = select(x < smallest_normal, X(0x1p54), X(1.0));
    const Split<X> at = split_near_one(x * scaled);
    X result = log_sum(at.exponent - select(x < smallest_normal, X(54.0), X(0.0)),
                       at.fraction - 1.0, X(0.0));
    result = select(x == infinity_of_doubles, x, result);
    result = select(x == 0.0, X(-infinity_of_doubles), result);
    return select(x >= 0.0, result, X(nan_of_doubles));
  }
  const Split<X> at = split_near_one(x);
  return log_sum(at.exponent, at.fraction - 1.0, X(0.0));
}
