// Observed numbers of a table by step, many of them unknown: what `observe ... ~ LAW` reads.
#pragma once

#include "base/diagnostic.hpp"
#include "table/rows.hpp"
#include "table/table.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace casus::table {

/// Which numbers were observed, and how their dates may lie to the steps.
struct ObservedRequest {
  Wanted wanted;
  /// Takes a period longer than a step (a year in a model by month) as observed in the first step
  /// that meets it, which is where a draw `by year` is made. Otherwise it is a fault: a year's
  /// deaths are no month's.
  bool allow_longer = false;
};

/// A number for some steps and labels. Nothing is held, extended or filled.
struct Observed {
  std::size_t n_steps = 0;
  std::size_t n_cells = 1;
  std::vector<std::optional<double>> values;  ///< (n_steps × n_cells), base units
  std::vector<Span> spans;                    ///< (n_steps × n_cells), empty where unknown

  const std::optional<double>& value(std::size_t step, std::size_t cell) const {
    return values[step * n_cells + cell];
  }
};

/// A value belongs to the first step that meets the period its date names. Empty cells and missing
/// rows are unknown; rows outside the steps are left out. Faults: two values for one step and label
/// (D105), no row inside the steps (D204), a period longer than a step (D205) unless allowed, and
/// those of `find_rows` except the empty cell. nullopt when there was one.
std::optional<Observed> read_observed(const Table& table, const ObservedRequest& request,
                                      const StepDates& steps, Diagnostics& diagnostics);

}  // namespace casus::table
