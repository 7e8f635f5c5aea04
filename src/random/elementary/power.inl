// Powers; see random/elementary.inl.

/// f / (2 + f) to 2^-78 of it, the first part of 26 bits.
template <class X>
CASUS_INLINE Pair<X> log_argument(X f) {
  const X sum = 2.0 + f;
  const X inverse = 1.0 / sum;
  const X high = leading_bits(f * inverse);
  const X sum_high = leading_bits(sum);
  const X sum_low = (2.0 - sum_high) + f;
  return {high, ((f - high * sum_high) - high * sum_low) * inverse};
}

/// ln of a split number to 2^-64 of it: the series of 2 artanh(s), s = f / (2 + f), whose first two
/// terms are taken in pairs, the rest by a minimax polynomial to 2^-65.
template <class X>
CASUS_INLINE Pair<X> log_pair(Split<X> at) {
  const Pair<X> s = log_argument(at.fraction - 1.0);
  const Pair<X> z{s.high * s.high, (2.0 * s.high + s.low) * s.low};
  const X square = z.high + z.low;
  const X w = square * square;
  const X even = ((0.13196367808308523 * w + 0.15386757526930442) * w + 0.22222222519977172) * w +
                 0.40000000000002256;
  const X odd = (0.1325681338022992 * w + 0.1818178436265244) * w + 0.2857142857009925;
  constexpr double two_thirds = 0x1.5555555555555p-1;
  constexpr double two_thirds_low = 0x1.5555555555555p-55;
  const Pair<X> third = normalised(X(two_thirds), square * (even + square * odd) + two_thirds_low);
  const Pair<X> beyond = product_of_pairs(z, third);
  const Pair<X> factor = normalised(X(2.0), beyond.high);
  const Pair<X> near = product_of_pairs(s, {factor.high, factor.low + beyond.low});
  const Pair<X> sum = normalised(at.exponent * ln_2_high, near.high);
  return normalised(sum.high, sum.low + (at.exponent * ln_2_low + near.low));
}

/// exp(exponent) = y 2^whole, `shifted` being the shifted `whole`.
template <class X>
struct ScaledExp {
  X y;
  X whole;
  X shifted;
};

/// For the exponent high + low.
template <class X>
CASUS_INLINE ScaledExp<X> exp_of_pair(X high, X low) {
  const ReducedExponent<X> at = reduced_exponent(high);
  const Pair<X> e = exp_beside(X(1.0), at.high, at.low - low);
  return {e.high + e.low, at.whole, at.shifted};
}

/// y ln(a), where further from zero than 1000 is 1000.
template <class X>
CASUS_INLINE Pair<X> power_exponent(Pair<X> logarithm, X y) {
  constexpr double largest = 0x1p65;  // any y beyond gives 0, 1 or infinity like this one
  const X reached = select(absolute(y) < largest, y, copy_sign(X(largest), y));
  const Pair<X> product = product_of_pairs(logarithm, {reached, X(0.0)});
  const auto near = absolute(product.high) < 1000.0;
  return {select(near, product.high, copy_sign(X(1000.0), product.high)),
          select(near, product.low, X(0.0))};
}

/// a^b where one of them or the result is negative, no normal number or no number: the cases of the
/// C standard, annex F.
template <class X>
CASUS_INLINE X power_at_the_edge(X a, X b) {
  const X size = absolute(a);
  const Pair<X> exponent = power_exponent(log_pair(split_at_the_edge(size)), b);
  const ScaledExp<X> e = exp_of_pair(exponent.high, exponent.low);
  X result = exp_at_the_edge(exponent.high, e.y, e.whole);
  const auto extreme = (size == 0.0) | (size == infinity_of_doubles);
  const auto grows = ((size == 0.0) & (b < 0.0)) | ((size != 0.0) & (b > 0.0));
  result = select(extreme, select(grows, X(infinity_of_doubles), X(0.0)), result);
  const auto whole = floor_of(b) == b;
  const auto odd = whole & (floor_of(0.5 * b) != 0.5 * b);
  const auto negative = copy_sign(X(1.0), a) < 0.0;
  result = select(negative & odd, -result, result);
  result = select((negative & !whole) & !extreme, X(nan_of_doubles), result);
  result = select(b == 2.0, a * a, result);
  result = select((a == a) & (b == b), result, X(nan_of_doubles));
  return select((a == 1.0) | (b == 0.0), X(1.0), result);
}

template <class X>
CASUS_INLINE X power_of(X a, X b) {
  const Pair<X> exponent = power_exponent(log_pair(split_near_one(a)), b);
  const ScaledExp<X> e = exp_of_pair(exponent.high, exponent.low);
  const X result = select(b == 2.0, a * a, times_power_of_two(e.y, e.shifted));
  const auto ordinary = (a >= smallest_normal) & (a <= largest_double) &
                        (absolute(b) <= largest_double) &
                        (absolute(exponent.high) < widest_exponent);
  if (any(!ordinary)) return select(ordinary, result, power_at_the_edge(a, b));
  return result;
}
