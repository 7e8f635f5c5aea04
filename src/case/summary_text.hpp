// The results of a command as short tables for a terminal. Nothing here depends on the terminal:
// the same text goes into the results folder.
#pragma once

#include "case/load.hpp"
#include "case/runs.hpp"

#include <string>

namespace casus::cases {

/// Title, steps, how many histories of what.
std::string heading_text(const LoadedCase& loaded, const Runs& runs);

/// One line a measure: value with its standard error, and how it spreads. At most `most` lines.
std::string measures_text(const Run& run, std::size_t most);

/// Headline series as sparklines with what they are at the end.
std::string series_text(const LoadedCase& loaded, const Run& run);

/// One row a what-if: differences of headline measures.
std::string whatif_table(const LoadedCase& loaded, const Runs& runs);

/// One what-if in full, beside its baseline: every measure that differs, with what was averted and
/// caused.
std::string whatif_details(const LoadedCase& loaded, const Run& baseline, const PairedRun& paired);

/// How many assumptions rest on what.
std::string evidence_text(const LoadedCase& loaded);

}  // namespace casus::cases
