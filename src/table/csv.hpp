// Comma-separated text to a table.
#pragma once

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "table/table.hpp"

#include <optional>

namespace casus::table {

/// Reads a text of `sources` as RFC 4180 has it: commas, quotes around what holds commas, quotes or
/// line breaks, a quote in quotes doubled, the first line a header. Beyond the RFC: a byte order
/// mark, LF or CR alone as line break, a last line without one, blank lines, lines that begin with
/// '#' above the header, and blanks around a cell, which are no part of it unless quoted.
///
/// nullopt when anything is wrong (D001 to D010); at most twenty faults are reported for a file.
std::optional<Table> read_csv(const Sources& sources, FileId file, Diagnostics& diagnostics);

}  // namespace casus::table
