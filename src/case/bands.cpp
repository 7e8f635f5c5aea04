// Bands by selection.
#include "case/bands.hpp"

#include "case/sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::cases {
namespace {

constexpr std::int32_t no_label = -1;

/// The next quantile of `values`, of which those before `done` are no larger than the rest.
double select(std::span<double> values, double probability, std::size_t& done) {
  const double position = probability * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const auto begin = values.begin();
  const auto place = begin + static_cast<std::ptrdiff_t>(below);
  std::nth_element(begin + static_cast<std::ptrdiff_t>(done), place, values.end());
  done = below;
  const double weight = position - static_cast<double>(below);
  if (weight == 0.0) return *place;
  const double above = *std::min_element(place + 1, values.end());
  return above == *place ? above : *place + weight * (above - *place);
}

double share_of(std::span<const double> values, double wanted) {
  const auto n = std::count(values.begin(), values.end(), wanted);
  return static_cast<double>(n) / static_cast<double>(values.size());
}

}  // namespace

std::vector<BandLine> band_lines(std::span<const language::OutputColumn> columns) {
  std::vector<BandLine> lines;
  for (std::uint32_t output = 0; output < columns.size(); ++output) {
    const language::OutputColumn& column = columns[output];
    if (column.labels.empty()) {
      const auto kind = column.truth ? BandLine::Kind::truth : BandLine::Kind::number;
      lines.push_back({.output = output, .kind = kind});
      continue;
    }
    const auto n_labels = static_cast<std::int32_t>(column.labels.size());
    for (std::int32_t label = 0; label < n_labels; ++label) {
      lines.push_back({.output = output, .kind = BandLine::Kind::label, .label = label});
    }
    lines.push_back({.output = output, .kind = BandLine::Kind::label, .label = no_label});
  }
  return lines;
}

std::string line_name(const BandLine& line, const language::OutputColumn& column) {
  if (line.kind != BandLine::Kind::label) return column.name;
  if (line.label == no_label) return column.name + " = none";
  return column.name + " = " + column.labels[static_cast<std::size_t>(line.label)];
}

Band band_of(std::span<double> values) {
  const auto is_number = [](double value) { return !std::isnan(value); };
  const auto end = std::stable_partition(values.begin(), values.end(), is_number);
  const std::span<double> numbers = values.first(static_cast<std::size_t>(end - values.begin()));
  if (numbers.empty()) return {};
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  if (const double only = *least; only == *most) {
    return {.mean = only, .q05 = only, .q25 = only, .q50 = only, .q75 = only, .q95 = only};
  }
  Band band{.mean = tree_sum(numbers) / static_cast<double>(numbers.size())};
  std::size_t done = 0;
  band.q05 = select(numbers, 0.05, done);
  band.q25 = select(numbers, 0.25, done);
  band.q50 = select(numbers, 0.50, done);
  band.q75 = select(numbers, 0.75, done);
  band.q95 = select(numbers, 0.95, done);
  return band;
}

void fill_bands(std::span<double> values, std::span<const BandLine> lines, std::span<Band> bands) {
  if (lines.empty()) return;
  const std::size_t n_outputs = lines.back().output + std::size_t{1};
  const std::size_t n_histories = values.size() / n_outputs;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const BandLine& line = lines[i];
    const std::span<double> of_output = values.subspan(line.output * n_histories, n_histories);
    switch (line.kind) {
      case BandLine::Kind::number: bands[i] = band_of(of_output); break;
      case BandLine::Kind::truth: bands[i].mean = share_of(of_output, 1.0); break;
      case BandLine::Kind::label: bands[i].mean = share_of(of_output, line.label); break;
    }
  }
}

}  // namespace casus::cases
