// Priors of other scales, by the quantiles that parameters then have.
#include "case/prior_scale.hpp"

#include "case/load.hpp"
#include "case/lowered.hpp"
#include "case/memory_files.hpp"
#include "case/posterior.hpp"
#include "random/laws.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

const char* const priors =
    "casus 1\ncase \"Priors\"\n    time 1 steps\n"
    "set S = s, t\n"
    "param width = 3\n"
    "param a ~ normal(1, 2)\nparam b ~ lognormal(sdlog = 0.5, meanlog = 1)\n"
    "param c ~ halfnormal(width)\nparam d ~ gamma(2, 4)\nparam e ~ exponential(rate = 2)\n"
    "param f ~ studentt(5, 1, 2)\nparam g ~ cauchy(1, 2)\nparam h ~ beta(2, 3)\n"
    "param i[x in S] ~ normal(a, 2 * width)\nparam j ~ normal(0, 1) base 0\n"
    "state level = a + b + c + d + e + f + g + h + i[s] + i[t] + j\n"
    "measure last = level at end\n"
    "explain tight\n    j ~ normal(5, 4)\n"
    "explain bounded\n    j ~ uniform(0, 1)\n";

/// Parameters at the 84 % quantiles (normal score 1) of all priors.
std::vector<double> at_score_one(const language::Model& model, const std::string& explanation) {
  Diagnostics found;
  const language::Lowered lowered =
      language::lower(model, scored_variant({.explanation = explanation}, 1), found);
  EXPECT_FALSE(found.has_errors());
  std::vector<double> parameters(lowered.parameter_columns.size());
  const CasePrior prior(lowered);
  prior.parameters(std::vector<double>(prior.n_free(), 1.0), parameters);
  return parameters;
}

TEST(PriorScale, MultipliesTheScaleOfEveryPriorThatHasOne) {
  const std::map<std::string, std::string, std::less<>> texts{{"model.casus", priors}};
  const MemoryFiles files(texts);
  Sources sources;
  Diagnostics found;
  const auto loaded = load("priors", "model.casus", files, sources, found);
  ASSERT_TRUE(loaded) << found.sorted().front().message;
  const RescaledModel wide = with_prior_scale(loaded->model, 2.0);
  EXPECT_EQ(wide.kept, (std::vector<std::string>{"h", "j in `bounded`"}));
  const std::vector<double> before = at_score_one(loaded->model, "tight");
  const std::vector<double> after = at_score_one(wide.model, "tight");
  const auto quantile = [](std::string_view law, std::vector<double> arguments) {
    const std::array<double, 2> standard{0.0, 1.0};
    return random::find_law(law)->quantile(random::find_law("normal")->cdf(1.0, standard),
                                           arguments);
  };
  ASSERT_EQ(before.size(), after.size());
  const std::vector<double> expected{5.0,
                                     std::exp(2.0),
                                     quantile("halfnormal", {6.0}),
                                     quantile("gamma", {2.0, 2.0}),
                                     quantile("exponential", {1.0}),
                                     quantile("studentt", {5.0, 1.0, 4.0}),
                                     quantile("cauchy", {1.0, 4.0}),
                                     before[7],
                                     5.0 + 12.0,
                                     5.0 + 12.0,
                                     5.0 + 8.0};
  ASSERT_EQ(after.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(after[i], expected[i], 1e-9 * std::abs(expected[i])) << i;
  EXPECT_NEAR(before[0], 3.0, 1e-9);
}

// A rate of once in ten years, give or take exp(2) or exp(4).
TEST(PriorScale, MultipliesTheUsualScalesOfRivals) {
  const std::map<std::string, std::string, std::less<>> texts{
      {"model.casus",
       "casus 1\ncase \"Rates\"\n    time from 2001 to 2003 by year\n"
       "game crisis rationality 1\n    attack by A: hold (status quo per year), raid, strike\n"
       "    payoff A = attack == raid\n"
       "rival hazard replaces attack \"rates alone\"\n    strike ~ normal(0, 1)\n"
       "measure raids = total(attack == raid)\n"}};
  const MemoryFiles files(texts);
  Sources sources;
  Diagnostics found;
  const auto loaded = load("rates", "model.casus", files, sources, found);
  ASSERT_TRUE(loaded) << found.sorted().front().message;
  const std::vector<double> before = at_score_one(loaded->model, "hazard");
  const std::vector<double> after =
      at_score_one(with_prior_scale(loaded->model, 2.0).model, "hazard");
  ASSERT_EQ(after.size(), 2U);
  EXPECT_NEAR(before[0], std::log(0.1) + 2.0, 1e-9);
  EXPECT_NEAR(after[0], std::log(0.1) + 4.0, 1e-9);
  EXPECT_NEAR(after[1], 2.0, 1e-9);
}

}  // namespace
}  // namespace casus::cases
