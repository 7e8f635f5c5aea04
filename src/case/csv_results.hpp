// The tables of a results folder, as CSV. Every table's first column says of which run a row is.
#pragma once

#include "case/runs.hpp"

#include <string>

namespace casus::cases {

/// run, measure, kind, unit, statistic, value, standard_error, histories
std::string measures_csv(const Runs& runs);

/// run, step, date, name, unit, label, mean, q05, q25, q50, q75, q95; shares have a mean only. Of
/// what-ifs only the rows that differ from the baseline.
std::string bands_csv(const Runs& runs, const language::Steps& steps);

/// run, set and one column a parameter, in declared units
std::string parameters_csv(const Runs& runs);

/// run, history, set, slot and one column a measure (two for a ratio); empty where a history does
/// not count
std::string histories_csv(const Runs& runs, const language::Steps& steps);

/// whatif, measure, statistic, unit, baseline, changed, difference, standard_error, histories,
/// differing, then P(averted) and P(caused) with their errors and bounds
std::string whatifs_csv(const Runs& runs);

/// "number", "truth", ...
std::string_view kind_name(language::MeasureColumn::Kind kind);

}  // namespace casus::cases
