// Parameters from the whole record at once, where the likelihood is exact.
#pragma once

#include "inference/bank.hpp"
#include "inference/prior.hpp"
#include "inference/proposal.hpp"

#include <optional>
#include <span>
#include <vector>

namespace casus::inference {

struct TemperedOptions {
  std::uint32_t n_chains = 256;     ///< parameter sets that are moved, all at the same time
  std::uint32_t chain_length = 16;  ///< sets that each gives, the one it begins with included
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  std::uint32_t n_lanes = 0;                  ///< of a block; 0: what suits the run
  const machine::Kernels* kernels = nullptr;  ///< nullptr: the best

  std::size_t n_points() const { return std::size_t{n_chains} * chain_length; }
};

struct TemperatureRecord {
  double power = 0.0;  ///< of the likelihood
  double log_evidence = 0.0;
  double effective_size = 0.0;
  double acceptance = 0.0;  ///< of the moves that led here
};

/// Waste-free sequential Monte Carlo (Dau & Chopin 2022, JRSS B 84:114-148): from prior to
/// posterior by powers of the likelihood, each as far as half the effective number allows; from a
/// choice of `n_chains` points chains are moved, and every point on them is kept. All numbers are
/// the same for any number of threads and any size of blocks.
class Tempered {
 public:
  /// `run` must be exact (see `is_exact`); both must outlive it.
  Tempered(const ScoredRun& run, const Prior& prior, const TemperedOptions& options);

  [[nodiscard]] std::optional<Fault> begin(Workers workers);
  /// One power further.
  [[nodiscard]] std::optional<Fault> advance(Workers workers);
  [[nodiscard]] std::optional<Fault> finish(Workers workers);
  bool is_done() const { return power_ == 1.0; }

  double log_evidence() const { return log_evidence_; }
  std::span<const TemperatureRecord> temperatures() const { return temperatures_; }

  /// The posterior, once it is done: weights (n_points) that sum to one, free coordinates
  /// (n_points × n_free) and log-likelihoods.
  std::vector<double> weights() const;
  std::span<const double> free() const { return free_; }
  std::span<const double> log_likelihoods() const { return log_likelihoods_; }

  /// Between two powers: what `from_bytes` of a sampler made alike goes on from to the same
  /// numbers.
  std::vector<std::uint8_t> to_bytes() const;
  /// False, and no use any more, where the bytes are another sampler's or broken.
  [[nodiscard]] bool from_bytes(std::span<const std::uint8_t> bytes);

 private:
  std::size_t n_free() const { return prior_.n_free(); }
  std::optional<Fault> evaluate(std::span<const double> free, std::span<double> log_likelihoods,
                                Workers workers);
  void choose(std::span<const double> weights);
  std::optional<Fault> move_chains(const Proposal& proposal, Workers workers);
  std::optional<Fault> move(const Proposal& proposal, std::uint32_t link, Workers workers);
  void adapt_walk();
  void count(bool is_walk, bool accepted);
  random::Key key_of(random::Purpose purpose, std::uint32_t number) const;

  ScoredRun run_;
  const Prior& prior_;
  TemperedOptions options_;
  Bank bank_;
  std::uint32_t epoch_ = 0;
  double power_ = 0.0;
  double log_evidence_ = 0.0;
  double walk_factor_ = 1.0;
  double acceptance_ = 0.0;
  std::size_t n_accepted_ = 0;
  std::size_t n_walks_ = 0;
  std::size_t n_walks_accepted_ = 0;
  std::vector<double> free_;             ///< (n_points × n_free), link by link of all chains
  std::vector<double> log_likelihoods_;  ///< (n_points)
  std::vector<double> logs_;             ///< (n_points) of weights
  std::vector<TemperatureRecord> temperatures_;
};

}  // namespace casus::inference
