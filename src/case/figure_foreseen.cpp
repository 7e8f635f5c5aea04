// Histograms of ranks of data among what was foreseen of them.
#include "case/foreseen.hpp"
#include "case/palette.hpp"
#include "case/panels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

using panels::height;
using panels::width;

struct Shown {
  const ForeseenSeries* series = nullptr;
  ForeseenSummary summary{};
};

class Panel {
 public:
  Panel(Svg& svg, Point corner, std::size_t n_ranks)
      : svg_(svg), corner_(corner), bars_(rank_bars(n_ranks)) {}

  void draw(const Shown& shown, bool off) {
    const std::vector<std::size_t> counts = counts_of(*shown.series);
    most_ = static_cast<double>(bars_.high);
    for (const std::size_t count : counts) most_ = std::max(most_, static_cast<double>(count));
    for (std::size_t i = 0; i < counts.size(); ++i)
      bar(i, static_cast<double>(counts[i]), off ? palette::fault_inner : palette::model_inner);
    for (const std::size_t bound : {bars_.low, bars_.high}) {
      const double at = y(static_cast<double>(bound));
      svg_.line({corner_.x, at}, {corner_.x + width, at}, palette::model, 0.7);
    }
    svg_.line({corner_.x, y(0.0)}, {corner_.x + width, y(0.0)}, palette::axis);
    panels::heading(svg_, corner_, shown.series->name,
                    fmt::format("{} · p {:.3f}", shown.summary.n_pit, shown.summary.p));
  }

 private:
  std::vector<std::size_t> counts_of(const ForeseenSeries& series) const {
    std::vector<std::size_t> counts(bars_.n);
    for (const ForeseenItem& item : series.items) {
      if (std::isnan(item.pit) || item.is_decided) continue;
      const auto bar = static_cast<std::size_t>(item.pit * static_cast<double>(bars_.n));
      ++counts[std::min(bar, bars_.n - 1)];
    }
    return counts;
  }

  double y(double count) const { return corner_.y + height * (1.0 - count / most_); }
  double x(std::size_t bar) const {
    return corner_.x + width * static_cast<double>(bar) / static_cast<double>(bars_.n);
  }

  void bar(std::size_t i, double count, std::string_view color) {
    constexpr double space = 1.0;
    const std::array bounds{x(i) + space, x(i + 1) - space};
    area(bounds, static_cast<double>(bars_.high), static_cast<double>(bars_.low),
         palette::model_outer);
    const std::array inner{x(i) + 4.0 * space, x(i + 1) - 4.0 * space};
    area(inner, count, 0.0, color);
  }

  void area(std::array<double, 2> bounds, double high, double low, std::string_view color) {
    const std::array upper{Point{bounds[0], y(high)}, Point{bounds[1], y(high)}};
    const std::array lower{Point{bounds[0], y(low)}, Point{bounds[1], y(low)}};
    svg_.area(upper, lower, color);
  }

  Svg& svg_;
  Point corner_;
  RankBars bars_;
  double most_ = 1.0;
};

std::vector<Shown> shown_of(const std::vector<ForeseenSeries>& all) {
  std::vector<Shown> shown;
  for (const ForeseenSeries& series : all) {
    ForeseenSummary summary = summary_of(series);
    if (!std::isnan(summary.p)) shown.push_back({&series, std::move(summary)});
  }
  std::stable_sort(shown.begin(), shown.end(),
                   [](const Shown& a, const Shown& b) { return a.summary.p < b.summary.p; });
  return shown;
}

}  // namespace

std::string foreseen_svg(const std::string& title, const std::vector<ForeseenSeries>& all) {
  std::vector<Shown> shown = shown_of(all);
  const std::size_t n_all = shown.size();
  if (n_all == 0) return "";
  if (n_all > panels::most) shown.resize(panels::most);
  Svg svg =
      panels::page(shown.size(), title + ": the record among what was foreseen one step before");
  for (std::size_t i = 0; i < shown.size(); ++i) {
    Panel(svg, panels::corner(i), shown[i].summary.n_pit)
        .draw(shown[i], is_off(shown[i].summary, n_all));
  }
  panels::notes(svg, shown.size(),
                fmt::format("Bars: ranks of data among draws, from 0 to 1 (PIT). {} of {} series, "
                            "the farthest off first; decided data left out.",
                            shown.size(), n_all),
                "Band: what a bar of uniform ranks has 90 times in 100, each bar by itself. A cup: "
                "foreseen too surely; a hump: not surely enough.");
  return svg.take();
}

}  // namespace casus::cases
