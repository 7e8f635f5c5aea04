// What each operation computes, inline for the loops that need it.
#pragma once

#include "machine/operation.hpp"
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

/// `evaluate` without the call.
inline double arithmetic(Op op, double a, double b, double c) {
  switch (op) {
    case Op::add: return a + b;
    case Op::subtract: return a - b;
    case Op::multiply: return a * b;
    case Op::divide: return a / b;
    case Op::negate: return -a;
    case Op::power: return std::pow(a, b);
    case Op::minimum: return minimum_of(a, b);
    case Op::maximum: return maximum_of(a, b);
    case Op::absolute: return std::abs(a);
    case Op::square_root: return std::sqrt(a);
    case Op::exponential: return std::exp(a);
    case Op::logarithm: return std::log(a);
    case Op::log1p: return std::log1p(a);
    case Op::expm1: return std::expm1(a);
    case Op::logistic: return logistic_of(a);
    case Op::softplus: return softplus_of(a);
    case Op::hyperbolic_tangent: return std::tanh(a);
    case Op::normal_cdf: return random::normal_cdf(a);
    case Op::floor: return std::floor(a);
    case Op::remainder: return remainder_of(a, b);
    case Op::sine: return std::sin(a);
    case Op::cosine: return std::cos(a);
    case Op::less: return truth_of(a < b);
    case Op::less_equal: return truth_of(a <= b);
    case Op::equal: return truth_of(a == b);
    case Op::not_equal: return truth_of(a != b);
    case Op::logical_and: return truth_of(is_true(a) && is_true(b));
    case Op::logical_or: return truth_of(is_true(a) || is_true(b));
    case Op::logical_not: return truth_of(!is_true(a));
    case Op::select: return is_true(a) ? b : c;
    default: return std::nan("");
  }
}

}  // namespace casus::machine
