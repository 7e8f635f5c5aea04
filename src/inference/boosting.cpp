// Attempts at a step, each with more draws than the last.
#include "inference/boosting.hpp"

#include "inference/temperature.hpp"
#include "inference/weights.hpp"

#include <vector>

namespace casus::inference {
namespace {

/// The mean effective number of particles; a set of which the step says nothing has lost none.
double effective_left(const Bank& bank, std::span<const double> before,
                      std::span<const double> logs) {
  const std::size_t n_sets = before.size();
  std::vector<double> gains(n_sets);
  for (std::size_t set = 0; set < n_sets; ++set) {
    const bool is_dead = before[set] == impossible;
    gains[set] = is_dead ? impossible : bank.log_likelihoods()[set] - before[set];
  }
  std::vector<double> tempered(n_sets);
  add_power(logs, gains, greatest_power(logs, gains, 1.0, 0.5), tempered);
  std::vector<double> weights(n_sets);
  normalise(tempered, weights);
  double mean = 0.0;
  for (std::size_t set = 0; set < n_sets; ++set) {
    const bool says = gains[set] != 0.0;
    mean +=
        weights[set] * (says ? bank.weighing().effective_size(set) : bank.options().n_particles);
  }
  return mean;
}

}  // namespace

std::optional<Fault> boosted_step(Bank& bank, std::uint32_t step, const BoostRule& rule,
                                  std::span<const double> logs, Workers workers) {
  const std::uint32_t n = bank.options().n_particles;
  const std::vector<double> before(bank.log_likelihoods().begin(), bank.log_likelihoods().end());
  std::vector<double> numbers(bank.n_numbers());
  bank.save(numbers, workers);
  for (std::uint32_t factor = 1;; factor *= 4) {
    if (auto fault = bank.step(step, workers)) return fault;
    const bool is_enough = effective_left(bank, before, logs) >= rule.least_effective * n;
    if (is_enough || 4 * factor * n > rule.most_draws) return std::nullopt;
    bank.load(numbers);
    bank.boost({.step = step, .factor = 4 * factor});
  }
}

}  // namespace casus::inference
