// One variant on both machines, step by step.
#pragma once

#include "case/ensemble.hpp"

#include <string>

namespace casus::fuzz {

struct Stepwise {
  bool is_failing = false;   ///< some number stopped being finite, on both machines
  std::string difference{};  ///< empty when both say the same
};

/// Start, every output of every step, scores of a record among them, states and measures of all
/// histories: bit for bit, and failures in the same step of the same block. `parameters`
/// (n_sets × n_parameters).
Stepwise run_stepwise(const language::Lowered& lowered, const cases::EnsembleOptions& options,
                      std::span<const double> parameters);

bool same_bits(double a, double b);

}  // namespace casus::fuzz
