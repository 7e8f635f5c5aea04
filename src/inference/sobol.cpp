// Ratios of means over rows.
#include "inference/sobol.hpp"

#include <cmath>
#include <limits>

namespace casus::inference {
namespace {

struct RatioOfMeans {
  double value = std::numeric_limits<double>::quiet_NaN();
  double error = std::numeric_limits<double>::quiet_NaN();
};

double mean_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Standard error of the mean of what is left when the means are subtracted; values are about zero.
double error_of(std::span<const double> residuals) {
  const auto n = static_cast<double>(residuals.size());
  double squares = 0.0;
  for (const double residual : residuals) squares += residual * residual;
  return std::sqrt(squares / (n * (n - 1.0)));
}

/// By linearisation: residuals are numerator - ratio * denominator.
RatioOfMeans ratio_of(std::span<const double> numerators, std::span<const double> denominators) {
  if (numerators.size() < 2) return {};
  const double below = mean_of(denominators);
  if (!(below > 0.0)) return {};
  const double value = mean_of(numerators) / below;
  std::vector<double> residuals;
  for (std::size_t row = 0; row < numerators.size(); ++row)
    residuals.push_back(numerators[row] - value * denominators[row]);
  return {.value = value, .error = error_of(residuals) / below};
}

class Design {
 public:
  explicit Design(const PickFreeze& sets) : sets_(sets) {
    for (std::size_t row = 0; row < sets.a.size(); ++row) {
      if (has_value(sets.a[row]) && has_value(sets.b[row])) rows_.push_back(row);
    }
    double sum = 0.0;
    for (const std::size_t row : rows_) sum += sets.a[row].value + sets.b[row].value;
    mean_ = rows_.empty() ? std::numeric_limits<double>::quiet_NaN()
                          : sum / (2.0 * static_cast<double>(rows_.size()));
  }

  SobolIndices indices() const {
    SobolIndices result{.mean = mean_, .n_rows = rows_.size()};
    std::vector<double> variances;
    std::vector<double> noise;
    for (const std::size_t row : rows_) {
      variances.push_back(variance_in(row));
      noise.push_back(0.5 * (sets_.a[row].noise + sets_.b[row].noise));
    }
    if (rows_.empty()) return result;
    const RatioOfMeans variance = ratio_of(variances, std::vector<double>(rows_.size(), 1.0));
    result.variance = variance.value;
    result.variance_error = variance.error;
    result.noise = mean_of(noise);
    for (const std::vector<NoisyValue>& mixed : sets_.mixed) result.inputs.push_back(index(mixed));
    return result;
  }

 private:
  static bool has_value(const NoisyValue& at) { return std::isfinite(at.value); }

  /// Half the squares of both draws around the mean, without what is noise.
  double variance_in(std::size_t row) const {
    const double a = sets_.a[row].value - mean_;
    const double b = sets_.b[row].value - mean_;
    return 0.5 * (a * a + b * b - sets_.a[row].noise - sets_.b[row].noise);
  }

  SobolIndex index(const std::vector<NoisyValue>& mixed) const {
    std::vector<double> first;
    std::vector<double> total;
    std::vector<double> variances;
    for (const std::size_t row : rows_) {
      if (!has_value(mixed[row])) continue;
      const double change = mixed[row].value - sets_.a[row].value;
      first.push_back((sets_.b[row].value - mean_) * change);
      total.push_back(0.5 * (change * change - sets_.a[row].noise - mixed[row].noise));
      variances.push_back(variance_in(row));
    }
    const RatioOfMeans of_first = ratio_of(first, variances);
    const RatioOfMeans of_total = ratio_of(total, variances);
    return {.first = of_first.value,
            .first_error = of_first.error,
            .total = of_total.value,
            .total_error = of_total.error};
  }

  const PickFreeze& sets_;
  std::vector<std::size_t> rows_;
  double mean_ = 0.0;
};

}  // namespace

SobolIndices sobol_indices(const PickFreeze& design) { return Design(design).indices(); }

}  // namespace casus::inference
