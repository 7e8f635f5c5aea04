// Empirical distributions of ranks beside their band.
#include "case/calibrate.hpp"
#include "case/svg.hpp"
#include "inference/uniformity.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::cases {
namespace {

constexpr double left = 20.0;
constexpr double top = 70.0;
constexpr double width = 200.0;
constexpr double height = 90.0;
constexpr double gap_x = 20.0;
constexpr double gap_y = 34.0;
constexpr std::size_t panels_a_row = 4;
constexpr std::size_t most_panels = 24;

constexpr std::string_view band_color = "#dbe6f0";
constexpr std::string_view right_color = "#1f4e79";
constexpr std::string_view wrong_color = "#b04a2f";
constexpr std::string_view axis_color = "#bbbbbb";

/// One quantity; the same height stands for the same difference in all panels.
class Panel {
 public:
  Panel(const inference::EcdfBand& band, double reach, Point corner)
      : band_(band), reach_(reach), corner_(corner) {}

  void draw(Svg& svg, const CalibratedQuantity& quantity, bool is_off) const {
    svg.area(points(band_.upper), points(band_.lower), band_color);
    svg.line({corner_.x, y(0.0)}, {corner_.x + width, y(0.0)}, axis_color, 0.5);
    svg.path(points(inference::ecdf_differences(quantity.ranks)),
             is_off ? wrong_color : right_color, 1.5);
    svg.text({corner_.x, corner_.y - 6.0}, quantity.name, Svg::Anchor::start, 11);
    svg.text({corner_.x + width, corner_.y - 6.0}, fmt::format("p {:.3f}", quantity.p_value),
             Svg::Anchor::end, 10);
  }

 private:
  double y(double difference) const {
    return corner_.y + height * 0.5 * (1.0 - std::clamp(difference / reach_, -1.0, 1.0));
  }

  std::vector<Point> points(const std::vector<double>& differences) const {
    std::vector<Point> all{{corner_.x, y(0.0)}};
    for (std::size_t k = 0; k < differences.size(); ++k)
      all.push_back({corner_.x + width * band_.at[k], y(differences[k])});
    all.push_back({corner_.x + width, y(0.0)});
    return all;
  }

  const inference::EcdfBand& band_;
  double reach_;
  Point corner_;
};

/// The greatest difference that is drawn as it is.
double reach_of(const Calibration& calibration, const inference::EcdfBand& band) {
  double reach = 0.0;
  for (std::size_t k = 0; k < band.at.size(); ++k)
    reach = std::max({reach, band.upper[k], -band.lower[k]});
  double farthest = 0.0;
  for (const CalibratedQuantity& quantity : calibration.quantities) {
    for (const double each : inference::ecdf_differences(quantity.ranks))
      farthest = std::max({farthest, each, -each});
  }
  constexpr double most = 3.0;
  return 1.05 * std::clamp(farthest, reach, most * reach);
}

}  // namespace

std::string calibration_svg(const LoadedCase& loaded, const Calibration& calibration) {
  std::vector<const CalibratedQuantity*> shown;
  for (const CalibratedQuantity& quantity : calibration.quantities) shown.push_back(&quantity);
  std::stable_sort(shown.begin(), shown.end(),
                   [](const auto* a, const auto* b) { return a->p_value < b->p_value; });
  if (shown.size() > most_panels) shown.resize(most_panels);
  const inference::EcdfBand band = inference::ecdf_band(calibration.done.size(), 0.95);
  const double reach = reach_of(calibration, band);
  const std::size_t n_rows = (shown.size() + panels_a_row - 1) / panels_a_row;
  const double bottom = top + static_cast<double>(n_rows) * (height + gap_y);
  const std::string title =
      fmt::format("{}: ranks of true parameters in their posteriors", loaded.model.title);
  Svg svg(left + panels_a_row * (width + gap_x), bottom + 40.0, title);
  svg.text({left, 28.0}, title, Svg::Anchor::start, 16);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const Point corner{left + static_cast<double>(i % panels_a_row) * (width + gap_x),
                       top + static_cast<double>(i / panels_a_row) * (height + gap_y)};
    Panel(band, reach, corner).draw(svg, *shown[i], shown[i]->p_value < calibration.level());
  }
  svg.text(
      {left, bottom + 8.0},
      fmt::format("Share of ranks up to z, minus z, for z from 0 to 1; half a panel is {:.2f}. "
                  "{} of {} quantities, the farthest off first.",
                  reach, shown.size(), calibration.quantities.size()),
      Svg::Anchor::start, 10);
  svg.text({left, bottom + 22.0},
           fmt::format("Band: 95 % of uniform samples of {} stay inside as a whole (Säilynoja, "
                       "Bürkner and Vehtari 2022).",
                       calibration.done.size()),
           Svg::Anchor::start, 10);
  return svg.take();
}

}  // namespace casus::cases
