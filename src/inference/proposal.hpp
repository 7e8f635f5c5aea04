// Where a parameter set may move: proposals of the Metropolis-Hastings kind, fitted to the
// particles at hand.
#pragma once

#include "random/address.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace casus::inference {

/// A normal law of several dimensions.
class Gaussian {
 public:
  /// With the mean and covariance of the rows of `points` (n × n_dimensions) under `weights` (n),
  /// which sum to one; correlations are drawn towards none where the points are few for the
  /// dimensions. Directions in which the points do not differ get a little width.
  Gaussian(std::span<const double> points, std::span<const double> weights,
           std::size_t n_dimensions);

  std::size_t n_dimensions() const { return mean_.size(); }
  std::span<const double> mean() const { return mean_; }
  double covariance(std::size_t i, std::size_t j) const;
  /// Of the Cholesky factor, j <= i.
  double factor(std::size_t i, std::size_t j) const { return factor_[i * mean_.size() + j]; }

  /// to = from + scale * L z, with L the Cholesky factor of the covariance.
  void shift(std::span<const double> from, double scale, std::span<const double> z,
             std::span<double> to) const;

  /// |z|^2 of the z with from + L z = to (Mahalanobis 1936).
  double squared_distance(std::span<const double> from, std::span<const double> to) const;

  /// Up to a constant.
  double log_density(std::span<const double> x) const;

  /// Of the points it was fitted to, by their weights (Kish 1965).
  double effective_points() const { return effective_points_; }

 private:
  void factorise(std::span<const double> points, std::span<const double> weights);

  double effective_points_ = 0.0;
  std::vector<double> mean_;
  std::vector<double> factor_;  ///< lower triangle, row by row (d × d)
};

/// Half of the proposals come from the fitted normal law, a little wider, which forgets where a set
/// stood. Two in five go part of the way there: they leave that law as it is, and few are refused
/// where it fits (preconditioned Crank-Nicolson: Cotter, Roberts, Stuart & White 2013, Statistical
/// Science 28:424-446). The others are steps of a random walk with the law's covariance times
/// 2.38^2 / d, which find what it does not fit (Roberts & Rosenthal 2001, Statistical Science
/// 16:351-367).
class Proposal {
 public:
  Proposal(Gaussian fitted, double walk_factor);

  /// Writes the proposal of `key`; returns log q(from | to) - log q(to | from).
  double propose(random::Key key, std::span<const double> from, std::span<double> to) const;

  /// Whether that of `key` is accepted at this log ratio of target and proposal densities. A ratio
  /// that is NaN is not.
  static bool accepts(random::Key key, double log_ratio);

  enum class Kind : std::uint8_t { independent, partial, walk };
  static Kind kind_of(random::Key key);

  /// How much of where a set stood is forgotten by this move, from 0 to 1: half its squared
  /// distance a dimension, which for independent points of the fitted law is 1 in the mean
  /// (expected squared jumping distance: Pasarica & Gelman 2010, Statistica Sinica 20:343-364).
  double forgotten(std::span<const double> from, std::span<const double> to) const;

 private:
  Gaussian fitted_;
  double width_;  ///< of the law that is proposed from, in the fitted one's standard deviations
  double scale_;  ///< of a step of the walk
};

/// How many moves leave at most the share `left` of where the sets stood, when each forgets the
/// share `forgotten`; from 1 to `most`. After Drovandi & Pettitt 2011, Biometrics 67:225-233,
/// section 3, who count the sets that moved at all; in many dimensions a step of a walk is a small
/// part of the way.
std::size_t moves_needed(double forgotten, double left, std::size_t most);

}  // namespace casus::inference
