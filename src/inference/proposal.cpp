// Fitting, factorising, proposing.
#include "inference/proposal.hpp"

#include "base/bug.hpp"
#include "inference/prior.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace casus::inference {
namespace {

// Sites of the draws of one proposal.
constexpr std::uint32_t site_of_kind = 1;
constexpr std::uint32_t site_of_normals = 2;
constexpr std::uint32_t site_of_acceptance = 3;

/// Of a partial proposal, the share of its deviation from the law's mean that is drawn anew. Of 0.5
/// to 0.8 this gave the least error for its work in a regression of 30 slopes.
constexpr double renewed = 0.6;

/// A law that was fitted to few points is too narrow for where others would lie, by about d / n of
/// its variance. It is widened by that, as far as it costs about half a nat: the divergence of a
/// normal law from one that is wider by the share w is near w^2 in each dimension.
double width_of(const Gaussian& fitted) {
  const auto d = static_cast<double>(fitted.n_dimensions());
  return std::min(std::sqrt(1.0 + d / fitted.effective_points()), 1.0 + std::sqrt(0.5 / d));
}

}  // namespace

Gaussian::Gaussian(std::span<const double> points, std::span<const double> weights,
                   std::size_t n_dimensions)
    : mean_(n_dimensions), factor_(n_dimensions * n_dimensions) {
  require(points.size() == weights.size() * n_dimensions, "as many weights as points");
  for (std::size_t k = 0; k < weights.size(); ++k) {
    for (std::size_t i = 0; i < n_dimensions; ++i) {
      mean_[i] += weights[k] * points[k * n_dimensions + i];
    }
  }
  factorise(points, weights);
}

void Gaussian::factorise(std::span<const double> points, std::span<const double> weights) {
  const std::size_t d = mean_.size();
  const auto at = [this, d](std::size_t i, std::size_t j) -> double& { return factor_[i * d + j]; };
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const std::span<const double> x = points.subspan(k * d, d);
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        at(i, j) += weights[k] * (x[i] - mean_[i]) * (x[j] - mean_[j]);
      }
    }
  }
  // Fewer points than dimensions span a part of the space only: correlations are drawn towards
  // none, as far as the points are few (after Ledoit & Wolf 2004, JMVA 88:365-411).
  double squares = 0.0;
  for (const double weight : weights) squares += weight * weight;
  effective_points_ = 1.0 / squares;
  const auto dimensions = static_cast<double>(d);
  const double trusted = 1.0 / (1.0 + (dimensions - 1.0) * squares);
  for (std::size_t i = 0; i < d; ++i) {
    for (std::size_t j = 0; j < i; ++j) at(i, j) *= trusted;
  }
  constexpr double least_share = 1e-8;
  constexpr double least = 1e-16;
  for (std::size_t i = 0; i < d; ++i) {
    const double before = at(i, i);
    at(i, i) = before * (1.0 + least_share) + least;
    const double floor = before * least_share + least;
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = at(i, j);
      for (std::size_t m = 0; m < j; ++m) sum -= at(i, m) * at(j, m);
      at(i, j) = i == j ? std::sqrt(std::max(sum, floor)) : sum / at(j, j);
    }
  }
}

double Gaussian::covariance(std::size_t i, std::size_t j) const {
  const std::size_t d = mean_.size();
  double sum = 0.0;
  for (std::size_t m = 0; m <= std::min(i, j); ++m) sum += factor_[i * d + m] * factor_[j * d + m];
  return sum;
}

void Gaussian::shift(std::span<const double> from, double scale, std::span<const double> z,
                     std::span<double> to) const {
  const std::size_t d = mean_.size();
  for (std::size_t i = 0; i < d; ++i) {
    double step = 0.0;
    for (std::size_t m = 0; m <= i; ++m) step += factor_[i * d + m] * z[m];
    to[i] = from[i] + scale * step;
  }
}

double Gaussian::squared_distance(std::span<const double> from, std::span<const double> to) const {
  const std::size_t d = mean_.size();
  std::vector<double> z(d);
  double sum = 0.0;
  for (std::size_t i = 0; i < d; ++i) {
    double rest = to[i] - from[i];
    for (std::size_t m = 0; m < i; ++m) rest -= factor_[i * d + m] * z[m];
    z[i] = rest / factor_[i * d + i];
    sum += z[i] * z[i];
  }
  return sum;
}

double Gaussian::log_density(std::span<const double> x) const {
  double sum = -0.5 * squared_distance(mean_, x);
  for (std::size_t i = 0; i < mean_.size(); ++i) sum -= random::log_of(factor(i, i));
  return sum;
}

Proposal::Proposal(Gaussian fitted, double walk_factor)
    : fitted_(std::move(fitted)),
      width_(width_of(fitted_)),
      scale_(walk_factor * 2.38 / std::sqrt(static_cast<double>(fitted_.n_dimensions()))) {}

double Proposal::propose(random::Key key, std::span<const double> from,
                         std::span<double> to) const {
  std::vector<double> z(from.size());
  standard_normals({.key = key, .site = site_of_normals}, z);
  const Kind kind = kind_of(key);
  if (kind == Kind::walk) {
    fitted_.shift(from, scale_, z, to);
    return 0.0;
  }
  const double drawn = kind == Kind::partial ? renewed : 1.0;
  const double kept = std::sqrt(1.0 - drawn * drawn);
  const std::span<const double> mean = fitted_.mean();
  std::vector<double> middle(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) middle[i] = mean[i] + kept * (from[i] - mean[i]);
  fitted_.shift(middle, drawn * width_, z, to);
  return (fitted_.log_density(from) - fitted_.log_density(to)) / (width_ * width_);
}

double Proposal::forgotten(std::span<const double> from, std::span<const double> to) const {
  const auto d = static_cast<double>(fitted_.n_dimensions());
  return std::min(1.0, 0.5 * fitted_.squared_distance(from, to) / d);
}

Proposal::Kind Proposal::kind_of(random::Key key) {
  const double u = random::Stream{.key = key, .site = site_of_kind}.uniform();
  if (u < 0.1) return Kind::walk;
  return u < 0.5 ? Kind::partial : Kind::independent;
}

bool Proposal::accepts(random::Key key, double log_ratio) {
  const double u = random::Stream{.key = key, .site = site_of_acceptance}.uniform();
  return random::log_of(u) < log_ratio;
}

std::size_t moves_needed(double forgotten, double left, std::size_t most) {
  if (forgotten >= 1.0) return 1;
  if (forgotten <= 0.0) return most;
  const double n = std::ceil(random::log_of(left) / random::log1p_of(-forgotten));
  return static_cast<std::size_t>(std::clamp(n, 1.0, static_cast<double>(most)));
}

}  // namespace casus::inference
