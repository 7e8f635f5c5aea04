// Shares of variance as bars.
#include "case/palette.hpp"
#include "case/sensitivity.hpp"
#include "case/svg.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

constexpr double left = 20.0;
constexpr double names = 190.0;
constexpr double width = 230.0;
constexpr double gap_x = 40.0;
constexpr double top = 76.0;
constexpr double row = 18.0;
constexpr double gap_y = 44.0;
constexpr std::size_t most_rows = 8;
constexpr std::size_t most_panels = 12;
constexpr std::size_t panels_a_row = 2;
constexpr double standard_errors = 2.0;

constexpr std::string_view total_color = "#c9d9e8";

/// Shares are drawn from 0 to 1, whatever an estimate is.
double x_of(double corner, double share) {
  return corner + names + width * std::clamp(share, 0.0, 1.0);
}

void draw_bar(Svg& svg, double corner, double y, double share, double thickness,
              std::string_view color) {
  if (std::isfinite(share))
    svg.line({x_of(corner, 0.0), y}, {x_of(corner, share), y}, color, thickness);
}

void draw_error(Svg& svg, double corner, double y, double share, double error) {
  if (!std::isfinite(share) || !std::isfinite(error)) return;
  svg.line({x_of(corner, share - standard_errors * error), y},
           {x_of(corner, share + standard_errors * error), y}, palette::zero, 1.0);
}

void draw_panel(Svg& svg, const Sensitivity& all, const MeasureSensitivity& measure, Point corner) {
  const std::vector<std::size_t> order = in_order(measure);
  const std::size_t n_rows = std::min(most_rows, order.size());
  const double bottom = corner.y + row * static_cast<double>(n_rows);
  svg.text({corner.x + names, corner.y - 10.0}, name_of(all, measure), Svg::Anchor::start, 13);
  for (const double share : {0.0, 0.5, 1.0}) {
    svg.line({x_of(corner.x, share), corner.y}, {x_of(corner.x, share), bottom}, palette::axis,
             0.5);
    svg.text({x_of(corner.x, share), bottom + 12.0}, fmt::format("{:g}", share),
             Svg::Anchor::middle, 10);
  }
  for (std::size_t i = 0; i < n_rows; ++i) {
    const inference::SobolIndex& at = measure.indices.inputs[order[i]];
    const double y = corner.y + row * (static_cast<double>(i) + 0.5);
    svg.text({corner.x + names - 8.0, y + 4.0}, all.parameters[order[i]], Svg::Anchor::end, 11);
    draw_bar(svg, corner.x, y, at.total, 11.0, total_color);
    draw_bar(svg, corner.x, y, at.first, 5.0, palette::model);
    draw_error(svg, corner.x, y - 4.0, at.total, at.total_error);
    draw_error(svg, corner.x, y + 4.0, at.first, at.first_error);
  }
}

}  // namespace

std::string sensitivity_svg(const LoadedCase& loaded, const Sensitivity& sensitivity) {
  std::vector<const MeasureSensitivity*> shown;
  for (const MeasureSensitivity& measure : sensitivity.measures) {
    if (depends_on_parameters(measure) && shown.size() < most_panels) shown.push_back(&measure);
  }
  if (shown.empty()) return {};
  const double height =
      row * static_cast<double>(std::min(most_rows, sensitivity.parameters.size())) + gap_y;
  const std::size_t n_rows = (shown.size() + panels_a_row - 1) / panels_a_row;
  const std::size_t n_columns = std::min(shown.size(), panels_a_row);
  const double bottom = top + static_cast<double>(n_rows) * height;
  const std::string title = fmt::format("{}: what decides its measures", loaded.model.title);
  constexpr double least_width = 620.0;
  Svg svg(
      std::max(least_width, 2.0 * left + static_cast<double>(n_columns) * (names + width + gap_x)),
      bottom + 30.0, title);
  svg.text({left, 28.0}, title, Svg::Anchor::start, 16);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::size_t panel_row = i / panels_a_row;
    const Point corner{left + static_cast<double>(i % panels_a_row) * (names + width + gap_x),
                       top + static_cast<double>(panel_row) * height};
    draw_panel(svg, sensitivity, *shown[i], corner);
  }
  svg.text({left, bottom},
           "Share of the variance between parameter sets: dark, of the parameter alone; light, "
           "with all it acts through.",
           Svg::Anchor::start, 10);
  svg.text(
      {left, bottom + 14.0},
      fmt::format("Lines: two standard errors, from {} pairs of parameter sets. Of the priors, "
                  "not of the record.",
                  sensitivity.n_rows),
      Svg::Anchor::start, 10);
  return svg.take();
}

}  // namespace casus::cases
