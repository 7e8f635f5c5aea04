// How a surface bends at a point, and what follows of it for whoever stands on its top.
#pragma once

#include "case/climb.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace casus::cases {

/// A symmetric matrix (n × n), row by row.
struct Symmetric {
  std::size_t n = 0;
  std::vector<double> values{};

  double operator()(std::size_t i, std::size_t j) const { return values[i * n + j]; }
  double& operator()(std::size_t i, std::size_t j) { return values[i * n + j]; }
};

/// Eigenvalues, increasing, and eigenvectors, row k of the k-th, of length 1.
struct Eigen {
  std::vector<double> values{};
  std::vector<std::vector<double>> vectors{};
};

/// By Jacobi's rotations (Golub & Van Loan 2013, 8.5).
Eigen eigen(Symmetric matrix);

/// The second derivatives by central differences with steps and half steps, of which Richardson's
/// extrapolation removes the leading error; not finite where a point around has no height.
Symmetric second_derivatives(const Heights& heights, std::span<const double> at,
                             std::span<const double> steps);

/// What the curvature at a top says: `information` is minus the second derivatives. Directions in
/// which it bends by less than a millionth of what its coordinates do by themselves are flat.
struct Curvature {
  Symmetric information{};
  bool is_finite = false;                   ///< false: the rest is empty
  bool is_top = false;                      ///< false: some direction bends upwards
  std::vector<std::vector<double>> flat{};  ///< directions, each (n)
  /// (n × n): inverse of the information where it bends. NaN in rows that flat directions touch.
  Symmetric covariance{};
};
Curvature curvature(const Heights& heights, std::span<const double> at);

/// Newton's steps from a point near the top, as long as they lead upwards.
Peak sharpened(const Heights& heights, Peak peak);

}  // namespace casus::cases
