// Writing SVG.
#include "case/svg.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    switch (letter) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += letter;
    }
  }
  return result;
}

/// 1, 2 or 5 times a power of ten, `n` or fewer of which span the axis.
double step_of(double low, double high, std::size_t n) {
  const double rough = (high - low) / static_cast<double>(n);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10.0 * power;
  for (const double times : {5.0, 2.0, 1.0}) {
    if (times * power >= rough) step = times * power;
  }
  return step;
}

std::string_view name_of(Svg::Anchor anchor) {
  switch (anchor) {
    case Svg::Anchor::start: return "start";
    case Svg::Anchor::middle: return "middle";
    case Svg::Anchor::end: break;
  }
  return "end";
}

}  // namespace

Svg::Svg(double width, double height, std::string_view title)
    : text_(fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
                        "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\" "
                        "font-family=\"sans-serif\">\n<title>{2}</title>\n"
                        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
                        width, height, escaped(title))) {}

void Svg::text(Point at, std::string_view text, Anchor anchor, int size) {
  text_ += fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" text-anchor=\"{}\" fill=\"#333333\">{}"
      "</text>\n",
      at.x, at.y, size, name_of(anchor), escaped(text));
}

void Svg::line(Point from, Point to, std::string_view color, double width) {
  text_ += fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
      "stroke-width=\"{}\"/>\n",
      from.x, from.y, to.x, to.y, color, width);
}

void Svg::points(std::span<const Point> points, bool is_first) {
  for (const Point& at : points) {
    text_ += fmt::format("{}{:.1f} {:.1f}", is_first ? "M" : "L", at.x, at.y);
    is_first = false;
  }
}

void Svg::path(std::span<const Point> through, std::string_view color, double width) {
  text_ += "<path d=\"";
  points(through, true);
  text_ += fmt::format("\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>\n", color, width);
}

void Svg::area(std::span<const Point> upper, std::span<const Point> lower, std::string_view color) {
  text_ += "<path d=\"";
  points(upper, true);
  const std::vector<Point> back(lower.rbegin(), lower.rend());
  points(back, false);
  text_ += fmt::format("Z\" fill=\"{}\"/>\n", color);
}

void Svg::dot(Point at, double radius, std::string_view color) {
  text_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\"/>\n", at.x, at.y,
                       radius, color);
}

std::string Svg::take() { return std::move(text_) + "</svg>\n"; }

std::vector<double> ticks(double low, double high, std::size_t n) {
  if (!(high > low) || n == 0) return {low};
  const double step = step_of(low, high, n);
  std::vector<double> values;
  const double first = std::ceil(low / step);
  const auto tick = [&](std::size_t i) { return (first + static_cast<double>(i)) * step; };
  for (std::size_t i = 0; tick(i) <= high + 1e-9 * step; ++i) values.push_back(tick(i));
  return values;
}

std::pair<double, double> axis_of(double low, double high, std::size_t n) {
  constexpr double near = 1e-9;  // a value on a tick needs no further one
  const double step = step_of(low, high, n);
  return {step * std::floor(low / step + near), step * std::ceil(high / step - near)};
}

}  // namespace casus::cases
