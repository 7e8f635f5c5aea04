#include "case/ensemble.hpp"

#include "case/measures.hpp"
#include "case/summarise.hpp"
#include "case/threads.hpp"
#include "case/toys.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

/// Asks to stop after some units of work.
class Impatient final : public Progress {
 public:
  explicit Impatient(std::uint64_t patience) : patience_(patience) {}
  void stage(std::string_view /*name*/, std::uint64_t /*total*/) override {}
  void advance(std::uint64_t units) override { done_ += units; }
  void finish() override {}
  bool stop_requested() const override { return done_ >= patience_; }

 private:
  std::uint64_t patience_;
  std::uint64_t done_ = 0;
};

Ensemble run(const language::Lowered& lowered, const EnsembleOptions& options,
             std::size_t n_threads = 1) {
  Silent silent;
  const std::unique_ptr<Parallel> threads = make_threads(n_threads);
  return simulate(lowered, options, {.parallel = *threads, .progress = silent});
}

std::vector<std::uint64_t> bits(const Bands& bands) {
  std::vector<double> all;
  for (const Band& band : bands.values) {
    all.insert(all.end(), {band.mean, band.q05, band.q25, band.q50, band.q75, band.q95});
  }
  return bits_of(all);
}

// P(1 after n steps) of a two-state chain from 0 is up / (up + down) * (1 - (1 - up - down)^n).
TEST(Ensemble, SharesOfTheTwoStateChainAreExactToSamplingError) {
  const double up = 0.1;
  const double down = 0.3;
  const Ensemble ensemble = run(chain(up, down, 12), {.n_sets = 1024, .per_set = 16});
  ASSERT_EQ(ensemble.bands.n_steps(), 12U);
  ASSERT_EQ(ensemble.bands.n_histories, 10'000U);
  for (std::size_t step = 0; step < 12; ++step) {
    const double p =
        up / (up + down) * (1.0 - std::pow(1.0 - up - down, static_cast<double>(step + 1)));
    const double error = std::sqrt(p * (1.0 - p) / 10'000.0);
    EXPECT_NEAR(ensemble.bands.at(step, 0).mean, p, 4.0 * error) << step;
    EXPECT_EQ(ensemble.bands.at(step, 2).mean, ensemble.bands.at(step, 0).mean);
    EXPECT_NEAR(ensemble.bands.at(step, 1).mean + ensemble.bands.at(step, 2).mean, 1.0, 1e-15);
  }
}

TEST(Ensemble, BandsOfTheWalkAreNormalQuantiles) {
  const Ensemble ensemble = run(walk(0.5, 2.0, 9), {.n_sets = 10'000, .per_set = 1});
  const double sd = std::sqrt(81.0 * 0.25 + 9.0 * 4.0);
  const Band& band = ensemble.bands.at(8, 0);
  // the error of a normal quantile at probability p is sd * sqrt(p (1 - p) / n) / density(z)
  EXPECT_NEAR(band.mean, 0.0, 4.0 * sd / 100.0);
  EXPECT_NEAR(band.q50, 0.0, 4.0 * 1.2533 * sd / 100.0);
  EXPECT_NEAR(band.q25, -0.6744897501960817 * sd, 4.0 * 1.3626 * sd / 100.0);
  EXPECT_NEAR(band.q95, 1.6448536269514722 * sd, 4.0 * 2.1132 * sd / 100.0);
}

TEST(Ensemble, BytesDoNotDependOnTheNumberOfThreads) {
  const language::Lowered lowered = walk(0.5, 2.0, 7);
  const EnsembleOptions options{.n_sets = 700, .per_set = 16, .seed = 3};
  const Ensemble one = run(lowered, options, 1);
  for (const std::size_t n_threads : {2U, 3U, 8U}) {
    const Ensemble many = run(lowered, options, n_threads);
    EXPECT_EQ(bits_of(one.parameters), bits_of(many.parameters));
    EXPECT_EQ(bits_of(measures_of(one)), bits_of(measures_of(many)));
    EXPECT_EQ(bits(one.bands), bits(many.bands));
  }
}

TEST(Ensemble, HistoriesBeyondTheBandsAreRunAlike) {
  const language::Lowered lowered = chain(0.1, 0.3, 5);
  const EnsembleOptions banded{.n_sets = 100, .per_set = 4};
  EnsembleOptions plain = banded;
  plain.keep_bands = false;
  EXPECT_EQ(bits_of(measures_of(run(lowered, banded))), bits_of(measures_of(run(lowered, plain))));
}

TEST(Ensemble, AHistoryDoesNotDependOnHowManyAreRun) {
  const language::Lowered lowered = walk(0.5, 2.0, 4);
  const Ensemble few = run(lowered, {.n_sets = 3, .per_set = 5});
  const Ensemble many = run(lowered, {.n_sets = 90, .per_set = 5});
  const std::vector<double> all = measures_of(many);
  EXPECT_EQ(measures_of(few), std::vector<double>(all.begin(), all.begin() + 15));
}

// As shards do: sets 40 to 89 alone are those of the whole run.
TEST(Ensemble, SomeSetsAloneAreTheSame) {
  const language::Lowered lowered = walk(0.5, 2.0, 4);
  const Ensemble whole = run(lowered, {.n_sets = 90, .per_set = 5});
  const Ensemble part = run(lowered, {.first_set = 40, .n_sets = 50, .per_set = 5});
  const std::vector<double> all = measures_of(whole);
  EXPECT_EQ(bits_of(measures_of(part)),
            bits_of(std::vector<double>(all.begin() + std::ptrdiff_t{200}, all.end())));
  EXPECT_EQ(part.parameters,
            std::vector<double>(whole.parameters.begin() + 40, whole.parameters.end()));
}

TEST(Ensemble, AtTheMedianEverySetIsTheMedianOfThePrior) {
  const Ensemble ensemble = run(walk(0.5, 2.0, 2), {.n_sets = 4, .per_set = 2, .at_median = true});
  EXPECT_EQ(ensemble.parameters, std::vector<double>(4, 0.0));
  EXPECT_NE(ensemble.measures.value(0, 0), ensemble.measures.value(1, 0));
  EXPECT_NE(ensemble.measures.value(0, 0), ensemble.measures.value(2, 0));
}

TEST(Ensemble, MeasuresAndBandsCountFromTheFirstResultStep) {
  language::Lowered lowered = chain(1.0, 0.0, 10);
  lowered.first_result_step = 6;
  const Ensemble ensemble = run(lowered, {.n_sets = 2, .per_set = 1});
  EXPECT_EQ(ensemble.bands.first_step, 6U);
  EXPECT_EQ(ensemble.bands.n_steps(), 4U);
  EXPECT_EQ(ensemble.measures.value(0, 1), 6.0);  // the first step in which it is high
  EXPECT_EQ(ensemble.measures.value(0, 2), 4.0);  // steps high
}

TEST(Ensemble, StopsWhenAsked) {
  Impatient progress(100);
  Serial serial;
  EXPECT_THROW(simulate(chain(0.1, 0.3, 50), {}, {.parallel = serial, .progress = progress}),
               Interrupted);
}

// P(min over 3 steps of a standard walk is below -1.2) is estimated here by the count itself; what
// is tested is that the message, the order and the count agree with the paths.
TEST(Ensemble, FailuresAreCountedAndTheFirstIsNamed) {
  const language::Lowered lowered = failing_walk(2.0, 3);
  const Ensemble ensemble = run(lowered, {.n_sets = 40, .per_set = 4}, 3);
  ASSERT_GT(ensemble.failures.size(), 3U);
  ASSERT_LT(ensemble.failures.size(), 100U);
  EXPECT_LT(ensemble.failures[0].history, ensemble.failures[1].history);
  const std::size_t first = ensemble.failures[0].history;

  Diagnostics found;
  report_failures(lowered, plain_steps(3), ensemble, found);
  ASSERT_EQ(found.size(), 1U);
  const Diagnostic said = found.sorted().front();
  EXPECT_EQ(said.code, "R001");
  const std::string begin = "a calculation failed in " + std::to_string(ensemble.failures.size()) +
                            " of 160 histories; first in history " + std::to_string(first) +
                            " (set " + std::to_string(first / 4) + ", slot " +
                            std::to_string(first % 4) + ") at ";
  EXPECT_EQ(said.message.substr(0, begin.size()), begin);
  EXPECT_NE(said.message.find("log of -"), std::string::npos) << said.message;
  EXPECT_NE(said.message.find("in `level`"), std::string::npos) << said.message;
}

// A set that fails is named by its number in the whole run.
TEST(Ensemble, FailuresOfAPartAreNamedByTheirNumberInTheWhole) {
  const language::Lowered lowered = failing_walk(2.0, 3);
  const Ensemble whole = run(lowered, {.n_sets = 40, .per_set = 4});
  const Ensemble part = run(lowered, {.first_set = 20, .n_sets = 20, .per_set = 4});
  std::size_t first = 0;
  for (const Failure& failure : whole.failures) {
    if (failure.history >= 80 && first == 0) first = failure.history;
  }
  ASSERT_GT(first, 0U);
  Diagnostics found;
  report_failures(lowered, plain_steps(3), part, found);
  const std::string said = found.sorted().front().message;
  EXPECT_NE(said.find("first in history " + std::to_string(first) + " (set " +
                      std::to_string(first / 4) + ", slot " + std::to_string(first % 4) + ")"),
            std::string::npos)
      << said;
}

}  // namespace
}  // namespace casus::cases
