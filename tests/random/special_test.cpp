// The special functions against 60-digit answers, at the accuracy their declarations promise.
#include "random/special.hpp"

#include "random/address.hpp"
#include "random/exact.hpp"
#include "random/known_special.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::random {
namespace {

double relative_error(double got, double wanted) { return std::abs(got / wanted - 1.0); }

/// Relative where the answer is above one in size, absolute elsewhere.
double mixed_error(double got, double wanted) {
  return std::abs(got - wanted) / std::max(1.0, std::abs(wanted));
}

TEST(Special, LogGamma) {
  for (const auto& [x, answer] : known::log_gammas) {
    EXPECT_LE(relative_error(log_gamma(x), answer), 1.0e-15) << x;
  }
  EXPECT_EQ(log_gamma(1.0), 0.0);
  EXPECT_EQ(log_gamma(2.0), 0.0);
}

TEST(Special, StirlingError) {
  for (const auto& [x, answer] : known::stirling_errors) {
    EXPECT_LE(std::abs(stirling_error(x) - answer), 4.0e-15) << x;
  }
}

TEST(Special, Deviance) {
  for (const auto& [x, m, answer] : known::deviances) {
    EXPECT_LE(relative_error(deviance(x, m), answer), 2.0e-15) << x << " " << m;
  }
  EXPECT_EQ(deviance(4.0, 4.0), 0.0);
}

/// The deviance by definition.
double exact_deviance(double x, double m) {
  Exact mean(m);
  Exact answer(x);
  mpfr_div(answer.get(), answer.get(), mean.get(), MPFR_RNDN);
  mpfr_log(answer.get(), answer.get(), MPFR_RNDN);
  mpfr_mul_d(answer.get(), answer.get(), x, MPFR_RNDN);
  mpfr_add_d(answer.get(), answer.get(), m, MPFR_RNDN);
  mpfr_sub_d(answer.get(), answer.get(), x, MPFR_RNDN);
  return mpfr_get_d(answer.get(), MPFR_RNDN);
}

TEST(Special, DevianceAtAnyRatio) {
  const Stream stream{.key = key_of(1885, {}), .site = site_of("deviance")};
  double worst = 0.0;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    const double m = std::exp(40.0 * stream.uniform(2 * i) - 10.0);
    // Ratios near one, about sqrt(2) and sqrt(1/2), and far away.
    const double widest = i % 3 == 0 ? 1.0e-6 : i % 3 == 1 ? 0.4 : 30.0;
    const double x = m * std::exp(widest * (2.0 * stream.uniform(2 * i + 1) - 1.0));
    const double answer = exact_deviance(x, m);
    if (answer != 0.0) worst = std::max(worst, relative_error(deviance(x, m), answer));
  }
  EXPECT_LE(worst, 2.0e-15);
}

TEST(Special, LogBetaIsAccurateAndSymmetric) {
  for (const auto& [a, b, answer] : known::log_betas) {
    EXPECT_LE(mixed_error(log_beta(a, b), answer), 4.0e-15) << a << " " << b;
    EXPECT_EQ(log_beta(a, b), log_beta(b, a));
  }
}

TEST(Special, LogChoose) {
  for (const auto& [n, k, answer] : known::log_chooses) {
    EXPECT_LE(mixed_error(log_choose(n, k), answer), 4.0e-15) << n << " " << k;
  }
}

TEST(Special, TermsAtTheirEdges) {
  EXPECT_EQ(log_binomial_term(0.0, 0.0, 1.0, 0.0), 0.0);
  EXPECT_EQ(log_binomial_term(0.0, 5.0, 0.0, 1.0), 0.0);
  EXPECT_EQ(log_binomial_term(5.0, 0.0, 1.0, 0.0), 0.0);
  EXPECT_EQ(log_binomial_term(0.0, 5.0, 1.0, 0.0), -HUGE_VAL);
  EXPECT_EQ(log_binomial_term(2.0, 3.0, 0.0, 1.0), -HUGE_VAL);
  EXPECT_NEAR(log_binomial_term(2.0, 3.0, 0.5, 0.5), std::log(10.0 / 32.0), 1.0e-15);
  EXPECT_NEAR(log_poisson_term(0.0, 2.0), -2.0, 1.0e-15);
  EXPECT_NEAR(log_poisson_term(3.0, 2.0), std::log(8.0 / 6.0) - 2.0, 1.0e-15);
}

TEST(Special, NormalCdf) {
  for (const auto& [z, answer] : known::normal_cdfs) {
    EXPECT_LE(relative_error(normal_cdf(z), answer), 1.0e-15) << z;
  }
  EXPECT_EQ(normal_cdf(0.0), 0.5);
  EXPECT_EQ(normal_cdf(40.0), 1.0);
  EXPECT_EQ(normal_cdf(-40.0), 0.0);
}

TEST(Special, InverseNormal) {
  for (const auto& [u, answer] : known::inverse_normals) {
    EXPECT_LE(relative_error(inverse_normal(u), answer), 1.0e-15) << u;
  }
  EXPECT_EQ(inverse_normal(0.5), 0.0);
  EXPECT_NEAR(inverse_normal(0x1p-53), -8.2095, 1.0e-4);
  for (const double u : {0x1p-53, 0.01, 0.2, 0.4999}) {
    EXPECT_EQ(inverse_normal(1.0 - u), -inverse_normal(1.0 - (1.0 - u))) << u;
  }
}

TEST(Special, InverseNormalRisesAcrossItsJoins) {
  // The pieces meet at |u - 1/2| = 0.425 and at sqrt(-ln tail) = 5.
  for (const double join : {0.075, 0.925, std::exp(-25.0)}) {
    double u = join * (1.0 - 1.0e-13);
    double before = inverse_normal(u);
    for (int i = 0; i < 4000; ++i) {
      u = std::nextafter(u, 1.0);
      const double next = inverse_normal(u);
      ASSERT_GE(next, before - 4.0e-16 * std::abs(before)) << u;
      before = next;
    }
  }
}

TEST(Special, IncompleteGamma) {
  for (const auto& [a, x, lower, upper] : known::incomplete_gammas) {
    const Tails got = incomplete_gamma(a, x);
    EXPECT_LE(relative_error(got.lower, lower), 2.0e-13) << a << " " << x;
    EXPECT_LE(relative_error(got.upper, upper), 2.0e-13) << a << " " << x;
  }
  EXPECT_EQ(incomplete_gamma(3.0, 0.0).upper, 1.0);
  EXPECT_EQ(incomplete_gamma(3.0, HUGE_VAL).lower, 1.0);
}

TEST(Special, InverseIncompleteGamma) {
  for (const auto& [a, x, lower, upper] : known::incomplete_gammas) {
    // An upper tail below 2^-53 cannot be asked for by its lower tail.
    if (upper < 1.0e-3 || lower < 1.0e-300) continue;
    const double got = inverse_incomplete_gamma(a, lower);
    // What the rounding of `lower` does to x: d ln x = d P / (x f(x)).
    const double slope = a * std::exp(log_poisson_term(a, x));
    const double given = 0x1p-53 * lower / slope;
    EXPECT_LE(relative_error(got, x), (a < 1.0 ? 2.0e-13 : 5.0e-15) + given) << a << " " << x;
  }
  EXPECT_NEAR(inverse_incomplete_gamma(1.0, 1.0 - 0x1p-53), 53.0 * std::log(2.0), 1.0e-13);
  EXPECT_GT(inverse_incomplete_gamma(0.001, 0x1p-53), 0.0);
}

TEST(Special, IncompleteBeta) {
  for (const auto& [a, b, x, lower, upper] : known::incomplete_betas) {
    const Tails got = incomplete_beta(a, b, x, 1.0 - x);
    EXPECT_LE(relative_error(got.lower, lower), 4.0e-13) << a << " " << b << " " << x;
    EXPECT_LE(relative_error(got.upper, upper), 4.0e-13) << a << " " << b << " " << x;
    const Tails mirrored = incomplete_beta(b, a, 1.0 - x, x);
    EXPECT_LE(relative_error(mirrored.lower, upper), 4.0e-13) << a << " " << b << " " << x;
  }
  EXPECT_EQ(incomplete_beta(2.0, 3.0, 0.0, 1.0).lower, 0.0);
  EXPECT_EQ(incomplete_beta(2.0, 3.0, 1.0, 0.0).lower, 1.0);
}

TEST(Special, InverseIncompleteBeta) {
  for (const auto& [a, b, x, lower, upper] : known::incomplete_betas) {
    if (std::max(a, b) > 1.0e4 || lower < 1.0e-90) continue;
    const Share got = inverse_incomplete_beta(a, b, {lower, upper});
    const double slope = a * b / (a + b) * std::exp(log_binomial_term(a, b, x, 1.0 - x));
    const double given = 0x1p-53 * std::min(lower, upper) / slope;
    EXPECT_LE(relative_error(got.value, x), 4.0e-13 + given) << a << " " << b << " " << x;
    EXPECT_LE(relative_error(got.rest, 1.0 - x), 4.0e-13 + given) << a << " " << b << " " << x;
  }
  const Share tiny = inverse_incomplete_beta(0.5, 3.0, {1.0e-60, 1.0});
  EXPECT_NEAR(tiny.value / 1.0e-120, std::pow(0.5 * 16.0 / 15.0, 2.0), 1.0e-10);
  const Share mirrored = inverse_incomplete_beta(3.0, 0.5, {1.0, 1.0e-60});
  EXPECT_LE(relative_error(mirrored.rest, tiny.value), 1.0e-13);
}

}  // namespace
}  // namespace casus::random
