// The logit rule of choice: closed forms, extremes, commitments.
#include "games/choice.hpp"

#include "games/plain.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace casus::games {
namespace {

std::vector<Value> constants(Builder& builder, const std::vector<double>& numbers) {
  std::vector<Value> values(numbers.size());
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = builder.constant(numbers[k]);
  return values;
}

std::vector<double> chosen(double rationality, const std::vector<double>& worths,
                           const std::vector<double>& offsets) {
  Builder builder;
  return numbers(builder, logit(builder, builder.constant(rationality), constants(builder, worths),
                                constants(builder, offsets)));
}

TEST(Logit, one_option_is_certain) {
  EXPECT_EQ(chosen(3.0, {-7.0}, {2.0}), std::vector<double>{1.0});
}

TEST(Logit, odds_are_the_exponential_of_the_scaled_difference) {
  const std::vector<double> p = chosen(2.0, {0.3, 1.1}, {0.0, 0.0});
  EXPECT_NEAR(p[1] / p[0], std::exp(2.0 * 0.8), 1e-14 * std::exp(1.6));
  EXPECT_NEAR(p[0] + p[1], 1.0, 1e-16);
}

TEST(Logit, offsets_add_to_the_logit_and_are_not_scaled) {
  const double rare = std::log(1.0 / 12.0);
  const std::vector<double> two = chosen(5.0, {0.2, 0.2}, {0.0, rare});
  EXPECT_NEAR(two[1], 1.0 / 13.0, 1e-16);
  const std::vector<double> three = chosen(5.0, {0.2, 0.2, 0.2}, {0.0, rare, rare});
  EXPECT_NEAR(three[0], 12.0 / 14.0, 1e-15);
  EXPECT_NEAR(three[2], 1.0 / 14.0, 1e-15);
}

TEST(Logit, three_options_against_the_ratio_form) {
  const std::vector<double> worth = {0.4, -1.3, 0.9};
  const std::vector<double> offset = {0.0, 0.7, -2.0};
  const std::vector<double> p = chosen(1.7, worth, offset);
  for (std::size_t k = 0; k < 3; ++k) {
    double inverse = 0.0;
    for (std::size_t j = 0; j < 3; ++j) {
      inverse += std::exp(1.7 * worth[j] + offset[j] - 1.7 * worth[k] - offset[k]);
    }
    EXPECT_NEAR(p[k], 1.0 / inverse, 1e-15);
  }
}

TEST(Logit, without_rationality_every_option_is_as_likely_as_the_others) {
  for (std::size_t n = 1; n <= 9; ++n) {
    std::vector<double> worths;
    for (std::size_t k = 0; k < n; ++k) worths.push_back(static_cast<double>(k * k) - 3.7);
    for (const double p : chosen(0.0, worths, std::vector<double>(n, 0.0))) {
      EXPECT_EQ(p, 1.0 / static_cast<double>(n)) << n;
    }
  }
}

TEST(Logit, extremes_saturate) {
  struct Row {
    std::vector<double> worths, offsets, answer;
  };
  const std::vector<Row> rows = {
      {{5, -5}, {0, 0}, {1, 0}},
      {{1e8, 1e8}, {0, 0}, {0.5, 0.5}},
      {{-5, 5, 4}, {0, 0, 0}, {0, 1, 0}},
      {{5, 5, -5}, {0, 0, 2}, {0.5, 0.5, 0}},
      {{5, -5, 4}, {-800, 0, 0}, {1, 0, 0}},
  };
  for (const double lambda : {1e4, 1e300, std::numeric_limits<double>::max()}) {
    for (const Row& row : rows) EXPECT_EQ(chosen(lambda, row.worths, row.offsets), row.answer);
  }
  EXPECT_EQ(chosen(1.0, {0, 0}, {0, 800}), (std::vector<double>{0, 1}));
  EXPECT_EQ(chosen(1.0, {0, 0, 0}, {0, 800, 0}), (std::vector<double>{0, 1, 0}));
}

TEST(Logit, small_probabilities_keep_their_digits) {
  const std::vector<double> p = chosen(1.0, {0.0, 60.0}, {0.0, 0.0});
  EXPECT_NEAR(p[0] / std::exp(-60.0), 1.0, 1e-14);
  const std::vector<double> q = chosen(1.0, {60.0, 0.0}, {0.0, 0.0});
  EXPECT_EQ(p[0], q[1]);
  EXPECT_EQ(p[1], q[0]);
}

TEST(Committed, credibility_mixes_the_option_with_the_choice) {
  Builder builder;
  const std::vector<Value> free = {builder.constant(0.5), builder.constant(0.3),
                                   builder.constant(0.2)};
  const auto with = [&](double q) {
    return numbers(builder, committed(builder, free, 1, builder.constant(q)));
  };
  EXPECT_EQ(with(0.0), (std::vector<double>{0.5, 0.3, 0.2}));
  EXPECT_EQ(with(1.0), (std::vector<double>{0.0, 1.0, 0.0}));
  EXPECT_DOUBLE_EQ(with(0.4)[0], 0.3);
  EXPECT_DOUBLE_EQ(with(0.4)[1], 0.58);
  EXPECT_DOUBLE_EQ(with(0.4)[2], 0.12);
}

TEST(Weights, of_two_options_need_one_logistic) {
  Builder builder;
  const std::vector<Value> worths = {builder.parameter(0), builder.parameter(1)};
  const std::vector<Value> none(2, builder.constant(0.0));
  const std::vector<Value> p = logit(builder, builder.constant(1.0), worths, none);
  const std::vector<Value> w = weights(builder, p);
  EXPECT_EQ(w[1], p[1]);
  EXPECT_EQ(builder.definition(w[0]).op, machine::Op::subtract);
  const std::vector<double> inputs = {0.3, 0.1};
  EXPECT_NEAR(number(builder, w[0], inputs), number(builder, p[0], inputs), 1e-15);
}

}  // namespace
}  // namespace casus::games
