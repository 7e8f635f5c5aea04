// Numbers of twice the precision, as pairs; see random/elementary.inl.

/// What a sum of two numbers stands for, of which only the first is rounded to a double.
template <class X>
struct Pair {
  X high;
  X low;
};

/// The sum of a and b, whichever is larger, and what it was rounded by: Knuth, "The art of computer
/// programming", volume 2, section 4.2.2.
template <class X>
CASUS_INLINE Pair<X> exact_sum(X a, X b) {
  const X sum = a + b;
  const X part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// The product and what it was rounded by, to 2^-106 of it: Dekker 1971, "A floating-point
/// technique for extending the available precision".
template <class X>
CASUS_INLINE Pair<X> exact_product(X a, X b) {
  const X product = a * b;
  const X a_high = leading_bits(a);
  const X a_low = a - a_high;
  const X b_high = leading_bits(b);
  const X b_low = b - b_high;
  return {product,
          ((a_high * b_high - product) + (a_high * b_low + a_low * b_high)) + a_low * b_low};
}

/// The same number with all it can in its first part; |high| >= |low|, or high is zero.
template <class X>
CASUS_INLINE Pair<X> normalised(X high, X low) {
  const X sum = high + low;
  return {sum, (high - sum) + low};
}

/// To 2^-78 of the product; its `low` may reach 2^-24 of it.
template <class X>
CASUS_INLINE Pair<X> product_of_pairs(Pair<X> a, Pair<X> b) {
  const X a_high = leading_bits(a.high);
  const X a_low = (a.high - a_high) + a.low;
  const X b_high = leading_bits(b.high);
  const X b_low = (b.high - b_high) + b.low;
  return {a_high * b_high, a_high * b_low + a_low * (b_high + b_low)};
}
