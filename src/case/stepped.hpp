// Tables of models whose time is no calendar: rows are at numbers of steps or at times.
#pragma once

#include "language/inputs.hpp"
#include "table/record.hpp"
#include "table/rows.hpp"
#include "table/series.hpp"

#include <optional>

namespace casus::cases {

/// Numbers by step for a `data` statement. In a model of plain steps a row belongs to the step of
/// that number, from 1; with numeric time its value holds from its time on. Faults: no number in
/// the column of steps (D104), two rows for one step (D203), and as for dates D107 to D109.
std::optional<language::Series> read_stepped(const table::Table& table,
                                             const table::SeriesRequest& request,
                                             const language::Steps& steps, Diagnostics& found);

/// Observed numbers, NaN where there is none. With numeric time a row belongs to the step that ends
/// at its time. Faults: D104, D203, no row inside the run (D204).
std::optional<language::Series> read_stepped_observed(const table::Table& table,
                                                      const table::Wanted& wanted,
                                                      const language::Steps& steps,
                                                      Diagnostics& found);

/// A record of moves, a cell a step. Rows belong to steps as observed numbers do. Faults: D011,
/// D104, D203, D204, and those of the cells (D201, D202).
std::optional<std::vector<table::RecordCell>> read_stepped_record(
    const table::Table& table, const table::RecordRequest& request, const language::Steps& steps,
    Diagnostics& found);

}  // namespace casus::cases
