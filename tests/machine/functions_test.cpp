// The functions over arrays: on every target this processor has, the bits of the scalar functions.
#include "machine/kernels/functions.hpp"

#include "base/bug.hpp"
#include "random/elementary.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <random>
#include <string_view>
#include <vector>

namespace casus::machine {
namespace {

const std::map<std::string_view, double (*)(double)> scalar_forms{
    {"exp", random::exp_of},
    {"expm1", random::expm1_of},
    {"log", random::log_of},
    {"log1p", random::log1p_of},
    {"logistic", random::logistic_of},
    {"softplus", random::softplus_of},
    {"tanh", random::tanh_of},
    {"sin", random::sine_of},
    {"cos", random::cosine_of},
    {"normal_cdf", random::normal_cdf},
    {"inverse_normal", random::inverse_normal},
    {"inverse_half_normal", random::inverse_half_normal},
};

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof(a)) == 0; }

std::vector<double> special_numbers() {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> result;
  for (const double x : {0.0,
                         0x1p-1074,
                         0x1p-1022,
                         0x1p-54,
                         0.075,
                         0.42500000000000004,
                         0.5,
                         0.67448975,
                         0.70710678118654757,
                         1.0,
                         1.4142135623730951,
                         2.0,
                         3.0,
                         5.656854249492381,
                         22.0,
                         37.5,
                         40.0,
                         700.0,
                         708.0,
                         709.5,
                         709.782712893384,
                         710.0,
                         745.0,
                         746.0,
                         1e6,
                         1.1e6,
                         1e22,
                         0x1p1023,
                         std::numeric_limits<double>::max(),
                         infinity,
                         nan}) {
    for (const double side : {x, -x}) {
      result.push_back(side);
      result.push_back(std::nextafter(side, infinity));
      result.push_back(std::nextafter(side, -infinity));
    }
  }
  return result;
}

/// Ordinary, huge, tiny and special numbers, mixed so that vectors hold all kinds.
std::vector<double> numbers(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::uniform_real_distribution<double> power(-1074.0, 1024.0);
  std::vector<double> result = special_numbers();
  const std::array widths{1.0, 10.0, 40.0, 800.0, 1e7};
  while (result.size() < count) {
    for (const double width : widths)
      result.push_back(std::uniform_real_distribution<double>(-width, width)(engine));
    result.push_back(std::uniform_real_distribution<double>(0.0, 1.0)(engine));
    result.push_back(std::copysign(std::exp2(power(engine)), result.back() - 0.5));
  }
  result.resize(count);
  std::shuffle(result.begin(), result.end(), engine);
  return result;
}

class OnTarget : public testing::TestWithParam<std::string_view> {
 public:
  static const FunctionTable& table() { return functions(GetParam()); }
};

TEST_P(OnTarget, GivesTheBitsOfTheScalarFunctions) {
  const std::vector<double> x = numbers(200'001, 1);
  std::vector<double> y(x.size());
  for (const ArrayFunction& row : table().of_one) {
    const auto scalar = scalar_forms.at(row.name);
    row.apply(x, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
      ASSERT_TRUE(same_bits(y[i], scalar(x[i])))
          << row.name << " " << std::hexfloat << x[i] << " " << y[i] << " " << scalar(x[i]);
    }
  }
}

TEST_P(OnTarget, GivesTheBitsOfTheScalarPower) {
  std::vector<double> a = numbers(200'001, 2);
  std::vector<double> b = numbers(200'001, 3);
  for (const double x : special_numbers()) {
    for (const double y : special_numbers()) {
      a.push_back(x);
      b.push_back(y);
    }
  }
  std::vector<double> z(a.size());
  ASSERT_EQ(table().of_two.size(), 1U);
  ASSERT_EQ(table().of_two[0].name, "pow");
  table().of_two[0].apply(a, b, z);
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_TRUE(same_bits(z[i], random::power_of(a[i], b[i])))
        << std::hexfloat << a[i] << " " << b[i] << " " << z[i];
  }
}

/// Lengths that are no multiple of a vector, and what lies behind the end.
TEST_P(OnTarget, WritesAsManyAsItReads) {
  constexpr double untouched = 12345.0;
  for (std::size_t count = 0; count < 40; ++count) {
    const std::vector<double> x = numbers(1000, count);
    for (const ArrayFunction& row : table().of_one) {
      std::vector<double> y(count + 1, untouched);
      row.apply(std::span(x).first(count), std::span(y).first(count));
      for (std::size_t i = 0; i < count; ++i)
        ASSERT_TRUE(same_bits(y[i], scalar_forms.at(row.name)(x[i]))) << row.name << " " << x[i];
      ASSERT_EQ(y[count], untouched) << row.name;
    }
    std::vector<double> z(count + 1, untouched);
    table().of_two[0].apply(std::span(x).first(count), std::span(x).last(count),
                            std::span(z).first(count));
    for (std::size_t i = 0; i < count; ++i)
      ASSERT_TRUE(same_bits(z[i], random::power_of(x[i], x[1000 - count + i])));
    ASSERT_EQ(z[count], untouched);
  }
}

TEST_P(OnTarget, WorksInPlace) {
  const std::vector<double> x = numbers(1003, 4);
  for (const ArrayFunction& row : table().of_one) {
    std::vector<double> y = x;
    row.apply(y, y);
    for (std::size_t i = 0; i < x.size(); ++i)
      ASSERT_TRUE(same_bits(y[i], scalar_forms.at(row.name)(x[i]))) << row.name << " " << x[i];
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, OnTarget, testing::ValuesIn(targets()),
                         [](const auto& target) { return std::string(target.param); });

TEST(Functions, HaveATargetForAnyProcessor) {
  ASSERT_FALSE(targets().empty());
  EXPECT_EQ(functions().target, targets().front());
  EXPECT_TRUE(targets().back() == "SCALAR" || targets().back() == "EMU128") << targets().back();
  EXPECT_EQ(functions().of_one.size(), scalar_forms.size());
  EXPECT_THROW(functions("ABACUS"), Bug);
}

}  // namespace
}  // namespace casus::machine
