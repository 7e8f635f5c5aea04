// One step on from where a sampler stands.
#include "case/foresight.hpp"

#include "base/bug.hpp"
#include "inference/bytes.hpp"
#include "machine/lanes/block.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Draws and choices of this epoch are nobody else's: see `as_of_epoch`.
constexpr std::uint32_t foreseen_epoch = 0xffff0001U;
/// What breaks ties is drawn at the number of no parameter set.
constexpr std::uint32_t ties_address = 0xffffffffU;

constexpr std::size_t numbers_of_item = 6;

std::size_t row_of(const ObservedSeries& series, std::uint32_t step) {
  const auto at = std::lower_bound(series.steps.begin(), series.steps.end(), step);
  const bool is_there = at != series.steps.end() && *at == step;
  return is_there ? static_cast<std::size_t>(at - series.steps.begin()) : series.steps.size();
}

}  // namespace

Foresight::Foresight(const language::Model& model, language::Lowered free,
                     const language::Lowered& sampled, const FitSettings& settings, Workers workers)
    : free_(std::move(free)),
      series_(observed_series(model, sampled)),
      settings_(settings),
      workers_(workers),
      rates_(free_.state_names.size(), machine::Rate::history),
      lanes_(
          programs_of(free_),
          {.per_set = 1, .outputs = true, .at_least = rates_, .kernels = machine::kernels_of("")}),
      outputs_(free_.output_columns.size() * foreseen_draws),
      failed_(foreseen_draws) {
  require(free_.accumulators.empty(), "nothing is measured of what is foreseen");
  const OutputNumbers outputs(free_);
  for (std::size_t i = 0; i < series_.size(); ++i) {
    const ObservedSeries& of = series_[i];
    if (of.recorded.empty()) continue;
    readings_.emplace_back(i, Reading(model, outputs, sampled.score_columns[of.column], of.scale));
    foreseen_.push_back({.name = of.name, .unit = of.unit, .is_label = of.is_label()});
  }
  next_ = free_.segments.front().first;
}

bool Foresight::is_recorded(std::uint32_t step) const {
  return std::any_of(readings_.begin(), readings_.end(), [&](const auto& reading) {
    const ObservedSeries& series = series_[reading.first];
    return row_of(series, step) < series.steps.size();
  });
}

void Foresight::take(std::uint32_t step, inference::Smc& smc) {
  if (step != next_ || smc.is_done()) return;
  ++next_;
  if (!is_recorded(step) || lanes_.fails()) return;
  const inference::Chosen chosen =
      smc.choose({.n_sets = foreseen_draws, .per_set = 1, .epoch = foreseen_epoch},
                 {.parallel = workers_.parallel, .progress = workers_.progress});
  require(chosen.states.size() == free_.state_names.size() * foreseen_draws,
          "a free variant of other states");
  const std::size_t n_blocks = (foreseen_draws + block_size() - 1) / block_size();
  workers_.parallel.for_each(
      n_blocks, [&](std::size_t block) { move_block(block, {.chosen = chosen, .step = step}); });
  judge(step);
}

void Foresight::move_block(std::size_t block, const Draws& draws) {
  const std::size_t first = block * block_size();
  const std::size_t count = std::min<std::size_t>(block_size(), foreseen_draws - first);
  const auto begin = failed_.begin() + static_cast<std::ptrdiff_t>(first);
  std::fill_n(begin, count, static_cast<unsigned char>(0));
  if (move_together(first, count, draws)) return;
  for (std::size_t draw = first; draw < first + count; ++draw)
    failed_[draw] = move_together(draw, 1, draws) ? 0 : 1;
}

bool Foresight::move_together(std::size_t first, std::size_t count, const Draws& draws) {
  const std::size_t width = free_.parameter_columns.size();
  std::vector<machine::SetOfBlock> sets;
  for (std::size_t draw = first; draw < first + count; ++draw) {
    sets.push_back(
        {.key = random::key_of(settings_.seed, {.purpose = random::Purpose::datum,
                                                .epoch = foreseen_epoch,
                                                .parameter_set = static_cast<std::uint32_t>(draw),
                                                .replication = settings_.first_replication}),
         .parameters = std::span(draws.chosen.parameters).subspan(draw * width, width),
         .first_slot = 0,
         .n_lanes = 1});
  }
  machine::LaneBlock block(lanes_);
  block.seat(sets);
  block.load({.states = draws.chosen.states.data() + first,
              .accumulators = nullptr,
              .stride = foreseen_draws});
  return block.step(draws.step,
                    {.values = outputs_.data() + first, .stride = foreseen_draws, .n = count});
}

void Foresight::judge(std::uint32_t step) {
  const random::Key key =
      random::key_of(settings_.seed, {.purpose = random::Purpose::datum,
                                      .epoch = foreseen_epoch,
                                      .parameter_set = ties_address,
                                      .replication = settings_.first_replication});
  for (std::size_t k = 0; k < readings_.size(); ++k) {
    const auto& [number, reading] = readings_[k];
    const ObservedSeries& series = series_[number];
    const std::size_t row = row_of(series, step);
    if (row == series.steps.size()) continue;
    std::vector<double> values(foreseen_draws);
    for (std::size_t draw = 0; draw < foreseen_draws; ++draw)
      values[draw] = failed_[draw] != 0 ? nan : reading.value(&outputs_[draw], foreseen_draws);
    const random::Stream ties{
        .key = key, .slot = 0, .step = step, .sub_step = 0, .site = random::site_of(series.name)};
    ForeseenItem item = series.is_label()
                            ? foreseen_label(values, series.admitted[row], ties.uniform())
                            : foreseen_number(values, series.recorded[row], ties.uniform());
    item.step = step;
    foreseen_[k].items.push_back(item);
  }
}

std::vector<std::uint8_t> Foresight::to_bytes() const {
  inference::ByteWriter writer;
  writer.put(std::uint64_t{next_});
  for (const ForeseenSeries& series : foreseen_) {
    std::vector<double> numbers;
    for (const ForeseenItem& item : series.items) {
      for (const double each : {static_cast<double>(item.step), item.below, item.up_to, item.pit,
                                item.crps, item.is_decided ? 1.0 : 0.0}) {
        numbers.push_back(each);
      }
    }
    writer.put(std::span<const double>(numbers));
  }
  return writer.take();
}

bool Foresight::from_bytes(std::span<const std::uint8_t> bytes) {
  inference::ByteReader reader(bytes);
  next_ = static_cast<std::uint32_t>(reader.number());
  for (ForeseenSeries& series : foreseen_) {
    const std::vector<double> numbers = reader.reals();
    if (numbers.size() % numbers_of_item != 0) return false;
    series.items.clear();
    for (std::size_t at = 0; at < numbers.size(); at += numbers_of_item) {
      series.items.push_back({.step = static_cast<std::uint32_t>(numbers[at]),
                              .below = numbers[at + 1],
                              .up_to = numbers[at + 2],
                              .pit = numbers[at + 3],
                              .crps = numbers[at + 4],
                              .is_decided = numbers[at + 5] != 0.0});
    }
  }
  return reader.is_whole();
}

}  // namespace casus::cases
