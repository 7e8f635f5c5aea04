// What each operation computes, for one double at a time.
#pragma once

#include "machine/operation.hpp"
#include "random/elementary.hpp"
#include "random/elementary/of_double.hpp"
#include "random/special.hpp"

#include <cmath>

namespace casus::machine {
namespace numbers {

using random::cosine_of;
using random::exp_of;
using random::expm1_of;
using random::log1p_of;
using random::log_of;
using random::logistic_of;
using random::normal_cdf;
using random::power_of;
using random::sine_of;
using random::softplus_of;
using random::tanh_of;
using random::elementary::absolute;
using random::elementary::floor_of;
using random::elementary::select;
using random::elementary::square_root;

/// a - b * floor(a / b), exact where the quotient would be rounded: the sign is that of b.
inline double remainder_of(double a, double b) {
  const double rest = std::fmod(a, b);
  return rest != 0.0 && (rest < 0.0) != (b < 0.0) ? rest + b : rest;
}

#define CASUS_INLINE inline
#include "machine/arithmetic.inl"
#undef CASUS_INLINE

template <Op op, class Operands>
double apply(const Operands& x) {
  if constexpr (arity_of(op) == 1) {
    return arithmetic_of<op, double>(x.a(), 0.0, 0.0);
  } else if constexpr (arity_of(op) == 2) {
    return arithmetic_of<op, double>(x.a(), x.b(), 0.0);
  } else {
    return arithmetic_of<op, double>(x.a(), x.b(), x.c());
  }
}

}  // namespace numbers

inline bool is_true(double truth) { return numbers::is_true(truth); }
inline double truth_of(bool holds) { return numbers::truth_of<double>(holds); }

/// What `op` makes of `x.a()`, `x.b()`, `x.c()`. A template so that the loop of a machine, with a
/// type of its own for x, gets its own copy to inline: that halves the time of an instruction.
template <class Operands>
double arithmetic(Op op, const Operands& x) {
  using numbers::apply;
  switch (op) {
    case Op::add: return apply<Op::add>(x);
    case Op::subtract: return apply<Op::subtract>(x);
    case Op::multiply: return apply<Op::multiply>(x);
    case Op::divide: return apply<Op::divide>(x);
    case Op::negate: return apply<Op::negate>(x);
    case Op::power: return apply<Op::power>(x);
    case Op::minimum: return apply<Op::minimum>(x);
    case Op::maximum: return apply<Op::maximum>(x);
    case Op::clamp: return apply<Op::clamp>(x);
    case Op::absolute: return apply<Op::absolute>(x);
    case Op::square_root: return apply<Op::square_root>(x);
    case Op::exponential: return apply<Op::exponential>(x);
    case Op::logarithm: return apply<Op::logarithm>(x);
    case Op::log1p: return apply<Op::log1p>(x);
    case Op::expm1: return apply<Op::expm1>(x);
    case Op::logistic: return apply<Op::logistic>(x);
    case Op::softplus: return apply<Op::softplus>(x);
    case Op::hyperbolic_tangent: return apply<Op::hyperbolic_tangent>(x);
    case Op::normal_cdf: return apply<Op::normal_cdf>(x);
    case Op::floor: return apply<Op::floor>(x);
    case Op::remainder: return apply<Op::remainder>(x);
    case Op::sine: return apply<Op::sine>(x);
    case Op::cosine: return apply<Op::cosine>(x);
    case Op::less: return apply<Op::less>(x);
    case Op::less_equal: return apply<Op::less_equal>(x);
    case Op::equal: return apply<Op::equal>(x);
    case Op::not_equal: return apply<Op::not_equal>(x);
    case Op::logical_and: return apply<Op::logical_and>(x);
    case Op::logical_or: return apply<Op::logical_or>(x);
    case Op::logical_not: return apply<Op::logical_not>(x);
    case Op::select: return apply<Op::select>(x);
    case Op::multiply_add: return apply<Op::multiply_add>(x);
    case Op::multiply_subtract: return apply<Op::multiply_subtract>(x);
    case Op::subtract_product: return apply<Op::subtract_product>(x);
    default: return std::nan("");
  }
}

}  // namespace casus::machine
