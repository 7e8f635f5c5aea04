// A table to comma-separated text.
#pragma once

#include "table/table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus::table {

/// Writes CSV row by row: LF, quotes only where RFC 4180 or `read_csv` needs them, numbers in the
/// fewest digits that read back as the same double. A row of another length than the header is a
/// Bug.
class Writer {
 public:
  explicit Writer(const std::vector<std::string>& header);

  Writer& text(std::string_view cell);
  Writer& number(double cell);           ///< "nan", "inf" and "-inf" for what is no finite number
  Writer& number_or_blank(double cell);  ///< blank for NaN
  Writer& integer(std::int64_t cell);
  void end_row();

  /// What has been written so far; emptied, so that long tables can be passed on in pieces.
  std::string take();

 private:
  void begin_cell();

  std::size_t n_columns_;
  std::size_t n_cells_ = 0;  ///< in the row being written
  std::string text_;
};

/// The whole of `table`; `read_csv` of it gives the same texts.
std::string to_csv(const Table& table);

}  // namespace casus::table
