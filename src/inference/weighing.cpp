// Part by part, then set by set, then the choices.
#include "inference/weighing.hpp"

#include "base/bug.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace casus::inference {
Weighing::Weighing(const WeighingOptions& options)
    : options_(options),
      parts_per_set_((options.n_particles + part_size - 1) / part_size),
      logs_(options.n_sets * options.n_particles),
      weights_(logs_.size()),
      parents_(logs_.size()),
      wholes_(options.n_sets),
      latest_(options.n_sets * parts_per_set_),
      logs_are_(latest_.size()),
      bad_(latest_.size()),
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
  totals_[set] = random::log_of(static_cast<double>(options_.n_particles));
  for (std::size_t k = 0; k < parts_per_set_; ++k) {
    const std::size_t part = set * parts_per_set_ + k;
    const auto n = static_cast<double>(slice(part).count);
    latest_[part] = {.highest = 0.0, .sum = n, .squares = n};
    logs_are_[part] = LogsAre::zero;
  }
}

void Weighing::start_again(std::size_t set, double effective_size) {
  start(set);
  if (effective_size == 0.0) totals_[set] = impossible;
  effective_[set] = effective_size;
  chosen_[set] = 0;
}

Weighing::Slice Weighing::slice(std::size_t part) const {
  const std::size_t set = part / parts_per_set_;
  const std::size_t begin = part % parts_per_set_ * part_size;
  return {.set = set,
          .first = set * options_.n_particles + begin,
          .count = std::min(part_size, options_.n_particles - begin)};
}

std::optional<BadScore> Weighing::first_bad(std::size_t part, const PartScores& scores,
                                            const Weighed& weighed) const {
  const Slice at = slice(part);
  for (std::size_t k = 0; k < at.count; ++k) {
    for (const std::uint32_t column : weighed.columns) {
      const double score = scores.column(column)[k];
      if (score < -impossible) continue;
      const std::size_t particle = part % parts_per_set_ * part_size + k;
      return BadScore{.set = at.set,
                      .particle = static_cast<std::uint32_t>(particle),
                      .column = column,
                      .score = score};
    }
  }
  return std::nullopt;
}

/// The part's logs with a column of scores, or, where they are new, that column for them.
machine::Gained Weighing::gain_column(std::size_t part, const double* column, bool is_new) {
  const Slice at = slice(part);
  double* const logs = is_new ? nullptr : &logs_[at.first];
  const machine::Gained gained = machine::weight_loops().gain(logs, column, at.count);
  if (!gained.says) return gained;
  const double highest = gained.has_bad ? std::numeric_limits<double>::quiet_NaN() : gained.highest;
  latest_[part] = part_of({is_new ? column : logs, at.count}, highest,
                          std::span(&weights_[at.first], at.count));
  return gained;
}

void Weighing::gain(std::size_t part, const PartScores& scores, const Weighed& weighed) {
  const Slice at = slice(part);
  if (totals_[at.set] == impossible) return;
  // Of new weights the first column is the logs; they are copied only when they will be needed.
  const bool was_new = logs_are_[part] == LogsAre::zero;
  const bool stays_new = was_new && weighed.columns.size() == 1;
  if (!stays_new) write_logs(part);
  bool says_anything = false;
  for (std::size_t j = 0; j < weighed.columns.size(); ++j) {
    const machine::Gained gained = gain_column(part, scores.column(weighed.columns[j]), stays_new);
    if (gained.has_bad && !bad_[part]) bad_[part] = first_bad(part, scores, weighed);
    says_anything = says_anything || gained.says;
    parts_[part * n_columns_ + j] = latest_[part];
    says_[part * n_columns_ + j] = gained.says ? 1 : 0;
  }
  if (stays_new && says_anything) logs_are_[part] = LogsAre::scores;
  // Another part of the set may have something to say.
  const bool lacks_weights = was_new && !says_anything && parts_per_set_ > 1;
  if (lacks_weights) std::fill_n(&weights_[at.first], at.count, 1.0);
}

/// Puts the logs where they belong.
void Weighing::write_logs(std::size_t part) {
  const Slice at = slice(part);
  if (logs_are_[part] == LogsAre::zero) std::fill_n(&logs_[at.first], at.count, 0.0);
  logs_are_[part] = LogsAre::written;
}

/// Scores of the set and what its weights come to. Returns whether its logs go on as they are.
bool Weighing::settle(std::size_t set, const Weighed& weighed) {
  const std::size_t of_set = weighed.scores.size() / options_.n_sets;
  const std::span<double> scores = weighed.scores.subspan(set * of_set, of_set);
  bool scored = false;
  chosen_[set] = 0;
  if (totals_[set] == impossible) return true;
  for (std::size_t j = 0; j < weighed.columns.size(); ++j) {
    bool says = false;
    for (std::size_t k = 0; k < parts_per_set_; ++k) {
      says = says || says_[(set * parts_per_set_ + k) * n_columns_ + j] != 0;
    }
    if (!says) continue;
    scored = true;
    wholes_[set] = whole_of(set, j);
    const double total = log_sum(wholes_[set]);
    scores[weighed.columns[j]] = total - totals_[set];
    totals_[set] = total;
    effective_[set] = wholes_[set].effective_size();
    if (total == impossible || std::isnan(total)) return true;
  }
  if (options_.n_particles == 1) {
    start(set);
    return false;
  }
  chosen_[set] = scored && wants_parents(set) ? 1 : 0;
  return chosen_[set] == 0;
}

/// The scores will be overwritten.
void Weighing::keep_logs(std::size_t part, const double* scores) {
  if (logs_are_[part] != LogsAre::scores) return;
  const Slice at = slice(part);
  std::copy_n(scores, at.count, &logs_[at.first]);
  logs_are_[part] = LogsAre::written;
}

Part Weighing::whole_of(std::size_t set, std::size_t j) const {
  if (parts_per_set_ == 1) return parts_[set * n_columns_ + j];
  std::vector<Part> parts;
  for (std::size_t k = 0; k < parts_per_set_; ++k) {
    parts.push_back(parts_[(set * parts_per_set_ + k) * n_columns_ + j]);
  }
  return joined(parts);
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
  // From the end: what was weighed last is still at hand, and what is chosen last moves first.
  workers.parallel.for_each(stretches.size(), [&](std::size_t from_end) {
    const std::size_t part = stretches.size() - 1 - from_end;
    const Slice at = slice(part);
    if (!is_chosen(at.set)) return;
    choose_part(stretches[part], points[at.set],
                {&parents_[at.set * options_.n_particles], options_.n_particles});
  });
  for (std::size_t set = 0; set < options_.n_sets; ++set) {
    if (is_chosen(set)) start(set);
  }
}

void Weighing::prepare(const Weighed& weighed) {
  n_columns_ = weighed.columns.size();
  parts_.resize(n_parts() * n_columns_);
  says_.resize(parts_.size());
  std::fill(weighed.scores.begin(), weighed.scores.end(), 0.0);
  std::fill(bad_.begin(), bad_.end(), std::nullopt);
}

/// Where a part is a whole set, all is done at once.
void Weighing::weigh_part(std::size_t part, const PartScores& scores, const Weighed& weighed) {
  gain(part, scores, weighed);
  const bool is_whole = parts_per_set_ == 1;
  const bool goes_on = is_whole ? settle(part, weighed) : options_.when != When::always;
  if (goes_on) keep_logs(part, scores.column(weighed.columns.empty() ? 0 : weighed.columns[0]));
  if (is_whole && is_chosen(part)) choose(part, weighed.address);
}

/// Of a set whose logs went with its scores, as parents were to be chosen: it cannot comply.
void Weighing::keep_all_logs(std::size_t set) {
  for (std::size_t k = 0; k < parts_per_set_; ++k) {
    const std::size_t part = set * parts_per_set_ + k;
    if (logs_are_[part] != LogsAre::scores) continue;
    const Slice at = slice(part);
    std::fill_n(&logs_[at.first], at.count, impossible);
    logs_are_[part] = LogsAre::written;
  }
}

std::optional<BadScore> Weighing::finish(const Weighed& weighed, Workers workers) {
  if (parts_per_set_ > 1) {
    for (std::size_t set = 0; set < options_.n_sets; ++set) {
      if (settle(set, weighed)) keep_all_logs(set);
    }
    if (is_systematic(*options_.scheme)) {
      choose_in_parts(weighed.address, workers);
    } else {
      workers.parallel.for_each(options_.n_sets, [&](std::size_t set) {
        if (is_chosen(set)) choose(set, weighed.address);
      });
    }
  }
  any_chosen_ = false;
  for (std::size_t set = 0; set < options_.n_sets; ++set) {
    if (std::isnan(totals_[set])) return bad_of(set);
    any_chosen_ = any_chosen_ || is_chosen(set);
  }
  return std::nullopt;
}

BadScore Weighing::bad_of(std::size_t set) const {
  for (std::size_t k = 0; k < parts_per_set_; ++k) {
    const std::optional<BadScore>& bad = bad_[set * parts_per_set_ + k];
    if (bad) return *bad;
  }
  throw Bug("weights that are no numbers though the scores are");
}

void Weighing::save(std::size_t set, std::span<double> numbers) const {
  numbers[0] = totals_[set];
  numbers[1] = effective_[set];
  for (std::size_t k = 0; k < parts_per_set_; ++k) {
    const std::size_t part = set * parts_per_set_ + k;
    const Slice at = slice(part);
    const std::span<double> to = numbers.subspan(2 + k * part_size, at.count);
    if (logs_are_[part] == LogsAre::zero) {
      std::fill(to.begin(), to.end(), 0.0);
    } else {
      std::copy_n(&logs_[at.first], at.count, to.begin());
    }
  }
}

/// What has been weighed last is not kept: it follows from the logs.
void Weighing::load(std::size_t set, std::span<const double> numbers) {
  totals_[set] = numbers[0];
  effective_[set] = numbers[1];
  for (std::size_t k = 0; k < parts_per_set_; ++k) {
    const std::size_t part = set * parts_per_set_ + k;
    const Slice at = slice(part);
    const std::span<double> logs(&logs_[at.first], at.count);
    std::copy_n(numbers.begin() + static_cast<std::ptrdiff_t>(2 + k * part_size), at.count,
                logs.begin());
    latest_[part] = part_of(logs, {&weights_[at.first], at.count});
    logs_are_[part] = LogsAre::written;
  }
}

}  // namespace casus::inference
