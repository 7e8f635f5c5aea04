// From date to date.
#include "inference/smc.hpp"

#include "base/bug.hpp"
#include "inference/boosting.hpp"
#include "inference/temperature.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <set>

namespace casus::inference {

Smc::Smc(const ScoredRun& run, const Prior& prior, const SmcOptions& options)
    : run_(run),
      prior_(prior),
      options_(options),
      is_exact_(inference::is_exact(run)),
      next_step_(first_step(run)) {
  require(options.bank.n_sets > 1, "a posterior of one set");
  if (is_exact_) options_.bank.n_particles = 1;
  bank_ = new_bank(options_.bank.n_particles);
}

std::optional<Fault> Smc::begin(Workers workers) {
  const std::size_t n = n_sets();
  free_.resize(n * n_free());
  origins_.clear();
  for (std::uint32_t set = 0; set < n; ++set) {
    const random::Key key =
        random::key_of(options_.bank.seed, {.purpose = random::Purpose::parameter,
                                            .parameter_set = set,
                                            .replication = options_.bank.replication});
    prior_.sample(key, std::span(free_).subspan(set * n_free(), n_free()));
    origins_.push_back(set);
  }
  logs_.assign(n, -random::log_of(static_cast<double>(n)));
  return bank_->begin(parameters_of(free_), workers);
}

std::optional<Fault> Smc::finish(Workers workers) {
  while (!is_done()) {
    if (auto fault = advance(workers)) return fault;
  }
  return std::nullopt;
}

std::optional<Fault> Smc::advance(Workers workers) {
  workers.stop_if_asked();
  const std::span<const double> log_likelihoods = bank_->log_likelihoods();
  before_.assign(log_likelihoods.begin(), log_likelihoods.end());
  DateRecord date{.step = next_step_};
  if (auto fault = step(date, workers)) return fault;
  take_increments();
  predict();
  date.state_effective_size = state_effective_size();
  const bool says = std::any_of(increments_.begin(), increments_.end(),
                                [](double increment) { return increment != 0.0; });
  if (says) {
    if (auto fault = weigh(date, workers)) return fault;
  } else {
    date.effective_size = effective_size(logs_);
  }
  date.log_evidence = log_evidence_;
  date.n_ancestors = count_ancestors();
  date.n_particles = bank_->options().n_particles;
  dates_.push_back(date);
  ++next_step_;
  workers.progress.advance(1);
  return std::nullopt;
}

/// With as many draws of each particle as it takes.
std::optional<Fault> Smc::step(DateRecord& date, Workers workers) {
  const BoostRule rule{.least_effective = options_.least_effective,
                       .most_draws = options_.most_particles};
  if (auto fault = is_exact_ ? bank_->step(next_step_, workers)
                             : boosted_step(*bank_, next_step_, rule, logs_, workers)) {
    return fault;
  }
  options_.bank.boosts = boosts();
  if (proposed_ != nullptr) proposed_->set_boosts(boosts());
  date.n_draws = factor_at(boosts(), next_step_);
  return std::nullopt;
}

double Smc::increment(const Bank& bank, std::size_t set) const {
  double sum = 0.0;
  for (const double score : bank.scores(set)) sum += score;
  return sum;
}

void Smc::take_increments() {
  increments_.resize(n_sets());
  for (std::size_t set = 0; set < n_sets(); ++set) increments_[set] = increment(*bank_, set);
}

/// Scores of the date's columns by the chain rule over parameter sets, before any of them moves.
void Smc::predict() {
  std::vector<double> logs = logs_;
  double total = log_sum(logs);
  for (std::size_t column = 0; column < run_.n_columns; ++column) {
    bool says = false;
    for (std::size_t set = 0; set < n_sets(); ++set) {
      const double score = bank_->scores(set)[column];
      says = says || score != 0.0;
      logs[set] = logs[set] == impossible ? impossible : logs[set] + score;
    }
    if (!says || total == impossible) {
      scores_.push_back(0.0);
      continue;
    }
    const double next = log_sum(logs);
    scores_.push_back(next - total);
    total = next;
  }
}

/// Takes in the date's likelihood, at once or by powers.
std::optional<Fault> Smc::weigh(DateRecord& date, Workers workers) {
  constexpr double share = 0.5;
  double done = 0.0;
  while (true) {
    const double power = greatest_power(logs_, increments_, 1.0 - done, share);
    const bool completes = power == 1.0 - done;
    if (!gain(increments_, power)) return nobody_left();
    if (completes) break;
    done += power;
    ++date.n_tempered;
    if (auto fault = rejuvenate(done, date, workers)) return fault;
  }
  date.effective_size = effective_size(logs_);
  if (date.effective_size >= share * static_cast<double>(n_sets())) return std::nullopt;
  if (auto fault = rejuvenate(1.0, date, workers)) return fault;
  const std::uint32_t doubled = 2 * bank_->options().n_particles;
  const bool is_poor = date.acceptance < options_.least_acceptance;
  if (is_exact_ || !is_poor || n_free() == 0 || doubled > options_.most_particles) {
    return std::nullopt;
  }
  if (auto fault = double_particles(workers)) return fault;
  if (effective_size(logs_) >= share * static_cast<double>(n_sets())) return std::nullopt;
  return rejuvenate(1.0, date, workers);
}

/// Weights times e^(power gains), their sum to the evidence; false when nothing is left.
bool Smc::gain(std::span<const double> gains, double power) {
  add_power(logs_, gains, power, logs_);
  const double total = log_sum(logs_);
  if (total == impossible) return false;
  log_evidence_ += total;
  for (double& one : logs_) one -= total;
  return true;
}

Fault Smc::nobody_left() const {
  return {.step = next_step_,
          .program = nullptr,
          .what = "no parameter set makes what was observed possible"};
}

std::uint32_t Smc::count_ancestors() const {
  std::set<std::uint32_t> alive;
  for (std::size_t set = 0; set < n_sets(); ++set) {
    if (logs_[set] != impossible) alive.insert(origins_[set]);
  }
  return static_cast<std::uint32_t>(alive.size());
}

double Smc::state_effective_size() const {
  double mean = 0.0;
  for (std::size_t set = 0; set < n_sets(); ++set) {
    mean += random::exp_of(logs_[set]) * bank_->weighing().effective_size(set);
  }
  return mean;
}

std::vector<double> Smc::weights() const {
  std::vector<double> weights(n_sets());
  normalise(logs_, weights);
  return weights;
}

}  // namespace casus::inference
