// Binomial tails at each point, and the probability of staying inside all intervals.
#include "inference/uniformity.hpp"

#include "base/bug.hpp"
#include "random/elementary.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::inference {
namespace {

constexpr std::size_t most_points = 100;

/// Counts of values <= z at each point.
std::vector<std::size_t> counts_of(std::span<const double> values) {
  const std::size_t n_points = n_ecdf_points(values.size());
  std::vector<std::size_t> counts(n_points - 1);
  for (const double value : values) {
    for (std::size_t k = 1; k < n_points; ++k) {
      if (value * static_cast<double>(n_points) <= static_cast<double>(k)) ++counts[k - 1];
    }
  }
  return counts;
}

double pmf(std::string_view law, std::size_t count, random::Arguments arguments) {
  return random::exp_of(random::find_law(law)->log_density(static_cast<double>(count), arguments));
}

/// How far counts stray: twice the smaller tail, by point and count.
class Tails {
 public:
  explicit Tails(std::size_t n_values)
      : n_values_(n_values), n_points_(n_ecdf_points(n_values)), twice_((n_points_ - 1) * width()) {
    for (std::size_t k = 1; k < n_points_; ++k) fill(k);
    const std::array mean{static_cast<double>(n_values) / static_cast<double>(n_points_)};
    for (std::size_t count = 0; count <= n_values; ++count)
      in_cell_.push_back(pmf("poisson", count, mean));
    const std::array all{static_cast<double>(n_values)};
    of_sum_ = pmf("poisson", n_values, all);
  }

  std::size_t n_points() const { return n_points_; }
  double at(std::size_t k, std::size_t count) const { return twice_[(k - 1) * width() + count]; }

  /// Probability that all tails are greater than `least`.
  double inside(double least) const {
    std::vector<double> before(width());
    before[0] = 1.0;
    for (std::size_t k = 1; k <= n_points_; ++k) {
      std::vector<double> after(width());
      for (std::size_t count = 0; count <= n_values_; ++count) {
        const bool is_in = k == n_points_ ? count == n_values_ : at(k, count) > least;
        if (is_in) after[count] = reached(before, count);
      }
      before = std::move(after);
    }
    return std::min(1.0, before[n_values_] / of_sum_);
  }

 private:
  std::size_t width() const { return n_values_ + 1; }

  double reached(const std::vector<double>& before, std::size_t count) const {
    double sum = 0.0;
    for (std::size_t from = 0; from <= count; ++from) sum += before[from] * in_cell_[count - from];
    return sum;
  }

  void fill(std::size_t k) {
    const std::array arguments{static_cast<double>(n_values_),
                               static_cast<double>(k) / static_cast<double>(n_points_)};
    std::vector<double> each(width());
    for (std::size_t count = 0; count <= n_values_; ++count)
      each[count] = pmf("binomial", count, arguments);
    double* const row = twice_.data() + (k - 1) * width();
    double sum = 0.0;
    for (std::size_t count = 0; count <= n_values_; ++count) row[count] = sum += each[count];
    sum = 0.0;
    for (std::size_t count = width(); count-- > 0;) {
      sum += each[count];
      row[count] = 2.0 * std::min(row[count], sum);
    }
  }

  std::size_t n_values_;
  std::size_t n_points_;
  std::vector<double> twice_;    ///< (n_points - 1 × n_values + 1)
  std::vector<double> in_cell_;  ///< Poisson probabilities of a cell's count
  double of_sum_ = 1.0;          ///< of all values
};

/// The greatest tail that may be left out so that the rest is kept with this probability.
double least_tail(const Tails& tails, double level) {
  constexpr int halvings = 60;
  double low = 0.0;
  double high = 1.0;
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (tails.inside(middle) >= level ? low : high) = middle;
  }
  return low;
}

}  // namespace

std::size_t n_ecdf_points(std::size_t n_values) {
  return std::clamp<std::size_t>(n_values, 2, most_points);
}

std::vector<double> ecdf_differences(std::span<const double> values) {
  const auto n_points = static_cast<double>(n_ecdf_points(values.size()));
  std::vector<double> differences;
  for (const std::size_t count : counts_of(values)) {
    const double z = static_cast<double>(differences.size() + 1) / n_points;
    differences.push_back(static_cast<double>(count) / static_cast<double>(values.size()) - z);
  }
  return differences;
}

EcdfBand ecdf_band(std::size_t n_values, double level) {
  require(n_values > 0, "a band for no values");
  const Tails tails(n_values);
  const double least = least_tail(tails, level);
  EcdfBand band;
  for (std::size_t k = 1; k < tails.n_points(); ++k) {
    const double z = static_cast<double>(k) / static_cast<double>(tails.n_points());
    std::size_t first = 0;
    while (tails.at(k, first) <= least) ++first;
    std::size_t last = n_values;
    while (tails.at(k, last) <= least) --last;
    band.at.push_back(z);
    band.lower.push_back(static_cast<double>(first) / static_cast<double>(n_values) - z);
    band.upper.push_back(static_cast<double>(last) / static_cast<double>(n_values) - z);
  }
  return band;
}

double uniformity_p_value(std::span<const double> values) {
  require(!values.empty(), "no values");
  const Tails tails(values.size());
  const std::vector<std::size_t> counts = counts_of(values);
  double least = 2.0;
  for (std::size_t k = 1; k < tails.n_points(); ++k)
    least = std::min(least, tails.at(k, counts[k - 1]));
  // the sums behind equal tails may differ in their last bits
  constexpr double rounding = 1e-10;
  return std::clamp(1.0 - tails.inside(least * (1.0 + rounding)), 0.0, 1.0);
}

}  // namespace casus::inference
