// The exponential function and its relatives; see random/elementary.inl.

constexpr double ln_2_high = 0x1.62e42fefa38p-1;  ///< 42 bits: exact in a product with an exponent
constexpr double ln_2_low = 0x1.ef35793c7673p-45;

/// x = whole ln 2 + (high - low) with |high - low| <= ln(2) / 2 and `high` exact: Cody & Waite
/// 1980, "Software manual for the elementary functions". `shifted` is the shifted `whole`.
template <class X>
struct ReducedExponent {
  X shifted;
  X whole;
  X high;
  X low;
};

template <class X>
CASUS_INLINE ReducedExponent<X> reduced_exponent(X x) {
  constexpr double log_2_of_e = 0x1.71547652b82fep+0;
  const X shifted = x * log_2_of_e + shift;
  const X whole = shifted - shift;
  return {shifted, whole, x - whole * ln_2_high, whole * ln_2_low};
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

/// exp(high - low) - 1 + near for a reduced argument, |near| >= |high| or near zero: a sum of two
/// numbers that is good to 2^-57, the error of the polynomial.
template <class X>
CASUS_INLINE Pair<X> exp_beside(X near, X high, X low) {
  const X sum = near + high;
  return {sum, ((near - sum) + high) + (exp_tail(high - low) - low)};
}

/// y 2^whole where the result may overflow, or be no normal number; |whole| < 2000.
template <class X>
CASUS_INLINE X scaled_to_the_edge(X y, X whole) {
  const X half = whole * 0.5 + shift;
  const X rest = (whole - (half - shift)) + shift;
  return times_power_of_two(X(1.0), rest) * (times_power_of_two(X(1.0), half) * y);
}

/// Below this, and above its negative, exp(x) is a normal number.
constexpr double widest_exponent = 708.0;

/// y 2^whole, where y 2^whole is exp(x) but x may be too large for it, or no number.
template <class X>
CASUS_INLINE X exp_at_the_edge(X x, X y, X whole) {
  X result = scaled_to_the_edge(y, whole);
  result = select(x > 710.0, X(infinity_of_doubles), result);
  result = select(x < -746.0, X(0.0), result);
  return select(x == x, result, X(nan_of_doubles));
}

template <class X>
CASUS_INLINE X exp_of(X x) {
  const ReducedExponent<X> at = reduced_exponent(x);
  const X y = 1.0 + (at.high + (exp_tail(at.high - at.low) - at.low));
  const X result = times_power_of_two(y, at.shifted);
  const auto ordinary = absolute(x) < widest_exponent;
  if (any(!ordinary)) return select(ordinary, result, exp_at_the_edge(x, y, at.whole));
  return result;
}

/// What 2^whole multiplies in exp(x) - 1: exp(high - low) - 1 + (1 - 2^-whole), the latter exact up
/// to |whole| = 53 and negligible beyond.
template <class X>
CASUS_INLINE Pair<X> expm1_beside(const ReducedExponent<X>& at) {
  return exp_beside(1.0 - times_power_of_two(X(1.0), shift - at.whole), at.high, at.low);
}

template <class X>
CASUS_INLINE X expm1_of(X x) {
  const ReducedExponent<X> at = reduced_exponent(x);
  const Pair<X> y = expm1_beside(at);
  const X result = copy_sign(times_power_of_two(X(1.0), at.shifted) * (y.high + y.low), x);
  const auto ordinary = absolute(x) < widest_exponent;
  if (any(!ordinary)) return select(ordinary, result, select(x < 0.0, X(-1.0), exp_of(x)));
  return result;
}

/// E / (E + 2) with E = exp(2 |x|) - 1, corrected by what E and the sum were rounded by; the
/// inverse of the sum is (1 - quotient) / 2.
template <class X>
CASUS_INLINE X tanh_of(X x) {
  constexpr double one_from_here = 22.0;
  const auto small = absolute(x) < one_from_here;
  const X size = select(small, absolute(x), X(one_from_here));
  const ReducedExponent<X> at = reduced_exponent(2.0 * size);
  const Pair<X> y = expm1_beside(at);
  const Pair<X> e = normalised(y.high, y.low);
  const X scale = times_power_of_two(X(1.0), at.shifted);
  const X e_high = scale * e.high;
  const X e_low = scale * e.low;
  const Pair<X> sum = exact_sum(e_high, X(2.0));
  const X quotient = e_high / sum.high;
  const X missed = e_low - quotient * (sum.low + e_low);
  const X result = copy_sign(quotient + missed * (0.5 - 0.5 * quotient), x);
  if (any(!small)) return select(x == x, result, X(nan_of_doubles));
  return result;
}

/// exp(-|x|) as a pair, and how far it is from zero.
template <class X>
struct Decay {
  X high;
  X low;
  X whole;
};

template <class X>
CASUS_INLINE Decay<X> decay_of(X x) {
  const X size = absolute(x);
  const X reached = select(size < widest_exponent, size, X(widest_exponent));
  const ReducedExponent<X> at = reduced_exponent(-reached);
  const Pair<X> y = exp_beside(X(1.0), at.high, at.low);
  const Pair<X> e = normalised(y.high, y.low);
  const X scale = times_power_of_two(X(1.0), at.shifted);
  return {scale * e.high, scale * e.low, at.whole};
}

/// e / (1 + e) or 1 / (1 + e) with e = exp(-|x|), corrected by what the sum and e were rounded by.
template <class X>
CASUS_INLINE X logistic_of(X x) {
  const Decay<X> e = decay_of(x);
  const X one = X(1.0);
  const auto right = x >= 0.0;
  const X sum = 1.0 + e.high;
  const X sum_low = ((1.0 - sum) + e.high) + e.low;
  const X quotient = select(right, one, e.high) / sum;
  const X inverse_sum = select(right, quotient, 1.0 - quotient);
  const X numerator_low = select(right, X(0.0), e.low);
  const X result = quotient + (numerator_low - quotient * sum_low) * inverse_sum;
  const auto ordinary = absolute(x) < widest_exponent;
  if (any(!ordinary)) return select(ordinary, result, select(right, one, exp_of(x)));
  return result;
}
