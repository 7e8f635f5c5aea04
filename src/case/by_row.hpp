// Columns of the file whose rows are the steps of a model.
#pragma once

#include "language/inputs.hpp"
#include "table/record.hpp"
#include "table/rows.hpp"

#include <optional>
#include <vector>

namespace casus::cases {

/// The values of a column, row by row. An empty cell is a fault (D102, D211) or NaN. Other faults:
/// those of the cells (table/values.hpp).
std::optional<language::Series> read_by_row(const table::Table& table, const table::Wanted& wanted,
                                            table::Empty empty, Diagnostics& found);

/// A column of a file of rows gives one value a row: a fault (D304) where the statement gives it
/// indices or filters it.
bool is_plain_column(const language::Word& name, bool has_indices,
                     const std::vector<language::WhereClause>& where, Diagnostics& found);

}  // namespace casus::cases
