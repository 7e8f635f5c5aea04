// A step in which each particle is drawn several times.
#include "inference/bank.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace casus::inference {
namespace {

/// Lanes that go on before any are chosen: more take more memory and no less time.
constexpr std::size_t lanes_together = std::size_t{1} << 13;

/// Crowds that are kept.
constexpr std::size_t most_crowds = 16;

/// Numbers that a set's weights go on from (see `Weighing::save`), with each particle `factor`
/// times.
std::vector<double> repeated_weights(std::span<const double> numbers, std::uint32_t factor) {
  std::vector<double> result{numbers[0] + random::log_of(static_cast<double>(factor)), numbers[1]};
  for (std::uint32_t k = 0; k < factor; ++k)
    result.insert(result.end(), numbers.begin() + 2, numbers.end());
  return result;
}

}  // namespace

Boost boost_at(const Boosts& boosts, std::uint32_t step) {
  const auto at = std::find_if(boosts.begin(), boosts.end(),
                               [&](const Boost& boost) { return boost.step == step; });
  return at == boosts.end() ? Boost{.step = step} : *at;
}

std::uint32_t factor_at(const Boosts& boosts, std::uint32_t step) {
  return boost_at(boosts, step).factor;
}

void Bank::boost(const Boost& boost) {
  std::erase_if(options_.boosts, [&](const Boost& other) { return other.step == boost.step; });
  options_.boosts.push_back(boost);
}

/// The bank in which they stand side by side, kept for the next time. Only the programs of the
/// boost's steps are made ready for it.
Bank& Bank::crowd(const Boost& boost) {
  for (const Crowd& crowd : crowds_) {
    if (crowd.boost == boost) return *crowd.bank;
  }
  std::erase_if(crowds_, [&](const Crowd& crowd) { return crowd.boost.step == boost.step; });
  if (crowds_.size() == most_crowds) crowds_.erase(crowds_.begin());
  ScoredRun run = run_;
  std::erase_if(run.programs.segments, [&](const machine::StepsOf& segment) {
    return boost.step < segment.first || segment.last < boost.first();
  });
  BankOptions own = options_;
  own.n_particles = options_.n_particles * boost.factor;
  own.n_sets = std::clamp<std::size_t>(lanes_together / own.n_particles, 1, options_.n_sets);
  own.n_lanes = lanes_.options().n_lanes;
  own.when = When::never;
  own.boosts.clear();
  // The constructor is not for others, who have no rates.
  std::unique_ptr<Bank> bank(new Bank(run, own, lanes_.state_rates()));
  // Draws of the step that are of another number share nothing with these.
  bank->first_slot_ = own.n_particles;
  crowds_.push_back({.boost = boost, .bank = std::move(bank)});
  return *crowds_.back().bank;
}

/// Set `set` as the k-th, each particle `factor` times, as it was when the boost's first step
/// began.
void Bank::enter_crowd(Bank& crowd, std::size_t k, std::size_t set, const Boost& boost) const {
  const std::size_t n = options_.n_particles;
  const std::uint32_t factor = boost.factor;
  const Kept* const kept = boost.back > 0 ? &kept_.at(boost.first()) : nullptr;
  const machine::ColumnMemory& states = kept != nullptr ? kept->states : states_;
  std::vector<double> numbers(weighing_.n_saved());
  std::copy_n(&parameters_[set * n_parameters()], n_parameters(),
              &crowd.parameters_[k * n_parameters()]);
  crowd.keys_[k] = keys_[set];
  crowd.choice_keys_[k] = choice_keys_[set];
  if (kept != nullptr)
    std::copy_n(&kept->weights[set * numbers.size()], numbers.size(), numbers.begin());
  else
    weighing_.save(set, numbers);
  crowd.log_likelihoods_[k] = kept != nullptr ? kept->log_likelihoods[set] : log_likelihoods_[set];
  crowd.weighing_.load(k, repeated_weights(numbers, factor));
  for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
    const double* const from = states.column(i) + set * set_stride_;
    double* const to = crowd.states_.column(i) + k * crowd.set_stride_;
    for (std::uint32_t copy = 0; copy < factor; ++copy) std::copy_n(from, n, to + copy * n);
  }
}

/// As many of a set's draws as it has particles, by their weights.
void Bank::choose_from(const Bank& crowd, std::size_t k, std::size_t set, std::uint32_t step) {
  const double effective = crowd.weighing_.effective_size(k);
  weighing_.start_again(set, effective);
  effective_parents_[set] = 0.0;
  if (effective == 0.0) return;
  std::vector<double> numbers(crowd.weighing_.n_saved());
  crowd.weighing_.save(k, numbers);
  std::vector<double> weights(crowd.options_.n_particles);
  normalise(std::span(numbers).last(weights.size()), weights);
  std::vector<double> of_parents(options_.n_particles);
  for (std::size_t i = 0; i < weights.size(); ++i) of_parents[i % of_parents.size()] += weights[i];
  double squares = 0.0;
  for (const double weight : of_parents) squares += weight * weight;
  effective_parents_[set] = 1.0 / squares;
  std::vector<std::uint32_t> chosen(options_.n_particles);
  weighing_.options().scheme->resample(
      weights, {.key = choice_keys_[set], .slot = 0, .step = step, .sub_step = 0, .site = 0},
      chosen);
  for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
    const double* const from = crowd.states_.column(i) + k * crowd.set_stride_;
    double* const to = states_.column(i) + set * set_stride_;
    for (std::size_t j = 0; j < chosen.size(); ++j) to[j] = from[chosen[j]];
  }
}

/// The scores of the last step and, in the first column that says something, what the steps before
/// it score now in place of what they scored.
void Bank::take_scores(const Bank& crowd, std::size_t k, std::size_t set, double before) {
  const std::span<const double> scores = crowd.scores(k);
  double* const own = &scores_[set * run_.n_columns];
  std::copy(scores.begin(), scores.end(), own);
  const double correction = before - log_likelihoods_[set];
  if (correction == 0.0) return;
  double* const end = own + scores.size();
  double* const says = std::find_if(own, end, [](double score) { return score != 0.0; });
  *(says == end ? own : says) += correction;
}

/// A set that could not comply before goes on as it is.
void Bank::leave_crowd(const Bank& crowd, std::size_t k, std::size_t set, const Boost& boost,
                       double before) {
  if (log_likelihoods_[set] == impossible) {
    std::fill_n(&scores_[set * run_.n_columns], run_.n_columns, 0.0);
    weighing_.start_again(set, 0.0);
    return;
  }
  take_scores(crowd, k, set, before);
  choose_from(crowd, k, set, boost.step);
}

/// As many sets at a time as the crowd takes. Where fewer are left the last one is repeated there,
/// and what comes of that is dropped.
std::optional<Fault> Bank::boosted_step(const Boost& boost, Workers workers) {
  settle(workers);
  Bank& crowd = this->crowd(boost);
  const std::size_t together = crowd.options_.n_sets;
  effective_parents_.resize(options_.n_sets);
  for (std::size_t first = 0; first < options_.n_sets; first += together) {
    const auto set_at = [&](std::size_t k) { return std::min(first + k, options_.n_sets - 1); };
    workers.parallel.for_each(together,
                              [&](std::size_t k) { enter_crowd(crowd, k, set_at(k), boost); });
    crowd.parents_pending_ = false;
    crowd.seat_again();
    std::vector<double> before;
    for (std::uint32_t step = boost.first(); step <= boost.step; ++step) {
      before = crowd.log_likelihoods_;
      if (auto fault = crowd.step(step, workers)) {
        fault->set = set_at(fault->set);
        return fault;
      }
    }
    crowd.settle(workers);
    workers.parallel.for_each(std::min(together, options_.n_sets - first), [&](std::size_t k) {
      leave_crowd(crowd, k, first + k, boost, before[k]);
    });
  }
  seat_again();
  return std::nullopt;
}

}  // namespace casus::inference
