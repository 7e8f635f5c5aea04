// The elementary functions against MPFR, at the accuracy their declarations promise.
#include "random/elementary.hpp"

#include "random/exact.hpp"
#include "random/special.hpp"

#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <ostream>
#include <random>
#include <string>
#include <vector>

namespace casus::random {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double tiny = std::numeric_limits<double>::denorm_min();
constexpr double smallest = std::numeric_limits<double>::min();
constexpr double largest = std::numeric_limits<double>::max();

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof(a)) == 0; }

using Answer = std::function<void(Exact& x)>;

template <int function(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t)>
void by_mpfr(Exact& x) {
  function(x.get(), x.get(), MPFR_RNDN);
}

void exact_logistic(Exact& x) {
  mpfr_neg(x.get(), x.get(), MPFR_RNDN);
  mpfr_exp(x.get(), x.get(), MPFR_RNDN);
  mpfr_add_ui(x.get(), x.get(), 1, MPFR_RNDN);
  mpfr_ui_div(x.get(), 1, x.get(), MPFR_RNDN);
}

void exact_softplus(Exact& x) {
  mpfr_exp(x.get(), x.get(), MPFR_RNDN);
  mpfr_log1p(x.get(), x.get(), MPFR_RNDN);
}

void exact_normal_cdf(Exact& x) {
  Exact root(2.0);
  mpfr_sqrt(root.get(), root.get(), MPFR_RNDN);
  mpfr_div(x.get(), x.get(), root.get(), MPFR_RNDN);
  mpfr_neg(x.get(), x.get(), MPFR_RNDN);
  mpfr_erfc(x.get(), x.get(), MPFR_RNDN);
  mpfr_div_2ui(x.get(), x.get(), 1, MPFR_RNDN);
}

enum class Spread { even, logarithmic };

/// Points from `low` to `high`, evenly or with evenly spread logarithms, and then of either sign.
struct Range {
  double low;
  double high;
  Spread spread = Spread::even;
};

std::vector<double> points(const Range& range, int count) {
  std::mt19937_64 engine(static_cast<std::uint64_t>(count));
  std::vector<double> result;
  if (range.spread == Spread::even) {
    std::uniform_real_distribution<double> even(range.low, range.high);
    for (int i = 0; i < count; ++i) result.push_back(even(engine));
    return result;
  }
  std::uniform_real_distribution<double> power(std::log(range.low), std::log(range.high));
  for (int i = 0; i < count; ++i)
    result.push_back(std::copysign(std::exp(power(engine)), i % 2 == 0 ? 1.0 : -1.0));
  return result;
}

struct Case {
  std::string name;
  double (*function)(double);
  Answer answer;
  double worst;  ///< ULP
  std::vector<Range> ranges;
  std::vector<double> joins;  ///< where pieces of the function meet
};

std::ostream& operator<<(std::ostream& out, const Case& row) { return out << row.name; }

class Accuracy : public testing::TestWithParam<Case> {};

void expect_near(const Case& row, double x) {
  Exact answer(x);
  row.answer(answer);
  ASSERT_LE(answer.error_of(row.function(x)), row.worst) << std::hexfloat << x;
}

TEST_P(Accuracy, HoldsOverRanges) {
  for (const Range& range : GetParam().ranges) {
    for (const double x : points(range, 10'000)) expect_near(GetParam(), x);
  }
}

TEST_P(Accuracy, HoldsBesideTheJoins) {
  for (const double join : GetParam().joins) {
    for (const double side : {join, -join}) {
      double below = side;
      double above = side;
      for (int i = 0; i < 200; ++i) {
        expect_near(GetParam(), below);
        expect_near(GetParam(), above);
        below = std::nextafter(below, -infinity);
        above = std::nextafter(above, infinity);
      }
    }
  }
}

constexpr auto by_powers = Spread::logarithmic;
constexpr double half_ln_2 = 0.34657359027997265;
constexpr double root_2 = 1.4142135623730951;

std::vector<Case> cases() {
  const std::vector<double> exponents{0.0,   half_ln_2,   3 * half_ln_2, 700.5,
                                      708.0, 708.3964,    709.4361393,   709.7827128933841,
                                      710.0, 745.1332191, 746.0};
  std::vector<double> quarters;
  for (int i = 1; i < 200; ++i) quarters.push_back(0.78539816339744831 * i);
  const std::vector<Range> angles{
      {-7.0, 7.0}, {-1e6, 1e6}, {1e-300, 1e6, by_powers}, {5e5, 1e308, by_powers}};
  return {
      {"exp",
       exp_of,
       by_mpfr<mpfr_exp>,
       1.0,
       {{-1.0, 1.0}, {-708.0, 709.7}, {-746.0, -707.0}, {1e-300, 1.0, by_powers}},
       exponents},
      {"expm1",
       expm1_of,
       by_mpfr<mpfr_expm1>,
       1.25,
       {{-2.0, 2.0}, {-60.0, 709.7}, {1e-300, 1.0, by_powers}},
       exponents},
      {"log",
       log_of,
       by_mpfr<mpfr_log>,
       1.0,
       {{0.5, 2.0}, {0.999, 1.001}, {1e-323, 1e308, by_powers}},
       {tiny, smallest, 0.5, root_2 / 2, 1.0, root_2, 2.0, largest, infinity}},
      {"log1p",
       log1p_of,
       by_mpfr<mpfr_log1p>,
       1.0,
       {{-1.0, 2.0}, {1e-18, 1e-13, by_powers}, {1e-300, 1.0, by_powers}, {0.01, 1e6}},
       {0.0, 0x1p-54, 0x1p-53, root_2 / 2 - 1, root_2 - 1, 1.0, 0x1p53, 0x1p64, largest}},
      {"logistic",
       logistic_of,
       exact_logistic,
       1.25,
       {{-10.0, 10.0}, {-745.0, 745.0}, {1e-30, 1.0, by_powers}},
       exponents},
      {"softplus",
       softplus_of,
       exact_softplus,
       1.5,
       {{-10.0, 10.0}, {-745.0, 100.0}, {1e-30, 1.0, by_powers}},
       exponents},
      {"tanh",
       tanh_of,
       by_mpfr<mpfr_tanh>,
       1.5,
       {{-2.0, 2.0}, {-25.0, 25.0}, {1e-300, 1.0, by_powers}},
       {0.0, half_ln_2 / 2, 1.5 * half_ln_2, 18.7, 19.06154746539849, 22.0, infinity}},
      {"sin", sine_of, by_mpfr<mpfr_sin>, 1.0, angles, quarters},
      {"cos", cosine_of, by_mpfr<mpfr_cos>, 1.0, angles, quarters},
      {"normal_cdf",
       normal_cdf,
       exact_normal_cdf,
       8.0,
       {{-8.0, 8.0}, {-39.0, -5.0}, {1e-300, 1.0, by_powers}},
       {0.0, 0.67448975, 5.656854249492381, 37.5, 38.4, 40.0}},
  };
}

INSTANTIATE_TEST_SUITE_P(Elementary, Accuracy, testing::ValuesIn(cases()),
                         [](const auto& row) { return row.param.name; });

/// Multiples of a quarter turn, rounded, are where most digits of an angle are lost.
TEST(Elementary, SineAndCosineNearTheirZeros) {
  for (int i = 1; i < 40'000; ++i) {
    const double scale = i % 3 == 0 ? 1.0e9 : 16.0;
    const double x = 1.5707963267948966 * scale * i;
    Exact sine(x);
    mpfr_sin(sine.get(), sine.get(), MPFR_RNDN);
    ASSERT_LE(sine.error_of(sine_of(x)), 1.0) << x;
    Exact cosine(x);
    mpfr_cos(cosine.get(), cosine.get(), MPFR_RNDN);
    ASSERT_LE(cosine.error_of(cosine_of(x)), 1.0) << x;
  }
}

/// The double that lies nearest to a multiple of a quarter turn: Muller et al., "Handbook of
/// floating-point arithmetic", section 11.
TEST(Elementary, SineOfTheWorstAngle) {
  const double x = 6381956970095103.0 * 0x1p797;
  EXPECT_NEAR(cosine_of(x), -4.6871659242546277e-19, 1e-34);
  EXPECT_EQ(sine_of(x), 1.0);
}

struct Powers {
  Range base;
  Range exponent;
};

TEST(Elementary, PowersAreAccurate) {
  const std::array ranges{
      Powers{{0.0, 10.0}, {-10.0, 10.0}},          Powers{{0.7, 1.42}, {-2000.0, 2000.0}},
      Powers{{0.99, 1.01}, {-80'000.0, 80'000.0}}, Powers{{1.0 - 1e-9, 1.0 + 1e-9}, {-1e12, 1e12}},
      Powers{{1e-300, 1e300}, {-1.2, 1.2}},        Powers{{1e-3, 2e-3}, {100.0, 120.0}},
      Powers{{0.0, 1e-310}, {-1.0, 1.0}},          Powers{{0.0, 100.0}, {0.5, 0.5}}};
  for (const Powers& range : ranges) {
    const std::vector<double> bases = points(range.base, 20'000);
    const std::vector<double> exponents = points(range.exponent, 20'001);
    for (std::size_t i = 0; i < bases.size(); ++i) {
      Exact answer(bases[i]);
      Exact exponent(exponents[i]);
      mpfr_pow(answer.get(), answer.get(), exponent.get(), MPFR_RNDN);
      ASSERT_LE(answer.error_of(power_of(bases[i], exponents[i])), 1.0)
          << std::hexfloat << bases[i] << " " << exponents[i];
    }
  }
}

TEST(Elementary, WholePowersAreExact) {
  for (int base = -40; base <= 40; ++base) {
    double wanted = 1.0;
    for (int exponent = 0; std::abs(wanted) <= 0x1p53 && exponent < 60; ++exponent) {
      EXPECT_EQ(power_of(base, exponent), wanted) << base << " " << exponent;
      wanted *= base;
    }
  }
  for (int i = -1074; i < 1024; ++i) EXPECT_EQ(power_of(2.0, i), std::ldexp(1.0, i)) << i;
  for (const double x : points({-1e3, 1e3}, 1000)) {
    EXPECT_EQ(power_of(x, 1.0), x);
    EXPECT_EQ(power_of(x, 2.0), x * x);
    EXPECT_EQ(power_of(x * x, 0.5), std::sqrt(x * x));
  }
}

/// All pairs of these against the C library, which is right there: annex F of its standard.
TEST(Elementary, PowersAtTheEdges) {
  const std::array numbers{0.0,           1.0,      2.0,          3.0,          0.5,
                           1.5,           1e300,    1e-300,       tiny,         smallest,
                           largest,       infinity, 0x1p52 + 1.0, 0x1p53 + 2.0, 0x1p52 - 0.5,
                           1.0 - 0x1p-53, nan};
  for (const double a : numbers) {
    for (const double b : numbers) {
      for (const double base : {a, -a}) {
        for (const double exponent : {b, -b}) {
          const double wanted = std::pow(base, exponent);
          const double got = power_of(base, exponent);
          if (std::isnan(wanted)) {
            EXPECT_TRUE(same_bits(got, nan)) << base << " " << exponent;
          } else if (wanted == 0.0 || std::isinf(wanted) || wanted == 1.0) {
            EXPECT_TRUE(same_bits(got, wanted)) << base << " " << exponent;
          } else {
            EXPECT_NEAR(got / wanted, 1.0, 3e-16) << base << " " << exponent;
          }
        }
      }
    }
  }
}

struct Special {
  double (*function)(double);
  double x;
  double wanted;
};

TEST(Elementary, SpecialValues) {
  const std::vector<Special> rows{{exp_of, -infinity, 0.0},
                                  {exp_of, infinity, infinity},
                                  {exp_of, 0.0, 1.0},
                                  {exp_of, 1e300, infinity},
                                  {exp_of, -1e300, 0.0},
                                  {exp_of, -745.1, tiny},
                                  {expm1_of, -0.0, -0.0},
                                  {expm1_of, 0.0, 0.0},
                                  {expm1_of, -infinity, -1.0},
                                  {expm1_of, infinity, infinity},
                                  {expm1_of, tiny, tiny},
                                  {expm1_of, -tiny, -tiny},
                                  {log_of, 0.0, -infinity},
                                  {log_of, -0.0, -infinity},
                                  {log_of, -1.0, nan},
                                  {log_of, -infinity, nan},
                                  {log_of, infinity, infinity},
                                  {log_of, 1.0, 0.0},
                                  {log1p_of, -1.0, -infinity},
                                  {log1p_of, -1.5, nan},
                                  {log1p_of, -0.0, -0.0},
                                  {log1p_of, infinity, infinity},
                                  {log1p_of, -infinity, nan},
                                  {log1p_of, -tiny, -tiny},
                                  {logistic_of, -infinity, 0.0},
                                  {logistic_of, infinity, 1.0},
                                  {logistic_of, 0.0, 0.5},
                                  {softplus_of, -infinity, 0.0},
                                  {softplus_of, infinity, infinity},
                                  {tanh_of, -0.0, -0.0},
                                  {tanh_of, infinity, 1.0},
                                  {tanh_of, -infinity, -1.0},
                                  {tanh_of, tiny, tiny},
                                  {sine_of, -0.0, -0.0},
                                  {sine_of, 0.0, 0.0},
                                  {sine_of, infinity, nan},
                                  {sine_of, -infinity, nan},
                                  {sine_of, -tiny, -tiny},
                                  {cosine_of, 0.0, 1.0},
                                  {cosine_of, -0.0, 1.0},
                                  {cosine_of, infinity, nan},
                                  {normal_cdf, infinity, 1.0},
                                  {normal_cdf, -infinity, 0.0},
                                  {normal_cdf, 0.0, 0.5},
                                  {inverse_normal, 0.0, -infinity},
                                  {inverse_normal, 1.0, infinity},
                                  {inverse_normal, 0.5, 0.0},
                                  {inverse_half_normal, 1.0, infinity}};
  for (const Special& row : rows)
    EXPECT_TRUE(same_bits(row.function(row.x), row.wanted)) << row.x << " " << row.wanted;
}

TEST(Elementary, WhatIsNoNumberStaysTheSameOne) {
  for (const auto function : {exp_of, expm1_of, log_of, log1p_of, logistic_of, softplus_of, tanh_of,
                              sine_of, cosine_of, normal_cdf}) {
    EXPECT_TRUE(same_bits(function(nan), nan));
    EXPECT_TRUE(same_bits(function(-nan), nan));
  }
}

TEST(Elementary, OddFunctionsAreOdd) {
  for (const double x : points({1e-320, 1e300, by_powers}, 10'000)) {
    EXPECT_EQ(tanh_of(-x), -tanh_of(x));
    EXPECT_EQ(sine_of(-x), -sine_of(x));
    EXPECT_EQ(cosine_of(-x), cosine_of(x));
  }
}

}  // namespace
}  // namespace casus::random
