// What each operation computes, inline for the loops that need it.
#pragma once

#include "machine/operation.hpp"
#include "random/elementary.hpp"
#include "random/special.hpp"

#include <cmath>

namespace casus::machine {

inline bool is_true(double truth) { return truth != 0.0; }
inline double truth_of(bool holds) { return holds ? 1.0 : 0.0; }

/// Not a number when either is not, whatever the order.
inline double minimum_of(double a, double b) {
  if (std::isnan(b)) return b;
  return b < a ? b : a;
}

inline double maximum_of(double a, double b) {
  if (std::isnan(b)) return b;
  return a < b ? b : a;
}

/// 1 / (1 + exp(-x)), written so that neither branch overflows.
inline double logistic_of(double x) {
  const double e = std::exp(-std::abs(x));
  return x >= 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
}

/// log(1 + exp(x)) without overflow.
inline double softplus_of(double x) {
  return x > 0.0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

/// a - b * floor(a / b), exact where the quotient would be rounded: the sign is that of b.
inline double remainder_of(double a, double b) {
  const double rest = std::fmod(a, b);
  return rest != 0.0 && (rest < 0.0) != (b < 0.0) ? rest + b : rest;
}

/// What `op` makes of `x.a()`, `x.b()`, `x.c()`. A template so that the loop of a machine, with a
/// type of its own for x, gets its own copy to inline: that halves the time of an instruction.
template <class Operands>
double arithmetic(Op op, const Operands& x) {
  switch (op) {
    case Op::add: return x.a() + x.b();
    case Op::subtract: return x.a() - x.b();
    case Op::multiply: return x.a() * x.b();
    case Op::divide: return x.a() / x.b();
    case Op::negate: return -x.a();
    case Op::power: return std::pow(x.a(), x.b());
    case Op::minimum: return minimum_of(x.a(), x.b());
    case Op::maximum: return maximum_of(x.a(), x.b());
    case Op::absolute: return std::abs(x.a());
    case Op::square_root: return std::sqrt(x.a());
    case Op::exponential: return random::exp_of(x.a());
    case Op::logarithm: return random::log_of(x.a());
    case Op::log1p: return std::log1p(x.a());
    case Op::expm1: return std::expm1(x.a());
    case Op::logistic: return logistic_of(x.a());
    case Op::softplus: return softplus_of(x.a());
    case Op::hyperbolic_tangent: return std::tanh(x.a());
    case Op::normal_cdf: return random::normal_cdf(x.a());
    case Op::floor: return std::floor(x.a());
    case Op::remainder: return remainder_of(x.a(), x.b());
    case Op::sine: return std::sin(x.a());
    case Op::cosine: return std::cos(x.a());
    case Op::less: return truth_of(x.a() < x.b());
    case Op::less_equal: return truth_of(x.a() <= x.b());
    case Op::equal: return truth_of(x.a() == x.b());
    case Op::not_equal: return truth_of(x.a() != x.b());
    case Op::logical_and: return truth_of(is_true(x.a()) && is_true(x.b()));
    case Op::logical_or: return truth_of(is_true(x.a()) || is_true(x.b()));
    case Op::logical_not: return truth_of(!is_true(x.a()));
    case Op::select: return is_true(x.a()) ? x.b() : x.c();
    default: return std::nan("");
  }
}

}  // namespace casus::machine
