// The exponential function and its relatives; see random/elementary.inl.

/// x = whole ln 2 + (high - low) with |high - low| <= ln(2) / 2: Cody & Waite 1980, the constant in
/// two parts of which the first has 42 bits, so that `high` is exact.
template <class X>
struct ReducedExponent {
  X whole;
  X high;
  X low;
};

template <class X>
CASUS_INLINE ReducedExponent<X> reduced_exponent(X x) {
  constexpr double log_2_of_e = 0x1.71547652b82fep+0;
  constexpr double ln_2_high = 0x1.62e42fefa38p-1;
  constexpr double ln_2_low = 0x1.ef35793c7673p-45;
  const X whole = nearest_of(x * log_2_of_e);
  return {whole, x - whole * ln_2_high, whole * ln_2_low};
}

/// exp(r) - 1 - r for |r| <= ln(2) / 2, to 2^-57 of exp(r): a minimax polynomial whose first two
/// coefficients are those of the power series.
template <class X>
CASUS_INLINE X exp_tail(X r) {
  const X square = r * r;
  const X even =
      ((2.762389377974596e-07 * square + 2.4801512188788373e-05) * square + 0.001388888892374139) *
          square +
      0.041666666666612416;
  const X odd = (((2.500918854284537e-08 * square + 2.7557517641255005e-06) * square +
                  0.00019841269643770226) *
                     square +
                 0.008333333333391686) *
                    square +
                0.16666666666666666;
  return square * (0.5 + (r * odd + square * even));
}

/// y 2^whole where the result may overflow, or be no normal number.
template <class X>
CASUS_INLINE X scaled_to_the_edge(X y, X whole) {
  const X half = nearest_of(whole * 0.5);
  return times_power_of_two(X(1.0), whole - half) * (times_power_of_two(X(1.0), half) * y);
}

template <class X>
CASUS_INLINE X exp_of(X x) {
  const ReducedExponent<X> at = reduced_exponent(x);
  const X tail = exp_tail(at.high - at.low) - at.low;
  const X sum = 1.0 + at.high;
  const X y = sum + (((1.0 - sum) + at.high) + tail);
  X result = times_power_of_two(y, at.whole);
  const auto ordinary = absolute(x) < 708.0;
  if (any(!ordinary)) {
    X edge = scaled_to_the_edge(y, at.whole);
    edge = select(x > 710.0, X(infinity_of_doubles), edge);
    edge = select(x < -746.0, X(0.0), edge);
    edge = select(x == x, edge, X(nan_of_doubles));
    result = select(ordinary, result, edge);
  }
  return result;
}
