// One history after another, until it fails or ends.
#include "case/replay.hpp"

#include "case/history.hpp"

#include <algorithm>
#include <optional>

namespace casus::cases {
namespace {

class Replay {
 public:
  Replay(const language::Lowered& lowered, const EnsembleOptions& options,
         std::span<const double> parameters, const Checkpoint* from)
      : lowered_(lowered),
        from_(from),
        options_(options),
        parameters_(parameters),
        runner_(lowered),
        states_(lowered.state_names.size()),
        accumulators_(lowered.accumulators.size()),
        measures_(lowered.n_measure_outputs) {}

  std::optional<Failure> failure_of(std::size_t number) {
    HistoryState history = at(number);
    std::optional<Failure> failure = from_ == nullptr ? beginning(history) : load(number);
    if (!failure) failure = moving(history);
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

  std::optional<Failure> beginning(HistoryState& history) {
    const auto failed = runner_.begin(history);
    if (!failed) return std::nullopt;
    return Failure{.where = Failure::Where::initial, .fault = *failed};
  }

  std::optional<Failure> load(std::size_t number) {
    const std::size_t n = from_->n_histories;
    for (std::size_t i = 0; i < states_.size(); ++i) states_[i] = from_->states[i * n + number];
    for (std::size_t i = 0; i < accumulators_.size(); ++i)
      accumulators_[i] = from_->accumulators[i * n + number];
    return std::nullopt;
  }

  std::optional<Failure> moving(HistoryState& history) {
    const std::uint32_t first = from_ == nullptr ? 0 : from_->step;
    for (std::uint32_t segment = 0; segment < lowered_.segments.size(); ++segment) {
      const language::Segment& steps = lowered_.segments[segment];
      for (std::uint32_t step = std::max(first, steps.first); step <= steps.last; ++step) {
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
    if (has_explained_ || from_ != nullptr) return failure;
    has_explained_ = true;
    if (const auto taken = runner_.first_bad_taken(history)) {
      failure.where = Failure::Where::step;
      failure.segment = static_cast<std::uint32_t>(taken->segment);
      failure.fault = taken->fault;
    }
    return failure;
  }

  const language::Lowered& lowered_;
  const Checkpoint* from_;
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
                         .epoch = options.epoch,
                         .parameter_set = options.first_set + static_cast<std::uint32_t>(set)});
}

std::vector<Failure> replay(const language::Lowered& lowered, const EnsembleOptions& options,
                            std::span<const double> parameters, const HistoryRange& range) {
  Replay replay(lowered, options, parameters, range.from);
  std::vector<Failure> failures;
  for (std::size_t number = range.first; number < range.first + range.count; ++number) {
    if (auto failure = replay.failure_of(number)) failures.push_back(std::move(*failure));
  }
  return failures;
}

}  // namespace casus::cases
