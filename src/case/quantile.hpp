// Quantiles of a sample.
#pragma once

#include <span>

namespace casus::cases {

/// Between the two nearest values of the sorted sample, in proportion (definition 7 of Hyndman &
/// Fan 1996). NaN when it is empty.
double quantile_between(std::span<const double> sorted, double probability);

/// The smallest value that at least a share `probability` of the sorted sample does not exceed
/// (definition 1): for dates, which have nothing between them. NaN when it is empty.
double quantile_among(std::span<const double> sorted, double probability);

}  // namespace casus::cases
