// Simulated records: what they hold, and that their log-likelihood is on average minus an entropy.
#include "case/synthetic.hpp"

#include "case/disk.hpp"
#include "case/history.hpp"
#include "case/load.hpp"
#include "case/memory_files.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numeric>

namespace casus::cases {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;
using Kind = language::RecordedCell::Kind;

constexpr std::uint32_t all_steps = 0xffffffffU;

LoadedCase loaded(const Texts& texts) {
  Sources sources;
  Diagnostics found;
  auto made = load("tiny", "model.casus", MemoryFiles(texts), sources, found);
  for (const Diagnostic& one : found.sorted())
    ADD_FAILURE() << one.code << " " << one.message << " " << one.help;
  if (!made) throw std::runtime_error("the case has faults");
  return std::move(*made);
}

/// Scores by step of a model's record where nothing unobserved is random.
std::vector<double> scores(const language::Model& model, std::span<const double> parameters) {
  Diagnostics found;
  const language::Lowered lowered =
      language::lower(model, {.outputs = false, .measures = false, .given = true}, found);
  EXPECT_FALSE(found.has_errors());
  std::vector<double> states(lowered.state_names.size());
  std::vector<double> accumulators(lowered.accumulators.size());
  HistoryState history{.parameters = parameters, .states = states, .accumulators = accumulators};
  HistoryRunner runner(lowered);
  EXPECT_FALSE(runner.begin(history));
  std::vector<double> sums;
  for (std::uint32_t step = 0; step < model.steps.count; ++step) {
    const std::size_t segment = segment_of(lowered, step);
    EXPECT_FALSE(runner.step(history, segment, step));
    std::vector<double> outputs(lowered.score_columns.size());
    runner.copy_outputs(segment, outputs, 1);
    sums.push_back(std::accumulate(outputs.begin(), outputs.end(), 0.0));
  }
  return sums;
}

/// By step: mean score of records at their own parameters, and its standard error.
struct Means {
  std::vector<double> mean;
  std::vector<double> error;
};

Means mean_scores(const LoadedCase& at, std::uint32_t n_records) {
  const Synthesis synthesis(at.model, {}, all_steps);
  const std::size_t n_steps = at.model.steps.count;
  std::vector<double> sum(n_steps);
  std::vector<double> squares(n_steps);
  for (std::uint32_t number = 0; number < n_records; ++number) {
    const SyntheticTruth truth = synthesis.draw({.number = number});
    const auto model = synthesis.record(truth.parameters, {.number = number});
    if (!model) throw std::runtime_error("no record");
    const std::vector<double> of_record = scores(*model, truth.parameters);
    for (std::size_t step = 0; step < n_steps; ++step) {
      sum[step] += of_record[step];
      squares[step] += of_record[step] * of_record[step];
    }
  }
  Means means;
  const double n = n_records;
  for (std::size_t step = 0; step < n_steps; ++step) {
    means.mean.push_back(sum[step] / n);
    const double variance = squares[step] / n - means.mean[step] * means.mean[step];
    means.error.push_back(std::sqrt(std::max(variance, 0.0) / n));
  }
  return means;
}

double entropy(std::initializer_list<double> probabilities) {
  double sum = 0.0;
  for (const double p : probabilities) sum -= p * std::log(p);
  return sum;
}

// A prior of the level changes nothing: the entropy of a normal law is that of its spread.
TEST(Synthetic, NormalDataScoreMinusTheirEntropy) {
  const LoadedCase at = loaded({{"model.casus",
                                 "casus 1\ncase \"Levels\"\n    time 4 steps\n"
                                 "set S = a, b\n"
                                 "param level ~ normal(3, 2)\n"
                                 "observe seen[s in S] from \"d.csv\" by s ~ normal(level, 0.5)\n"},
                                {"d.csv", "step,s,seen\n1,a,7\n1,b,8\n2,a,9\n4,b,1\n"}});
  constexpr std::uint32_t n = 400;
  const Means means = mean_scores(at, n);
  const double of_one = 0.5 * std::log(2.0 * std::acos(-1.0) * std::exp(1.0) * 0.25);
  const std::array cells{2.0, 1.0, 0.0, 1.0};
  for (std::size_t step = 0; step < cells.size(); ++step)
    EXPECT_NEAR(means.mean[step], -cells[step] * of_one, 4.0 * means.error[step]) << step;
}

TEST(Synthetic, TotalsAreDrawnFromTheirLaw) {
  const LoadedCase at =
      loaded({{"model.casus",
               "casus 1\ncase \"Counts\"\n    time 4 steps\nparam mean_count = 3\n"
               "observe count from \"d.csv\" ~ poisson(mean_count)\n"
               "observe total(count) over 2 to 3 = 90 ~ poisson(2 * mean_count)\n"},
              {"d.csv", "step,count\n1,40\n4,50\n"}});
  const Means means = mean_scores(at, 400);
  const auto of_poisson = [](double mean) {
    double sum = 0.0;
    double p = std::exp(-mean);
    for (int k = 0; k < 60; ++k, p *= mean / k) sum -= p * std::log(p);
    return sum;
  };
  EXPECT_NEAR(means.mean[0], -of_poisson(3.0), 4.0 * means.error[0]);
  EXPECT_EQ(means.mean[1], 0.0);
  EXPECT_NEAR(means.mean[2], -of_poisson(6.0), 4.0 * means.error[2]);
  EXPECT_NEAR(means.mean[3], -of_poisson(3.0), 4.0 * means.error[3]);
}

// What is observed exactly is what the history had: the entropy of a lognormal law.
TEST(Synthetic, ExactObservationsScoreMinusTheirEntropy) {
  const LoadedCase at = loaded({{"model.casus",
                                 "casus 1\ncase \"Budgets\"\n    time 3 steps\n"
                                 "param usual ~ normal(1, 2)\ndraw luck ~ normal(0, 1)\n"
                                 "let budget = exp(usual + 0.5 * luck)\n"
                                 "observe budget from \"d.csv\" exact\n"},
                                {"d.csv", "step,budget\n1,7\n3,9\n"}});
  const Synthesis synthesis(at.model, {}, all_steps);
  double sum = 0.0;
  double squares = 0.0;
  constexpr std::uint32_t n = 400;
  for (std::uint32_t number = 0; number < n; ++number) {
    const SyntheticTruth truth = synthesis.draw({.number = number});
    const auto made = synthesis.record(truth.parameters, {.number = number});
    ASSERT_TRUE(made);
    const double score = scores(*made, truth.parameters)[0] + truth.parameters[0];
    sum += score;
    squares += score * score;
  }
  const double mean = sum / n;
  const double error = std::sqrt((squares / n - mean * mean) / n);
  EXPECT_NEAR(mean, -0.5 * std::log(2.0 * std::acos(-1.0) * std::exp(1.0) * 0.25), 4.0 * error);
}

/// Two-stage deterrence at rationality 1: McKelvey and Palfrey 1998.
constexpr double attacks = 0.19718445;
constexpr double resists = 0.88079708;

const char* const deterrence =
    "casus 1\ncase \"Deterrence\"\n    time from 2001 to 2010 by year\n"
    "game crisis rationality 1\n"
    "    attack by A: hold, strike\n"
    "    reply by B: concede, resist    if attack == strike\n"
    "    payoff A = cases\n"
    "        attack == hold   : 0\n"
    "        reply == concede : 3\n"
    "        otherwise        : -2\n"
    "    payoff B = cases\n"
    "        attack == hold   : 2\n"
    "        reply == concede : -3\n"
    "        otherwise        : -1\n"
    "    ends quiet when attack == hold\n"
    "    ends peace when attack == hold or reply == concede\n"
    "    ends war when reply == resist\n"
    "observe attack from \"r.csv\"\n"
    "observe reply from \"r.csv\"\n"
    "observe ends from \"r.csv\" column outcome\n"
    "observe war from \"r.csv\" column fought\n";

const char* const deterrence_record =
    "year,attack,reply,outcome,fought\n"
    "2001,strike,,,\n"
    "2002,hold|strike,,,\n"
    "2003,strike,resist,,\n"
    "2004,hold,-,,\n"
    "2005,,,war,\n"
    "2006,,,,\n"
    "2007,,,peace,\n"
    "2008,,,quiet,\n"
    "2009,,,,false\n"
    "2010,,concede|resist,,\n";

TEST(Synthetic, RecordedMovesScoreMinusTheEntropyOfTheirCells) {
  const LoadedCase at = loaded({{"model.casus", deterrence}, {"r.csv", deterrence_record}});
  const Means means = mean_scores(at, 2000);
  const double of_leaf = entropy({1.0 - attacks, attacks * (1.0 - resists), attacks * resists});
  const double of_attack = entropy({attacks, 1.0 - attacks});
  const double of_war = entropy({attacks * resists, 1.0 - attacks * resists});
  const std::array expected{of_attack, 0.0,    of_leaf, of_leaf, of_leaf,
                            0.0,       of_war, of_leaf, of_war,  of_attack};
  for (std::size_t step = 0; step < expected.size(); ++step)
    EXPECT_NEAR(means.mean[step], -expected[step], 4.0 * means.error[step] + 1e-9) << step;
}

TEST(Synthetic, RecordsAreAsCoarseAsTheRealOne) {
  const LoadedCase at = loaded({{"model.casus", deterrence}, {"r.csv", deterrence_record}});
  const Synthesis synthesis(at.model, {}, all_steps);
  for (std::uint32_t number = 0; number < 50; ++number) {
    const auto made = synthesis.record({}, {.number = number});
    ASSERT_TRUE(made);
    for (std::size_t i = 0; i < at.model.record.size(); ++i) {
      const auto& before = at.model.record[i].cells;
      const auto& after = made->record[i].cells;
      for (std::size_t step = 0; step < before.size(); ++step)
        EXPECT_EQ(before[step].kind == Kind::blank, after[step].kind == Kind::blank);
    }
    EXPECT_EQ(made->record[0].cells[1].labels.size(), 2U);
  }
}

TEST(Synthetic, RecordsEndWhereTheyAreToEnd) {
  const LoadedCase at = loaded({{"model.casus", deterrence}, {"r.csv", deterrence_record}});
  const Synthesis synthesis(at.model, {}, 3);
  const auto made = synthesis.record({}, {});
  ASSERT_TRUE(made);
  EXPECT_NE(made->record[1].cells[2].kind, Kind::blank);
  EXPECT_EQ(made->record[1].cells[3].kind, Kind::blank);
}

TEST(Synthetic, TheSameAddressGivesTheSameRecordAndAnotherOneAnother) {
  const LoadedCase at =
      loaded({{"model.casus",
               "casus 1\ncase \"Level\"\n    time 3 steps\nparam level ~ normal(3, 2)\n"
               "observe seen from \"d.csv\" ~ normal(level, 0.5)\n"},
              {"d.csv", "step,seen\n1,7\n2,8\n3,9\n"}});
  const Synthesis synthesis(at.model, {}, all_steps);
  const auto data = [&](const SyntheticAddress& address) {
    const auto made = synthesis.record(synthesis.draw(address).parameters, address);
    return made->series[language::index(made->quantity_named.at("seen"))].values;
  };
  EXPECT_EQ(data({.seed = 1, .number = 4}), data({.seed = 1, .number = 4}));
  EXPECT_NE(data({.seed = 1, .number = 4}), data({.seed = 1, .number = 5}));
  EXPECT_NE(data({.seed = 1, .number = 4}), data({.seed = 2, .number = 4}));
  EXPECT_NE(data({.seed = 1, .number = 4}), data({.seed = 1, .number = 4, .replication = 1}));
}

class SyntheticOfCase : public testing::TestWithParam<const char*> {};

TEST_P(SyntheticOfCase, CanHaveHappened) {
  const Disk disk(CASUS_ROOT "/");
  Sources sources;
  Diagnostics found;
  const auto at =
      load("case", fmt::format("cases/textbook/{}/model.casus", GetParam()), disk, sources, found);
  ASSERT_TRUE(at);
  const Synthesis synthesis(at->model, {}, all_steps);
  const SyntheticTruth truth = synthesis.draw({});
  const auto made = synthesis.record(truth.parameters, {});
  ASSERT_TRUE(made);
  for (const double score : scores(*made, truth.parameters)) EXPECT_TRUE(std::isfinite(score));
}

INSTANTIATE_TEST_SUITE_P(Textbook, SyntheticOfCase,
                         testing::Values("egame12", "egame122", "egame123", "linear-gaussian",
                                         "ultimatum-regression"));

}  // namespace
}  // namespace casus::cases
