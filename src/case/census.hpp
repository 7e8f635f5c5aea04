// What a checked case holds, counted: what `casus check` prints.
#pragma once

#include "case/load.hpp"

#include <string>

namespace casus::cases {

/// Some lines for a terminal.
std::string census_text(const LoadedCase& loaded);

/// The same as a JSON object.
std::string census_json(const LoadedCase& loaded);

}  // namespace casus::cases
