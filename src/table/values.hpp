// Cells of a column of values: numbers, or labels of a set.
#pragma once

#include "table/faults.hpp"
#include "table/rows.hpp"
#include "table/table.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace casus::table {

/// Reads the cells of one column as `wanted` says: numbers, or labels by their place.
class Values {
 public:
  /// All must outlive this.
  Values(const Table& table, const Wanted& wanted, std::size_t column, Faults& faults);

  /// Faults of numbers: D101, D102, D103. Of labels: no label of the set (D210), an empty cell
  /// (D211). nullopt when there was one.
  std::optional<double> read(std::size_t row) const;

 private:
  void add_empty(std::size_t row) const;
  void add_unknown(std::string_view text, std::size_t row) const;

  const Table& table_;
  const Wanted& wanted_;
  std::size_t column_;
  Faults& faults_;
  std::unordered_map<std::string_view, double> places_{};  ///< of labels
};

}  // namespace casus::table
