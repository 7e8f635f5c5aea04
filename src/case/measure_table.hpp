// The measures of every history of a run, each in as few bytes as hold it exactly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace casus::cases {

/// n_histories × n_outputs numbers. Those of one output in `chunk_size` consecutive histories are
/// stored alike: as one number when they are all the same, as 1 or 2 bytes where all are whole
/// numbers from -1 on (truths, labels, steps, counts), infinite or NaN, else as floats where these
/// are exact, else as doubles. What is read is what was stored, bit for bit.
class MeasureTable {
 public:
  MeasureTable() = default;

  /// Everything is NaN until it is stored.
  MeasureTable(std::size_t n_histories, std::size_t n_outputs, std::size_t chunk_size);

  std::size_t n_histories() const { return n_histories_; }
  std::size_t n_outputs() const { return n_outputs_; }
  std::size_t chunk_size() const { return chunk_size_; }

  /// What `output` is in the histories [first, first + values.size()), which lie in one chunk.
  /// Different threads may store into different chunks at the same time.
  void store(std::size_t first, std::uint32_t output, std::span<const double> values);

  double value(std::size_t history, std::uint32_t output) const;

  /// What `output` is in the histories from `first` on, as many as `values` takes.
  void read(std::size_t first, std::uint32_t output, std::span<double> values) const;

  /// The whole column.
  std::vector<double> column(std::uint32_t output) const;

  /// Bytes held at the moment.
  std::size_t bytes() const;

 private:
  using Column = std::variant<double, std::vector<std::uint8_t>, std::vector<std::uint16_t>,
                              std::vector<float>, std::vector<double>>;

  static Column packed(std::span<const double> values);
  const Column& column_of(std::size_t chunk, std::uint32_t output) const {
    return columns_[chunk * n_outputs_ + output];
  }
  std::size_t length_of(std::size_t chunk) const;

  std::size_t n_histories_ = 0;
  std::size_t n_outputs_ = 0;
  std::size_t chunk_size_ = 1;
  std::vector<Column> columns_;  ///< (n_chunks × n_outputs)
};

}  // namespace casus::cases
