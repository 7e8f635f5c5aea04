// The record as dots on what histories of the fitted model do, a panel a series.
#include "base/text.hpp"
#include "case/layout.hpp"
#include "case/palette.hpp"
#include "case/predictive.hpp"
#include "case/svg.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <tuple>

namespace casus::cases {
namespace {

constexpr std::size_t n_across = 2;
constexpr std::size_t most_panels = 16;
constexpr double left = 80.0;
constexpr double width = 360.0;
constexpr double gap_across = 110.0;
constexpr double panel = 110.0;
constexpr double gap = 52.0;
constexpr double top = 64.0;
constexpr std::size_t n_ticks = 4;

/// One series in its place.
class Panel {
 public:
  Panel(Svg& svg, const language::Steps& steps, const ObservedSeries& series, Point corner)
      : svg_(svg), steps_(steps), series_(series), corner_(corner) {}

  void draw() {
    const std::string unit = series_.unit.empty() ? "" : ", " + series_.unit;
    svg_.text({corner_.x, corner_.y - 8.0}, series_.name + unit, Svg::Anchor::start, 13);
    if (series_.is_label()) {
      draw_labels();
    } else {
      draw_numbers();
    }
    for (const std::uint32_t step : {series_.steps.front(), series_.steps.back()}) {
      const bool is_first = step == series_.steps.front();
      if (!is_first && series_.steps.size() == 1) continue;
      svg_.text({x(step), corner_.y + panel + 16.0}, steps_.label(step),
                is_first ? Svg::Anchor::start : Svg::Anchor::end, 11);
    }
  }

 private:
  double x(double step) const {
    const double first = series_.steps.front();
    const double length = std::max(1.0, series_.steps.back() - first);
    return corner_.x + width * (step - first) / length;
  }

  void axis(double y, const std::string& text) {
    svg_.line({corner_.x, y}, {corner_.x + width, y}, palette::axis, 0.5);
    svg_.text({corner_.x - 6.0, y + 4.0}, text, Svg::Anchor::end, 11);
  }

  double dot_size() const { return series_.steps.size() > 120 ? 1.5 : 2.5; }

  // ---- numbers

  double y(double value) const { return corner_.y + panel * (high_ - value) / (high_ - low_); }

  void draw_numbers() {
    const std::vector<PredictedItem> items = predicted_items(series_);
    low_ = 0.0;
    high_ = 0.0;
    for (std::size_t row = 0; row < items.size(); ++row) {
      for (const double value : {items[row].q05, items[row].q95, series_.recorded[row]}) {
        if (!std::isfinite(value)) continue;
        low_ = std::min(low_, value);
        high_ = std::max(high_, value);
      }
    }
    if (high_ <= low_) high_ = low_ + 1.0;
    std::tie(low_, high_) = axis_of(low_, high_, n_ticks);
    for (const double value : ticks(low_, high_, n_ticks))
      axis(y(value), to_text(value == 0.0 ? 0.0 : value, 4));
    // What is recorded in a row of steps has a band; what stands alone a bar.
    for (std::size_t first = 0; first < items.size();) {
      std::size_t end = first + 1;
      while (end < items.size() && series_.steps[end] == series_.steps[end - 1] + 1) ++end;
      draw_stretch(items, first, end);
      first = end;
    }
    for (std::size_t row = 0; row < items.size(); ++row)
      svg_.dot({x(series_.steps[row]), y(series_.recorded[row])}, dot_size(), palette::record);
  }

  std::vector<Point> points(const std::vector<PredictedItem>& items, double PredictedItem::*field,
                            std::size_t first, std::size_t end) const {
    std::vector<Point> points;
    for (std::size_t row = first; row < end; ++row) {
      const double value = items[row].*field;
      if (!std::isfinite(value)) continue;
      const double at = x(series_.steps[row]);
      if (end - first > 1) {
        points.push_back({at, y(value)});
      } else {
        points.push_back({at - 1.5, y(value)});
        points.push_back({at + 1.5, y(value)});
      }
    }
    return points;
  }

  void draw_stretch(const std::vector<PredictedItem>& items, std::size_t first, std::size_t end) {
    using Item = PredictedItem;
    svg_.area(points(items, &Item::q95, first, end), points(items, &Item::q05, first, end),
              palette::model_outer);
    svg_.area(points(items, &Item::q75, first, end), points(items, &Item::q25, first, end),
              palette::model_inner);
    svg_.path(points(items, &Item::q50, first, end), palette::model, 1.5);
  }

  // ---- labels: a row for each, as thick as the share of histories that have it

  void draw_labels() {
    std::vector<double> labels;
    for (std::size_t i = 0; i < series_.labels.size(); ++i)
      labels.push_back(static_cast<double>(i));
    const bool has_none = std::count(series_.recorded.begin(), series_.recorded.end(), -1.0) > 0 ||
                          std::count(series_.predicted.begin(), series_.predicted.end(), -1.0) > 0;
    if (has_none) labels.push_back(-1.0);
    const double height = panel / static_cast<double>(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const double middle = corner_.y + height * (static_cast<double>(i) + 0.5);
      axis(middle, labels[i] < 0 ? "none" : series_.labels[static_cast<std::size_t>(labels[i])]);
      draw_label(labels[i], middle, height);
    }
  }

  void draw_label(double label, double middle, double height) {
    std::vector<Point> upper;
    std::vector<Point> lower;
    const std::size_t n = series_.predicted.size() / series_.steps.size();
    for (std::size_t row = 0; row < series_.steps.size(); ++row) {
      const auto first = series_.predicted.begin() + static_cast<std::ptrdiff_t>(row * n);
      const auto count = std::count(first, first + static_cast<std::ptrdiff_t>(n), label);
      const double half = 0.45 * height * static_cast<double>(count) /
                          static_cast<double>(std::max<std::size_t>(n, 1));
      upper.push_back({x(series_.steps[row]), middle - half});
      lower.push_back({x(series_.steps[row]), middle + half});
    }
    svg_.area(upper, lower, palette::model_inner);
    for (std::size_t row = 0; row < series_.steps.size(); ++row) {
      const std::vector<double>& admitted = series_.admitted[row];
      if (std::find(admitted.begin(), admitted.end(), label) != admitted.end())
        svg_.dot({x(series_.steps[row]), middle}, dot_size(), palette::record);
    }
  }

  Svg& svg_;
  const language::Steps& steps_;
  const ObservedSeries& series_;
  Point corner_;
  double low_ = 0.0;
  double high_ = 1.0;
};

}  // namespace

std::string predictive_svg(const LoadedCase& loaded, const FitChecks& checks) {
  std::vector<const ObservedSeries*> shown;
  std::size_t n_all = 0;
  for (const ObservedSeries& series : checks.series) {
    if (series.predicted.empty()) continue;
    ++n_all;
    if (shown.size() < most_panels) shown.push_back(&series);
  }
  if (shown.empty()) return "";
  const std::size_t n_rows = (shown.size() + n_across - 1) / n_across;
  const std::size_t n_columns = std::min(n_across, shown.size());
  const double height = top + static_cast<double>(n_rows) * (panel + gap) + 36.0;
  const std::string title = fmt::format("{}: the record and the fitted model", loaded.model.title);
  Svg svg(left + static_cast<double>(n_columns) * (width + gap_across), height, title);
  svg.text({left, 24.0}, title, Svg::Anchor::start, 16);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::size_t row = i / n_across;
    const Point corner{.x = left + static_cast<double>(i % n_across) * (width + gap_across),
                       .y = top + static_cast<double>(row) * (panel + gap)};
    Panel(svg, loaded.model.steps, *shown[i], corner).draw();
  }
  std::string note = "Dots: the record.";
  if (shown.size() < n_all)
    note = fmt::format("The first {} of {} series. ", shown.size(), n_all) + note;
  svg.text({left, height - 24.0}, note, Svg::Anchor::start, 10);
  svg.text({left, height - 10.0},
           n_columns == 1 ? "Blue: free histories of the fitted parameters."
                          : "Blue: histories, free from the first step, of the fitted parameters: "
                            "median, middle half, 5 to 95 %; of labels the share that has each.",
           Svg::Anchor::start, 10);
  return svg.take();
}

}  // namespace casus::cases
