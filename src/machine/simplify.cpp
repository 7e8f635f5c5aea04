// Rewrites of one operation into a simpler value.
#include "machine/simplify.hpp"

namespace casus::machine {
namespace {

using Simpler = std::optional<Value>;

bool is(const Builder& builder, Value value, double number) {
  return builder.known(value) == number;
}

/// The operand of a value made by the unary `op`.
Simpler operand_of(const Builder& builder, Op op, Value value) {
  const Instruction& made = builder.definition(value);
  return made.op == op ? Simpler(Value{made.a}) : std::nullopt;
}

bool is_not(const Builder& builder, Value x, Value y) {
  return operand_of(builder, Op::logical_not, x) == y ||
         operand_of(builder, Op::logical_not, y) == x;
}

/// Whether a value is 0 or 1 by the way it is made.
bool is_truth(const Builder& builder, Value value) {
  const Op op = builder.definition(value).op;
  return op >= Op::less && op <= Op::logical_not;
}

Simpler sum(Builder& builder, Value a, Value b) {
  if (is(builder, a, 0.0)) return b;
  if (is(builder, b, 0.0)) return a;
  if (const Simpler minus_b = operand_of(builder, Op::negate, b)) {
    return builder.subtract(a, *minus_b);
  }
  if (const Simpler minus_a = operand_of(builder, Op::negate, a)) {
    return builder.subtract(b, *minus_a);
  }
  return std::nullopt;
}

Simpler difference(Builder& builder, Value a, Value b) {
  if (is(builder, b, 0.0)) return a;
  if (is(builder, a, 0.0)) return builder.apply(Op::negate, b);
  if (const Simpler minus_b = operand_of(builder, Op::negate, b)) return builder.add(a, *minus_b);
  return std::nullopt;
}

Simpler product(Builder& builder, Value a, Value b) {
  if (is(builder, a, 0.0) || is(builder, b, 0.0)) return builder.constant(0.0);
  if (is(builder, a, 1.0)) return b;
  if (is(builder, b, 1.0)) return a;
  if (is(builder, a, -1.0)) return builder.apply(Op::negate, b);
  if (is(builder, b, -1.0)) return builder.apply(Op::negate, a);
  return std::nullopt;
}

Simpler quotient(Builder& builder, Value a, Value b) {
  if (is(builder, b, 1.0)) return a;
  if (is(builder, b, -1.0)) return builder.apply(Op::negate, a);
  return std::nullopt;
}

Simpler power(Builder& builder, Value a, Value b) {
  if (is(builder, b, 0.0)) return builder.constant(1.0);
  if (is(builder, b, 1.0)) return a;
  if (is(builder, b, 2.0)) return builder.multiply(a, a);
  return std::nullopt;
}

Simpler conjunction(Builder& builder, Value a, Value b) {
  const std::optional<bool> left = builder.truth(a);
  const std::optional<bool> right = builder.truth(b);
  if (left == false || right == false || is_not(builder, a, b)) return builder.constant(0.0);
  if (left == true) return right == true ? builder.constant(1.0) : b;
  if (right == true || a == b) return a;
  return std::nullopt;
}

Simpler disjunction(Builder& builder, Value a, Value b) {
  const std::optional<bool> left = builder.truth(a);
  const std::optional<bool> right = builder.truth(b);
  if (left == true || right == true || is_not(builder, a, b)) return builder.constant(1.0);
  if (left == false) return right == false ? builder.constant(0.0) : b;
  if (right == false || a == b) return a;
  return std::nullopt;
}

Simpler negation(Builder& builder, Value a) {
  if (const std::optional<bool> truth = builder.truth(a)) {
    return builder.constant(*truth ? 0.0 : 1.0);
  }
  const Instruction made = builder.definition(a);
  if (made.op == Op::logical_not) return Value{made.a};
  // Also where an operand is no number: it equals nothing, and differs from everything.
  if (made.op == Op::equal) return builder.apply(Op::not_equal, Value{made.a}, Value{made.b});
  if (made.op == Op::not_equal) return builder.apply(Op::equal, Value{made.a}, Value{made.b});
  return std::nullopt;
}

Simpler choice(Builder& builder, Value condition, Value yes, Value no) {
  if (yes == no) return yes;
  if (const std::optional<bool> truth = builder.truth(condition)) return *truth ? yes : no;
  if (const Simpler opposite = operand_of(builder, Op::logical_not, condition)) {
    return builder.select(*opposite, no, yes);
  }
  if (!is_truth(builder, condition)) return std::nullopt;
  if (is(builder, yes, 1.0) && is(builder, no, 0.0)) return condition;
  if (is(builder, yes, 0.0) && is(builder, no, 1.0)) {
    return builder.apply(Op::logical_not, condition);
  }
  return std::nullopt;
}

}  // namespace

Simpler simplified(Builder& builder, const Application& applied) {
  const auto [op, a, b, c] = applied;
  switch (op) {
    case Op::add: return sum(builder, a, b);
    case Op::subtract: return difference(builder, a, b);
    case Op::multiply: return product(builder, a, b);
    case Op::divide: return quotient(builder, a, b);
    case Op::negate: return operand_of(builder, Op::negate, a);
    case Op::power: return power(builder, a, b);
    case Op::minimum:
    case Op::maximum: return a == b ? Simpler(a) : std::nullopt;
    case Op::logical_and: return conjunction(builder, a, b);
    case Op::logical_or: return disjunction(builder, a, b);
    case Op::logical_not: return negation(builder, a);
    case Op::select: return choice(builder, a, b, c);
    default: return std::nullopt;
  }
}

}  // namespace casus::machine
