// Evidence of one variant relative to another's, from ratios of likelihoods at the draws that are
// behind a posterior.
#pragma once

#include "inference/bank.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace casus::inference {

/// Log-likelihoods of other parameters, or of another run, on draws that were made before.
struct Replayed {
  std::vector<double> log_likelihoods{};  ///< (n_sets)
  std::optional<Fault> fault{};           ///< then they do not count
};

/// `parameters` (n_sets × n_parameters) of `run`; `trails` are those of a sampler with this seed
/// and replication. Of the same run, parameters and number of particles, the log-likelihoods are
/// its own, bit for bit.
Replayed replay(const ScoredRun& run, std::span<const double> parameters,
                std::span<const Trail> trails, const BankOptions& options, Workers workers);

/// The mean of ratios e^r under weights that sum to one.
struct RatioMean {
  double log_mean = 0.0;
  double effective_size = 0.0;  ///< of weights times ratios (Kish 1965)
};
RatioMean ratio_mean(std::span<const double> weights, std::span<const double> log_ratios);

/// The shape k of the generalised Pareto law that the greatest of positive numbers e^x follow:
/// their mean is estimated with a usable error where k < 0.7. The tail is a fifth of them, at most
/// 3 sqrt(n). Infinite of fewer than five, or where the tail is no number.
/// Vehtari, Simpson, Gelman, Yao & Gabry 2024, "Pareto smoothed importance sampling", JMLR 25(72).
double pareto_k(std::span<const double> logs);

/// The shape of the generalised Pareto law of positive numbers in ascending order, drawn towards
/// 1/2 as by ten of them. Zhang & Stephens 2009, Technometrics 51:316-325.
double pareto_shape(std::span<const double> ascending);

}  // namespace casus::inference
