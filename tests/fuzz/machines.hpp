// One model on both machines: the reference, history by history, and lanes.
#pragma once

#include "fuzz/random_model.hpp"

#include <cstdint>
#include <string>

namespace casus::fuzz {

struct Verdict {
  bool is_accepted = false;  ///< the checks found no error
  std::size_t n_variants = 0;
  std::size_t n_failing = 0;  ///< variants in which some number stopped being finite
  std::string fault{};        ///< what is wrong with casus, or with a model that is to be right
};

/// Checks the model, and runs every variant of it, and its record, on both machines: parameters,
/// measures and failures must be the same, bit for bit.
Verdict on_both_machines(const Texts& texts, std::uint64_t seed);

/// The same where a text need not be right: what its checks accept must run alike.
Verdict examine(const Texts& texts, std::uint64_t seed);

/// The case with a model in which some pieces are exchanged, doubled or lost.
Texts mutated(Texts texts, std::uint64_t seed);

}  // namespace casus::fuzz
