// Every operation a program may hold, one row each: the table that builder, machines, unit checker
// and documents read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace casus::machine {

/// What an instruction does. Operands a, b, c are registers unless the row says otherwise. Truths
/// are the numbers 0 and 1, labels their position in their domain, `none` is -1.
enum class Op : std::uint8_t {
  constant,     ///< constants[a]
  parameter,    ///< parameters[a] of the history's parameter set
  state,        ///< states[a] as it was at the step's start
  series,       ///< series[a] at this step
  uniform,      ///< uniform on (0, 1) at the random address (history, step, site a)
  sample,       ///< draw from calls[a] with its arguments, at the call's site
  quantile,     ///< quantile of calls[a] with its arguments at probability b
  log_density,  ///< log density, or probability, of calls[a] with its arguments at b
  guard,        ///< truth of a; when false, execution goes on at instruction b
  joined,       ///< register a when guard b was true, else constants[c]
  add,
  subtract,
  multiply,
  divide,
  negate,
  power,
  minimum,
  maximum,
  clamp,  ///< a, but at least b and at most c
  absolute,
  square_root,
  exponential,
  logarithm,
  log1p,
  expm1,
  logistic,
  softplus,
  hyperbolic_tangent,
  normal_cdf,
  floor,
  remainder,
  sine,
  cosine,
  less,
  less_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
  logical_not,
  select,  ///< b when a is true, else c

  // Two operations as one word, each rounded as alone: made of pairs by machine/lanes/pairs.
  multiply_add,       ///< a * b + c
  multiply_subtract,  ///< a * b - c
  subtract_product,   ///< c - a * b
};

/// Operand a is an index into the program's calls; all but `sample` have a register as operand b.
constexpr bool takes_law(Op op) {
  return op == Op::sample || op == Op::quantile || op == Op::log_density;
}

inline constexpr std::size_t n_operations = static_cast<std::size_t>(Op::subtract_product) + 1;

/// How the unit of a result follows from the units of its operands.
enum class UnitRule : std::uint8_t {
  none,  ///< not for expressions a user writes
  same,  ///< all operands and the result alike (a literal adapts)
  product,
  quotient,
  power,  ///< the exponent is a constant
  square_root,
  dimensionless,  ///< operands and result
  keep,           ///< as the operand
  compare,        ///< operands alike, the result a truth
  truth,          ///< truths to a truth
};

struct Operation {
  Op op{};
  std::string_view name;   ///< in printed programs
  std::string_view call;   ///< the function's name in case files; empty when it is not one
  std::uint8_t arity = 0;  ///< register operands
  UnitRule units = UnitRule::none;
  std::string_view meaning;  ///< one line
  std::string_view example;  ///< a case-file expression that is true, or empty
};

/// Register operands of an arithmetic, comparison or logical operation.
constexpr std::uint8_t arity_of(Op op) {
  switch (op) {
    case Op::clamp:
    case Op::select:
    case Op::multiply_add:
    case Op::multiply_subtract:
    case Op::subtract_product: return 3;
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::power:
    case Op::minimum:
    case Op::maximum:
    case Op::remainder:
    case Op::less:
    case Op::less_equal:
    case Op::equal:
    case Op::not_equal:
    case Op::logical_and:
    case Op::logical_or: return 2;
    default: return 1;
  }
}

/// All operations, in the order of `Op`.
std::span<const Operation> operations();
const Operation& operation(Op op);

/// The operation a case file calls by this name, nullptr when there is none.
const Operation* find_function(std::string_view call);

/// The value of an arithmetic, comparison or logical operation; unused operands are ignored.
double evaluate(Op op, double a, double b, double c);

}  // namespace casus::machine
