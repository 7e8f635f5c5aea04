// What histories do step by step: means, quantile bands and shares of every output.
#pragma once

#include "language/lowered.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace casus::cases {

/// Bands use histories 0 to 9,999, and say so where they are shown.
inline constexpr std::size_t most_band_histories = 10'000;

/// One line over time: a number, the share of a truth, or the share of one label.
struct BandLine {
  enum class Kind : std::uint8_t { number, truth, label };

  std::uint32_t output = 0;  ///< in Lowered::output_columns
  Kind kind{};
  std::int32_t label = 0;  ///< position among the column's labels, -1 for `none`
};

/// Of a number in one step, in base units; of a share only the mean.
struct Band {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double q05 = std::numeric_limits<double>::quiet_NaN();
  double q25 = std::numeric_limits<double>::quiet_NaN();
  double q50 = std::numeric_limits<double>::quiet_NaN();
  double q75 = std::numeric_limits<double>::quiet_NaN();
  double q95 = std::numeric_limits<double>::quiet_NaN();
};

struct Bands {
  std::uint32_t first_step = 0;
  std::size_t n_histories = 0;
  std::vector<BandLine> lines;
  std::vector<Band> values;  ///< (n_steps × n_lines)

  std::size_t n_steps() const { return lines.empty() ? 0 : values.size() / lines.size(); }
  const Band& at(std::size_t step, std::size_t line) const {
    return values[step * lines.size() + line];
  }
};

/// All lines of a run, in order of outputs and labels, `none` last.
std::vector<BandLine> band_lines(std::span<const language::OutputColumn> columns);

/// "stock[Armenia]", "phase = war".
std::string line_name(const BandLine& line, const language::OutputColumn& column);

/// Mean and quantiles (definition 7) of the numbers among `values`, which are reordered; what is
/// not a number is left out.
Band band_of(std::span<double> values);

/// Some lines of one step.
///   values  (n_outputs × n_histories), reordered within an output
///   bands   (n_lines)
void fill_bands(std::span<double> values, std::span<const BandLine> lines, std::size_t n_histories,
                std::span<Band> bands);

}  // namespace casus::cases
