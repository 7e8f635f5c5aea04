// Formulas over values of a builder, written with the signs of arithmetic.
#pragma once

#include "machine/builder.hpp"

namespace casus::games {

/// A value and its builder.
struct Term {
  machine::Builder* builder = nullptr;
  machine::Value value{};

  Term with(machine::Op op, Term b) const { return {builder, builder->apply(op, value, b.value)}; }
  Term with(machine::Op op) const { return {builder, builder->apply(op, value)}; }
  Term number(double x) const { return {builder, builder->constant(x)}; }
};

inline Term operator+(Term a, Term b) { return a.with(machine::Op::add, b); }
inline Term operator-(Term a, Term b) { return a.with(machine::Op::subtract, b); }
inline Term operator*(Term a, Term b) { return a.with(machine::Op::multiply, b); }
inline Term operator/(Term a, Term b) { return a.with(machine::Op::divide, b); }
inline Term operator+(Term a, double b) { return a + a.number(b); }
inline Term operator+(double a, Term b) { return b.number(a) + b; }
inline Term operator-(Term a, double b) { return a - a.number(b); }
inline Term operator-(double a, Term b) { return b.number(a) - b; }
inline Term operator*(double a, Term b) { return b.number(a) * b; }
inline Term operator/(Term a, double b) { return a / a.number(b); }
inline Term operator-(Term a) { return a.with(machine::Op::negate); }

inline Term exp(Term a) { return a.with(machine::Op::exponential); }
inline Term log1p(Term a) { return a.with(machine::Op::log1p); }
inline Term logistic(Term a) { return a.with(machine::Op::logistic); }
inline Term softplus(Term a) { return a.with(machine::Op::softplus); }
inline Term min(Term a, Term b) { return a.with(machine::Op::minimum, b); }

}  // namespace casus::games
