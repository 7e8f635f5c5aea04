// Explanations over time, and item by item.
#include "case/compare.hpp"
#include "case/figures.hpp"
#include "case/layout.hpp"
#include "case/palette.hpp"
#include "case/svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

constexpr std::array<std::string_view, 8> line_colors{"#1f4e79", "#c0772b", "#5a8f5a", "#8b5a8f",
                                                      "#6390b9", "#a83e3e", "#777777", "#b59b2e"};

// ---- log Bayes factors over time

constexpr double left = 60.0;
constexpr double width = 640.0;
constexpr double names_width = 170.0;
constexpr double top = 60.0;
constexpr double panel = 300.0;

class Paths {
 public:
  Paths(const language::Steps& steps, const Explanations& compared)
      : steps_(steps), compared_(compared) {
    for (std::size_t i = 0; i < compared.all.size(); ++i) {
      std::vector<double> path;
      for (std::uint32_t step = 0; step < steps.count; ++step) {
        const double factor = log_factor_at(compared, i, step).value;
        path.push_back(factor);
        if (!std::isfinite(factor)) continue;
        low_ = std::min(low_, factor);
        high_ = std::max(high_, factor);
      }
      paths_.push_back(std::move(path));
    }
    const auto [low, high] = axis_of(low_, high_, n_ticks);
    low_ = low;
    high_ = high;
  }

  void draw(Svg& svg) const {
    for (const double value : ticks(low_, high_, n_ticks)) {
      svg.line({left, y(value)}, {left + width, y(value)},
               std::abs(value) < 1e-9 ? palette::zero : palette::axis, 0.5);
      svg.text({left - 6.0, y(value) + 4.0}, fmt::format("{:g}", value), Svg::Anchor::end, 11);
    }
    constexpr std::uint32_t n_labels = 6;
    for (std::uint32_t k = 0; k <= n_labels; ++k) {
      const std::uint32_t step = (steps_.count - 1) * k / n_labels;
      svg.text({x(step), top + panel + 18.0}, steps_.label(step), Svg::Anchor::middle, 11);
    }
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (i != compared_.reference) draw_line(svg, i);
    }
    draw_names(svg);
  }

 private:
  static constexpr std::size_t n_ticks = 5;

  double y(double value) const { return top + panel * (high_ - value) / (high_ - low_); }
  double x(std::uint32_t step) const {
    return left + width * step / std::max(1.0, static_cast<double>(steps_.count) - 1.0);
  }

  void draw_line(Svg& svg, std::size_t i) const {
    std::vector<Point> points;
    for (std::uint32_t step = 0; step < steps_.count; ++step) {
      if (std::isfinite(paths_[i][step])) points.push_back({x(step), y(paths_[i][step])});
    }
    if (!points.empty()) svg.path(points, line_colors.at(i % line_colors.size()), 1.5);
  }

  /// In the order of the last values, so far apart that they can be read.
  void draw_names(Svg& svg) const {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < paths_.size(); ++i) order.push_back(i);
    const auto at_end = [&](std::size_t i) {
      return std::isfinite(paths_[i].back()) ? paths_[i].back() : low_;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return at_end(a) > at_end(b); });
    double above = 0.0;
    for (const std::size_t i : order) {
      above = std::max(above + 14.0, y(at_end(i)) + 4.0);
      svg.dot({left + width + 12.0, above - 4.0}, 4.0,
              i == compared_.reference ? palette::zero : line_colors.at(i % line_colors.size()));
      svg.text({left + width + 20.0, above}, compared_.all[i].name, Svg::Anchor::start, 11);
    }
  }

  const language::Steps& steps_;
  const Explanations& compared_;
  std::vector<std::vector<double>> paths_;
  double low_ = -1.0;
  double high_ = 1.0;
};

// ---- items

constexpr std::size_t most_rows = 40;
constexpr double labels_width = 260.0;
constexpr double cell_width = 74.0;
constexpr double row_height = 18.0;
constexpr double name_height = 14.0;
constexpr std::size_t most_tiers = 4;

/// Names of neighbours stand above each other where one is wider than its column.
std::size_t tiers_of(const Explanations& compared) {
  constexpr std::size_t widest = 12;
  const auto is_wide = [](const Explained& one) { return one.name.size() > widest; };
  const bool any = std::any_of(compared.all.begin(), compared.all.end(), is_wide);
  return any ? std::min(most_tiers, compared.all.size()) : 1;
}

double head_height(const Explanations& compared) {
  return 50.0 + name_height * static_cast<double>(tiers_of(compared));
}

/// Blue where more probable than on average, brown where less; strongest two logs away, and light
/// enough to read numbers on.
std::string color_of(double above) {
  constexpr double full = 2.0;
  constexpr double strongest = 0.6;
  const double share = strongest * std::min(1.0, std::abs(above) / full);
  constexpr std::array<double, 3> blue{31, 78, 121};
  constexpr std::array<double, 3> brown{160, 100, 40};
  const std::array<double, 3>& end = above > 0.0 ? blue : brown;
  const auto mixed = [&](std::size_t k) {
    return static_cast<int>(std::lround(255.0 + share * (end.at(k) - 255.0)));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mixed(0), mixed(1), mixed(2));
}

double mean_of(const std::vector<double>& scores) {
  double sum = 0.0;
  double n = 0.0;
  for (const double score : scores) {
    if (!std::isfinite(score)) continue;
    sum += score;
    n += 1.0;
  }
  return n > 0.0 ? sum / n : 0.0;
}

void rectangle(Svg& svg, Point at, Point size, std::string_view color) {
  const std::array upper{at, Point{at.x + size.x, at.y}};
  const std::array lower{Point{at.x, at.y + size.y}, Point{at.x + size.x, at.y + size.y}};
  svg.area(upper, lower, color);
}

void draw_row(Svg& svg, const MatrixRow& row, const std::string& date, double y) {
  svg.text({10.0, y + 13.0}, date, Svg::Anchor::start, 11);
  svg.text({80.0, y + 13.0}, cut_to(fmt::format("{}: {}", row.name, row.recorded), 28),
           Svg::Anchor::start, 11);
  const double mean = mean_of(row.scores);
  for (std::size_t i = 0; i < row.scores.size(); ++i) {
    const double x = labels_width + cell_width * static_cast<double>(i);
    if (std::isnan(row.scores[i])) continue;
    const double above = row.scores[i] - mean;
    rectangle(svg, {x + 1.0, y + 1.0}, {cell_width - 2.0, row_height - 2.0}, color_of(above));
    svg.text({x + cell_width / 2.0, y + 13.0}, fmt::format("{:.2f}", row.scores[i]),
             Svg::Anchor::middle, 10);
  }
}

std::size_t rows_shown(const EvidenceMatrix& matrix, std::size_t& n_groups) {
  std::size_t n_rows = 0;
  n_groups = 0;
  for (const MatrixGroup& group : matrix.groups) {
    if (n_rows + group.rows.size() > most_rows) break;
    n_rows += group.rows.size();
    ++n_groups;
  }
  return n_rows;
}

}  // namespace

std::string factors_svg(const LoadedCase& loaded, const Explanations& compared) {
  const std::string title = fmt::format("{}: log Bayes factors against {}, date by date",
                                        loaded.model.title, compared.all[compared.reference].name);
  Svg svg(left + width + names_width, top + panel + 64.0, title);
  svg.text({left, 24.0}, title, Svg::Anchor::start, 15);
  Paths(loaded.model.steps, compared).draw(svg);
  svg.text({left, top + panel + 40.0},
           "Of all that was recorded up to each date. Errors are in path.csv: what lies within "
           "twice its error is undecided.",
           Svg::Anchor::start, 10);
  return svg.take();
}

std::string matrix_svg(const LoadedCase& loaded, const Explanations& compared) {
  std::size_t n_groups = 0;
  const std::size_t n_rows = rows_shown(compared.matrix, n_groups);
  const double head = head_height(compared);
  const double height = head + row_height * static_cast<double>(n_rows);
  const std::string title =
      fmt::format("{}: what each explanation made of each item", loaded.model.title);
  constexpr double least_width = 640.0;  // of the title and of what stands below
  const double cells = cell_width * static_cast<double>(compared.all.size());
  Svg svg(std::max(labels_width + cells + 40.0, least_width), height + 50.0, title);
  svg.text({10.0, 24.0}, title, Svg::Anchor::start, 15);
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    const double x = labels_width + cell_width * (static_cast<double>(i) + 0.5);
    const double y = head - 8.0 - name_height * static_cast<double>(i % tiers_of(compared));
    svg.text({x, y}, compared.all[i].name, Svg::Anchor::middle, 10);
  }
  double y = head;
  for (std::size_t g = 0; g < n_groups; ++g) {
    const MatrixGroup& group = compared.matrix.groups[g];
    const double end = y + row_height * static_cast<double>(group.rows.size());
    if (group.rows.size() > 1) svg.line({5.0, y + 3.0}, {5.0, end - 3.0}, palette::zero, 2.0);
    for (const MatrixRow& row : group.rows) {
      const bool is_first = &row == &group.rows.front();
      draw_row(svg, row, is_first ? loaded.model.steps.label(row.step) : "", y);
      y += row_height;
    }
  }
  svg.text({10.0, y + 20.0},
           "Log probability one step ahead. Blue: more probable than on average over the columns; "
           "brown: less.",
           Svg::Anchor::start, 10);
  svg.text({10.0, y + 34.0},
           "A bar at the left joins items of one game and date: they count together.",
           Svg::Anchor::start, 10);
  return svg.take();
}

}  // namespace casus::cases
