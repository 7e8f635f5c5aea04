// Choosing parameter sets anew, moving them, and giving them more particles.
#include "base/bug.hpp"
#include "inference/smc.hpp"
#include "inference/temperature.hpp"
#include "random/elementary.hpp"

#include <algorithm>

namespace casus::inference {
namespace {

/// The choice among parameter sets draws where no set of that number draws.
constexpr std::uint32_t all_sets = 0xffffffffU;

std::vector<double> permuted(const std::vector<double>& rows, std::size_t width,
                             std::span<const std::uint32_t> parents) {
  std::vector<double> result;
  for (const std::uint32_t parent : parents) {
    const auto from = rows.begin() + static_cast<std::ptrdiff_t>(parent * width);
    result.insert(result.end(), from, from + static_cast<std::ptrdiff_t>(width));
  }
  return result;
}

}  // namespace

/// Each has an epoch of its own.
std::unique_ptr<Bank> Smc::new_bank(std::uint32_t n_particles) {
  BankOptions options = options_.bank;
  options.n_particles = n_particles;
  options.epoch = epoch_;
  return std::make_unique<Bank>(run_, options);
}

std::vector<double> Smc::parameters_of(std::span<const double> free) const {
  const std::size_t width = run_.programs.n_parameters;
  std::vector<double> parameters(n_sets() * width);
  for (std::size_t set = 0; set < n_sets(); ++set) {
    prior_.parameters(free.subspan(set * n_free(), n_free()),
                      std::span(parameters).subspan(set * width, width));
  }
  return parameters;
}

random::Key Smc::move_key(std::size_t set) const {
  return random::key_of(options_.bank.seed, {.purpose = random::Purpose::proposal,
                                             .epoch = epoch_,
                                             .parameter_set = static_cast<std::uint32_t>(set),
                                             .replication = options_.bank.replication});
}

/// Towards prior times likelihood up to this date, the date's own raised to `power`.
std::optional<Fault> Smc::rejuvenate(double power, DateRecord& date, Workers workers) {
  const std::vector<double> weights = this->weights();
  const Proposal proposal(Gaussian(free_, weights, n_free()), 1.0);
  choose_sets(workers);
  if (n_free() == 0) return std::nullopt;
  Moved moved;
  std::size_t n_moves = 1;
  for (std::size_t i = 0; i < n_moves; ++i) {
    if (auto fault = move(proposal, power, moved, workers)) return fault;
    if (i > 0) continue;
    const double forgotten = moved.forgotten / static_cast<double>(n_sets());
    n_moves = moves_needed(forgotten, options_.left, options_.most_moves);
  }
  date.n_moves += static_cast<std::uint32_t>(n_moves);
  date.acceptance =
      static_cast<double>(moved.n_accepted) / (static_cast<double>(n_moves * n_sets()));
  return std::nullopt;
}

void Smc::choose_sets(Workers workers) {
  ++epoch_;
  const random::Key key =
      random::key_of(options_.bank.seed, {.purpose = random::Purpose::resample,
                                          .epoch = epoch_,
                                          .parameter_set = all_sets,
                                          .replication = options_.bank.replication});
  std::vector<std::uint32_t> parents(n_sets());
  schemes().front().resample(weights(), {.key = key}, parents);
  bank_->rearrange(parents, workers);
  free_ = permuted(free_, n_free(), parents);
  before_ = permuted(before_, 1, parents);
  increments_ = permuted(increments_, 1, parents);
  std::vector<std::uint32_t> origins;
  origins.reserve(parents.size());
  for (const std::uint32_t parent : parents) origins.push_back(origins_[parent]);
  origins_ = std::move(origins);
  std::fill(logs_.begin(), logs_.end(), -random::log_of(static_cast<double>(n_sets())));
}

/// Proposals, and log ratios of prior and proposal densities. One outside the prior is put back to
/// where it came from, so that it can be run, and its ratio is -inf.
std::vector<double> Smc::propose(const Proposal& proposal, std::vector<double>& ratios) const {
  const std::size_t d = n_free();
  std::vector<double> proposed(free_.size());
  for (std::size_t set = 0; set < n_sets(); ++set) {
    const std::span<const double> from(&free_[set * d], d);
    const std::span<double> to(&proposed[set * d], d);
    const double correction = proposal.propose(move_key(set), from, to);
    const double density = prior_.log_density(to);
    ratios[set] = density - prior_.log_density(from) + correction;
    if (density != impossible) continue;
    ratios[set] = impossible;
    std::copy(from.begin(), from.end(), to.begin());
  }
  return proposed;
}

/// Runs them up to this date; `before` becomes their log-likelihoods without it.
std::optional<Fault> Smc::run_proposals(const std::vector<double>& free,
                                        std::vector<double>& before, Workers workers) {
  const std::uint32_t n_particles = bank_->options().n_particles;
  if (proposed_ == nullptr) proposed_ = new_bank(n_particles);
  proposed_->set_epoch(epoch_);
  if (auto fault = proposed_->begin(parameters_of(free), workers)) return fault;
  for (std::uint32_t step = first_step(run_); step <= next_step_; ++step) {
    workers.stop_if_asked();
    const std::span<const double> log_likelihoods = proposed_->log_likelihoods();
    std::copy(log_likelihoods.begin(), log_likelihoods.end(), before.begin());
    if (auto fault = proposed_->step(step, workers)) return fault;
  }
  return std::nullopt;
}

std::optional<Fault> Smc::move(const Proposal& proposal, double power, Moved& moved,
                               Workers workers) {
  ++epoch_;
  std::vector<double> ratios(n_sets());
  std::vector<double> before(n_sets());
  const std::vector<double> free = propose(proposal, ratios);
  if (auto fault = run_proposals(free, before, workers)) return fault;
  std::vector<std::uint32_t> accepted;
  for (std::uint32_t set = 0; set < n_sets(); ++set) {
    const double there = before[set] + power * increment(*proposed_, set);
    const double here = before_[set] + power * increments_[set];
    if (proposed_->log_likelihoods()[set] == impossible || ratios[set] == impossible) continue;
    if (Proposal::accepts(move_key(set), ratios[set] + there - here)) accepted.push_back(set);
  }
  moved.n_accepted += accepted.size();
  const std::size_t d = n_free();
  for (const std::uint32_t set : accepted) {
    moved.forgotten += proposal.forgotten(std::span(free_).subspan(set * d, d),
                                          std::span(free).subspan(set * d, d));
  }
  accept(accepted, free, before, workers);
  return std::nullopt;
}

void Smc::accept(const std::vector<std::uint32_t>& sets, const std::vector<double>& free,
                 const std::vector<double>& before, Workers workers) {
  const auto d = static_cast<std::ptrdiff_t>(n_free());
  for (const std::uint32_t set : sets) {
    before_[set] = before[set];
    increments_[set] = increment(*proposed_, set);
    std::copy_n(free.begin() + set * d, d, free_.begin() + set * d);
  }
  bank_->take(sets, *proposed_, workers);
}

/// The exchange step: fresh filters of twice the size for the same parameters. The weights change
/// by the ratio of the new likelihood estimates to the old, and that enters the evidence. Of twice
/// as many each needs half the draws where they were boosted.
std::optional<Fault> Smc::double_particles(Workers workers) {
  ++epoch_;
  for (Boost& boost : options_.bank.boosts) boost.factor = std::max(1U, boost.factor / 2);
  std::unique_ptr<Bank> larger = new_bank(2 * bank_->options().n_particles);
  if (auto fault = larger->begin(parameters_of(free_), workers)) return fault;
  for (std::uint32_t step = first_step(run_); step <= next_step_; ++step) {
    workers.stop_if_asked();
    if (auto fault = larger->step(step, workers)) return fault;
  }
  std::vector<double> gains(n_sets());
  for (std::size_t set = 0; set < n_sets(); ++set) {
    gains[set] = larger->log_likelihoods()[set] - bank_->log_likelihoods()[set];
  }
  if (!gain(gains, 1.0)) return nobody_left();
  bank_ = std::move(larger);
  proposed_.reset();
  return std::nullopt;
}

}  // namespace casus::inference
