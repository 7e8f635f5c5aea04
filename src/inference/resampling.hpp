// Choosing parents by weight: each scheme is a row of a table.
#pragma once

#include "random/address.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace casus::inference {

/// Weights are finite and not negative, with a positive sum, which need not be one.
using Weights = std::span<const double>;

/// Chooses parents[k], in ascending order, so that the expected number of children of i is
/// parents.size() times its share of the weight. A weight of zero is never chosen. Uniform number k
/// of the choice is that of slot k of `at`.
using Resample = void (*)(Weights weights, const random::Stream& at,
                          std::span<std::uint32_t> parents);

struct Scheme {
  std::string_view name;
  Resample resample = nullptr;
  std::string_view source;
};

/// The one to take without a reason for another comes first.
std::span<const Scheme> schemes();

/// nullptr when there is none of that name.
const Scheme* find_scheme(std::string_view name);

/// Whether the scheme can be done part by part as below.
bool is_systematic(const Scheme& scheme);

/// A stretch of the weights of one systematic choice, for dividing a long one among threads. The
/// points are u, u + 1, u + 2, ...; a weight takes those in its stretch of the line.
struct SystematicPart {
  Weights weights;
  std::uint32_t first = 0;  ///< index of the first weight
  double before = 0.0;      ///< where its stretch begins
  double end = 0.0;         ///< where the last one ends
  double scale = 1.0;       ///< length for each unit of weight
};

/// How many points lie below `position`, of `n`.
std::uint32_t points_below(double position, double u, std::uint32_t n);

/// Writes the parents that the part takes: those from points_below(before) to points_below(end).
void choose_part(const SystematicPart& part, double u, std::span<std::uint32_t> parents);

}  // namespace casus::inference
