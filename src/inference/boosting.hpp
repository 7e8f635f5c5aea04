// A step is taken again, boosted, until enough particles outlive it.
#pragma once

#include "inference/bank.hpp"

#include <optional>
#include <span>

namespace casus::inference {

struct BoostRule {
  double least_effective = 0.25;        ///< share of a set's particles
  std::uint32_t most_draws = 1U << 14;  ///< of a set in one step
};

/// As `bank.step`. Where that leaves a set, in the mean over sets, fewer effective particles than
/// the rule asks, the step is taken again with four times the draws, and so on; the bank keeps the
/// boost that was enough. Where particles that outlive it then come of fewer effective parents than
/// that, the step before is boosted with it. Each attempt has draws of its own, and the last one
/// counts. `logs` (n_sets) are the logs of the sets' weights before the step: the mean is by these
/// and as much of what the step says as leaves an effective half of the sets, since one that is far
/// from what was observed needs no better.
[[nodiscard]] std::optional<Fault> boosted_step(Bank& bank, std::uint32_t step,
                                                const BoostRule& rule, std::span<const double> logs,
                                                Workers workers);

}  // namespace casus::inference
