// Part by part, then set by set, then the choices.
#include "inference/weighing.hpp"

#include "base/bug.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::inference {
namespace {

/// Adds and says whether anything but zero was added.
bool gain(std::span<double> logs, const double* scores) {
  std::array<unsigned char, 8> says{};
  std::size_t i = 0;
  for (; i + 8 <= logs.size(); i += 8) {
    for (std::size_t k = 0; k < 8; ++k) {
      logs[i + k] += scores[i + k];
      says[k] |= static_cast<unsigned char>(scores[i + k] != 0.0);
    }
  }
  bool any = std::any_of(says.begin(), says.end(), [](unsigned char one) { return one != 0; });
  for (; i < logs.size(); ++i) {
    logs[i] += scores[i];
    any = any || scores[i] != 0.0;
  }
  return any;
}

}  // namespace

Weighing::Weighing(const WeighingOptions& options)
    : options_(options),
      parts_per_set_((options.n_particles + part_size - 1) / part_size),
      logs_(options.n_sets * options.n_particles),
      weights_(logs_.size()),
      parents_(logs_.size()),
      wholes_(options.n_sets),
      latest_(options.n_sets * parts_per_set_),
      totals_(options.n_sets),
      effective_(options.n_sets),
      chosen_(options.n_sets) {
  require(options.n_sets > 0 && options.n_particles > 0, "a filter of nothing");
  require(options.n_particles < (1U << 30), "more particles than places are counted for");
  if (options_.scheme == nullptr) options_.scheme = schemes().data();
  begin();
}

void Weighing::begin() {
  for (std::size_t set = 0; set < options_.n_sets; ++set) {
    start(set);
    effective_[set] = options_.n_particles;
    chosen_[set] = 0;
  }
  any_chosen_ = false;
}

/// Equal weights.
void Weighing::start(std::size_t set) {
  const std::size_t n = options_.n_particles;
  std::fill_n(&logs_[set * n], n, 0.0);
  std::fill_n(&weights_[set * n], n, 1.0);
  totals_[set] = random::log_of(static_cast<double>(n));
  for (std::size_t k = 0; k < parts_per_set_; ++k) start_part(set * parts_per_set_ + k);
}

void Weighing::start_part(std::size_t part) {
  const auto n = static_cast<double>(slice(part).count);
  latest_[part] = {.highest = 0.0, .sum = n, .squares = n};
}

Weighing::Slice Weighing::slice(std::size_t part) const {
  const std::size_t set = part / parts_per_set_;
  const std::size_t begin = part % parts_per_set_ * part_size;
  return {.set = set,
          .first = set * options_.n_particles + begin,
          .count = std::min(part_size, options_.n_particles - begin)};
}

void Weighing::weigh_part(std::size_t part, const ScoreColumns& columns) {
  const Slice at = slice(part);
  if (totals_[at.set] == impossible) return;
  const std::span<double> logs(&logs_[at.first], at.count);
  const std::span<double> weights(&weights_[at.first], at.count);
  for (std::size_t j = 0; j < columns.columns.size(); ++j) {
    const double* const scores = columns.first + columns.columns[j] * columns.stride + at.first;
    const bool says = gain(logs, scores);
    if (says) latest_[part] = part_of(logs, weights);
    parts_[part * n_columns_ + j] = latest_[part];
    says_[part * n_columns_ + j] = says ? 1 : 0;
  }
}

/// Scores of the set and what its weights come to.
void Weighing::settle(std::size_t set, const ScoreColumns& columns, std::span<double> scores) {
  bool scored = false;
  chosen_[set] = 0;
  if (totals_[set] == impossible) return;
  std::vector<Part> parts(parts_per_set_);
  for (std::size_t j = 0; j < columns.columns.size(); ++j) {
    bool says = false;
    for (std::size_t k = 0; k < parts_per_set_; ++k) {
      const std::size_t at = (set * parts_per_set_ + k) * n_columns_ + j;
      says = says || says_[at] != 0;
      parts[k] = parts_[at];
    }
    if (!says) continue;
    scored = true;
    wholes_[set] = joined(parts);
    const double total = log_sum(wholes_[set]);
    scores[columns.columns[j]] = total - totals_[set];
    totals_[set] = total;
    effective_[set] = wholes_[set].effective_size();
    if (total == impossible || std::isnan(total)) return;
  }
  if (options_.n_particles == 1) {
    start(set);
  } else if (scored && wants_parents(set)) {
    chosen_[set] = 1;
  }
}

bool Weighing::wants_parents(std::size_t set) const {
  if (options_.when == When::never) return false;
  return options_.when == When::always || effective_[set] < 0.5 * options_.n_particles;
}

random::Stream Weighing::stream(std::size_t set, const ChoiceAddress& address) const {
  return {.key = address.keys[set], .slot = 0, .step = address.step, .sub_step = 0, .site = 0};
}

/// What a part's weights are to be multiplied with.
double Weighing::factor(std::size_t part, std::size_t set) const {
  if (latest_[part].highest == impossible) return 0.0;
  return random::exp_of(latest_[part].highest - wholes_[set].highest);
}

void Weighing::choose(std::size_t set, const ChoiceAddress& address) {
  const std::size_t n = options_.n_particles;
  const std::span<double> weights(&weights_[set * n], n);
  for (std::size_t k = 0; k < parts_per_set_ && parts_per_set_ > 1; ++k) {
    const Slice at = slice(set * parts_per_set_ + k);
    const double scale = factor(set * parts_per_set_ + k, set);
    for (std::size_t i = 0; i < at.count; ++i) weights_[at.first + i] *= scale;
  }
  options_.scheme->resample(weights, stream(set, address), {&parents_[set * n], n});
  start(set);
}

void Weighing::choose_in_parts(const ChoiceAddress& address, Workers workers) {
  const auto n = static_cast<double>(options_.n_particles);
  std::vector<SystematicPart> stretches(options_.n_sets * parts_per_set_);
  std::vector<double> points(options_.n_sets);
  for (std::size_t set = 0; set < options_.n_sets; ++set) {
    if (!is_chosen(set)) continue;
    points[set] = stream(set, address).uniform();
    double before = 0.0;
    for (std::size_t k = 0; k < parts_per_set_; ++k) {
      const std::size_t part = set * parts_per_set_ + k;
      const Slice at = slice(part);
      const double scale = n / wholes_[set].sum * factor(part, set);
      const double end = k + 1 == parts_per_set_ ? n : before + scale * latest_[part].sum;
      stretches[part] = {.weights = std::span(weights_).subspan(at.first, at.count),
                         .first = static_cast<std::uint32_t>(k * part_size),
                         .before = before,
                         .end = end,
                         .scale = scale};
      before = end;
    }
  }
  workers.parallel.for_each(stretches.size(), [&](std::size_t part) {
    const Slice at = slice(part);
    if (!is_chosen(at.set)) return;
    // The logs have done their work: they serve as room until they are zero again.
    const std::span<double> room(&logs_[at.first], at.count);
    choose_part(stretches[part], points[at.set], room,
                {&parents_[at.set * options_.n_particles], options_.n_particles});
    std::fill(room.begin(), room.end(), 0.0);
    std::fill_n(&weights_[at.first], at.count, 1.0);
    start_part(part);
  });
  for (std::size_t set = 0; set < options_.n_sets; ++set) {
    if (is_chosen(set)) totals_[set] = random::log_of(n);
  }
}

std::optional<std::size_t> Weighing::weigh(const ScoreColumns& columns,
                                           const ChoiceAddress& address, std::span<double> scores,
                                           Workers workers) {
  const std::size_t n_sets = options_.n_sets;
  const std::size_t n_parts = n_sets * parts_per_set_;
  const std::size_t of_set = scores.size() / n_sets;
  n_columns_ = columns.columns.size();
  parts_.resize(n_parts * n_columns_);
  says_.resize(parts_.size());
  std::fill(scores.begin(), scores.end(), 0.0);
  const auto settle_set = [&](std::size_t set) {
    settle(set, columns, scores.subspan(set * of_set, of_set));
  };
  if (parts_per_set_ == 1) {
    const std::size_t together = std::max<std::size_t>(1, part_size / options_.n_particles);
    workers.parallel.for_each((n_sets + together - 1) / together, [&](std::size_t group) {
      for (std::size_t set = group * together; set < std::min(n_sets, (group + 1) * together);
           ++set) {
        weigh_part(set, columns);
        settle_set(set);
        if (is_chosen(set)) choose(set, address);
      }
    });
  } else {
    workers.parallel.for_each(n_parts, [&](std::size_t part) { weigh_part(part, columns); });
    for (std::size_t set = 0; set < n_sets; ++set) settle_set(set);
    if (is_systematic(*options_.scheme)) {
      choose_in_parts(address, workers);
    } else {
      workers.parallel.for_each(n_sets, [&](std::size_t set) {
        if (is_chosen(set)) choose(set, address);
      });
    }
  }
  any_chosen_ = false;
  for (std::size_t set = 0; set < n_sets; ++set) {
    if (std::isnan(totals_[set])) return set;
    any_chosen_ = any_chosen_ || is_chosen(set);
  }
  return std::nullopt;
}

void Weighing::save(std::size_t set, std::span<double> numbers) const {
  numbers[0] = totals_[set];
  std::copy_n(&logs_[set * options_.n_particles], options_.n_particles, numbers.begin() + 1);
}

void Weighing::load(std::size_t set, std::span<const double> numbers) {
  totals_[set] = numbers[0];
  std::copy_n(numbers.begin() + 1, options_.n_particles, &logs_[set * options_.n_particles]);
}

}  // namespace casus::inference
