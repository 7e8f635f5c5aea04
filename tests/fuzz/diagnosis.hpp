// What must be so of all that is said about any text.
#pragma once

#include "base/diagnostic.hpp"
#include "base/source.hpp"

#include <string>

namespace casus::fuzz {

/// Empty when every code is known, every place inside its text, and all can be shown.
std::string fault_of(const Sources& sources, const Diagnostics& found);

}  // namespace casus::fuzz
