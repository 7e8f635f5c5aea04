// The exact log-likelihood of a record at many points at once.
#pragma once

#include "case/ensemble.hpp"
#include "case/free_values.hpp"
#include "inference/bank.hpp"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace casus::cases {

/// `lowered` is of a `scored_variant` in which nothing unobserved is random; it must outlive this.
class Likelihood {
 public:
  Likelihood(const language::Lowered& lowered, Workers workers);

  std::size_t n_free() const { return values_.count(); }
  const FreeValues& values() const { return values_; }

  /// Of `points` (n × n_free), values in declared units: -inf where the record is impossible or a
  /// number stops being finite. Throws `Interrupted`.
  std::vector<double> at(std::span<const double> points);

  /// What went wrong with the last point at which something did.
  const std::optional<inference::Fault>& fault() const { return fault_; }

 private:
  void evaluate(std::span<const double> parameters, std::span<double> log_likelihoods);
  std::optional<inference::Fault> run(inference::Bank& bank, std::span<const double> parameters);
  inference::Bank& bank_of(std::size_t n_sets);

  FreeValues values_;
  inference::ScoredRun run_;
  Workers workers_;
  std::map<std::size_t, std::unique_ptr<inference::Bank>> banks_{};  ///< by number of sets
  std::optional<inference::Fault> fault_{};
};

}  // namespace casus::cases
