// What each operation computes, over X: one double, or a vector of them. The includer defines
// CASUS_INLINE and, for X, what random/elementary.inl needs, its functions and remainder_of.

template <class X>
CASUS_INLINE auto is_true(X truth) {
  return !(truth == X(0.0));
}

template <class X, class Mask>
CASUS_INLINE X truth_of(Mask holds) {
  return select(holds, X(1.0), X(0.0));
}

/// Not a number when either is not, whatever the order.
template <class X>
CASUS_INLINE X minimum_of(X a, X b) {
  return select((b < a) | !(b == b), b, a);
}

template <class X>
CASUS_INLINE X maximum_of(X a, X b) {
  return select((a < b) | !(b == b), b, a);
}

/// The value of an arithmetic, comparison or logical operation; operands beyond its arity are
/// ignored.
template <Op op, class X>
CASUS_INLINE X arithmetic_of(X a, X b, X c) {
  if constexpr (op == Op::add) return a + b;
  if constexpr (op == Op::subtract) return a - b;
  if constexpr (op == Op::multiply) return a * b;
  if constexpr (op == Op::divide) return a / b;
  if constexpr (op == Op::negate) return -a;
  if constexpr (op == Op::power) return power_of(a, b);
  if constexpr (op == Op::minimum) return minimum_of(a, b);
  if constexpr (op == Op::maximum) return maximum_of(a, b);
  if constexpr (op == Op::clamp) return minimum_of(maximum_of(a, b), c);
  if constexpr (op == Op::absolute) return absolute(a);
  if constexpr (op == Op::square_root) return square_root(a);
  if constexpr (op == Op::exponential) return exp_of(a);
  if constexpr (op == Op::logarithm) return log_of(a);
  if constexpr (op == Op::log1p) return log1p_of(a);
  if constexpr (op == Op::expm1) return expm1_of(a);
  if constexpr (op == Op::logistic) return logistic_of(a);
  if constexpr (op == Op::softplus) return softplus_of(a);
  if constexpr (op == Op::hyperbolic_tangent) return tanh_of(a);
  if constexpr (op == Op::normal_cdf) return normal_cdf(a);
  if constexpr (op == Op::floor) return floor_of(a);
  if constexpr (op == Op::remainder) return remainder_of(a, b);
  if constexpr (op == Op::sine) return sine_of(a);
  if constexpr (op == Op::cosine) return cosine_of(a);
  if constexpr (op == Op::less) return truth_of<X>(a < b);
  if constexpr (op == Op::less_equal) return truth_of<X>(a <= b);
  if constexpr (op == Op::equal) return truth_of<X>(a == b);
  if constexpr (op == Op::not_equal) return truth_of<X>(!(a == b));
  if constexpr (op == Op::logical_and) return truth_of<X>(is_true(a) & is_true(b));
  if constexpr (op == Op::logical_or) return truth_of<X>(is_true(a) | is_true(b));
  if constexpr (op == Op::logical_not) return truth_of<X>(a == X(0.0));
  if constexpr (op == Op::select) return select(is_true(a), b, c);
  if constexpr (op == Op::multiply_add) return a * b + c;
  if constexpr (op == Op::multiply_subtract) return a * b - c;
  if constexpr (op == Op::subtract_product) return c - a * b;
}
