// Empirical distributions of ranks beside their band.
#include "case/calibrate.hpp"
#include "case/palette.hpp"
#include "case/panels.hpp"
#include "inference/uniformity.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::cases {
namespace {

using panels::height;
using panels::width;

/// One quantity; the same height stands for the same difference in all panels.
class Panel {
 public:
  Panel(const inference::EcdfBand& band, double reach, Point corner)
      : band_(band), reach_(reach), corner_(corner) {}

  void draw(Svg& svg, const CalibratedQuantity& quantity, bool is_off) const {
    svg.area(points(band_.upper), points(band_.lower), palette::model_outer);
    svg.line({corner_.x, y(0.0)}, {corner_.x + width, y(0.0)}, palette::axis, 0.5);
    svg.path(points(inference::ecdf_differences(quantity.ranks)),
             is_off ? palette::fault : palette::model, 1.5);
    panels::heading(svg, corner_, quantity.name, fmt::format("p {:.3f}", quantity.p_value));
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
  if (shown.size() > panels::most) shown.resize(panels::most);
  const inference::EcdfBand band = inference::ecdf_band(calibration.done.size(), 0.95);
  const double reach = reach_of(calibration, band);
  Svg svg = panels::page(
      shown.size(),
      fmt::format("{}: ranks of true parameters in their posteriors", loaded.model.title));
  for (std::size_t i = 0; i < shown.size(); ++i) {
    Panel(band, reach, panels::corner(i))
        .draw(svg, *shown[i], shown[i]->p_value < calibration.level());
  }
  panels::notes(
      svg, shown.size(),
      fmt::format("Share of ranks up to z, minus z, for z from 0 to 1; half a panel is {:.2f}. "
                  "{} of {} quantities, the farthest off first.",
                  reach, shown.size(), calibration.quantities.size()),
      fmt::format("Band: 95 % of uniform samples of {} stay inside as a whole (Säilynoja, "
                  "Bürkner and Vehtari 2022).",
                  calibration.done.size()));
  return svg.take();
}

}  // namespace casus::cases
