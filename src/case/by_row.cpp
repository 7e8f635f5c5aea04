// One row a step: nothing is held, joined or looked up by labels.
#include "case/by_row.hpp"

#include "base/text.hpp"
#include "table/values.hpp"

#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace casus::cases {

std::optional<language::Series> read_by_row(const table::Table& table, const table::Wanted& wanted,
                                            table::Empty empty, Diagnostics& found) {
  const auto column = table::column(table, wanted.value_column, wanted.wanted_by, found);
  if (!column) return std::nullopt;
  language::Series series{.by_step = true, .values = {}};
  series.values.reserve(table.n_rows());
  table::Faults faults(table.name(), found);
  const table::Values values(table, wanted, *column, faults);
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    const bool unknown = empty == table::Empty::unknown && trim(table.text(row, *column)).empty();
    const std::optional<double> value = unknown ? std::nullopt : values.read(row);
    series.values.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  if (faults.any()) return std::nullopt;
  return series;
}

bool is_plain_column(const language::Word& name, bool has_indices,
                     const std::vector<language::WhereClause>& where, Diagnostics& found) {
  if (!has_indices && where.empty()) return true;
  found.add({.code = "D304",
             .message = fmt::format("a row of this file is a step, so `{}` has one value a row{}",
                                    name.text, has_indices ? " and no index" : " in every row"),
             .primary = {has_indices ? name.span : where.front().column.span},
             .help = has_indices ? "name a quantity for each column, or read the array from a file "
                                   "of its own"
                                 : "take the rows that are not meant out of the file"});
  return false;
}

}  // namespace casus::cases
