// One history after another, until it fails or ends.
#include "case/replay.hpp"

#include "case/history.hpp"

#include <optional>

namespace casus::cases {
namespace {

class Replay {
 public:
  Replay(const language::Lowered& lowered, const EnsembleOptions& options,
         std::span<const double> parameters)
      : lowered_(lowered),
        options_(options),
        parameters_(parameters),
        runner_(lowered),
        states_(lowered.state_names.size()),
        accumulators_(lowered.accumulators.size()),
        measures_(lowered.n_measure_outputs) {}

  std::optional<Failure> failure_of(std::size_t number) {
    HistoryState history = at(number);
    std::optional<Failure> failure = moving(history);
    if (!failure) failure = measuring(history);
    if (failure) failure->history = number;
    return failure;
  }

 private:
  HistoryState at(std::size_t number) {
    const std::size_t set = number / options_.per_set;
    const std::size_t n = lowered_.parameter_columns.size();
    return {.parameters = parameters_.subspan(set * n, n),
            .states = states_,
            .accumulators = accumulators_,
            .key = key_of_set(options_, set),
            .slot = static_cast<std::uint32_t>(number % options_.per_set)};
  }

  std::optional<Failure> moving(HistoryState& history) {
    if (const auto failed = runner_.begin(history)) {
      return Failure{.where = Failure::Where::initial, .fault = *failed};
    }
    for (std::uint32_t segment = 0; segment < lowered_.segments.size(); ++segment) {
      const language::Segment& steps = lowered_.segments[segment];
      for (std::uint32_t step = steps.first; step <= steps.last; ++step) {
        if (const auto failed = runner_.step(history, segment, step)) {
          return Failure{.where = Failure::Where::step, .segment = segment, .fault = *failed};
        }
      }
    }
    return std::nullopt;
  }

  /// The step behind a measure that is no number is looked for in the first such history only.
  std::optional<Failure> measuring(HistoryState& history) {
    const auto failed = runner_.measure(history, measures_);
    if (!failed) return std::nullopt;
    Failure failure{.where = Failure::Where::measures, .fault = *failed};
    if (has_explained_) return failure;
    has_explained_ = true;
    if (const auto taken = runner_.first_bad_taken(history)) {
      failure.where = Failure::Where::step;
      failure.segment = static_cast<std::uint32_t>(taken->segment);
      failure.fault = taken->fault;
    }
    return failure;
  }

  const language::Lowered& lowered_;
  const EnsembleOptions& options_;
  std::span<const double> parameters_;
  HistoryRunner runner_;
  std::vector<double> states_;
  std::vector<double> accumulators_;
  std::vector<double> measures_;
  bool has_explained_ = false;
};

}  // namespace

random::Key key_of_set(const EnsembleOptions& options, std::size_t set) {
  return random::key_of(options.seed,
                        {.purpose = random::Purpose::history,
                         .parameter_set = options.first_set + static_cast<std::uint32_t>(set)});
}

std::vector<Failure> replay(const language::Lowered& lowered, const EnsembleOptions& options,
                            std::span<const double> parameters, const HistoryRange& range) {
  Replay replay(lowered, options, parameters);
  std::vector<Failure> failures;
  for (std::size_t number = range.first; number < range.first + range.count; ++number) {
    if (auto failure = replay.failure_of(number)) failures.push_back(std::move(*failure));
  }
  return failures;
}

}  // namespace casus::cases
