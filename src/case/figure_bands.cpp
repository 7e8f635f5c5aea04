// Bands over time, one panel a series.
#include "base/text.hpp"
#include "case/figures.hpp"
#include "case/headlines.hpp"
#include "case/layout.hpp"
#include "case/palette.hpp"
#include "case/svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <tuple>
#include <utility>

namespace casus::cases {
namespace {

constexpr double left = 70.0;
constexpr double width = 620.0;
constexpr double right = 90.0;
constexpr double panel = 110.0;
constexpr double gap = 40.0;
constexpr double top = 60.0;
constexpr std::size_t most_panels = 6;
constexpr std::size_t n_ticks = 3;

/// Labels of a state from the bottom up.
constexpr std::array<std::string_view, 6> share_colors{"#a9c4dd", "#efdcc5", "#6390b9",
                                                       "#e3e7eb", "#c79a6c", "#8fa99b"};

double x_of(const Bands& bands, double step) {
  return left + width * step / std::max(1.0, static_cast<double>(bands.n_steps()) - 1.0);
}

void draw_axis(Svg& svg, double y, const std::string& text) {
  svg.line({left, y}, {left + width, y}, palette::axis, 0.5);
  svg.text({left - 6.0, y + 4.0}, text, Svg::Anchor::end, 11);
}

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
      draw_axis(svg, y(value),
                is_number_ ? to_text(value, 4) : fmt::format("{} %", to_text(100.0 * value, 3)));
    }
    if (is_number_) {
      svg.area(points(&Band::q95), points(&Band::q05), palette::model_outer);
      svg.area(points(&Band::q75), points(&Band::q25), palette::model_inner);
    }
    svg.path(points(is_number_ ? &Band::q50 : &Band::mean), palette::model, 1.5);
  }

 private:
  double y(double value) const { return upper_ + panel * (high_ - value) / (high_ - low_); }

  std::vector<Point> points(double Band::*field) const {
    std::vector<Point> points;
    for (std::size_t step = 0; step < bands_.n_steps(); ++step) {
      const double value = bands_.at(step, line_).*field / scale_;
      if (!std::isfinite(value)) continue;
      points.push_back({x_of(bands_, static_cast<double>(step)), y(value)});
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

/// The shares of all labels of an output, one on the other, and their names at the right.
void draw_shares(Svg& svg, const Bands& bands, std::uint32_t output,
                 const language::OutputColumn& column, double upper) {
  svg.text({left, upper - 8.0}, column.name, Svg::Anchor::start, 13);
  std::vector<double> below(bands.n_steps(), 0.0);
  double name_at = upper + panel + 14.0;  // of the last name, below which none stands
  std::size_t n_drawn = 0;
  for (std::size_t line = 0; line < bands.lines.size(); ++line) {
    if (bands.lines[line].output != output) continue;
    std::vector<Point> lower;
    std::vector<Point> higher;
    for (std::size_t step = 0; step < bands.n_steps(); ++step) {
      const double x = x_of(bands, static_cast<double>(step));
      lower.push_back({x, upper + panel * (1.0 - below[step])});
      below[step] += bands.at(step, line).mean;
      higher.push_back({x, upper + panel * (1.0 - below[step])});
    }
    const bool is_empty = std::equal(lower.begin(), lower.end(), higher.begin(),
                                     [](const Point& a, const Point& b) { return a.y == b.y; });
    if (is_empty) continue;
    svg.area(higher, lower, share_colors.at(n_drawn++ % share_colors.size()));
    name_at = std::min(name_at - 13.0, (lower.back().y + higher.back().y) / 2.0 + 4.0);
    const std::int32_t label = bands.lines[line].label;
    svg.text({left + width + 6.0, name_at},
             label < 0 ? "none" : column.labels.at(static_cast<std::size_t>(label)),
             Svg::Anchor::start, 11);
  }
  for (const double share : {0.0, 0.5, 1.0})
    draw_axis(svg, upper + panel * (1.0 - share), fmt::format("{:.0f} %", 100.0 * share));
}

/// Steps with a round year, or a round number, as their label.
std::vector<std::pair<std::uint32_t, std::string>> round_steps(const language::Steps& steps,
                                                               const Bands& bands) {
  constexpr std::size_t n_labels = 7;
  const auto time_of = [&](std::uint32_t step) {
    const std::string label = steps.label(step);
    const bool is_date = steps.kind == language::Steps::Kind::calendar;
    return parse_number(is_date ? label.substr(0, 4) : label).value_or(0.0);
  };
  const auto n_steps = static_cast<std::uint32_t>(bands.n_steps());
  std::vector<std::pair<std::uint32_t, std::string>> found;
  std::uint32_t step = 0;
  for (const double value :
       ticks(time_of(bands.first_step), time_of(bands.first_step + n_steps - 1), n_labels)) {
    while (step + 1 < n_steps && time_of(bands.first_step + step) < value - 1e-9) ++step;
    const bool is_whole = value == std::round(value);
    if (!is_whole && steps.kind == language::Steps::Kind::calendar) continue;
    found.emplace_back(step, to_text(value, 6));
  }
  return found;
}

void draw_time(Svg& svg, const language::Steps& steps, const Bands& bands, double bottom) {
  for (const auto& [step, text] : round_steps(steps, bands)) {
    const double x = x_of(bands, step);
    svg.line({x, bottom}, {x, bottom + 4.0}, palette::axis, 1.0);
    svg.text({x, bottom + 18.0}, text, Svg::Anchor::middle, 11);
  }
}

std::string note_of(const Bands& bands, const language::Steps& steps) {
  const auto last = static_cast<std::uint32_t>(bands.first_step + bands.n_steps() - 1);
  return fmt::format(
      "{} to {}. Line: median; dark: middle half; light: 5 to 95 %; areas: shares; of histories 0 "
      "to {}.",
      steps.label(bands.first_step), steps.label(last), grouped(bands.n_histories - 1));
}

/// Lines of which each has a panel: all numbers, and one for all labels of an output.
std::vector<std::size_t> panels_of(const Bands& bands, const std::vector<std::size_t>& lines) {
  std::vector<std::size_t> panels;
  for (const std::size_t i : lines) {
    const bool is_there = std::any_of(panels.begin(), panels.end(), [&](std::size_t other) {
      return bands.lines[other].output == bands.lines[i].output;
    });
    if (!is_there) panels.push_back(i);
  }
  return panels;
}

}  // namespace

std::string bands_svg(const LoadedCase& loaded, const Run& run) {
  const Bands& bands = run.ensemble.bands;
  const std::vector<std::size_t> panels =
      panels_of(bands, headline_lines(loaded.model, run, most_panels));
  if (panels.empty() || bands.n_steps() < 2) return "";
  const double height = top + static_cast<double>(panels.size()) * (panel + gap) + 40.0;
  const std::string title = fmt::format("{}: {}", loaded.model.title, run.name);
  Svg svg(left + width + right, height, title);
  svg.text({left, 24.0}, title, Svg::Anchor::start, 16);
  double upper = top;
  for (const std::size_t i : panels) {
    const BandLine& line = bands.lines[i];
    const language::OutputColumn& column = run.lowered.output_columns[line.output];
    if (line.kind == BandLine::Kind::label) {
      draw_shares(svg, bands, line.output, column, upper);
    } else {
      const bool is_number = line.kind == BandLine::Kind::number;
      const std::string unit = column.unit.empty() || !is_number ? "" : ", " + column.unit;
      Panel(bands, i, is_number ? column.scale : 1.0, upper).draw(svg, column.name + unit);
    }
    upper += panel + gap;
  }
  draw_time(svg, loaded.model.steps, bands, upper - gap);
  svg.text({left, height - 26.0}, note_of(bands, loaded.model.steps), Svg::Anchor::start, 10);
  svg.text({left, height - 12.0}, "Under the case's assumptions; no forecast.", Svg::Anchor::start,
           10);
  return svg.take();
}

}  // namespace casus::cases
