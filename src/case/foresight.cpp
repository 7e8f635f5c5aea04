// Data among what was foreseen of them.
#include "case/foresight.hpp"

#include "inference/bytes.hpp"

#include <algorithm>

namespace casus::cases {
namespace {

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
    : ahead_(std::move(free), settings, workers),
      series_(observed_series(model, sampled)),
      settings_(settings),
      next_(ahead_.free().segments.front().first) {
  const OutputNumbers outputs(ahead_.free());
  for (std::size_t i = 0; i < series_.size(); ++i) {
    const ObservedSeries& of = series_[i];
    if (of.recorded.empty()) continue;
    readings_.emplace_back(i, Reading(model, outputs, sampled.score_columns[of.column], of.scale));
    foreseen_.push_back({.name = of.name, .unit = of.unit, .is_label = of.is_label()});
  }
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
  if (!is_recorded(step) || !ahead_.is_possible()) return;
  ahead_.move(step, smc);
  judge(step);
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
    const std::vector<double> values = ahead_.values(reading);
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
