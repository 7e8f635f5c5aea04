// A parameter between the edges of what its prior allows, as any real number: where a climb needs
// no fences.
#pragma once

#include "random/law.hpp"

#include <limits>

namespace casus::cases {

/// The values a prior can give, and a smooth map of them from the real line: a shift where nothing
/// bounds them, an exponential above an edge, a logistic between two. The prior's median is at 0,
/// and a step of 1 is of the size of its spread.
class Coordinate {
 public:
  /// `arguments` valid.
  Coordinate(const random::Law& law, random::Arguments arguments);

  double value(double coordinate) const;
  double coordinate(double value) const;
  /// d value / d coordinate.
  double slope(double coordinate) const;

  /// The prior's interquartile range over that of a standard normal.
  double spread() const { return spread_; }
  double low() const { return low_; }
  double high() const { return high_; }

  /// The edge that a value is within a hundredth of the spread of; NaN where there is none.
  double edge_near(double value) const;

 private:
  bool has_low() const { return low_ > -std::numeric_limits<double>::infinity(); }
  bool has_high() const { return high_ < std::numeric_limits<double>::infinity(); }
  /// On the scale where steps are of no size: log, logit or the value itself.
  double stretched(double value) const;

  double low_ = -std::numeric_limits<double>::infinity();
  double high_ = std::numeric_limits<double>::infinity();
  double centre_ = 0.0;  ///< of the stretched scale
  double step_ = 1.0;    ///< on the stretched scale
  double spread_ = 1.0;
};

}  // namespace casus::cases
