// Means of estimates and their errors.
#include "inference/evidence.hpp"

#include "base/bug.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::inference {
namespace {

double standard_error(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double mean = 0.0;
  for (const double value : values) mean += value / n;
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / (n - 1.0) / n);
}

}  // namespace

Evidence pooled(std::span<const double> log_evidences) {
  require(!log_evidences.empty(), "the evidence of no run");
  Evidence evidence{.log_evidence = log_mean(log_evidences),
                    .standard_error = std::numeric_limits<double>::infinity()};
  const bool is_whole = std::none_of(log_evidences.begin(), log_evidences.end(),
                                     [](double one) { return one == impossible; });
  if (log_evidences.size() == 1 || !is_whole) return evidence;
  std::vector<double> ratios(log_evidences.size());
  normalise(log_evidences, ratios);
  for (double& ratio : ratios) ratio *= static_cast<double>(ratios.size());
  evidence.standard_error = std::max(standard_error(log_evidences), standard_error(ratios));
  return evidence;
}

Repeats repeat(const ScoredRun& run, const Prior& prior, const SmcOptions& options,
               std::uint32_t n_repeats, Workers workers) {
  Repeats repeats;
  for (std::uint32_t k = 0; k < n_repeats; ++k) {
    SmcOptions one = options;
    one.bank.replication = options.bank.replication + k;
    Smc smc(run, prior, one);
    repeats.fault = smc.begin(workers);
    if (!repeats.fault) repeats.fault = smc.finish(workers);
    if (repeats.fault) return repeats;
    repeats.log_evidences.push_back(smc.log_evidence());
  }
  return repeats;
}

}  // namespace casus::inference
