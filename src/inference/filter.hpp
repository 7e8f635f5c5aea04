// The particle filter from a run's first step to its last.
#pragma once

#include "inference/ancestry.hpp"
#include "inference/boosting.hpp"

#include <optional>
#include <span>
#include <vector>

namespace casus::inference {

struct FilterOptions {
  BankOptions bank{};     ///< of an exact run one particle a set is taken, whatever stands here
  bool ancestry = false;  ///< whether lines of descent are kept; not where steps are boosted
  /// When and how far steps are boosted; nothing: as the bank says.
  std::optional<BoostRule> boosting{};
};

/// Who descends from whom in one set. Parents are chosen behind some steps only: between two
/// choices particles keep their places.
struct Lineage {
  Ancestry ancestry;
  std::vector<std::uint32_t> generation_of_step;  ///< (n_steps)

  /// The place in each step of the line that ends in place `survivor`: together with the random
  /// address of a place it gives the whole path.
  std::vector<std::uint32_t> places(std::uint32_t survivor) const;

  /// (n_steps) how many particles of each step have descendants at the end.
  std::vector<std::uint32_t> distinct() const;
};

struct FilterResult {
  bool is_exact = false;
  std::uint32_t first_step = 0;
  std::size_t n_sets = 0;
  std::size_t n_steps = 0;
  std::size_t n_columns = 0;
  std::vector<double> log_likelihoods{};  ///< (n_sets) -inf: no particle could comply
  std::vector<double> scores{};           ///< (n_sets × n_steps × n_columns), see `Weighed`
  std::vector<double> effective_sizes{};  ///< (n_sets × n_steps), before parents are chosen
  std::vector<Lineage> lineages{};        ///< (n_sets), when they are kept
  Boosts boosts{};
  std::optional<Fault> fault{};  ///< then nothing else counts

  double score(std::size_t set, std::size_t step, std::size_t column) const {
    return scores[(set * n_steps + step) * n_columns + column];
  }
};

/// `parameters` (n_sets × n_parameters); `options.bank.n_sets` is their number of rows.
FilterResult filter(const ScoredRun& run, std::span<const double> parameters,
                    const FilterOptions& options, Workers workers);

}  // namespace casus::inference
