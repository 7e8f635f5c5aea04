// The measures of a run as plain numbers, for tests.
#pragma once

#include "case/ensemble.hpp"

#include <bit>
#include <vector>

namespace casus::cases {

/// (n_histories × n_outputs)
inline std::vector<double> measures_of(const Ensemble& ensemble) {
  const MeasureTable& table = ensemble.measures;
  std::vector<double> all;
  for (std::size_t history = 0; history < table.n_histories(); ++history) {
    for (std::uint32_t output = 0; output < table.n_outputs(); ++output) {
      all.push_back(table.value(history, output));
    }
  }
  return all;
}

inline std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
  std::vector<std::uint64_t> all;
  for (const double value : values) all.push_back(std::bit_cast<std::uint64_t>(value));
  return all;
}

}  // namespace casus::cases
