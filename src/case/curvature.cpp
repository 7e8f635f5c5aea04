// Differences, eigenvectors, inverses.
#include "case/curvature.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Rotates rows and columns p and q so that their common entry vanishes.
void rotate(Symmetric& matrix, std::vector<std::vector<double>>& vectors, std::size_t p,
            std::size_t q) {
  const double theta = (matrix(q, q) - matrix(p, p)) / (2.0 * matrix(p, q));
  const double sign = theta < 0.0 ? -1.0 : 1.0;
  const double t = sign / (std::abs(theta) + std::sqrt(theta * theta + 1.0));
  const double c = 1.0 / std::sqrt(t * t + 1.0);
  const double s = t * c;
  const auto turn = [c, s](double& x, double& y) {
    const double before = x;
    x = c * before - s * y;
    y = s * before + c * y;
  };
  for (std::size_t k = 0; k < matrix.n; ++k) turn(matrix(k, p), matrix(k, q));
  for (std::size_t k = 0; k < matrix.n; ++k) turn(matrix(p, k), matrix(q, k));
  for (std::size_t k = 0; k < matrix.n; ++k) turn(vectors[p][k], vectors[q][k]);
}

/// Points around `at`, all that the second derivatives with these steps need.
class Stencil {
 public:
  Stencil(std::span<const double> at, std::span<const double> steps)
      : at_(at), steps_(steps), points_(at.begin(), at.end()) {
    const std::size_t d = at.size();
    for (std::size_t i = 0; i < d; ++i) {
      add(i, 1.0, i, 0.0);
      add(i, -1.0, i, 0.0);
    }
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        for (const double a : {1.0, -1.0}) {
          for (const double b : {1.0, -1.0}) add(i, a, j, b);
        }
      }
    }
  }

  const std::vector<double>& points() const { return points_; }

  Symmetric derivatives(const std::vector<double>& heights) const {
    const std::size_t d = at_.size();
    Symmetric result{.n = d, .values = std::vector<double>(d * d)};
    std::size_t next = 1;
    for (std::size_t i = 0; i < d; ++i, next += 2) {
      const double bend = (heights[next] - heights[0]) + (heights[next + 1] - heights[0]);
      result(i, i) = bend / (steps_[i] * steps_[i]);
    }
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < i; ++j, next += 4) {
        const double twist =
            (heights[next] - heights[next + 1]) - (heights[next + 2] - heights[next + 3]);
        result(i, j) = result(j, i) = twist / (4.0 * steps_[i] * steps_[j]);
      }
    }
    return result;
  }

 private:
  void add(std::size_t i, double a, std::size_t j, double b) {
    const std::size_t first = points_.size();
    points_.insert(points_.end(), at_.begin(), at_.end());
    points_[first + i] += a * steps_[i];
    points_[first + j] += b * steps_[j];
  }

  std::span<const double> at_;
  std::span<const double> steps_;
  std::vector<double> points_;
};

/// A twentieth of the width of the top along each coordinate: of what its own bend says.
std::vector<double> fitting_steps(const Heights& heights, std::span<const double> at) {
  constexpr double share = 0.05;
  std::vector<double> steps(at.size(), 1e-3);
  for (int round = 0; round < 2; ++round) {
    std::vector<double> points(at.begin(), at.end());
    for (std::size_t i = 0; i < at.size(); ++i) {
      for (const double sign : {1.0, -1.0}) {
        points.insert(points.end(), at.begin(), at.end());
        points[points.size() - at.size() + i] += sign * steps[i];
      }
    }
    const std::vector<double> found = heights(points);
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double bend = 2.0 * found[0] - found[2 * i + 1] - found[2 * i + 2];
      const double width = steps[i] / std::sqrt(std::max(bend, 1e-300));
      steps[i] = std::isfinite(bend) ? std::clamp(share * width, 1e-7, share) : 1e-4;
    }
  }
  return steps;
}

Symmetric scaled(const Symmetric& matrix, const std::vector<double>& scales) {
  Symmetric result = matrix;
  for (std::size_t i = 0; i < matrix.n; ++i) {
    for (std::size_t j = 0; j < matrix.n; ++j) result(i, j) /= scales[i] * scales[j];
  }
  return result;
}

/// Square roots of the diagonal; 1 where it is not above zero.
std::vector<double> scales_of(const Symmetric& information) {
  std::vector<double> scales(information.n);
  for (std::size_t i = 0; i < scales.size(); ++i)
    scales[i] = information(i, i) > 1e-9 ? std::sqrt(information(i, i)) : 1.0;
  return scales;
}

constexpr double flat_below = 1e-6;

/// What an eigenvector of the scaled information, which bends by `bend` along it, adds.
void add_variance(Symmetric& covariance, const std::vector<double>& vector, double bend,
                  const std::vector<double>& scales) {
  for (std::size_t i = 0; i < covariance.n; ++i) {
    for (std::size_t j = 0; j < covariance.n; ++j)
      covariance(i, j) += vector[i] * vector[j] / bend / scales[i] / scales[j];
  }
}

/// A flat direction leaves the variances of the coordinates it touches unknown.
void forget(Symmetric& covariance, const std::vector<bool>& touched) {
  for (std::size_t i = 0; i < covariance.n; ++i) {
    for (std::size_t j = 0; j < covariance.n; ++j) {
      if (touched[i] || touched[j]) covariance(i, j) = nan;
    }
  }
}

void invert(Curvature& result) {
  const std::size_t n = result.information.n;
  const std::vector<double> scales = scales_of(result.information);
  const Eigen found = eigen(scaled(result.information, scales));
  result.is_top = true;
  result.covariance = {.n = n, .values = std::vector<double>(n * n)};
  std::vector<bool> touched(n);
  for (std::size_t k = 0; k < n; ++k) {
    const std::vector<double>& vector = found.vectors[k];
    if (found.values[k] < -flat_below) result.is_top = false;
    if (found.values[k] < flat_below) {
      std::vector<double> direction(n);
      for (std::size_t i = 0; i < n; ++i) {
        direction[i] = vector[i] / scales[i];
        if (std::abs(vector[i]) > 1e-3) touched[i] = true;
      }
      result.flat.push_back(std::move(direction));
      continue;
    }
    add_variance(result.covariance, vector, found.values[k], scales);
  }
  forget(result.covariance, touched);
}

}  // namespace

Eigen eigen(Symmetric matrix) {
  const std::size_t n = matrix.n;
  std::vector<std::vector<double>> vectors(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) vectors[i][i] = 1.0;
  constexpr int most_sweeps = 60;
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    double off = 0.0;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        off += std::abs(matrix(p, q));
        if (matrix(p, q) != 0.0) rotate(matrix, vectors, p, q);
      }
    }
    if (off < std::numeric_limits<double>::min()) break;
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return matrix(a, a) < matrix(b, b); });
  Eigen result;
  for (const std::size_t k : order) {
    result.values.push_back(matrix(k, k));
    result.vectors.push_back(vectors[k]);
  }
  return result;
}

Symmetric second_derivatives(const Heights& heights, std::span<const double> at,
                             std::span<const double> steps) {
  std::vector<double> halves(steps.begin(), steps.end());
  for (double& step : halves) step *= 0.5;
  const Stencil wide(at, steps);
  const Stencil narrow(at, halves);
  Symmetric result = narrow.derivatives(heights(narrow.points()));
  const Symmetric coarse = wide.derivatives(heights(wide.points()));
  for (std::size_t i = 0; i < result.values.size(); ++i)
    result.values[i] = (4.0 * result.values[i] - coarse.values[i]) / 3.0;
  return result;
}

Curvature curvature(const Heights& heights, std::span<const double> at) {
  Curvature result;
  result.information = second_derivatives(heights, at, fitting_steps(heights, at));
  for (double& value : result.information.values) value = -value;
  result.is_finite = std::all_of(result.information.values.begin(), result.information.values.end(),
                                 [](double value) { return std::isfinite(value); });
  if (result.is_finite) invert(result);
  return result;
}

Peak sharpened(const Heights& heights, Peak peak) {
  constexpr int most_steps = 20;
  constexpr double enough = 1e-14;
  for (int round = 0; round < most_steps; ++round) {
    const Curvature here = curvature(heights, peak.at);
    if (!here.is_finite || !here.is_top) break;
    std::vector<double> steps = fitting_steps(heights, peak.at);
    for (double& step : steps) step *= 0.02;
    const std::vector<double> slopes = gradient(heights, peak.at, steps);
    const std::size_t d = peak.at.size();
    std::vector<double> next = peak.at;
    double gain = 0.0;
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        const double step =
            std::isnan(here.covariance(i, j)) ? 0.0 : here.covariance(i, j) * slopes[j];
        next[i] += step;
        gain += step * slopes[i];
      }
    }
    const double height = heights(next)[0];
    if (!(gain > enough) || !(height >= peak.height - 1e-9)) break;
    peak = {.at = std::move(next), .height = height};
  }
  return peak;
}

}  // namespace casus::cases
