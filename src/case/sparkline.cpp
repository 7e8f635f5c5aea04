// Averaging into cells.
#include "case/sparkline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace casus::cases {
namespace {

constexpr std::array<std::string_view, 8> blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

std::string_view block(double mean, double low, double high) {
  const double height = high > low ? (mean - low) / (high - low) : 0.0;
  const double level = std::clamp(height, 0.0, 1.0) * static_cast<double>(blocks.size());
  return blocks.at(std::min(static_cast<std::size_t>(level), blocks.size() - 1));
}

}  // namespace

std::string sparkline(std::span<const double> values, double low, double high, std::size_t width) {
  const std::size_t n_cells = std::min(width, values.size());
  std::string line;
  for (std::size_t cell = 0; cell < n_cells; ++cell) {
    const std::size_t begin = cell * values.size() / n_cells;
    const std::size_t end = (cell + 1) * values.size() / n_cells;
    double sum = 0.0;
    double n = 0.0;
    for (std::size_t i = begin; i < end; ++i) {
      if (!std::isfinite(values[i])) continue;
      sum += values[i];
      n += 1.0;
    }
    line += n > 0.0 ? block(sum / n, low, high) : " ";
  }
  return line;
}

}  // namespace casus::cases
