// Cells as numbers and dates, and what is wrong with them.
#pragma once

#include "base/calendar.hpp"
#include "table/faults.hpp"
#include "table/table.hpp"

#include <cstddef>
#include <optional>

namespace casus::table {

/// The cell times `scale` when both are finite; else adds D101, D102 or D103.
std::optional<double> read_number(const Table& table, std::size_t row, std::size_t column,
                                  double scale, Faults& faults);

/// The cell as a date; else adds D104.
std::optional<Date> read_date(const Table& table, std::size_t row, std::size_t column,
                              Faults& faults);

}  // namespace casus::table
