// Weigh, choose, move, keep all.
#include "inference/tempered.hpp"

#include "base/bug.hpp"
#include "inference/bytes.hpp"
#include "inference/temperature.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <utility>

namespace casus::inference {
namespace {

constexpr std::uint64_t format = 1;
constexpr std::uint32_t all_sets = 0xffffffffU;

BankOptions bank_options(const TemperedOptions& options) {
  return {.n_sets = options.n_chains,
          .n_particles = 1,
          .seed = options.seed,
          .replication = options.replication,
          .n_lanes = options.n_lanes,
          .kernels = options.kernels};
}

}  // namespace

Tempered::Tempered(const ScoredRun& run, const Prior& prior, const TemperedOptions& options)
    : run_(run), prior_(prior), options_(options), bank_(run, bank_options(options)) {
  require(is_exact(run), "powers of a likelihood that is not exact");
  require(options.chain_length > 1 && prior.n_free() > 0, "chains that do not move");
}

random::Key Tempered::key_of(random::Purpose purpose, std::uint32_t number) const {
  return random::key_of(options_.seed, {.purpose = purpose,
                                        .epoch = epoch_,
                                        .parameter_set = number,
                                        .replication = options_.replication});
}

/// Log-likelihoods of one point of each chain.
std::optional<Fault> Tempered::evaluate(std::span<const double> free,
                                        std::span<double> log_likelihoods, Workers workers) {
  const std::size_t width = run_.programs.n_parameters;
  std::vector<double> parameters(options_.n_chains * width);
  for (std::size_t chain = 0; chain < options_.n_chains; ++chain) {
    prior_.parameters(free.subspan(chain * n_free(), n_free()),
                      std::span(parameters).subspan(chain * width, width));
  }
  if (auto fault = bank_.begin(parameters, workers)) return fault;
  for (std::uint32_t step = first_step(run_); step <= last_step(run_); ++step) {
    workers.stop_if_asked();
    if (auto fault = bank_.step(step, workers)) return fault;
  }
  std::copy(bank_.log_likelihoods().begin(), bank_.log_likelihoods().end(),
            log_likelihoods.begin());
  return std::nullopt;
}

std::optional<Fault> Tempered::begin(Workers workers) {
  const std::size_t n = options_.n_chains;
  free_.resize(options_.n_points() * n_free());
  log_likelihoods_.resize(options_.n_points());
  logs_.assign(options_.n_points(), 0.0);
  for (std::uint32_t point = 0; point < options_.n_points(); ++point) {
    prior_.sample(key_of(random::Purpose::parameter, point),
                  std::span(free_).subspan(point * n_free(), n_free()));
  }
  for (std::size_t link = 0; link < options_.chain_length; ++link) {
    if (auto fault = evaluate(std::span(free_).subspan(link * n * n_free(), n * n_free()),
                              std::span(log_likelihoods_).subspan(link * n, n), workers)) {
      return fault;
    }
  }
  return std::nullopt;
}

std::optional<Fault> Tempered::finish(Workers workers) {
  while (!is_done()) {
    if (auto fault = advance(workers)) return fault;
  }
  return std::nullopt;
}

std::optional<Fault> Tempered::advance(Workers workers) {
  constexpr double share = 0.5;
  const std::vector<double> equal(options_.n_points());
  const double rest = 1.0 - power_;
  const double further = greatest_power(equal, log_likelihoods_, rest, share);
  add_power(equal, log_likelihoods_, further, logs_);
  const double gained = log_mean(logs_);
  if (gained == impossible) {
    return Fault{.program = nullptr, .what = "no parameter set makes what was observed possible"};
  }
  log_evidence_ += gained;
  power_ = further == rest ? 1.0 : power_ + further;
  temperatures_.push_back({.power = power_,
                           .log_evidence = log_evidence_,
                           .effective_size = effective_size(logs_),
                           .acceptance = acceptance_});
  workers.progress.advance(1);
  if (is_done()) return std::nullopt;
  const std::vector<double> weights = this->weights();
  const Proposal proposal(Gaussian(free_, weights, n_free()), walk_factor_);
  choose(weights);
  return move_chains(proposal, workers);
}

/// The first links of the chains.
void Tempered::choose(std::span<const double> weights) {
  ++epoch_;
  std::vector<std::uint32_t> parents(options_.n_chains);
  schemes().front().resample(weights, {.key = key_of(random::Purpose::resample, all_sets)},
                             parents);
  const std::size_t d = n_free();
  std::vector<double> free;
  std::vector<double> log_likelihoods;
  for (const std::uint32_t parent : parents) {
    const std::span<const double> from = std::span(free_).subspan(parent * d, d);
    free.insert(free.end(), from.begin(), from.end());
    log_likelihoods.push_back(log_likelihoods_[parent]);
  }
  std::copy(free.begin(), free.end(), free_.begin());
  std::copy(log_likelihoods.begin(), log_likelihoods.end(), log_likelihoods_.begin());
}

std::optional<Fault> Tempered::move_chains(const Proposal& proposal, Workers workers) {
  n_accepted_ = n_walks_ = n_walks_accepted_ = 0;
  for (std::uint32_t link = 1; link < options_.chain_length; ++link) {
    if (auto fault = move(proposal, link, workers)) return fault;
  }
  std::fill(logs_.begin(), logs_.end(), 0.0);
  const auto n_moves = static_cast<double>(options_.n_points() - options_.n_chains);
  acceptance_ = static_cast<double>(n_accepted_) / n_moves;
  adapt_walk();
  return std::nullopt;
}

/// Towards one accepted step in four, near the best in several dimensions (Roberts, Gelman & Gilks
/// 1997, Annals of Applied Probability 7:110-120).
void Tempered::adapt_walk() {
  constexpr double wanted = 0.25;
  constexpr double eagerness = 2.0;
  const double share = static_cast<double>(n_walks_accepted_) /
                       static_cast<double>(std::max<std::size_t>(n_walks_, 1));
  const double factor = walk_factor_ * random::exp_of(eagerness * (share - wanted));
  walk_factor_ = std::clamp(factor, 1e-3, 4.0);
}

/// From link `link` - 1 of all chains to the next.
std::optional<Fault> Tempered::move(const Proposal& proposal, std::uint32_t link, Workers workers) {
  ++epoch_;
  const std::size_t d = n_free();
  const std::size_t n = options_.n_chains;
  const std::span<const double> here = std::span(free_).subspan((link - 1) * n * d, n * d);
  const std::span<double> there = std::span(free_).subspan(link * n * d, n * d);
  std::vector<double> ratios(n);
  for (std::uint32_t chain = 0; chain < n; ++chain) {
    const std::span<const double> from = here.subspan(chain * d, d);
    const std::span<double> to = there.subspan(chain * d, d);
    const random::Key key = key_of(random::Purpose::proposal, chain);
    ratios[chain] = proposal.propose(key, from, to);
    const double density = prior_.log_density(to);
    ratios[chain] += density - prior_.log_density(from);
    if (density != impossible) continue;
    ratios[chain] = impossible;
    std::copy(from.begin(), from.end(), to.begin());
  }
  std::vector<double> log_likelihoods(n);
  if (auto fault = evaluate(there, log_likelihoods, workers)) return fault;
  for (std::uint32_t chain = 0; chain < n; ++chain) {
    const double before = log_likelihoods_[(link - 1) * n + chain];
    double& now = log_likelihoods_[link * n + chain];
    const random::Key key = key_of(random::Purpose::proposal, chain);
    const bool is_possible = log_likelihoods[chain] != impossible && ratios[chain] != impossible;
    const bool accepted =
        is_possible &&
        Proposal::accepts(key, ratios[chain] + power_ * (log_likelihoods[chain] - before));
    count(Proposal::kind_of(key) == Proposal::Kind::walk, accepted);
    now = accepted ? log_likelihoods[chain] : before;
    if (accepted) continue;
    const std::span<const double> from = here.subspan(chain * d, d);
    std::copy(from.begin(), from.end(), there.begin() + static_cast<std::ptrdiff_t>(chain * d));
  }
  return std::nullopt;
}

void Tempered::count(bool is_walk, bool accepted) {
  n_accepted_ += accepted ? 1 : 0;
  n_walks_ += is_walk ? 1 : 0;
  n_walks_accepted_ += is_walk && accepted ? 1 : 0;
}

std::vector<double> Tempered::weights() const {
  std::vector<double> weights(logs_.size());
  normalise(logs_, weights);
  return weights;
}

std::vector<std::uint8_t> Tempered::to_bytes() const {
  ByteWriter writer;
  for (const std::uint64_t one :
       {format, std::uint64_t{options_.n_chains}, std::uint64_t{options_.chain_length},
        std::uint64_t{n_free()}, options_.seed, std::uint64_t{options_.replication},
        std::uint64_t{epoch_}}) {
    writer.put(one);
  }
  for (const double one : {power_, log_evidence_, walk_factor_, acceptance_}) writer.put(one);
  for (const std::vector<double>* some : {&free_, &log_likelihoods_, &logs_}) {
    writer.put(std::span<const double>(*some));
  }
  writer.put(std::uint64_t{temperatures_.size()});
  for (const TemperatureRecord& one : temperatures_) {
    for (const double x : {one.power, one.log_evidence, one.effective_size, one.acceptance}) {
      writer.put(x);
    }
  }
  return writer.take();
}

bool Tempered::from_bytes(std::span<const std::uint8_t> bytes) {
  ByteReader reader(bytes);
  for (const std::uint64_t one :
       {format, std::uint64_t{options_.n_chains}, std::uint64_t{options_.chain_length},
        std::uint64_t{n_free()}, options_.seed, std::uint64_t{options_.replication}}) {
    if (reader.number() != one) return false;
  }
  epoch_ = static_cast<std::uint32_t>(reader.number());
  for (double* one : {&power_, &log_evidence_, &walk_factor_, &acceptance_}) *one = reader.real();
  for (std::vector<double>* some : {&free_, &log_likelihoods_, &logs_}) *some = reader.reals();
  const std::uint64_t n_temperatures = reader.number();
  if (n_temperatures > bytes.size()) return false;
  temperatures_.assign(n_temperatures, {});
  for (TemperatureRecord& one : temperatures_) {
    for (double* x : {&one.power, &one.log_evidence, &one.effective_size, &one.acceptance}) {
      *x = reader.real();
    }
  }
  return reader.is_whole() && free_.size() == options_.n_points() * n_free() &&
         log_likelihoods_.size() == options_.n_points() && logs_.size() == options_.n_points();
}

}  // namespace casus::inference
