// Real numbers to values that priors give.
#include "case/coordinate.hpp"

#include "random/elementary.hpp"

#include <algorithm>
#include <cmath>

namespace casus::cases {
namespace {

constexpr double normal_quartiles = 1.3489795003921634;  // 2 times the upper quartile
constexpr double least_probability = 0x1p-1022;
constexpr double greatest_probability = 1.0 - 0x1p-53;

constexpr double impossible = -std::numeric_limits<double>::infinity();
constexpr double far = 1e100;

}  // namespace

Coordinate::Coordinate(const random::Law& law, random::Arguments arguments) {
  const double lower = law.quantile(0.25, arguments);
  const double median = law.quantile(0.5, arguments);
  const double upper = law.quantile(0.75, arguments);
  spread_ = (upper - lower) / normal_quartiles;
  switch (law.support) {
    case random::Support::positive: low_ = 0.0; break;
    case random::Support::unit:
      low_ = 0.0;
      high_ = 1.0;
      break;
    default: {
      const double least = law.quantile(least_probability, arguments);
      const double greatest = law.quantile(greatest_probability, arguments);
      // A law with heavy tails has quantiles that spread does not reach beyond.
      if (law.log_density(least - spread_, arguments) == impossible && least > -far) low_ = least;
      if (law.log_density(greatest + spread_, arguments) == impossible && greatest < far)
        high_ = greatest;
    }
  }
  centre_ = stretched(median);
  step_ = (stretched(upper) - stretched(lower)) / normal_quartiles;
}

double Coordinate::stretched(double value) const {
  if (!has_low() && !has_high()) return value;
  if (!has_high()) return random::log_of(value - low_);
  if (!has_low()) return -random::log_of(high_ - value);
  return random::log_of((value - low_) / (high_ - value));
}

double Coordinate::coordinate(double value) const { return (stretched(value) - centre_) / step_; }

double Coordinate::value(double coordinate) const {
  const double at = centre_ + step_ * coordinate;
  if (!has_low() && !has_high()) return at;
  if (!has_high()) return low_ + random::exp_of(at);
  if (!has_low()) return high_ - random::exp_of(-at);
  return std::clamp(low_ + (high_ - low_) * random::logistic_of(at), low_, high_);
}

double Coordinate::slope(double coordinate) const {
  const double at = centre_ + step_ * coordinate;
  if (!has_low() && !has_high()) return step_;
  if (!has_high()) return step_ * random::exp_of(at);
  if (!has_low()) return step_ * random::exp_of(-at);
  return step_ * (high_ - low_) * random::logistic_of(at) * random::logistic_of(-at);
}

double Coordinate::edge_near(double value) const {
  constexpr double share = 0.01;
  if (value - low_ < share * spread_) return low_;
  if (high_ - value < share * spread_) return high_;
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace casus::cases
