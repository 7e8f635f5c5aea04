// The same bytes, however the work is done: block sizes, kinds of processor, threads, the reference
// machine, and the release before. A history is what its case, seed and number say, nothing else.
#include "case/disk.hpp"
#include "case/hash.hpp"
#include "case/history.hpp"
#include "case/measures.hpp"
#include "case/replay.hpp"
#include "case/runs.hpp"
#include "case/threads.hpp"

#include <bit>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

struct Case {
  explicit Case(const std::string& name) {
    Diagnostics found;
    const std::string file = std::string(CASUS_ROOT) + "/cases/" + name + "/model.casus";
    loaded = load(name, file, Disk(""), sources, found);
  }

  language::Lowered lowered(const std::string& whatif = {}) const {
    Diagnostics found;
    language::Variant variant{.whatif = whatif};
    if (!whatif.empty()) variant.start = start_names(loaded->model).at(0);
    return language::lower(loaded->model, variant, found);
  }

  Sources sources;
  std::optional<LoadedCase> loaded;
};

Ensemble simulated(const language::Lowered& lowered, const EnsembleOptions& options,
                   std::size_t n_threads = 1) {
  Silent silent;
  const std::unique_ptr<Parallel> threads = make_threads(n_threads);
  return simulate(lowered, options, {.parallel = *threads, .progress = silent});
}

std::uint64_t hash_of_numbers(const std::vector<double>& numbers) {
  std::string bytes;
  for (const double number : numbers) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    for (unsigned byte = 0; byte < 8; ++byte) bytes += static_cast<char>(bits >> (8 * byte));
  }
  return hash_of(bytes);
}

std::uint64_t hash_of_run(const Ensemble& ensemble) {
  std::vector<double> numbers = measures_of(ensemble);
  for (const Band& band : ensemble.bands.values) {
    numbers.insert(numbers.end(), {band.mean, band.q05, band.q25, band.q50, band.q75, band.q95});
  }
  return hash_of_numbers(numbers);
}

/// Measures by the reference machine, one history after another.
std::vector<double> by_reference(const language::Lowered& lowered, const EnsembleOptions& options,
                                 const std::vector<double>& parameters) {
  HistoryRunner runner(lowered);
  std::vector<double> states(lowered.state_names.size());
  std::vector<double> accumulators(lowered.accumulators.size());
  std::vector<double> measures(lowered.n_measure_outputs);
  std::vector<double> all;
  const std::size_t n = lowered.parameter_columns.size();
  for (std::uint32_t i = 0; i < options.n_sets * options.per_set; ++i) {
    const std::uint32_t set = i / options.per_set;
    HistoryState history{.parameters = std::span(parameters).subspan(set * n, n),
                         .states = states,
                         .accumulators = accumulators,
                         .key = key_of_set(options, set),
                         .slot = i % options.per_set};
    EXPECT_FALSE(runner.begin(history));
    for (std::uint32_t step = 0; step < step_count(lowered); ++step) {
      EXPECT_FALSE(runner.step(history, segment_of(lowered, step), step));
    }
    EXPECT_FALSE(runner.measure(history, measures));
    all.insert(all.end(), measures.begin(), measures.end());
  }
  return all;
}

constexpr EnsembleOptions a_few{.n_sets = 21, .per_set = 14, .seed = 11};

TEST(Bytes, OfTheFlagshipAreTheReferenceMachines) {
  const Case flagship("nagorno-karabakh");
  for (const std::string whatif : {"", "no_drones"}) {
    const language::Lowered lowered = flagship.lowered(whatif);
    EnsembleOptions options = a_few;
    options.n_sets = 4;
    const Ensemble lanes = simulated(lowered, options);
    ASSERT_TRUE(lanes.failures.empty());
    EXPECT_EQ(bits_of(measures_of(lanes)),
              bits_of(by_reference(lowered, options, lanes.parameters)))
        << whatif;
  }
}

TEST(Bytes, DoNotDependOnTheSizeOfBlocks) {
  const Case flagship("nagorno-karabakh");
  const language::Lowered lowered = flagship.lowered();
  const std::uint64_t expected = hash_of_run(simulated(lowered, a_few));
  for (const std::uint32_t n_lanes : {16U, 64U, 128U, 256U, 512U}) {
    EnsembleOptions options = a_few;
    options.n_lanes = n_lanes;
    EXPECT_EQ(hash_of_run(simulated(lowered, options)), expected) << n_lanes;
  }
}

TEST(Bytes, DoNotDependOnTheKindOfProcessor) {
  const Case flagship("nagorno-karabakh");
  const language::Lowered lowered = flagship.lowered();
  const std::uint64_t expected = hash_of_run(simulated(lowered, a_few));
  const std::vector<std::string_view> targets = machine::kernel_targets();
  ASSERT_GE(targets.size(), 2U);
  EXPECT_EQ(targets.back(), "SCALAR");
  for (const std::string_view target : targets) {
    EnsembleOptions options = a_few;
    options.kernels = machine::kernels_of(target);
    EXPECT_EQ(hash_of_run(simulated(lowered, options)), expected) << target;
  }
}

TEST(Bytes, DoNotDependOnThreads) {
  const Case flagship("nagorno-karabakh");
  const language::Lowered lowered = flagship.lowered();
  EnsembleOptions options = a_few;
  options.n_lanes = 64;
  const std::uint64_t expected = hash_of_run(simulated(lowered, options, 1));
  for (const std::size_t n_threads : {2U, 5U}) {
    EXPECT_EQ(hash_of_run(simulated(lowered, options, n_threads)), expected) << n_threads;
  }
}

TEST(Bytes, OfTwoRivalsAreThoseOfEveryReleaseSoFar) {
  const Case rivals("two-rivals");
  const Ensemble ensemble = simulated(rivals.lowered(), {.n_sets = 64, .per_set = 16, .seed = 1});
  EXPECT_EQ(hash_text(hash_of_run(ensemble)), "fnv1a64:e5d12887a1aa7762");
}

}  // namespace
}  // namespace casus::cases
