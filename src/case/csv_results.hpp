// The tables of a results folder, as CSV. Every table's first column says of which run a row is.
// Tables that grow with steps, sets or histories are given in pieces.
#pragma once

#include "case/runs.hpp"
#include "case/staged.hpp"

#include <string>

namespace casus::cases {

/// run, measure, kind, unit, statistic, value, standard_error, histories
std::string measures_csv(const Runs& runs);

/// run, step, date, name, unit, label, mean, q05, q25, q50, q75, q95; shares have a mean only. Of
/// what-ifs only the rows that differ from the baseline.
void bands_csv(const Runs& runs, const language::Steps& steps, const Pieces& pieces);

/// run, set and one column a parameter, in declared units
void parameters_csv(const Runs& runs, const Pieces& pieces);

/// run, history, set, slot and one column a measure (two for a ratio); empty where a history does
/// not count
void histories_csv(const Runs& runs, const language::Steps& steps, const Pieces& pieces);

/// whatif, measure, statistic, unit, baseline, changed, difference, standard_error, histories,
/// differing, then P(averted) and P(caused) with their errors and bounds
std::string whatifs_csv(const Runs& runs);

/// Whether some comparison has the interval of pairs of histories.
bool any_spread(const Runs& runs);

/// "number", "truth", ...
std::string_view kind_name(language::MeasureColumn::Kind kind);

}  // namespace casus::cases
