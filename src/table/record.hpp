// Recorded moves: a column of a table that says by date what a party did, as far as known.
#pragma once

#include "base/diagnostic.hpp"
#include "table/rows.hpp"
#include "table/table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casus::table {

/// What is known about a move in one step.
struct RecordCell {
  enum class Kind : unsigned char {
    blank,        ///< nothing is known: an empty cell, or no row
    not_reached,  ///< "-": the move was not made, because its node was not reached
    labels        ///< "hold|raid": one of these
  };

  Kind kind = Kind::blank;
  std::uint64_t set = 0;  ///< bit i: the i-th label of the request is possible
  Span span{};            ///< the cell; empty when the step has no row

  friend bool operator==(const RecordCell&, const RecordCell&) = default;
};

/// Which column to read, and the words that may stand in it.
struct RecordRequest {
  std::string date_column;
  std::string column;
  std::vector<std::string> labels;  ///< at most 64
  Span wanted_by{};                 ///< the `observe` statement
};

/// One cell a step. Rows outside the steps are left out; it is a fault when none lies inside
/// (D204). Other faults: no such column (D011), no date (D104), a cell that cannot be read (D201),
/// an unknown label (D202), two rows for one step (D203), a period longer than a step (D205).
/// nullopt when there was one.
std::optional<std::vector<RecordCell>> read_record(const Table& table, const RecordRequest& request,
                                                   const StepDates& steps,
                                                   Diagnostics& diagnostics);

/// One cell a row, whatever their dates. Faults: D011, D201, D202.
std::optional<std::vector<RecordCell>> read_record_by_row(const Table& table,
                                                          const RecordRequest& request,
                                                          Diagnostics& diagnostics);

/// One cell a step, of the rows whose step is known: `steps[row]`, below `n_steps`, each at most
/// once; nullopt for a row that is left out. Faults: D011, D201, D202.
std::optional<std::vector<RecordCell>> read_record_at(
    const Table& table, const RecordRequest& request,
    const std::vector<std::optional<std::size_t>>& steps, std::size_t n_steps,
    Diagnostics& diagnostics);

}  // namespace casus::table
