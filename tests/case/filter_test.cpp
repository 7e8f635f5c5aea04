// The record of a whole case, filtered: the studied model, all motives free and every parameter at
// its prior's median, against the values that an independent program gave.
#include "inference/filter.hpp"

#include "case/disk.hpp"
#include "case/ensemble.hpp"
#include "case/history.hpp"
#include "case/load.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <stdexcept>

namespace casus::cases {
namespace {

/// A case given its record, at the medians of its priors.
class GivenRecord {
 public:
  GivenRecord(const std::string& folder, const std::string& explanation) {
    const Disk disk(folder);
    Diagnostics found;
    const auto loaded = load("case", "model.casus", disk, sources_, found);
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

TEST(RecordFilter, GivesTheSameBitsForBlocksOfAnySize) {
  const GivenRecord given(CASUS_ROOT "/tests/cases/nk-twin", "all");
  const double one = log_likelihood(given, {.n_particles = 500, .n_lanes = 64});
  EXPECT_EQ(one, log_likelihood(given, {.n_particles = 500, .n_lanes = 512}));
  EXPECT_NE(one, log_likelihood(given, {.n_particles = 500, .seed = 2}));
}

}  // namespace
}  // namespace casus::cases
