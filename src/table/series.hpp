// Numbers of a table laid over the steps of a model: what `data` statements read.
#pragma once

#include "base/diagnostic.hpp"
#include "table/rows.hpp"
#include "table/table.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace casus::table {

/// What a value is worth between its date and the next.
enum class Between : unsigned char {
  held,   ///< the value itself
  linear  ///< on the straight line from the first day of one period to the first day of the next
};

/// What a `data` statement asks of a file, and how it wants time to be filled.
struct SeriesRequest {
  Wanted wanted;
  Between between = Between::held;
  bool allow_gaps = false;     ///< hold, or draw the line, across periods without a row
  bool extend_before = false;  ///< the first value also holds before its date
  bool extend_after = false;   ///< the last value also holds after its period
};

/// A value for every step and label.
struct Series {
  std::size_t n_steps = 1;     ///< 1 when the numbers have no date: they are constant
  std::size_t n_cells = 1;     ///< product of the numbers of labels
  std::vector<double> values;  ///< (n_steps × n_cells), base units
  std::vector<Span> spans;     ///< (n_steps × n_cells), the cell of the file a value is from

  double value(std::size_t step, std::size_t cell) const { return values[step * n_cells + cell]; }
  Span span(std::size_t step, std::size_t cell) const { return spans[step * n_cells + cell]; }
};

/// Lays the numbers over the steps. A step takes what holds on its first day. A date means the
/// period that it names (year, month or day), a value holds from the first day of its period until
/// the next value's period begins, and the last one until its own period ends.
///
/// Years and months must follow each other without a gap (D107) unless `allow_gaps`; if any row is
/// dated by a day, the rows are irregular and nothing is called a gap. Steps before the first value
/// (D108) or after the last period (D109) are faults unless extended. Also the faults of
/// `find_rows`. nullopt when there was one.
std::optional<Series> read_series(const Table& table, const SeriesRequest& request,
                                  const StepDates& steps, Diagnostics& diagnostics);

}  // namespace casus::table
