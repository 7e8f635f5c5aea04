// A page of small panels of one size.
#include "case/panels.hpp"

namespace casus::cases::panels {
namespace {

constexpr double left = 20.0;
constexpr double top = 70.0;
constexpr double gap_x = 20.0;
constexpr double gap_y = 34.0;
constexpr std::size_t a_row = 4;

double bottom(std::size_t n) {
  const std::size_t n_rows = (n + a_row - 1) / a_row;
  return top + static_cast<double>(n_rows) * (height + gap_y);
}

}  // namespace

Point corner(std::size_t i) {
  const std::size_t row = i / a_row;
  return {left + static_cast<double>(i % a_row) * (width + gap_x),
          top + static_cast<double>(row) * (height + gap_y)};
}

Svg page(std::size_t n, const std::string& title) {
  Svg svg(left + a_row * (width + gap_x), bottom(n) + 40.0, title);
  svg.text({left, 28.0}, title, Svg::Anchor::start, 16);
  return svg;
}

void notes(Svg& svg, std::size_t n, const std::string& first, const std::string& second) {
  svg.text({left, bottom(n) + 8.0}, first, Svg::Anchor::start, 10);
  svg.text({left, bottom(n) + 22.0}, second, Svg::Anchor::start, 10);
}

void heading(Svg& svg, Point corner, const std::string& name, const std::string& figure) {
  svg.text({corner.x, corner.y - 6.0}, name, Svg::Anchor::start, 11);
  svg.text({corner.x + width, corner.y - 6.0}, figure, Svg::Anchor::end, 10);
}

}  // namespace casus::cases::panels
