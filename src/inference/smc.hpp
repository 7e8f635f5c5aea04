// Parameters from the record, date by date: SMC^2, and IBIS where likelihoods are exact.
#pragma once

#include "inference/bank.hpp"
#include "inference/prior.hpp"
#include "inference/proposal.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace casus::inference {

struct SmcOptions {
  /// Sets are the particles of parameters; `n_particles` of each are those at first, one where the
  /// run is exact. Its epoch does not count.
  BankOptions bank{};
  /// When fewer proposals than this share are accepted, the particles of a set are doubled, up to
  /// `most_particles` (Chopin, Jacob & Papaspiliopoulos 2013, section 3.6).
  double least_acceptance = 0.2;
  /// See `BoostRule`; up to `most_particles` draws of a set.
  double least_effective = 0.25;
  std::uint32_t most_particles = 1U << 14;
  double left = 0.2;  ///< see `moves_needed`
  std::uint32_t most_moves = 50;
};

/// What one date did.
struct DateRecord {
  std::uint32_t step = 0;
  double log_evidence = 0.0;    ///< of all that was observed up to its end
  double effective_size = 0.0;  ///< of the parameter sets, before they moved
  /// Weighted mean over parameter sets of the effective number of their particles.
  double state_effective_size = 0.0;
  std::uint32_t n_tempered = 0;   ///< stages before the last inside the date
  std::uint32_t n_moves = 0;      ///< of each parameter set
  double acceptance = 0.0;        ///< share of the last of them
  std::uint32_t n_ancestors = 0;  ///< draws from the prior that the sets descend from
  std::uint32_t n_particles = 0;  ///< of a set from now on
  std::uint32_t n_draws = 1;      ///< that stood for each of them, see `Boost`
};

/// How many histories to choose, and with which draws.
struct ChoiceOptions {
  std::size_t n_sets = 1;
  std::size_t per_set = 1;
  std::uint32_t epoch = 0;  ///< choices that differ here share no draws
};

/// Histories with equal weights: `per_set` of each of `n_sets` parameter sets.
struct Chosen {
  std::vector<double> parameters{};  ///< (n_sets × n_parameters)
  std::vector<double> states{};      ///< (n_states × (n_sets × per_set)) behind the last date
};

class ByteReader;
class ByteWriter;
void put(ByteWriter& writer, const DateRecord& date);
void put(ByteWriter& writer, const Trail& trail);
void put(ByteWriter& writer, const Boosts& boosts);
DateRecord date_of(ByteReader& reader);
Trail trail_of(ByteReader& reader);
Boosts boosts_of(ByteReader& reader);

/// Parameter sets drawn from the prior are weighted by each date's likelihood, estimated by their
/// own particle filters (Chopin 2002, Biometrika 89:539-551; Chopin, Jacob & Papaspiliopoulos 2013,
/// JRSS B 75:397-426). When their effective number falls below half they are chosen anew and moved
/// by particle marginal Metropolis-Hastings. A date that would halve it at once is taken in by
/// powers of its likelihood. The schedule adapts to the particles: evidence is consistent, and
/// unbiased for a frozen schedule only; nothing is reported at powers below one.
///
/// All numbers are the same for any number of threads and any size of blocks. Replications under
/// one seed share no draws.
class Smc {
 public:
  /// All three must outlive it.
  Smc(const ScoredRun& run, const Prior& prior, const SmcOptions& options);

  /// Draws from the prior.
  [[nodiscard]] std::optional<Fault> begin(Workers workers);
  /// One date more. A fault also where no parameter set makes the date's observations possible.
  [[nodiscard]] std::optional<Fault> advance(Workers workers);
  /// All dates that are left.
  [[nodiscard]] std::optional<Fault> finish(Workers workers);
  bool is_done() const { return next_step_ > last_step(run_); }

  bool is_exact() const { return is_exact_; }
  std::size_t n_sets() const { return options_.bank.n_sets; }
  std::size_t n_free() const { return prior_.n_free(); }
  std::uint32_t n_particles() const { return bank_->options().n_particles; }
  double log_evidence() const { return log_evidence_; }
  std::span<const DateRecord> dates() const { return dates_; }
  /// One-step-ahead log scores (dates × columns): of a column given those before it and all
  /// earlier dates, parameters and states integrated out.
  std::span<const double> scores() const { return scores_; }

  /// The posterior at the last date taken in: weights (n_sets) that sum to one, free coordinates
  /// (n_sets × n_free), the parameters of a set.
  std::vector<double> weights() const;
  std::span<const double> free() const { return free_; }
  std::span<const double> parameters(std::size_t set) const { return bank_->parameters(set); }
  std::span<const double> log_likelihoods() const { return bank_->log_likelihoods(); }
  /// (n_sets) the random addresses that these estimates are from.
  std::span<const Trail> trails() const { return bank_->trails(); }
  const Boosts& boosts() const { return bank_->options().boosts; }

  /// Draws from the posterior at the last date taken in: sets by their weights, with replacement,
  /// and of each histories by theirs. Set k and its history j are the same whatever the numbers.
  Chosen choose(const ChoiceOptions& options, Workers workers);

  /// Between two dates: what `from_bytes` of a sampler made alike goes on from to the same numbers.
  std::vector<std::uint8_t> to_bytes(Workers workers);
  /// False, and no use any more, where the bytes are another sampler's or broken.
  [[nodiscard]] bool from_bytes(std::span<const std::uint8_t> bytes);

 private:
  // ---- dates
  std::optional<Fault> step(DateRecord& date, Workers workers);
  void take_increments();
  void predict();
  std::optional<Fault> weigh(DateRecord& date, Workers workers);
  bool gain(std::span<const double> gains, double power);
  std::uint32_t count_ancestors() const;
  double state_effective_size() const;
  Fault nobody_left() const;

  // ---- moves
  std::unique_ptr<Bank> new_bank(std::uint32_t n_particles);
  std::optional<Fault> rejuvenate(double power, DateRecord& date, Workers workers);
  void choose_sets(Workers workers);
  struct Moved {
    std::size_t n_accepted = 0;
    double forgotten = 0.0;  ///< sum over sets, see `Proposal`
  };
  std::optional<Fault> move(const Proposal& proposal, double power, Moved& moved, Workers workers);
  std::vector<double> propose(const Proposal& proposal, std::vector<double>& ratios) const;
  std::optional<Fault> run_proposals(const std::vector<double>& free, std::vector<double>& before,
                                     Workers workers);
  void accept(const std::vector<std::uint32_t>& sets, const std::vector<double>& free,
              const std::vector<double>& before, Workers workers);
  std::optional<Fault> double_particles(Workers workers);
  random::Key move_key(std::size_t set) const;
  std::vector<double> parameters_of(std::span<const double> free) const;
  double increment(const Bank& bank, std::size_t set) const;

  ScoredRun run_;
  const Prior& prior_;
  SmcOptions options_;
  bool is_exact_;
  std::uint32_t next_step_;
  std::uint32_t epoch_ = 0;  ///< of the last draws; each bank's run and each choice has its own
  std::unique_ptr<Bank> bank_;
  std::unique_ptr<Bank> proposed_;
  std::vector<double> free_;            ///< (n_sets × n_free)
  std::vector<double> logs_;            ///< (n_sets) of weights that sum to one
  std::vector<double> before_;          ///< (n_sets) log-likelihoods without the last date
  std::vector<double> increments_;      ///< (n_sets) of the last date
  std::vector<std::uint32_t> origins_;  ///< (n_sets) draw from the prior
  double log_evidence_ = 0.0;
  std::vector<DateRecord> dates_;
  std::vector<double> scores_;
};

}  // namespace casus::inference
