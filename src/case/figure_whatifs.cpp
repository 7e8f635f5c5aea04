// Differences as dots with intervals.
#include "base/text.hpp"
#include "case/figures.hpp"
#include "case/headlines.hpp"
#include "case/palette.hpp"
#include "case/svg.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

constexpr double names_width = 230.0;
constexpr double column_width = 210.0;
constexpr double column_gap = 30.0;
constexpr double row_height = 20.0;
constexpr double top = 84.0;
constexpr double standard_errors = 2.0;

/// One measure: the same scale for all what-ifs.
class Column {
 public:
  Column(const Runs& runs, std::size_t comparison, double x) : comparison_(comparison), x_(x) {
    for (const PairedRun& paired : runs.whatifs) {
      const Estimate& difference = paired.comparisons[comparison].difference;
      if (!std::isfinite(difference.value)) continue;
      const double reach = half_width(difference);
      low_ = std::min(low_, difference.value - reach);
      high_ = std::max(high_, difference.value + reach);
    }
    if (high_ <= low_) high_ = low_ + 1.0;
  }

  void draw_axis(Svg& svg, const std::string& name, bool is_share, double bottom) const {
    svg.text({x_ + column_width / 2.0, top - 26.0}, is_share ? name + ", points" : name,
             Svg::Anchor::middle, 12);
    constexpr std::size_t n_ticks = 4;
    for (const double value : ticks(low_, high_, n_ticks)) {
      const bool is_zero = std::abs(value) < 1e-9 * (high_ - low_);
      svg.line({at(value), top - 6.0}, {at(value), bottom}, is_zero ? palette::zero : palette::axis,
               is_zero ? 1.0 : 0.5);
      const double shown = is_share ? 100.0 * value : value;
      const std::string text = is_zero ? "0" : fmt::format("{:+g}", shown);
      svg.text({at(value), top - 10.0}, text, Svg::Anchor::middle, 10);
    }
  }

  void draw(Svg& svg, const PairedRun& paired, double y) const {
    const Comparison& one = paired.comparisons[comparison_];
    if (one.n_different == 0 || !std::isfinite(one.difference.value)) return;
    const double reach = half_width(one.difference);
    svg.line({at(one.difference.value - reach), y}, {at(one.difference.value + reach), y},
             palette::model, 1.5);
    svg.dot({at(one.difference.value), y}, 3.5, palette::model);
  }

 private:
  static double half_width(const Estimate& difference) {
    return std::isfinite(difference.error) ? standard_errors * difference.error : 0.0;
  }

  double at(double value) const { return x_ + column_width * (value - low_) / (high_ - low_); }

  std::size_t comparison_;
  double x_;
  double low_ = 0.0;
  double high_ = 0.0;
};

}  // namespace

std::string whatifs_svg(const LoadedCase& loaded, const Runs& runs) {
  const std::vector<std::size_t> chosen = headline_comparisons(runs);
  if (chosen.empty()) return "";
  const Run& baseline = runs.baselines.back();
  const double bottom = top + row_height * static_cast<double>(runs.whatifs.size());
  const double width =
      names_width + static_cast<double>(chosen.size()) * (column_width + column_gap) + 20.0;
  const std::string title = fmt::format(
      "{}: what-ifs, differences from {}", loaded.model.title,
      runs.baselines.size() > 1 && !runs.notes.empty() ? "their baselines" : baseline.name);
  Svg svg(width, bottom + 54.0, title);
  svg.text({20.0, 24.0}, title, Svg::Anchor::start, 16);
  for (std::size_t row = 0; row < runs.whatifs.size(); ++row) {
    const double y = top + row_height * (static_cast<double>(row) + 0.5);
    svg.text({names_width - 10.0, y + 4.0}, runs.whatifs[row].run.name, Svg::Anchor::end, 12);
  }
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Comparison& one = runs.whatifs.front().comparisons[chosen[i]];
    const bool is_share =
        one.aspect.kind == Aspect::Kind::share || one.aspect.kind == Aspect::Kind::never;
    const Column column(runs, chosen[i],
                        names_width + static_cast<double>(i) * (column_width + column_gap) + 10.0);
    column.draw_axis(svg, baseline.lowered.measure_columns[one.measure].name, is_share, bottom);
    for (std::size_t row = 0; row < runs.whatifs.size(); ++row) {
      column.draw(svg, runs.whatifs[row], top + row_height * (static_cast<double>(row) + 0.5));
    }
  }
  svg.text({20.0, bottom + 24.0},
           "Dots with two standard errors; none: the same in every history. Shares in percentage "
           "points.",
           Svg::Anchor::start, 10);
  svg.text({20.0, bottom + 38.0},
           fmt::format("Paired by {}. Under the case's assumptions; no forecast.", coupling),
           Svg::Anchor::start, 10);
  return svg.take();
}

}  // namespace casus::cases
