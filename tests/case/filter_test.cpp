// The record of a whole case, filtered: the studied model, all motives free and every parameter at
// its prior's median, against the values that an independent program gave.
#include "inference/filter.hpp"

#include "case/disk.hpp"
#include "case/ensemble.hpp"
#include "case/history.hpp"
#include "case/load.hpp"
#include "case/memory_files.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace casus::cases {
namespace {

/// A case given its record, at the medians of its priors.
class GivenRecord {
 public:
  GivenRecord(const std::string& folder, const std::string& explanation)
      : GivenRecord(Disk(folder), explanation) {}

  GivenRecord(const Files& files, const std::string& explanation) {
    Diagnostics found;
    const auto loaded = load("case", "model.casus", files, sources_, found);
    if (!loaded) throw std::runtime_error("the case has faults");
    lowered_ = language::lower(
        loaded->model,
        {.explanation = explanation, .outputs = false, .measures = false, .given = true}, found);
    parameters_.resize(lowered_.parameter_columns.size());
    const random::Key key = random::key_of(1, {.purpose = random::Purpose::parameter});
    if (HistoryRunner(lowered_).draw_parameters(key, true, parameters_))
      throw std::runtime_error("the medians are not finite");
  }

  inference::ScoredRun run() const {
    return {.programs = programs_of(lowered_),
            .n_columns = static_cast<std::uint32_t>(lowered_.score_columns.size())};
  }
  const std::vector<double>& parameters() const { return parameters_; }
  const language::Lowered& lowered() const { return lowered_; }

 private:
  Sources sources_;
  language::Lowered lowered_;
  std::vector<double> parameters_;
};

double log_likelihood(const GivenRecord& given, const inference::BankOptions& bank) {
  Serial serial;
  Silent silent;
  const inference::FilterResult result = inference::filter(
      given.run(), given.parameters(), {.bank = bank}, {.parallel = serial, .progress = silent});
  EXPECT_FALSE(result.fault) << result.fault->what;
  EXPECT_FALSE(result.is_exact);
  return result.log_likelihoods[0];
}

// What the study's own filter conditions, undated deaths felt; its README has the second value.
TEST(RecordFilter, AgreesWithTheStudy) {
  const GivenRecord felt(CASUS_ROOT "/tests/cases/nk-twin", "filtered");
  EXPECT_NEAR(log_likelihood(felt, {.n_particles = 8000}), -852.8, 0.3);
  const GivenRecord dated(CASUS_ROOT "/tests/cases/nk-twin", "all");
  EXPECT_NEAR(log_likelihood(dated, {.n_particles = 8000}), -851.0, 0.3);
}

// The log-likelihood of cases/textbook/linear-gaussian/expected.csv; with so many particles the
// estimate's standard deviation is about 0.06.
TEST(RecordFilter, AgreesWithKalman) {
  const GivenRecord given(CASUS_ROOT "/cases/textbook/linear-gaussian", "");
  EXPECT_NEAR(log_likelihood(given, {.n_particles = 20'000}), -144.5802946865, 0.25);
}

// Clashes that nobody recorded, likelier after one, and deaths that tell of them.
constexpr double deaths_of_clash = 12;
constexpr double deaths_of_quiet = 1;
constexpr std::string_view hidden_clashes = R"(casus 1
case "Hidden clashes"
    time 24 steps
state hot = 0
    then (1 if act == clash else 0)
game month rationality 1
    act by A: hold, clash
    payoff A = (0 if act == hold else -3 + 4 * hot)
observe deaths from "deaths.csv" column deaths
    ~ poisson(12 if act == clash else 1)
)";

const std::vector<double>& deaths_seen() {
  static const std::vector<double> seen{0, 1, 2, 11, 14, 9, 1,  0,  0, 6, 1, 2,
                                        0, 1, 4, 12, 1,  0, 13, 10, 0, 2, 1, 5};
  return seen;
}

/// By the forward algorithm.
double exact_hidden_clashes() {
  const auto poisson = [](double n, double mean) {
    return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1));
  };
  const double from_cold = 1 / (1 + std::exp(3.0));
  const double from_hot = 1 / (1 + std::exp(-1.0));
  double cold = 1;
  double hot = 0;
  for (const double n : deaths_seen()) {
    const double clash = cold * from_cold + hot * from_hot;
    const double quiet = cold * (1 - from_cold) + hot * (1 - from_hot);
    hot = clash * poisson(n, deaths_of_clash);
    cold = quiet * poisson(n, deaths_of_quiet);
  }
  return std::log(cold + hot);
}

// Were clashes drawn before deaths are looked at, so few particles would miss most of them: the
// first alone costs (1 - p) / (n p) = 1.3 in the variance of the estimate's logarithm.
TEST(RecordFilter, HearsWhatDataTellOfMovesNobodyRecorded) {
  std::string table = "step,deaths\n";
  for (std::size_t step = 0; step < deaths_seen().size(); ++step)
    table += std::to_string(step + 1) + ',' + std::to_string(deaths_seen()[step]) + '\n';
  const GivenRecord given(
      MemoryFiles({{"model.casus", std::string(hidden_clashes)}, {"deaths.csv", table}}), "");
  constexpr std::uint32_t n = 200;
  const double exact = exact_hidden_clashes();
  double mean = 0;
  double mean_log = 0;
  double square_log = 0;
  for (std::uint32_t seed = 1; seed <= n; ++seed) {
    const double error = log_likelihood(given, {.n_particles = 16, .seed = seed}) - exact;
    mean += std::exp(error) / n;
    mean_log += error / n;
    square_log += error * error / n;
  }
  const double variance = square_log - mean_log * mean_log;
  EXPECT_LT(variance, 0.2);
  EXPECT_NEAR(mean, 1.0, 4 * std::sqrt(variance / n));
}

TEST(RecordFilter, GivesTheSameBitsForBlocksOfAnySize) {
  const GivenRecord given(CASUS_ROOT "/tests/cases/nk-twin", "all");
  const double one = log_likelihood(given, {.n_particles = 500, .n_lanes = 64});
  EXPECT_EQ(one, log_likelihood(given, {.n_particles = 500, .n_lanes = 512}));
  EXPECT_NE(one, log_likelihood(given, {.n_particles = 500, .seed = 2}));
}

}  // namespace
}  // namespace casus::cases
