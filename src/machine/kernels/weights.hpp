// Loops over the weights of particles, in a form for each kind of processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casus::machine {

/// What came of logs that gained something.
struct Gained {
  double highest = 0.0;  ///< of the logs, where none is bad
  bool says = false;     ///< some gain is not zero
  bool has_bad = false;  ///< some log is NaN or +infinity
};

/// Numbers are summed by leaves of 64: eight sums, of every eighth number, in pairs of neighbours.
inline constexpr std::size_t weight_leaf = 64;

/// The bits of results are the same for all kinds of processors.
struct WeightLoops {
  std::string_view target;  ///< Highway's name for it
  /// logs[i] += gains[i]; with no logs as if they were zero.
  Gained (*gain)(double* logs, const double* gains, std::size_t n) = nullptr;
  /// weights[i] = e^(logs[i] - highest); sums and sums of squares of its leaves.
  void (*exponentials)(const double* logs, double highest, double* weights, std::size_t n,
                       double* sums, double* squares) = nullptr;
  /// wholes[i] = the whole part of (start + scale * numbers[i]) + shift, below 2^31.
  void (*whole_parts)(const double* numbers, std::size_t n, double start, double scale,
                      double shift, std::int32_t* wholes) = nullptr;
};

/// The fastest this processor can run.
const WeightLoops& weight_loops();

/// For one of `kernel_targets()`; another name is a Bug.
const WeightLoops& weight_loops(std::string_view target);

}  // namespace casus::machine
