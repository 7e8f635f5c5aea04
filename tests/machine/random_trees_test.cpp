// Random expressions through builder and reference machine against an evaluator of trees that
// shares nothing with them.
#include "one_step.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

constexpr std::uint32_t n_states = 4;

/// What a node does; `guarded` runs its second operand only where the first is true.
enum class Kind : std::uint8_t { number, state, apply, guarded };

struct Node {
  Kind kind{};
  Op op{};
  double number = 0.0;  ///< of a constant, and outside a guarded region
  std::uint32_t state = 0;
  std::vector<Node> operands{};
};

class Grower {
 public:
  explicit Grower(std::uint32_t seed)
      : draws_({.key = random::key_of(2020, {.purpose = random::Purpose::synthesis}),
                .slot = seed,
                .step = 0,
                .sub_step = 0,
                .site = 0}) {}

  std::uint32_t below(std::uint32_t n) {
    return std::min(static_cast<std::uint32_t>(draws_.next() * n), n - 1);
  }

  double small() { return static_cast<double>(below(7)) - 3.0; }

  /// A number that stays finite whatever the states are.
  Node number(int depth) {
    if (depth == 0 || below(8) == 0) return leaf();
    switch (below(7)) {
      case 6:
        return {Kind::apply,
                Op::clamp,
                0.0,
                0,
                {number(depth - 1), number(depth - 1), number(depth - 1)}};
      case 0: return unary(depth);
      case 1:
        return {Kind::apply,
                Op::select,
                0.0,
                0,
                {truth(depth - 1), number(depth - 1), number(depth - 1)}};
      case 2: return {Kind::guarded, Op::joined, small(), 0, {truth(depth - 1), number(depth - 1)}};
      default: return binary(depth);
    }
  }

  Node truth(int depth) {
    static constexpr std::array comparisons{Op::less, Op::less_equal, Op::equal, Op::not_equal};
    if (depth > 0 && below(3) == 0) {
      if (below(3) == 0) return {Kind::apply, Op::logical_not, 0.0, 0, {truth(depth - 1)}};
      const Op op = below(2) == 0 ? Op::logical_and : Op::logical_or;
      return {Kind::apply, op, 0.0, 0, {truth(depth - 1), truth(depth - 1)}};
    }
    const int below_this = std::max(depth - 1, 0);
    return {
        Kind::apply, comparisons.at(below(4)), 0.0, 0, {number(below_this), number(below_this)}};
  }

 private:
  Node leaf() {
    if (below(2) == 0) return {Kind::number, Op::constant, small(), 0, {}};
    return {Kind::state, Op::state, 0.0, below(n_states), {}};
  }

  Node unary(int depth) {
    static constexpr std::array ops{Op::negate, Op::absolute, Op::floor,   Op::hyperbolic_tangent,
                                    Op::sine,   Op::cosine,   Op::logistic};
    return {Kind::apply, ops.at(below(ops.size())), 0.0, 0, {number(depth - 1)}};
  }

  Node binary(int depth) {
    static constexpr std::array ops{Op::add, Op::subtract, Op::multiply, Op::minimum, Op::maximum};
    return {Kind::apply, ops.at(below(ops.size())), 0.0, 0, {number(depth - 1), number(depth - 1)}};
  }

  random::Draws draws_;
};

double result_of(Op op, const std::vector<double>& x) {
  switch (op) {
    case Op::negate: return -x[0];
    case Op::absolute: return std::fabs(x[0]);
    case Op::floor: return std::floor(x[0]);
    case Op::hyperbolic_tangent: return random::tanh_of(x[0]);
    case Op::sine: return random::sine_of(x[0]);
    case Op::cosine: return random::cosine_of(x[0]);
    case Op::logistic: return random::logistic_of(x[0]);
    case Op::add: return x[0] + x[1];
    case Op::subtract: return x[0] - x[1];
    case Op::multiply: return x[0] * x[1];
    case Op::minimum: return std::min(x[0], x[1]);
    case Op::maximum: return std::max(x[0], x[1]);
    case Op::clamp: return std::min(std::max(x[0], x[1]), x[2]);
    case Op::less: return x[0] < x[1] ? 1 : 0;
    case Op::less_equal: return x[0] <= x[1] ? 1 : 0;
    case Op::equal: return x[0] == x[1] ? 1 : 0;
    case Op::not_equal: return x[0] != x[1] ? 1 : 0;
    case Op::logical_and: return x[0] * x[1];
    case Op::logical_or: return std::max(x[0], x[1]);
    case Op::logical_not: return 1 - x[0];
    case Op::select: return x[0] == 1 ? x[1] : x[2];
    default: ADD_FAILURE(); return 0;
  }
}

double value_of(const Node& node, const std::vector<double>& states) {
  if (node.kind == Kind::number) return node.number;
  if (node.kind == Kind::state) return states[node.state];
  std::vector<double> operands;
  for (const Node& operand : node.operands) operands.push_back(value_of(operand, states));
  if (node.kind == Kind::guarded) return operands[0] == 1 ? operands[1] : node.number;
  return result_of(node.op, operands);
}

Value build(Builder& builder, const Node& node) {
  if (node.kind == Kind::number) return builder.constant(node.number);
  if (node.kind == Kind::state) return builder.state(node.state);
  if (node.kind == Kind::guarded) {
    const Region region = builder.open(build(builder, node.operands[0]));
    const Value inner = build(builder, node.operands[1]);
    builder.close();
    return builder.joined(region, inner, node.number);
  }
  std::vector<Value> operands;
  for (const Node& operand : node.operands) operands.push_back(build(builder, operand));
  operands.resize(3);
  return builder.apply(node.op, operands[0], operands[1], operands[2]);
}

constexpr std::uint32_t n_trees = 3;

/// Three trees in one program, so that they share what they have in common.
Program program_of(const std::vector<Node>& trees) {
  Builder builder;
  for (std::uint32_t i = 0; i < n_trees; ++i) builder.write_output(i, build(builder, trees[i]));
  return builder.finish();
}

void compare(const Program& program, const std::vector<Node>& trees, History& history) {
  for (std::uint32_t i = 0; i < n_trees; ++i) {
    ASSERT_EQ(history.output(program, i), value_of(trees[i], history.states)) << to_text(program);
  }
}

TEST(RandomTrees, AgreeWithAnEvaluatorOfTrees) {
  std::size_t guards = 0;
  std::size_t instructions = 0;
  for (std::uint32_t seed = 0; seed < 2000 && !HasFailure(); ++seed) {
    Grower grower(seed);
    std::vector<Node> trees;
    for (std::uint32_t i = 0; i < n_trees; ++i) trees.push_back(grower.number(7));
    const Program program = program_of(trees);
    guards += count(program, Op::guard);
    instructions += program.code.size();
    History history{.states = std::vector<double>(n_states)};
    for (int repeat = 0; repeat < 6; ++repeat) {
      for (double& state : history.states) state = grower.small();
      compare(program, trees, history);
    }
  }
  // The trees must exercise what they are for.
  EXPECT_GT(guards, 2000U);
  EXPECT_GT(instructions, 100'000U);
}

}  // namespace
}  // namespace casus::machine
