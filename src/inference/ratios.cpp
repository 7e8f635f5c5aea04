// Ratios of likelihoods and how far their mean is to be trusted.
#include "inference/ratios.hpp"

#include "base/bug.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::inference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Mean of log(1 - theta x): the shape that goes with theta.
double shape_at(double theta, std::span<const double> x) {
  double sum = 0.0;
  for (const double one : x) sum += std::log1p(-theta * one);
  return sum / static_cast<double>(x.size());
}

}  // namespace

Replayed replay(const ScoredRun& run, std::span<const double> parameters,
                std::span<const Trail> trails, const BankOptions& options, Workers workers) {
  BankOptions own = options;
  own.n_sets = trails.size();
  if (is_exact(run)) own.n_particles = 1;
  Bank bank(run, own);
  Replayed result{.log_likelihoods = {},
                  .fault = bank.begin_on(parameters, {trails.begin(), trails.end()}, workers)};
  for (std::uint32_t step = first_step(run); step <= last_step(run) && !result.fault; ++step) {
    workers.stop_if_asked();
    result.fault = bank.step(step, workers);
    workers.progress.advance(1);
  }
  const std::span<const double> found = bank.log_likelihoods();
  result.log_likelihoods.assign(found.begin(), found.end());
  return result;
}

RatioMean ratio_mean(std::span<const double> weights, std::span<const double> log_ratios) {
  require(weights.size() == log_ratios.size(), "a weight for each ratio");
  std::vector<double> logs;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const bool counts = weights[i] > 0.0 && log_ratios[i] > impossible;
    logs.push_back(counts ? std::log(weights[i]) + log_ratios[i] : impossible);
  }
  return {.log_mean = log_sum(logs), .effective_size = effective_size(logs)};
}

double pareto_shape(std::span<const double> ascending) {
  const std::size_t n = ascending.size();
  const auto count = static_cast<double>(n);
  const auto n_thetas = static_cast<std::size_t>(30.0 + std::sqrt(count));
  const auto m = static_cast<double>(n_thetas);
  constexpr double prior = 3.0;
  const double quartile = ascending[static_cast<std::size_t>(std::floor(count / 4.0 + 0.5)) - 1];
  std::vector<double> thetas;
  std::vector<double> logs;
  for (std::size_t j = 0; j < n_thetas; ++j) {
    const double middle = static_cast<double>(j) + 0.5;
    const double theta = 1.0 / ascending.back() + (1.0 - std::sqrt(m / middle)) / prior / quartile;
    const double shape = shape_at(theta, ascending);
    thetas.push_back(theta);
    logs.push_back(count * (std::log(-theta / shape) - shape - 1.0));
  }
  std::vector<double> weights(logs.size());
  normalise(logs, weights);
  double theta = 0.0;
  for (std::size_t j = 0; j < n_thetas; ++j) theta += weights[j] * thetas[j];
  constexpr double pseudo = 10.0;
  return (shape_at(theta, ascending) * count + 0.5 * pseudo) / (count + pseudo);
}

double pareto_k(std::span<const double> logs) {
  std::vector<double> sorted(logs.begin(), logs.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  const auto n_tail = static_cast<std::size_t>(std::ceil(std::min(0.2 * n, 3.0 * std::sqrt(n))));
  constexpr std::size_t least = 5;
  if (n_tail < least || n_tail >= sorted.size() || !(sorted.back() < infinity)) return infinity;
  const double highest = sorted.back();
  const double threshold = std::exp(sorted[sorted.size() - n_tail - 1] - highest);
  std::vector<double> above;
  for (std::size_t i = sorted.size() - n_tail; i < sorted.size(); ++i)
    above.push_back(std::exp(sorted[i] - highest) - threshold);
  // Ratios that are all alike have no tail.
  constexpr double alike = 1e-12;
  if (above.back() < alike) return -infinity;
  for (double& one : above) one = std::max(one, alike * above.back());
  const double shape = pareto_shape(above);
  if (std::isnan(shape)) return infinity;
  return shape;
}

}  // namespace casus::inference
