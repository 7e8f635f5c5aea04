// The table of operations.
#include "machine/operation.hpp"

#include "base/bug.hpp"
#include "machine/arithmetic.hpp"

#include <array>
#include <cstddef>

namespace casus::machine {
namespace {

constexpr std::array rows{
    Operation{Op::constant, "constant", "", 0, UnitRule::none, "a number", ""},
    Operation{Op::parameter, "parameter", "", 0, UnitRule::none, "a parameter", ""},
    Operation{Op::state, "state", "", 0, UnitRule::none, "a state at the step's start", ""},
    Operation{Op::series, "series", "", 0, UnitRule::none, "a datum of the step", ""},
    Operation{Op::uniform, "uniform", "", 0, UnitRule::none, "uniform between 0 and 1", ""},
    Operation{Op::sample, "sample", "", 0, UnitRule::none, "a draw from a law", ""},
    Operation{Op::quantile, "quantile", "", 0, UnitRule::none, "the quantile of a law", ""},
    Operation{Op::log_density, "log density", "", 0, UnitRule::none,
              "the logarithm of the density, or the probability, of an outcome under a law", ""},
    Operation{Op::guard, "guard", "", 1, UnitRule::none, "skips a region when false", ""},
    Operation{Op::joined, "joined", "", 1, UnitRule::none, "a value from a guarded region", ""},
    Operation{Op::add, "add", "", 2, UnitRule::same, "the sum", "2 + 3 == 5"},
    Operation{Op::subtract, "subtract", "", 2, UnitRule::same, "the difference", "2 - 3 == -1"},
    Operation{Op::multiply, "multiply", "", 2, UnitRule::product, "the product", "2 * 3 == 6"},
    Operation{Op::divide, "divide", "", 2, UnitRule::quotient, "the quotient", "3 / 2 == 1.5"},
    Operation{Op::negate, "negate", "", 1, UnitRule::keep, "the negative", "-(2) == 1 - 3"},
    Operation{Op::power, "power", "", 2, UnitRule::power, "a to the power b", "2 ^ 10 == 1024"},
    Operation{Op::minimum, "min", "min", 2, UnitRule::same, "the lesser", "min(2, 3) == 2"},
    Operation{Op::maximum, "max", "max", 2, UnitRule::same, "the greater", "max(2, 3) == 3"},
    Operation{Op::clamp, "clamp", "clamp", 3, UnitRule::same,
              "x where it lies from low to high, else the nearer of the two",
              "clamp(1.2, 0, 1) == 1"},
    Operation{Op::absolute, "abs", "abs", 1, UnitRule::keep, "without its sign", "abs(-2) == 2"},
    Operation{Op::square_root, "sqrt", "sqrt", 1, UnitRule::square_root, "the square root",
              "sqrt(9) == 3"},
    Operation{Op::exponential, "exp", "exp", 1, UnitRule::dimensionless, "e to the power x",
              "exp(0) == 1"},
    Operation{Op::logarithm, "log", "log", 1, UnitRule::dimensionless, "the natural logarithm",
              "log(1) == 0"},
    Operation{Op::log1p, "log1p", "log1p", 1, UnitRule::dimensionless,
              "log(1 + x), exact near zero", "log1p(1e-20) == 1e-20"},
    Operation{Op::expm1, "expm1", "expm1", 1, UnitRule::dimensionless,
              "exp(x) - 1, exact near zero", "expm1(1e-20) == 1e-20"},
    Operation{Op::logistic, "logistic", "logistic", 1, UnitRule::dimensionless, "1 / (1 + exp(-x))",
              "logistic(0) == 0.5"},
    Operation{Op::softplus, "softplus", "softplus", 1, UnitRule::dimensionless,
              "log(1 + exp(x)), at any x", "softplus(1000) == 1000"},
    Operation{Op::hyperbolic_tangent, "tanh", "tanh", 1, UnitRule::dimensionless,
              "the hyperbolic tangent", "tanh(0) == 0"},
    Operation{Op::normal_cdf, "normal_cdf", "normal_cdf", 1, UnitRule::dimensionless,
              "the probability that a standard normal is at most x", "normal_cdf(0) == 0.5"},
    Operation{Op::floor, "floor", "floor", 1, UnitRule::dimensionless,
              "the greatest whole number at most x", "floor(-1.5) == -2"},
    Operation{Op::remainder, "mod", "mod", 2, UnitRule::same,
              "what a whole number of b leaves of a; it has the sign of b", "mod(-1, 12) == 11"},
    Operation{Op::sine, "sin", "sin", 1, UnitRule::dimensionless, "the sine of x radians",
              "sin(0) == 0"},
    Operation{Op::cosine, "cos", "cos", 1, UnitRule::dimensionless, "the cosine of x radians",
              "cos(0) == 1"},
    Operation{Op::less, "less", "", 2, UnitRule::compare, "whether a < b", "2 < 3"},
    Operation{Op::less_equal, "less_equal", "", 2, UnitRule::compare, "whether a <= b", "3 <= 3"},
    Operation{Op::equal, "equal", "", 2, UnitRule::compare, "whether a == b", "3 == 3"},
    Operation{Op::not_equal, "not_equal", "", 2, UnitRule::compare, "whether a != b", "2 != 3"},
    Operation{Op::logical_and, "and", "", 2, UnitRule::truth, "whether both are true",
              "1 < 2 and 2 < 3"},
    Operation{Op::logical_or, "or", "", 2, UnitRule::truth, "whether one is true",
              "1 < 2 or 2 < 1"},
    Operation{Op::logical_not, "not", "", 1, UnitRule::truth, "whether it is false", "not 2 < 1"},
    Operation{Op::select, "select", "", 3, UnitRule::none, "b when a is true, else c",
              "(5 if 1 < 2 else 6) == 5"},
    Operation{Op::multiply_add, "multiply add", "", 3, UnitRule::none, "a * b + c",
              "2 * 3 + 4 == 10"},
    Operation{Op::multiply_subtract, "multiply subtract", "", 3, UnitRule::none, "a * b - c",
              "2 * 3 - 4 == 2"},
    Operation{Op::subtract_product, "subtract product", "", 3, UnitRule::none, "c - a * b",
              "10 - 2 * 3 == 4"},
};

struct Numbers {
  double first = 0.0;
  double second = 0.0;
  double third = 0.0;

  double a() const { return first; }
  double b() const { return second; }
  double c() const { return third; }
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].op) != i) return false;
    if (rows[i].op >= Op::add && rows[i].arity != arity_of(rows[i].op)) return false;
  }
  return rows.size() == n_operations;
}
static_assert(in_order());

}  // namespace

std::span<const Operation> operations() { return rows; }

const Operation& operation(Op op) { return rows.at(static_cast<std::size_t>(op)); }

const Operation* find_function(std::string_view call) {
  if (call.empty()) return nullptr;
  for (const Operation& row : rows) {
    if (row.call == call) return &row;
  }
  return nullptr;
}

double evaluate(Op op, double a, double b, double c) {
  require(op >= Op::add, "an operation without arithmetic was evaluated");
  return arithmetic(op, Numbers{a, b, c});
}

}  // namespace casus::machine
