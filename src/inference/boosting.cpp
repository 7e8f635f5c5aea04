// Attempts at a step, each with more draws than the last.
#include "inference/boosting.hpp"

#include "inference/temperature.hpp"
#include "inference/weights.hpp"

#include <functional>
#include <vector>

namespace casus::inference {
namespace {

/// The mean over sets of a number of particles; a set of which the step says nothing has all.
double mean_left(const Bank& bank, std::span<const double> before, std::span<const double> logs,
                 const std::function<double(std::size_t set)>& left) {
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
    mean += weights[set] * (says ? left(set) : bank.options().n_particles);
  }
  return mean;
}

/// As it stands before `boost.step`, by the same draws, with what that boost goes back to.
std::optional<Fault> run_again(Bank& bank, const Boost& boost, Workers workers) {
  std::vector<double> parameters;
  for (std::size_t set = 0; set < bank.options().n_sets; ++set)
    parameters.insert(parameters.end(), bank.parameters(set).begin(), bank.parameters(set).end());
  bank.boost(boost);
  if (auto fault = bank.begin_on(parameters, {bank.trails().begin(), bank.trails().end()}, workers))
    return fault;
  for (std::uint32_t step = bank.first_step(); step < boost.step; ++step) {
    workers.stop_if_asked();
    if (auto fault = bank.step(step, workers)) return fault;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fault> boosted_step(Bank& bank, std::uint32_t step, const BoostRule& rule,
                                  std::span<const double> logs, Workers workers) {
  const std::uint32_t n = bank.options().n_particles;
  const double enough = rule.least_effective * n;
  const std::vector<double> before(bank.log_likelihoods().begin(), bank.log_likelihoods().end());
  std::vector<double> numbers(bank.n_numbers());
  bank.save(numbers, workers);
  Boost boost{.step = step};
  while (true) {
    if (auto fault = bank.step(step, workers)) return fault;
    const auto mean_of = [&](const auto& left) { return mean_left(bank, before, logs, left); };
    const bool is_first = step == bank.first_step();
    if (boost.factor > 1 && boost.back == 0 && !is_first &&
        mean_of([&](std::size_t set) { return bank.effective_parents(set); }) < enough) {
      boost.back = 1;
      if (auto fault = run_again(bank, boost, workers)) return fault;
      numbers.resize(bank.n_numbers());
      bank.save(numbers, workers);
      continue;
    }
    const double left =
        mean_of([&](std::size_t set) { return bank.weighing().effective_size(set); });
    if (left >= enough || 4 * boost.factor * n > rule.most_draws) return std::nullopt;
    bank.step_back(numbers);
    boost.factor *= 4;
    bank.boost(boost);
  }
}

}  // namespace casus::inference
