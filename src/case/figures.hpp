// Pictures of results.
#pragma once

#include "case/compare.hpp"
#include "case/load.hpp"
#include "case/runs.hpp"

#include <string>

namespace casus::cases {

/// Headline series of a run over time: of numbers the median, the middle half and 5 to 95 % of
/// histories; of labels their shares. Empty when there is nothing to draw.
std::string bands_svg(const LoadedCase& loaded, const Run& run);

/// One row a what-if, one column a headline measure: the difference from the baseline with two
/// standard errors to each side. Empty without what-ifs.
std::string whatifs_svg(const LoadedCase& loaded, const Runs& runs);

/// Log Bayes factors against the reference of all recorded up to a date, a line an explanation.
std::string factors_svg(const LoadedCase& loaded, const Explanations& compared);

/// The items that tell most, a row each: how much more or less probable than on average an
/// explanation made it, as a colour. Items that count together share a bracket.
std::string matrix_svg(const LoadedCase& loaded, const Explanations& compared);

}  // namespace casus::cases
