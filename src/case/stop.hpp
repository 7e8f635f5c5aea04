// Ending a command over something that has no place in a text: an option, a date, a file.
#pragma once

#include "base/diagnostic.hpp"

#include <string>
#include <string_view>

namespace casus::cases {

/// Throws `Stop` with this one fault.
[[noreturn]] void stop(std::string_view code, std::string message, std::string help);

/// Throws `Stop` with all that was found where there are errors among it.
void stop_on_errors(const Diagnostics& found);

}  // namespace casus::cases
