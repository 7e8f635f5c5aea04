// How much of a number's variance each of its inputs accounts for, from a design in which sets of
// inputs differ in one.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace casus::inference {

/// What came out at one set of inputs: an average over histories, and its variance, estimated from
/// how they differ (0 where nothing is random). NaN where there is none.
struct NoisyValue {
  double value = 0.0;
  double noise = 0.0;
};

/// Rows of independent draws A and B of all inputs, and for each input the sets A with that one
/// input from B. No two sets share their histories.
struct PickFreeze {
  std::vector<NoisyValue> a;                   ///< (n_rows)
  std::vector<NoisyValue> b;                   ///< (n_rows)
  std::vector<std::vector<NoisyValue>> mixed;  ///< (n_inputs)(n_rows)
};

struct SobolIndex {
  double first = 0.0;  ///< share of the variance that would go if the input were known
  double first_error = 0.0;
  double total = 0.0;  ///< share that would be left if all other inputs were known
  double total_error = 0.0;
};

struct SobolIndices {
  double mean = 0.0;
  double variance = 0.0;  ///< of the average given the inputs, over inputs
  double variance_error = 0.0;
  double noise = 0.0;  ///< mean variance of an average
  std::vector<SobolIndex> inputs{};
  std::size_t n_rows = 0;  ///< with a value in A and B
};

/// Variance-based indices (Sobol' 1993) of the expectation given the inputs: first order by
/// Saltelli et al. 2010 (Computer Physics Communications 181:259-270, table 2, row b, with centred
/// values), total by Jansen 1999. Noise of the averages is subtracted where squares would count it,
/// so that it widens the errors and moves no index. Errors are of ratios of means over rows, to
/// first order. Rows without a value count for no index that needs it. Indices are NaN where there
/// is no variance.
SobolIndices sobol_indices(const PickFreeze& design);

}  // namespace casus::inference
