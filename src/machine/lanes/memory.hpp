// Columns of numbers in memory.
#pragma once

#include "machine/kernels/kernels.hpp"

#include <cstddef>
#include <vector>

namespace casus::machine {

/// `n` rounded up to what loops work on.
constexpr std::size_t whole_groups(std::size_t n) {
  return (n + lane_group - 1) / lane_group * lane_group;
}

/// Equally long columns one after another, zero at first; each begins where loops want it to.
class ColumnMemory {
 public:
  ColumnMemory() = default;
  ColumnMemory(std::size_t n_columns, std::size_t length)
      : stride_(whole_groups(length)), lines_(n_columns * stride_ / n_in_line) {}

  double* data() { return lines_.empty() ? nullptr : lines_.front().numbers; }
  const double* data() const { return lines_.empty() ? nullptr : lines_.front().numbers; }
  double* column(std::size_t i) { return data() + i * stride_; }
  const double* column(std::size_t i) const { return data() + i * stride_; }
  std::size_t stride() const { return stride_; }

 private:
  static constexpr std::size_t n_in_line = column_alignment / sizeof(double);

  struct alignas(column_alignment) Line {
    double numbers[n_in_line];
  };

  std::size_t stride_ = 0;
  std::vector<Line> lines_;
};

}  // namespace casus::machine
