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

/// Where weights that are laid end to end begin, and how long they are.
struct Line {
  double start = 0.0;
  double scale = 1.0;  ///< length for each unit of weight
  double shift = 0.0;  ///< added at last
};

/// The bits of results are the same for all kinds of processors.
struct WeightLoops {
  std::string_view target;  ///< Highway's name for it
  /// logs[i] += gains[i]; with no logs as if they were zero.
  Gained (*gain)(double* logs, const double* gains, std::size_t n) = nullptr;
  /// weights[i] = e^(logs[i] - highest); sums and sums of squares of its leaves.
  void (*exponentials)(const double* logs, double highest, double* weights, std::size_t n,
                       double* sums, double* squares) = nullptr;
  /// points[i] = the whole part of (start + scale * (weights of i's leaf up to i)) + shift, below
  /// 2^31. The first leaf starts at `line.start`, each other where the one before it ends: where
  /// the last ends is returned.
  double (*points)(const double* weights, std::size_t n, const Line& line,
                   std::int32_t* points) = nullptr;
  /// numbers[k] = the greatest of `least` and numbers[0] to numbers[k].
  void (*raise)(std::uint32_t* numbers, std::size_t n, std::uint32_t least) = nullptr;
};

/// The fastest this processor can run.
const WeightLoops& weight_loops();

/// For one of `kernel_targets()`; another name is a Bug.
const WeightLoops& weight_loops(std::string_view target);

}  // namespace casus::machine
