// Log evidence from independent runs.
#pragma once

#include "inference/smc.hpp"

#include <functional>
#include <span>
#include <vector>

namespace casus::inference {

struct Evidence {
  double log_evidence = 0.0;    ///< log of the mean of the estimates
  double standard_error = 0.0;  ///< of that; infinite from one run, or where a run found nothing
};

/// Of independent estimates of one log evidence. The error is the greater of two: the standard
/// deviation of the logs over the root of their number, and that of the mean of the estimates
/// relative to it, which a few dominant runs make too small.
Evidence pooled(std::span<const double> log_evidences);

/// The log evidences of the replications `first`, `first` + 1, ... of the options; each is what a
/// sampler of that replication gives alone.
struct Repeats {
  std::vector<double> log_evidences{};
  std::optional<Fault> fault{};
};
Repeats repeat(const ScoredRun& run, const Prior& prior, const SmcOptions& options,
               std::uint32_t n_repeats, Workers workers);

}  // namespace casus::inference
