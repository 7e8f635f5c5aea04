// Columns over the histories of a block, between two steps and between two runs.
#include "machine/lanes/block.hpp"

#include "machine/reference.hpp"

#include <algorithm>
#include <utility>

namespace casus::machine {
namespace {

void fill_columns(ColumnMemory& memory, std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::fill_n(memory.column(i), memory.stride(), values[i]);
  }
}

}  // namespace

LaneBlock::LaneBlock(const LaneRun& run)
    : run_(run),
      seating_(run),
      states_(run.programs().n_states, run.options().n_lanes),
      next_(run.programs().n_states, run.options().n_lanes),
      lanes_(run.n_lane_columns(), run.options().n_lanes),
      accumulators_(run.programs().accumulators.size(), run.options().n_lanes) {}

LaneMemory LaneBlock::memory() {
  return {.states = {states_.data(), states_.stride()},
          .next = {next_.data(), next_.stride()},
          .lanes = {lanes_.data(), lanes_.stride()},
          .accumulators = {accumulators_.data(), accumulators_.stride()},
          .alternates = true};
}

bool LaneBlock::begin() {
  std::vector<double> start(run_.programs().accumulators.size());
  clear(run_.programs().accumulators, start);
  fill_columns(accumulators_, start);
  if (!seating_.begin(memory())) return false;
  std::swap(states_, next_);
  return true;
}

bool LaneBlock::step(std::uint32_t step, const OutputRows& outputs) {
  if (!seating_.step(step, memory(), outputs)) return false;
  std::swap(states_, next_);
  return true;
}

void LaneBlock::load(const StatesElsewhere<const double>& from) {
  const std::size_t n = n_histories();
  const auto take = [this, n](const double* numbers, double* column) {
    std::copy_n(numbers, n, column);
    // Lanes behind the last do as it does, in pairs where lanes come in pairs.
    const std::size_t stride = seating_.lanes_in_step();
    for (std::size_t i = n; i < whole_groups(n); ++i) column[i] = column[i - stride];
  };
  for (std::size_t i = 0; i < run_.programs().n_states; ++i) {
    if (run_.state_rates()[i] != Rate::history) continue;
    take(from.states + i * from.stride, states_.column(i));
  }
  for (std::size_t i = 0; i < run_.programs().accumulators.size(); ++i) {
    take(from.accumulators + i * from.stride, accumulators_.column(i));
  }
  seating_.load_sets({from.states, from.stride});
}

void LaneBlock::save(const StatesElsewhere<double>& to) const {
  const std::size_t n = n_histories();
  for (std::size_t i = 0; i < run_.programs().n_states; ++i) {
    if (run_.state_rates()[i] != Rate::history) continue;
    std::copy_n(states_.column(i), n, to.states + i * to.stride);
  }
  for (std::size_t i = 0; i < run_.programs().accumulators.size(); ++i) {
    std::copy_n(accumulators_.column(i), n, to.accumulators + i * to.stride);
  }
  seating_.save_sets({to.states, to.stride});
}

}  // namespace casus::machine
