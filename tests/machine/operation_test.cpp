// The table of operations and what they compute.
#include "machine/operation.hpp"

#include "base/bug.hpp"
#include "expression.hpp"
#include "one_step.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace casus::machine {
namespace {

double of(Op op, double a, double b = 0.0, double c = 0.0) { return evaluate(op, a, b, c); }

TEST(Operations, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const Operation& row : operations()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.meaning.empty()) << row.name;
  }
}

TEST(Operations, AreFoundByTheirCall) {
  for (const std::string_view call :
       {"min", "max", "abs", "sqrt", "exp", "log", "log1p", "expm1", "logistic", "softplus", "tanh",
        "normal_cdf", "floor", "mod", "sin", "cos"}) {
    ASSERT_NE(find_function(call), nullptr) << call;
    EXPECT_EQ(find_function(call)->call, call);
  }
  EXPECT_EQ(find_function("add"), nullptr);
  EXPECT_EQ(find_function(""), nullptr);
}

TEST(Operations, ExamplesHold) {
  for (const Operation& row : operations()) {
    EXPECT_EQ(row.example.empty(), row.op < Op::add) << row.name;
    if (row.example.empty()) continue;
    Builder builder;
    EXPECT_EQ(builder.known(built(builder, row.example)), 1.0) << row.example;
  }
}

TEST(Operations, ExamplesAreOfTheirFunction) {
  for (const Operation& row : operations()) {
    EXPECT_EQ(row.example.substr(0, row.call.size()), row.call);
  }
}

TEST(Operations, OnlyArithmeticIsEvaluated) {
  EXPECT_THROW(of(Op::joined, 1.0), Bug);
  EXPECT_THROW(of(Op::uniform, 1.0), Bug);
}

// Values to 17 digits from tables of the functions (Abramowitz and Stegun 1964).
TEST(Operations, AgreeWithTables) {
  EXPECT_NEAR(of(Op::exponential, 1.0), 2.7182818284590452, 1e-15);
  EXPECT_NEAR(of(Op::logarithm, 2.0), 0.69314718055994531, 1e-16);
  EXPECT_NEAR(of(Op::hyperbolic_tangent, 1.0), 0.76159415595576489, 1e-15);
  EXPECT_NEAR(of(Op::sine, 1.0), 0.84147098480789651, 1e-15);
  EXPECT_NEAR(of(Op::cosine, 1.0), 0.54030230586813972, 1e-15);
  EXPECT_NEAR(of(Op::normal_cdf, 1.0), 0.84134474606854295, 1e-15);
  EXPECT_NEAR(of(Op::power, 2.0, 0.5), 1.4142135623730951, 1e-15);
  EXPECT_EQ(of(Op::square_root, 2.25), 1.5);
}

TEST(Operations, LogisticNeverOverflows) {
  EXPECT_EQ(of(Op::logistic, 1000.0), 1.0);
  EXPECT_EQ(of(Op::logistic, -1000.0), 0.0);
  EXPECT_GT(of(Op::logistic, -700.0), 0.0);
  EXPECT_NEAR(of(Op::logistic, std::log(3.0)), 0.75, 1e-15);
  EXPECT_TRUE(std::isnan(of(Op::logistic, std::nan(""))));
}

TEST(Operations, SoftplusNeverOverflows) {
  EXPECT_EQ(of(Op::softplus, 1000.0), 1000.0);
  EXPECT_EQ(of(Op::softplus, -1000.0), 0.0);
  EXPECT_EQ(of(Op::softplus, -700.0), std::exp(-700.0));
  EXPECT_NEAR(of(Op::softplus, 0.0), 0.69314718055994531, 1e-16);
  EXPECT_NEAR(of(Op::softplus, std::log(2.0)), std::log(3.0), 1e-15);
  EXPECT_TRUE(std::isnan(of(Op::softplus, std::nan(""))));
}

TEST(Operations, RemainderHasTheSignOfItsDivisor) {
  EXPECT_EQ(of(Op::remainder, 7.0, 3.0), 1.0);
  EXPECT_EQ(of(Op::remainder, -7.0, 3.0), 2.0);
  EXPECT_EQ(of(Op::remainder, 7.0, -3.0), -2.0);
  EXPECT_EQ(of(Op::remainder, -7.0, -3.0), -1.0);
  EXPECT_EQ(of(Op::remainder, 6.0, -3.0), 0.0);
  EXPECT_TRUE(std::isnan(of(Op::remainder, 1.0, 0.0)));
}

TEST(Operations, ExtremesOfWhatIsNoNumberAreNone) {
  const double nan = std::nan("");
  for (const Op op : {Op::minimum, Op::maximum}) {
    EXPECT_TRUE(std::isnan(of(op, nan, 1.0)));
    EXPECT_TRUE(std::isnan(of(op, 1.0, nan)));
  }
  EXPECT_EQ(of(Op::minimum, -infinity, 1.0), -infinity);
  EXPECT_EQ(of(Op::maximum, 1.0, infinity), infinity);
}

TEST(Operations, ClampGivesTheNearerBound) {
  const double nan = std::nan("");
  EXPECT_EQ(of(Op::clamp, 0.5, 0.0, 1.0), 0.5);
  EXPECT_EQ(of(Op::clamp, -2.0, -1.0, 1.0), -1.0);
  EXPECT_EQ(of(Op::clamp, infinity, 0.0, 1.0), 1.0);
  EXPECT_EQ(of(Op::clamp, 0.5, 2.0, 1.0), 1.0);  // no number is in between: the upper one
  EXPECT_TRUE(std::isnan(of(Op::clamp, nan, 0.0, 1.0)));
  EXPECT_TRUE(std::isnan(of(Op::clamp, 0.5, nan, 1.0)));
  EXPECT_TRUE(std::isnan(of(Op::clamp, 0.5, 0.0, nan)));
}

TEST(Operations, ComparisonsWithNoNumberAreFalseButForUnequal) {
  const double nan = std::nan("");
  EXPECT_EQ(of(Op::equal, nan, nan), 0.0);
  EXPECT_EQ(of(Op::less, nan, 1.0), 0.0);
  EXPECT_EQ(of(Op::less_equal, 1.0, nan), 0.0);
  EXPECT_EQ(of(Op::not_equal, nan, nan), 1.0);
}

TEST(Operations, TruthTables) {
  EXPECT_EQ(of(Op::logical_and, 1.0, 1.0), 1.0);
  EXPECT_EQ(of(Op::logical_and, 1.0, 0.0), 0.0);
  EXPECT_EQ(of(Op::logical_or, 0.0, 1.0), 1.0);
  EXPECT_EQ(of(Op::logical_or, 0.0, 0.0), 0.0);
  EXPECT_EQ(of(Op::logical_not, 0.0), 1.0);
  EXPECT_EQ(of(Op::select, 1.0, 5.0, 6.0), 5.0);
  EXPECT_EQ(of(Op::select, 0.0, 5.0, 6.0), 6.0);
}

// A fused operation would keep the last bit of the square.
TEST(Operations, PairsAreRoundedTwice) {
  const double x = 1.0 + 0x1p-27;
  EXPECT_EQ(of(Op::multiply_subtract, x, x, 1.0 + 0x1p-26), 0.0);
  EXPECT_EQ(of(Op::multiply_add, x, x, -(1.0 + 0x1p-26)), 0.0);
  EXPECT_EQ(of(Op::subtract_product, x, x, 1.0 + 0x1p-26), 0.0);
  EXPECT_EQ(of(Op::multiply_add, 2.0, 3.0, 4.0), 10.0);
  EXPECT_EQ(of(Op::multiply_subtract, 2.0, 3.0, 4.0), 2.0);
  EXPECT_EQ(of(Op::subtract_product, 2.0, 3.0, 4.0), -2.0);
}

}  // namespace
}  // namespace casus::machine
