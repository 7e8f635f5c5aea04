// To the top of a smooth surface, known by its heights at many points at once.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace casus::cases {

/// Heights (n) of points (n × d); -inf where there is none.
using Heights = std::function<std::vector<double>(std::span<const double> points)>;

struct Peak {
  std::vector<double> at{};  ///< (d)
  double height = 0.0;
};

/// Steps of central differences, and the reach of each coordinate on either side of 0.
struct Grid {
  double step = 1e-5;
  double reach = 40.0;
};

/// Of the surface at a point where it has a height, by central differences.
std::vector<double> gradient(const Heights& heights, std::span<const double> at,
                             std::span<const double> steps);

/// From `start`, which has a height, by L-BFGS (Nocedal 1980; Liu & Nocedal 1989), and where that
/// loses its way by subplexes (Rowan 1990): methods of NLopt (Johnson 2007). Never lower than the
/// start.
Peak climb(const Heights& heights, std::span<const double> start, const Grid& grid);

}  // namespace casus::cases
