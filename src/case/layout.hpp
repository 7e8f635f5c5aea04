// Tables and numbers as people read them on a terminal.
#pragma once

#include "case/estimate.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casus::cases {

/// Columns a text takes on a terminal: its characters, not its bytes. What takes two columns counts
/// as one.
std::size_t width_of(std::string_view text);

/// `text`, cut to `width` characters with "…" at the end when it is longer.
std::string cut_to(std::string_view text, std::size_t width);

/// Rows with columns as wide as their widest cell; the last column is not padded.
class TextTable {
 public:
  enum class Align : unsigned char { left, right };

  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}

  /// At most as many cells as there are columns.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }

  /// One line a row, each after `indent` blanks, two blanks between columns.
  std::string text(std::size_t indent) const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// "0.1234 ± 0.0056": two digits of the error, and the value to the same place. Without an error
/// four digits of the value; "-" when there is no number.
std::string with_error(const Estimate& estimate);

/// The same with a sign, for differences: "+3.1 ± 0.4".
std::string signed_with_error(const Estimate& estimate);

/// The value alone, to the place that its error allows.
std::string value_alone(const Estimate& estimate);

/// Shares as percentages: "41.2 ± 1.3 %".
std::string percent(const Estimate& estimate);
/// Differences of shares in percentage points: "+4.1 ± 1.3 points".
std::string points(const Estimate& estimate);
std::string percent_alone(const Estimate& estimate);

/// "4,096"
std::string grouped(std::size_t number);

/// "1 step", "3 steps"
std::string counted(std::size_t number, std::string_view noun);

}  // namespace casus::cases
