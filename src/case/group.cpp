// Moving blocks of a group.
#include "case/group.hpp"

#include "base/bug.hpp"
#include "case/replay.hpp"

#include <algorithm>

namespace casus::cases {

Group::Group(const Setting& setting, std::size_t first, std::size_t count)
    : setting_(setting), first_(first), count_(count) {
  const std::size_t n_lanes = setting.lanes.options().n_lanes;
  blocks_.reserve((count + n_lanes - 1) / n_lanes);
  for (std::size_t at = first; at < first + count; at += n_lanes) {
    blocks_.push_back({.first = at, .lanes = machine::LaneBlock(setting.lanes)});
    seat(blocks_.back(), std::min(n_lanes, first + count - at));
  }
}

void Group::seat(Block& block, std::size_t count) {
  const EnsembleOptions& options = setting_.options;
  const std::size_t n_parameters = setting_.lowered.parameter_columns.size();
  std::vector<machine::SetOfBlock> sets;
  for (std::size_t at = block.first; at < block.first + count;) {
    const std::size_t set = at / options.per_set;
    const std::size_t slot = at % options.per_set;
    const std::size_t n_lanes = std::min(options.per_set - slot, block.first + count - at);
    sets.push_back(
        {.key = key_of_set(options, set),
         .parameters =
             std::span(setting_.ensemble.parameters).subspan(set * n_parameters, n_parameters),
         .first_slot = static_cast<std::uint32_t>(slot),
         .n_lanes = static_cast<std::uint32_t>(n_lanes)});
    at += n_lanes;
  }
  block.lanes.seat(sets);
}

void Group::spoil(Block& block, std::vector<Failure>& failures) {
  block.is_spoilt = true;
  const std::vector<Failure> found =
      replay(setting_.lowered, setting_.options, setting_.ensemble.parameters,
             {.first = block.first, .count = block.lanes.n_histories(), .from = setting_.from});
  require(!found.empty(), "the vector machine stopped where the reference machine does not");
  failures.insert(failures.end(), found.begin(), found.end());
}

void Group::begin(std::size_t block, std::vector<Failure>& failures) {
  Block& one = blocks_[block];
  if (setting_.lanes.fails() || !one.lanes.begin()) spoil(one, failures);
}

void Group::load(std::size_t block, const Checkpoint& checkpoint) {
  Block& one = blocks_[block];
  one.lanes.load({.states = checkpoint.states.data() + one.first,
                  .accumulators = checkpoint.accumulators.data() + one.first,
                  .stride = checkpoint.n_histories});
}

void Group::save(std::size_t block, Checkpoint& checkpoint) const {
  const Block& one = blocks_[block];
  one.lanes.save({.states = checkpoint.states.data() + one.first,
                  .accumulators = checkpoint.accumulators.data() + one.first,
                  .stride = checkpoint.n_histories});
}

bool Group::step(Block& block, const Chunk& chunk, std::uint32_t step) {
  machine::OutputRows rows;
  if (!chunk.outputs.empty()) {
    const std::size_t n_outputs = setting_.lowered.output_columns.size();
    rows = {.values = chunk.outputs.data() + (step - chunk.first) * n_outputs * count_ +
                      (block.first - first_),
            .stride = count_,
            .n = block.lanes.n_histories()};
  }
  return block.lanes.step(step, rows);
}

void Group::run(std::size_t block, const Chunk& chunk, std::vector<Failure>& failures) {
  Block& one = blocks_[block];
  for (std::uint32_t at = chunk.first; at < chunk.end && !one.is_spoilt; ++at) {
    if (!step(one, chunk, at)) spoil(one, failures);
  }
}

void Group::measure(std::size_t block, std::vector<Failure>& failures) {
  Block& one = blocks_[block];
  if (one.is_spoilt) return;
  const std::size_t n = one.lanes.n_histories();
  std::vector<double> values(setting_.lowered.n_measure_outputs * n);
  if (!one.lanes.measure({.values = values.data(), .stride = n, .n = n})) {
    spoil(one, failures);
    return;
  }
  MeasureTable& table = setting_.ensemble.measures;
  for (std::uint32_t output = 0; output < setting_.lowered.n_measure_outputs; ++output) {
    const std::span<const double> column = std::span(values).subspan(output * n, n);
    for (std::size_t at = 0; at < n;) {
      const std::size_t in_chunk = (one.first + at) % table.chunk_size();
      const std::size_t length = std::min(table.chunk_size() - in_chunk, n - at);
      table.store(one.first + at, output, column.subspan(at, length));
      at += length;
    }
  }
}

}  // namespace casus::cases
