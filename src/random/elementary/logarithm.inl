// The logarithm and its relatives; see random/elementary.inl.

/// (2 artanh(s) - 2 s) / s^3 at z = s^2 for |s| <= (sqrt(2) - 1) / (sqrt(2) + 1): a minimax
/// polynomial to 2^-59 of 2 artanh(s) / s.
template <class X>
CASUS_INLINE X artanh_tail(X z) {
  const X w = z * z;
  const X odd = (0.15314075108955302 * w + 0.22222198599820006) * w + 0.3999999999941654;
  const X even = ((0.1479574242467207 * w + 0.18183563180989498) * w + 0.2857142874206643) * w +
                 0.6666666666666734;
  return even + z * odd;
}

/// whole ln 2 + ln(1 + f) for f from sqrt(1/2) - 1 to sqrt(2) - 1, where `low` holds what goes with
/// the low bits: whole ln_2_low, at least. With s = f / (2 + f), ln(1 + f) is 2 artanh(s), or
/// f - s (f - s^2 p(s^2)); f - f^2 / 2 stands apart, as it alone needs all its digits.
template <class X>
CASUS_INLINE X log_sum(X whole, X f, X low) {
  const X s = f / (2.0 + f);
  const X z = s * s;
  const X half_square = 0.5 * f * f;
  const X small = s * (half_square + z * artanh_tail(z)) + low;
  return whole * ln_2_high + (f - (half_square - small));
}

/// split_near_one for any positive number.
template <class X>
CASUS_INLINE Split<X> split_at_the_edge(X x) {
  const auto tiny = x < smallest_normal;
  const Split<X> at = split_near_one(x * select(tiny, X(0x1p54), X(1.0)));
  return {at.fraction, at.exponent - select(tiny, X(54.0), X(0.0))};
}

template <class X>
CASUS_INLINE X log_of(X x) {
  const Split<X> at = split_near_one(x);
  const X result = log_sum(at.exponent, at.fraction - 1.0, at.exponent * ln_2_low);
  const auto ordinary = (x >= smallest_normal) & (x <= largest_double);
  if (any(!ordinary)) {
    const Split<X> far = split_at_the_edge(x);
    X edge = log_sum(far.exponent, far.fraction - 1.0, far.exponent * ln_2_low);
    edge = select(x == infinity_of_doubles, x, edge);
    edge = select(x == 0.0, X(-infinity_of_doubles), edge);
    edge = select(x >= 0.0, edge, X(nan_of_doubles));
    return select(ordinary, result, edge);
  }
  return result;
}

/// ln(sum + low) for a sum from 2^-53 to 2^1023 and |low| at most half a unit of its last place.
/// The derivative 1 / (1 + f), times so little, need not be exact.
template <class X>
CASUS_INLINE X log_of_pair(X sum, X low) {
  const Split<X> at = split_near_one(sum);
  const X f = at.fraction - 1.0;
  const X reached = select(at.exponent < 64.0, at.exponent, X(64.0));
  const X scaled_low = low * times_power_of_two(X(1.0), shift - reached);
  const X inverse = 1.0 - f * (1.0 - 0.9 * f);
  return log_sum(at.exponent, f, at.exponent * ln_2_low + scaled_low * inverse);
}

template <class X>
CASUS_INLINE X log1p_of(X x) {
  const X sum = 1.0 + x;
  const X part = sum - 1.0;
  const X low = (1.0 - (sum - part)) + (x - part);
  const X result = copy_sign(log_of_pair(sum, low), x);
  const auto ordinary = (x > -1.0) & (x <= largest_double);
  if (any(!ordinary)) {
    X edge = select(x == infinity_of_doubles, x, X(nan_of_doubles));
    edge = select(x == -1.0, X(-infinity_of_doubles), edge);
    return select(ordinary, result, edge);
  }
  return result;
}

/// max(x, 0) + ln(1 + exp(-|x|)).
template <class X>
CASUS_INLINE X softplus_of(X x) {
  const Decay<X> e = decay_of(x);
  const X sum = 1.0 + e.high;
  const X rest = log_of_pair(sum, ((1.0 - sum) + e.high) + e.low);
  const X result = select(x > 0.0, x, X(0.0)) + rest;
  const auto ordinary = absolute(x) < widest_exponent;
  if (any(!ordinary)) return select(ordinary, result, select(x > 0.0, x, exp_of(x)));
  return result;
}

/// x ln(x / m) + m - x for x, m > 0, near zero where x is near m. With v = (x - m) / (x + m) the
/// logarithm is 2 artanh(v), whose first term is joined with m - x.
template <class X>
CASUS_INLINE X deviance(X x, X m) {
  constexpr double widest = 0.17157287525380990;  // x / m from sqrt(1/2) to sqrt(2)
  const X difference = x - m;
  const X sum = x + m;
  const X v = difference / sum;
  const X z = v * v;
  const X result = v * (difference + x * (z * artanh_tail(z)));
  const auto near = absolute(difference) <= widest * sum;
  if (any(!near)) return select(near, result, x * log_of(x / m) - difference);
  return result;
}
