// Draws that are made of the builder's operations and laws.
#pragma once

#include "machine/builder.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace casus::machine {

/// The number of a category, 0, 1, ..., drawn in proportion to its weight (n_categories, at least
/// one) by one uniform, which is compared with the sums of the weights in their order; the last
/// category takes what rounding leaves. Weights must be zero or more. A sum that is not positive
/// fails like the invalid argument of a law. Devroye 1986, "Non-uniform random variate generation",
/// section III.2.1.
Value categorical(Builder& builder, std::span<const Value> weights, std::uint32_t site);

/// How many of `n`, a whole number, fall to each of the categories, (n_categories) numbers whose
/// sum is n: binomial counts one after another, each of what is left by those before and each at a
/// site of its own (n_categories - 1), and the last category takes the rest. Probabilities must be
/// zero or more and need not sum to one; if all are zero the last category takes all. What is
/// neither fails like the invalid argument of a law. Devroye 1986, section XI.1.2.
std::vector<Value> multinomial(Builder& builder, Value n, std::span<const Value> probabilities,
                               std::span<const std::uint32_t> sites);

}  // namespace casus::machine
