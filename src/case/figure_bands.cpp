// Bands over time, one panel a series.
#include "base/text.hpp"
#include "case/figures.hpp"
#include "case/headlines.hpp"
#include "case/layout.hpp"
#include "case/svg.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <tuple>

namespace casus::cases {
namespace {

constexpr double left = 70.0;
constexpr double width = 620.0;
constexpr double panel = 110.0;
constexpr double gap = 40.0;
constexpr double top = 60.0;
constexpr std::size_t most_panels = 6;
constexpr std::size_t n_ticks = 3;

constexpr std::string_view outer_color = "#dbe6f0";
constexpr std::string_view inner_color = "#a9c4dd";
constexpr std::string_view line_color = "#1f4e79";
constexpr std::string_view axis_color = "#bbbbbb";

/// One series with the place of its panel.
class Panel {
 public:
  Panel(const Bands& bands, std::size_t line, double scale, double upper)
      : bands_(bands), line_(line), scale_(scale), upper_(upper) {
    is_number_ = bands.lines[line].kind == BandLine::Kind::number;
    if (!is_number_) return;
    low_ = 0.0;
    high_ = 0.0;
    for (std::size_t step = 0; step < bands.n_steps(); ++step) {
      const Band& band = bands.at(step, line);
      if (std::isfinite(band.q05)) low_ = std::min(low_, band.q05 / scale);
      if (std::isfinite(band.q95)) high_ = std::max({high_, band.q95 / scale, band.mean / scale});
    }
    if (high_ <= low_) high_ = low_ + 1.0;
    std::tie(low_, high_) = axis_of(low_, high_, n_ticks);
  }

  void draw(Svg& svg, const std::string& name) const {
    svg.text({left, upper_ - 8.0}, name, Svg::Anchor::start, 13);
    for (const double value : ticks(low_, high_, n_ticks)) {
      svg.line({left, y(value)}, {left + width, y(value)}, axis_color, 0.5);
      const std::string text =
          is_number_ ? to_text(value, 4) : fmt::format("{} %", to_text(100.0 * value, 3));
      svg.text({left - 6.0, y(value) + 4.0}, text, Svg::Anchor::end, 11);
    }
    if (is_number_) {
      svg.area(points(&Band::q95), points(&Band::q05), outer_color);
      svg.area(points(&Band::q75), points(&Band::q25), inner_color);
    }
    svg.path(points(is_number_ ? &Band::q50 : &Band::mean), line_color, 1.5);
  }

 private:
  double y(double value) const { return upper_ + panel * (high_ - value) / (high_ - low_); }

  std::vector<Point> points(double Band::*field) const {
    std::vector<Point> points;
    const double last = std::max(1.0, static_cast<double>(bands_.n_steps()) - 1.0);
    for (std::size_t step = 0; step < bands_.n_steps(); ++step) {
      const double value = bands_.at(step, line_).*field / scale_;
      if (!std::isfinite(value)) continue;
      points.push_back({left + width * static_cast<double>(step) / last, y(value)});
    }
    return points;
  }

  const Bands& bands_;
  std::size_t line_;
  double scale_;
  double upper_;
  bool is_number_ = false;
  double low_ = 0.0;
  double high_ = 1.0;
};

std::string note_of(const Bands& bands) {
  return fmt::format(
      "Line: median, or share of histories; dark: middle half; light: 5 to 95 %; of histories 0 to "
      "{}.",
      grouped(bands.n_histories - 1));
}

}  // namespace

std::string bands_svg(const LoadedCase& loaded, const Run& run) {
  const Bands& bands = run.ensemble.bands;
  const std::vector<std::size_t> lines = headline_lines(loaded.model, run, most_panels);
  if (lines.empty() || bands.n_steps() < 2) return "";
  const auto n_panels = static_cast<double>(lines.size());
  const double height = top + n_panels * (panel + gap) + 40.0;
  const std::string title = fmt::format("{}: {}", loaded.model.title, run.name);
  Svg svg(left + width + 30.0, height, title);
  svg.text({left, 24.0}, title, Svg::Anchor::start, 16);
  double upper = top;
  for (const std::size_t i : lines) {
    const language::OutputColumn& column = run.lowered.output_columns[bands.lines[i].output];
    const bool is_number = bands.lines[i].kind == BandLine::Kind::number;
    const std::string unit = column.unit.empty() || !is_number ? "" : ", " + column.unit;
    Panel(bands, i, is_number ? column.scale : 1.0, upper)
        .draw(svg, line_name(bands.lines[i], column) + unit);
    upper += panel + gap;
  }
  const language::Steps& steps = loaded.model.steps;
  const auto label = [&](double share) {
    const double step = bands.first_step + share * static_cast<double>(bands.n_steps() - 1);
    return steps.label(static_cast<std::uint32_t>(step));
  };
  const double below = upper - gap + 18.0;
  svg.text({left, below}, label(0.0), Svg::Anchor::start, 11);
  svg.text({left + width / 2.0, below}, label(0.5), Svg::Anchor::middle, 11);
  svg.text({left + width, below}, label(1.0), Svg::Anchor::end, 11);
  svg.text({left, height - 26.0}, note_of(bands), Svg::Anchor::start, 10);
  svg.text({left, height - 12.0}, "Under the case's assumptions; no forecast.", Svg::Anchor::start,
           10);
  return svg.take();
}

}  // namespace casus::cases
