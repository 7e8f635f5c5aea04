// Packing columns of a chunk.
#include "case/measure_table.hpp"

#include "base/bug.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <type_traits>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Codes of whole numbers: value + 1 from -1 on; the two largest codes are infinity and NaN.
template <class Code>
requires std::is_unsigned_v<Code>
double unpacked(Code code) {
  constexpr Code most = std::numeric_limits<Code>::max();
  if (code == most) return nan;
  if (code == most - 1) return infinity;
  return static_cast<double>(code) - 1.0;
}

double unpacked(float value) { return static_cast<double>(value); }
double unpacked(double value) { return value; }

template <class Code>
requires std::is_unsigned_v<Code> std::optional<Code> code_of(double value) {
  constexpr Code most = std::numeric_limits<Code>::max();
  if (same_bits(value, nan)) return most;
  if (value == infinity) return static_cast<Code>(most - 1);
  if (!(value >= -1.0 && value <= static_cast<double>(most - 3))) return std::nullopt;
  const auto code = static_cast<Code>(value + 1.0);
  return same_bits(unpacked(code), value) ? std::optional(code) : std::nullopt;
}

template <class Code>
requires std::is_same_v<Code, float> std::optional<float> code_of(double value) {
  constexpr auto most = static_cast<double>(std::numeric_limits<float>::max());
  const bool is_beyond = value > most || value < -most;
  if (is_beyond && value != infinity && value != -infinity) return std::nullopt;
  const auto code = static_cast<float>(value);
  return same_bits(unpacked(code), value) ? std::optional(code) : std::nullopt;
}

/// All values as codes; empty when one has none.
template <class Code>
std::vector<Code> codes_of(std::span<const double> values) {
  std::vector<Code> codes;
  codes.reserve(values.size());
  for (const double value : values) {
    const std::optional<Code> code = code_of<Code>(value);
    if (!code) return {};
    codes.push_back(*code);
  }
  return codes;
}

}  // namespace

MeasureTable::MeasureTable(std::size_t n_histories, std::size_t n_outputs, std::size_t chunk_size)
    : n_histories_(n_histories), n_outputs_(n_outputs), chunk_size_(chunk_size) {
  require(chunk_size > 0, "a table of measures with empty chunks");
  columns_.assign((n_histories + chunk_size - 1) / chunk_size * n_outputs, Column(nan));
}

MeasureTable::Column MeasureTable::packed(std::span<const double> values) {
  const auto is_first = [&](double value) { return same_bits(value, values.front()); };
  if (std::all_of(values.begin(), values.end(), is_first)) return values.front();
  if (auto bytes = codes_of<std::uint8_t>(values); !bytes.empty()) return bytes;
  if (auto words = codes_of<std::uint16_t>(values); !words.empty()) return words;
  if (auto floats = codes_of<float>(values); !floats.empty()) return floats;
  return std::vector<double>(values.begin(), values.end());
}

std::size_t MeasureTable::length_of(std::size_t chunk) const {
  return std::min(chunk_size_, n_histories_ - chunk * chunk_size_);
}

void MeasureTable::store(std::size_t first, std::uint32_t output, std::span<const double> values) {
  if (values.empty()) return;
  const std::size_t chunk = first / chunk_size_;
  const std::size_t begin = chunk * chunk_size_;
  require(output < n_outputs_ && first < n_histories_ &&
              first + values.size() <= begin + length_of(chunk),
          "measures beyond their chunk");
  Column& column = columns_[chunk * n_outputs_ + output];
  if (values.size() == length_of(chunk)) {
    column = packed(values);
    return;
  }
  std::vector<double> whole(length_of(chunk));
  read(begin, output, whole);
  std::copy(values.begin(), values.end(),
            whole.begin() + static_cast<std::ptrdiff_t>(first - begin));
  column = packed(whole);
}

double MeasureTable::value(std::size_t history, std::uint32_t output) const {
  double value = nan;
  read(history, output, {&value, 1});
  return value;
}

void MeasureTable::read(std::size_t first, std::uint32_t output, std::span<double> values) const {
  require(output < n_outputs_ && first + values.size() <= n_histories_,
          "measures of histories that there are not");
  while (!values.empty()) {
    const std::size_t chunk = first / chunk_size_;
    const std::size_t from = first - chunk * chunk_size_;
    const std::size_t n = std::min(values.size(), chunk_size_ - from);
    const std::span<double> part = values.first(n);
    std::visit(
        [part, from](const auto& column) {
          if constexpr (std::is_same_v<std::decay_t<decltype(column)>, double>) {
            std::fill(part.begin(), part.end(), column);
          } else {
            for (std::size_t i = 0; i < part.size(); ++i) part[i] = unpacked(column[from + i]);
          }
        },
        column_of(chunk, output));
    values = values.subspan(n);
    first += n;
  }
}

std::vector<double> MeasureTable::column(std::uint32_t output) const {
  std::vector<double> values(n_histories_);
  read(0, output, values);
  return values;
}

std::size_t MeasureTable::bytes() const {
  std::size_t n = columns_.size() * sizeof(Column);
  for (const Column& one : columns_) {
    n += std::visit(
        [](const auto& column) -> std::size_t {
          if constexpr (std::is_same_v<std::decay_t<decltype(column)>, double>) {
            return 0;
          } else {
            return column.size() * sizeof(column.front());
          }
        },
        one);
  }
  return n;
}

}  // namespace casus::cases
