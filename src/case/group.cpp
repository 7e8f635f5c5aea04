// Moving histories of a group.
#include "case/group.hpp"

#include <algorithm>
#include <limits>

namespace casus::cases {

Group::Group(const language::Lowered& lowered, const EnsembleOptions& options, Ensemble& ensemble,
             std::size_t first, std::size_t count)
    : lowered_(lowered),
      options_(options),
      ensemble_(ensemble),
      first_(first),
      stands_(count, 1),
      states_(count * lowered.state_names.size()),
      accumulators_(count * lowered.accumulators.size()) {}

HistoryState Group::history(std::size_t member) {
  const std::size_t number = first_ + member;
  const std::size_t set = number / options_.per_set;
  const std::size_t n_parameters = lowered_.parameter_columns.size();
  const std::size_t n_states = lowered_.state_names.size();
  const std::size_t n_accumulators = lowered_.accumulators.size();
  const random::KeyAddress address{
      .purpose = random::Purpose::history,
      .parameter_set = options_.first_set + static_cast<std::uint32_t>(set)};
  return {.parameters = std::span(ensemble_.parameters).subspan(set * n_parameters, n_parameters),
          .states = std::span(states_).subspan(member * n_states, n_states),
          .accumulators = std::span(accumulators_).subspan(member * n_accumulators, n_accumulators),
          .key = random::key_of(options_.seed, address),
          .slot = static_cast<std::uint32_t>(number % options_.per_set)};
}

void Group::load(const Checkpoint& checkpoint) {
  const auto take = [this](const std::vector<double>& all, std::vector<double>& mine) {
    const std::size_t width = size() == 0 ? 0 : mine.size() / size();
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(first_ * width);
    std::copy(first, first + static_cast<std::ptrdiff_t>(mine.size()), mine.begin());
  };
  take(checkpoint.states, states_);
  take(checkpoint.accumulators, accumulators_);
}

void Group::save(Checkpoint& checkpoint) const {
  const auto give = [this](const std::vector<double>& mine, std::vector<double>& all) {
    const std::size_t width = size() == 0 ? 0 : mine.size() / size();
    std::copy(mine.begin(), mine.end(), all.begin() + static_cast<std::ptrdiff_t>(first_ * width));
  };
  give(states_, checkpoint.states);
  give(accumulators_, checkpoint.accumulators);
}

void Group::begin(std::size_t begin, std::size_t end, std::vector<Failure>& failures) {
  HistoryRunner runner(lowered_);
  for (std::size_t member = begin; member < end; ++member) {
    HistoryState state = history(member);
    const HistoryRunner::Result failed = runner.begin(state);
    if (!failed) continue;
    stands_[member] = 0;
    failures.push_back(
        {.history = first_ + member, .where = Failure::Where::initial, .fault = *failed});
  }
}

void Group::run(const Chunk& chunk, std::size_t begin, std::size_t end,
                std::vector<Failure>& failures) {
  HistoryRunner runner(lowered_);
  for (std::size_t member = begin; member < end; ++member) {
    if (stands_[member] != 0) run_member(runner, chunk, member, failures);
  }
}

void Group::run_member(HistoryRunner& runner, const Chunk& chunk, std::size_t member,
                       std::vector<Failure>& failures) {
  const std::size_t n_outputs = lowered_.output_columns.size();
  HistoryState state = history(member);
  std::size_t segment = segment_of(lowered_, chunk.first);
  for (std::uint32_t step = chunk.first; step < chunk.end; ++step) {
    if (step > lowered_.segments[segment].last) ++segment;
    if (const HistoryRunner::Result failed = runner.step(state, segment, step)) {
      stands_[member] = 0;
      failures.push_back({.history = first_ + member,
                          .where = Failure::Where::step,
                          .segment = static_cast<std::uint32_t>(segment),
                          .fault = *failed});
      return;
    }
    if (chunk.outputs.empty()) continue;
    const std::size_t row = (step - chunk.first) * n_outputs * size();
    runner.copy_outputs(segment, chunk.outputs.subspan(row + member), size());
  }
}

/// Finds the step behind a measure that is no number, which takes as long as the history did: for
/// the first of a block only.
void Group::explain(HistoryRunner& runner, HistoryState& state, Failure& failure) {
  const auto taken = runner.first_bad_taken(state);
  if (!taken) return;
  failure.where = Failure::Where::step;
  failure.segment = static_cast<std::uint32_t>(taken->segment);
  failure.fault = taken->fault;
}

void Group::measure(std::size_t begin, std::size_t end, std::vector<Failure>& failures) {
  HistoryRunner runner(lowered_);
  const std::size_t n = lowered_.n_measure_outputs;
  const std::size_t count = end - begin;
  std::vector<double> row(n);
  std::vector<double> columns(n * count, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t member = begin; member < end; ++member) {
    if (stands_[member] == 0) continue;
    HistoryState state = history(member);
    const HistoryRunner::Result failed = runner.measure(state, row);
    if (!failed) {
      for (std::size_t i = 0; i < n; ++i) columns[i * count + member - begin] = row[i];
      continue;
    }
    stands_[member] = 0;
    Failure failure{
        .history = first_ + member, .where = Failure::Where::measures, .fault = *failed};
    if (failures.empty()) explain(runner, state, failure);
    failures.push_back(std::move(failure));
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    ensemble_.measures.store(first_ + begin, i, std::span(columns).subspan(i * count, count));
  }
}

}  // namespace casus::cases
