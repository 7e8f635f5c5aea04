// One step on from where a sampler stands.
#include "case/step_ahead.hpp"

#include "base/bug.hpp"
#include "machine/lanes/block.hpp"

#include <algorithm>
#include <limits>

namespace casus::cases {

StepAhead::StepAhead(language::Lowered free, const FitSettings& settings, Workers workers)
    : free_(std::move(free)),
      settings_(settings),
      workers_(workers),
      rates_(free_.state_names.size(), machine::Rate::history),
      lanes_(
          programs_of(free_),
          {.per_set = 1, .outputs = true, .at_least = rates_, .kernels = machine::kernels_of("")}),
      outputs_(free_.output_columns.size() * foreseen_draws),
      failed_(foreseen_draws) {
  require(free_.accumulators.empty(), "nothing is measured of what is foreseen");
}

void StepAhead::move(std::uint32_t step, inference::Smc& smc) {
  const inference::Chosen chosen =
      smc.choose({.n_sets = foreseen_draws, .per_set = 1, .epoch = foreseen_epoch},
                 {.parallel = workers_.parallel, .progress = workers_.progress});
  require(chosen.states.size() == free_.state_names.size() * foreseen_draws,
          "a free variant of other states");
  const std::size_t n_blocks = (foreseen_draws + block_size() - 1) / block_size();
  workers_.parallel.for_each(
      n_blocks, [&](std::size_t block) { move_block(block, {.chosen = chosen, .step = step}); });
}

std::vector<double> StepAhead::values(const Reading& reading) const {
  std::vector<double> values(foreseen_draws, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t draw = 0; draw < foreseen_draws; ++draw)
    if (failed_[draw] == 0) values[draw] = reading.value(&outputs_[draw], foreseen_draws);
  return values;
}

void StepAhead::move_block(std::size_t block, const Start& from) {
  const std::size_t first = block * block_size();
  const std::size_t count = std::min<std::size_t>(block_size(), foreseen_draws - first);
  const auto begin = failed_.begin() + static_cast<std::ptrdiff_t>(first);
  std::fill_n(begin, count, static_cast<unsigned char>(0));
  if (move_together(first, count, from)) return;
  for (std::size_t draw = first; draw < first + count; ++draw)
    failed_[draw] = move_together(draw, 1, from) ? 0 : 1;
}

bool StepAhead::move_together(std::size_t first, std::size_t count, const Start& from) {
  const std::size_t width = free_.parameter_columns.size();
  std::vector<machine::SetOfBlock> sets;
  for (std::size_t draw = first; draw < first + count; ++draw) {
    sets.push_back(
        {.key = random::key_of(settings_.seed, {.purpose = random::Purpose::datum,
                                                .epoch = foreseen_epoch,
                                                .parameter_set = static_cast<std::uint32_t>(draw),
                                                .replication = settings_.first_replication}),
         .parameters = std::span(from.chosen.parameters).subspan(draw * width, width),
         .first_slot = 0,
         .n_lanes = 1});
  }
  machine::LaneBlock block(lanes_);
  block.seat(sets);
  block.load({.states = from.chosen.states.data() + first,
              .accumulators = nullptr,
              .stride = foreseen_draws});
  return block.step(from.step,
                    {.values = outputs_.data() + first, .stride = foreseen_draws, .n = count});
}

}  // namespace casus::cases
