// Pictures as SVG text: shapes in pixels from the upper left corner.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::cases {

struct Point {
  double x = 0.0;
  double y = 0.0;
};

class Svg {
 public:
  /// `title` is what a reader who cannot see the picture is told.
  Svg(double width, double height, std::string_view title);

  enum class Anchor : unsigned char { start, middle, end };

  void text(Point at, std::string_view text, Anchor anchor = Anchor::start, int size = 12);
  void line(Point from, Point to, std::string_view color, double width = 1.0);
  void path(std::span<const Point> through, std::string_view color, double width);
  void area(std::span<const Point> upper, std::span<const Point> lower, std::string_view color);
  void dot(Point at, double radius, std::string_view color);

  /// The whole picture.
  std::string take();

 private:
  void points(std::span<const Point> points, bool is_first);

  std::string text_;
};

/// Values of an axis to write numbers at: about `n` of 1, 2 or 5 times a power of ten, within
/// [low, high].
std::vector<double> ticks(double low, double high, std::size_t n);

/// An axis from a tick to a tick that holds `low` to `high`; `low` < `high`.
std::pair<double, double> axis_of(double low, double high, std::size_t n);

}  // namespace casus::cases
