// The table of inverses, and the arithmetic that can be undone.
#include "language/undo.hpp"

#include "base/bug.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace casus::language {

using machine::Builder;
using machine::Op;
using machine::Value;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Value negative(Builder& b, Value x) { return b.apply(Op::negate, x); }
Value log_of(Builder& b, Value x) { return b.apply(Op::logarithm, x); }
Value log1p_of(Builder& b, Value x) { return b.apply(Op::log1p, x); }
/// log(1 - x)
Value log_rest(Builder& b, Value x) { return log1p_of(b, negative(b, x)); }
/// log(1 - exp(-x))
Value log_rise(Builder& b, Value x) {
  return log_of(b, negative(b, b.apply(Op::expm1, negative(b, x))));
}

/// x = f(u), for f increasing from all u onto ]least, most[.
struct Inverse {
  Op op{};
  double least = -infinity;
  double most = infinity;
  std::string_view range{};  ///< in words; empty: any number
  Value (*undo)(Builder&, Value x) = nullptr;
  Value (*log_slope)(Builder&, Value x) = nullptr;  ///< log du/dx
};

const random::Law& normal() { return *random::find_law("normal"); }

std::array<Value, 2> standard(Builder& b) { return {b.constant(0.0), b.constant(1.0)}; }

/// Of impossible probabilities the median, so that the quantile exists.
Value normal_quantile(Builder& b, Value x) {
  const Value inside = b.apply(Op::logical_and, b.apply(Op::less, b.constant(0.0), x),
                               b.apply(Op::less, x, b.constant(1.0)));
  return b.quantile(normal(), standard(b), b.select(inside, x, b.constant(0.5)));
}

constexpr std::array inverses{
    Inverse{.op = Op::square_root,
            .least = 0.0,
            .range = "the root of what is drawn is above 0",
            .undo = [](Builder& b, Value x) { return b.multiply(x, x); },
            .log_slope = [](Builder& b, Value x) { return log_of(b, b.add(x, x)); }},
    Inverse{.op = Op::exponential,
            .least = 0.0,
            .range = "`exp` is above 0",
            .undo = log_of,
            .log_slope = [](Builder& b, Value x) { return negative(b, log_of(b, x)); }},
    Inverse{.op = Op::logarithm,
            .undo = [](Builder& b, Value x) { return b.apply(Op::exponential, x); },
            .log_slope = [](Builder&, Value x) { return x; }},
    Inverse{.op = Op::log1p,
            .undo = [](Builder& b, Value x) { return b.apply(Op::expm1, x); },
            .log_slope = [](Builder&, Value x) { return x; }},
    Inverse{.op = Op::expm1,
            .least = -1.0,
            .range = "`expm1` is above -1",
            .undo = log1p_of,
            .log_slope = [](Builder& b, Value x) { return negative(b, log1p_of(b, x)); }},
    Inverse{.op = Op::logistic,
            .least = 0.0,
            .most = 1.0,
            .range = "`logistic` lies between 0 and 1",
            .undo = [](Builder& b, Value x) { return b.subtract(log_of(b, x), log_rest(b, x)); },
            .log_slope = [](Builder& b,
                            Value x) { return negative(b, b.add(log_of(b, x), log_rest(b, x))); }},
    Inverse{.op = Op::softplus,
            .least = 0.0,
            .range = "`softplus` is above 0",
            .undo = [](Builder& b, Value x) { return b.add(x, log_rise(b, x)); },
            .log_slope = [](Builder& b, Value x) { return negative(b, log_rise(b, x)); }},
    Inverse{
        .op = Op::hyperbolic_tangent,
        .least = -1.0,
        .most = 1.0,
        .range = "`tanh` lies between -1 and 1",
        .undo =
            [](Builder& b, Value x) {
              return b.multiply(b.constant(0.5), b.subtract(log1p_of(b, x), log_rest(b, x)));
            },
        .log_slope = [](Builder& b,
                        Value x) { return negative(b, b.add(log1p_of(b, x), log_rest(b, x))); }},
    Inverse{.op = Op::normal_cdf,
            .least = 0.0,
            .most = 1.0,
            .range = "`normal_cdf` lies between 0 and 1",
            .undo = normal_quantile,
            .log_slope =
                [](Builder& b, Value x) {
                  return negative(b, b.log_density(normal(), standard(b), normal_quantile(b, x)));
                }},
};

const Inverse* find_inverse(Op op) {
  const auto* const row = std::find_if(inverses.begin(), inverses.end(),
                                       [op](const Inverse& each) { return each.op == op; });
  return row == inverses.end() ? nullptr : row;
}

}  // namespace

bool can_undo(Op op) { return find_inverse(op) != nullptr; }

Undoing::Undoing(Builder& builder, Value y)
    : builder_(builder), value_(y), log_slope_(builder.constant(0.0)) {}

Value Undoing::log_size(Value value) {
  return log_of(builder_, builder_.apply(Op::absolute, value));
}

void Undoing::function(Op op, Span span) {
  const Inverse* inverse = find_inverse(op);
  require(inverse != nullptr, "a function without an inverse was undone");
  if (inverse->least > -infinity) demand(above(value_, inverse->least), inverse->range, span);
  if (inverse->most < infinity) demand(below(value_, inverse->most), inverse->range, span);
  steeper(inverse->log_slope(builder_, value_));
  value_ = inverse->undo(builder_, value_);
}

void Undoing::arithmetic(BinaryKind kind, bool left, Value other, Span span) {
  switch (kind) {
    case BinaryKind::add: value_ = builder_.subtract(value_, other); return;
    case BinaryKind::subtract:
      value_ = left ? builder_.add(value_, other) : builder_.subtract(other, value_);
      return;
    case BinaryKind::multiply:
      demand(not_zero(other), "what it is multiplied by is 0", span);
      steeper(negative(builder_, log_size(other)));
      value_ = builder_.divide(value_, other);
      return;
    default: break;
  }
  require(kind == BinaryKind::divide, "an operation without an inverse was undone");
  demand(not_zero(other), left ? "what it is divided by is 0" : "what is divided is 0", span);
  if (left) {
    steeper(log_size(other));
    value_ = builder_.multiply(value_, other);
    return;
  }
  demand(not_zero(value_), "a quotient of what is not 0 is not 0", span);
  const Value twice = builder_.multiply(number(2.0), log_size(value_));
  steeper(builder_.subtract(log_size(other), twice));
  value_ = builder_.divide(other, value_);
}

void Undoing::power(Value exponent, bool odd, Span span) {
  if (builder_.known(exponent) == 1.0) return;
  demand(not_zero(exponent), "its exponent is 0", span);
  if (odd)
    demand(not_zero(value_), "a power of what is drawn is not 0", span);
  else
    demand(above(value_, 0.0), "a power of what is positive is above 0", span);
  const Value root = builder_.divide(number(1.0), exponent);
  const Value size = odd ? builder_.apply(Op::absolute, value_) : value_;
  const Value rest = builder_.subtract(root, number(1.0));
  steeper(builder_.add(log_size(root), builder_.multiply(rest, log_of(builder_, size))));
  const Value undone = builder_.apply(Op::power, size, root);
  value_ = odd ? builder_.select(below(value_, 0.0), negative(builder_, undone), undone) : undone;
}

void Undoing::exponent(Value base, Span span) {
  const Value log_base = log_of(builder_, base);
  demand(above(base, 0.0), "a power of what is not positive is no number", span);
  demand(not_zero(log_base), "a power of 1 is 1", span);
  demand(above(value_, 0.0), "a power of what is positive is above 0", span);
  const Value log_value = log_of(builder_, value_);
  steeper(negative(builder_, builder_.add(log_value, log_size(log_base))));
  value_ = builder_.divide(log_value, log_base);
}

void Undoing::support(random::Support support, Span span) {
  const bool unit = support == random::Support::unit;
  if (!unit && support != random::Support::positive) return;
  const std::string_view why = unit ? "its law gives 0 to 1" : "its law gives 0 and more";
  demand(builder_.apply(Op::less_equal, number(0.0), value_), why, span);
  if (unit) demand(builder_.apply(Op::less_equal, value_, number(1.0)), why, span);
}

}  // namespace casus::language
