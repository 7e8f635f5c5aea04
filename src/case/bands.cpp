// Bands by selection.
#include "case/bands.hpp"

#include "case/sums.hpp"
#include "machine/kernels/parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::cases {
namespace {

constexpr std::int32_t no_label = -1;

/// Order statistics of one column: values are counted in equal parts of their range, and only the
/// parts that hold a wanted rank are looked into. The extremes, where many histories often stand,
/// have parts of their own.
class Ranks {
 public:
  /// `least` < `most` are the extremes of `values`.
  Ranks(std::span<const double> values, double least, double most)
      : values_(values), least_(least), most_(most), parts_(values.size()) {
    machine::find_parts(values, {.least = least, .most = most, .n_parts = n_parts}, parts_);
    for (const std::int32_t part : parts_) ++count_[static_cast<std::size_t>(part)];
    std::uint32_t before = 0;
    for (std::size_t part = 0; part < count_.size(); ++part) {
      first_[part] = before;
      before += count_[part];
    }
  }

  /// Must be called for all ranks before the first is read.
  void want(std::size_t rank) {
    const std::size_t part = part_with(rank);
    if (place_[part] != nowhere || part == 0 || part == n_parts - 1) return;
    place_[part] = static_cast<std::uint32_t>(found_.size());
    found_.resize(found_.size() + count_[part]);
  }

  void collect() {
    std::array<std::uint32_t, n_parts> at = place_;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      std::uint32_t& place = at[static_cast<std::size_t>(parts_[i])];
      if (place != nowhere) found_[place++] = values_[i];
    }
  }

  double operator[](std::size_t rank) {
    const std::size_t part = part_with(rank);
    if (part == 0) return least_;
    if (part == n_parts - 1) return most_;
    const auto begin = found_.begin() + static_cast<std::ptrdiff_t>(place_[part]);
    const auto end = begin + static_cast<std::ptrdiff_t>(count_[part]);
    // A part as full as this often holds one value many times.
    constexpr std::size_t full = 64;
    if (count_[part] > full && std::all_of(begin, end, [x = *begin](double y) { return x == y; })) {
      return *begin;
    }
    const auto wanted = begin + static_cast<std::ptrdiff_t>(rank - first_[part]);
    std::nth_element(begin, wanted, end);
    return *wanted;
  }

 private:
  static constexpr int n_parts = 512;
  static constexpr std::uint32_t nowhere = 0xffffffffU;

  std::size_t part_with(std::size_t rank) const {
    const auto* const behind = std::upper_bound(first_.begin(), first_.end(), rank);
    return static_cast<std::size_t>(behind - first_.begin()) - 1;
  }

  static constexpr std::array<std::uint32_t, n_parts> all_nowhere() {
    std::array<std::uint32_t, n_parts> places{};
    for (std::uint32_t& place : places) place = nowhere;
    return places;
  }

  std::span<const double> values_;
  double least_;
  double most_;
  std::vector<std::int32_t> parts_;  ///< (n_values)
  std::array<std::uint32_t, n_parts> count_{};
  std::array<std::uint32_t, n_parts> first_{};  ///< rank of the first value of each part
  std::array<std::uint32_t, n_parts> place_ = all_nowhere();  ///< in `found_`
  std::vector<double> found_;
};

/// A quantile between two neighbours in rank (definition 7 of Hyndman & Fan 1996).
struct Quantile {
  Quantile(double probability, std::size_t n) {
    const double position = probability * static_cast<double>(n - 1);
    below = static_cast<std::size_t>(position);
    weight = position - static_cast<double>(below);
  }

  double value(Ranks& ranks) const {
    const double low = ranks[below];
    if (weight == 0.0) return low;
    const double high = ranks[below + 1];
    return high == low ? high : low + weight * (high - low);
  }

  std::size_t below = 0;
  double weight = 0.0;
};

void fill_quantiles(std::span<const double> values, double least, double most, Band& band) {
  const std::size_t n = values.size();
  const std::array quantiles{Quantile(0.05, n), Quantile(0.25, n), Quantile(0.50, n),
                             Quantile(0.75, n), Quantile(0.95, n)};
  Ranks ranks(values, least, most);
  for (const Quantile& quantile : quantiles) {
    ranks.want(quantile.below);
    if (quantile.weight != 0.0) ranks.want(quantile.below + 1);
  }
  ranks.collect();
  band.q05 = quantiles[0].value(ranks);
  band.q25 = quantiles[1].value(ranks);
  band.q50 = quantiles[2].value(ranks);
  band.q75 = quantiles[3].value(ranks);
  band.q95 = quantiles[4].value(ranks);
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
  const machine::Extremes extremes = machine::extremes_of(values);
  std::span<double> numbers = values;
  if (extremes.has_gaps) {
    const auto end = std::remove_if(values.begin(), values.end(),
                                    [](double value) { return std::isnan(value); });
    numbers = values.first(static_cast<std::size_t>(end - values.begin()));
  }
  if (numbers.empty()) return {};
  if (const double only = extremes.least; only == extremes.most) {
    return {.mean = only, .q05 = only, .q25 = only, .q50 = only, .q75 = only, .q95 = only};
  }
  Band band{.mean = tree_sum(numbers) / static_cast<double>(numbers.size())};
  fill_quantiles(numbers, extremes.least, extremes.most, band);
  return band;
}

void fill_bands(std::span<double> values, std::span<const BandLine> lines, std::size_t n_histories,
                std::span<Band> bands) {
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
