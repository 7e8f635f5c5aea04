// Whether numbers between 0 and 1 may be uniform: their empirical distribution beside a band that
// it stays in as a whole with a given probability.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace casus::inference {

/// Differences between the empirical distribution of a sample and z, at z = k / n_points.
struct EcdfBand {
  std::vector<double> at;     ///< (n_points - 1) z, without 0 and 1 where all is known
  std::vector<double> lower;  ///< least share of values <= z, minus z, that is inside
  std::vector<double> upper;
};

/// At most 100 points; as many as there are values below that.
std::size_t n_ecdf_points(std::size_t n_values);

/// The share of values <= z, minus z, at the points of the band for a sample of this size.
std::vector<double> ecdf_differences(std::span<const double> values);

/// The narrowest band of binomial intervals of one level that all n_values >= 1 uniform values stay
/// in with probability >= `level` (Säilynoja, Bürkner & Vehtari 2022, Statistics and Computing
/// 32:32). The probability is exact: counts in equal cells are independent Poisson counts given
/// their sum.
EcdfBand ecdf_band(std::size_t n_values, double level);

/// Probability that uniform values stray at least as far, at the point where these stray farthest
/// (by their binomial tail). Exact, so at most a share p of uniform samples has a value <= p.
double uniformity_p_value(std::span<const double> values);

}  // namespace casus::inference
