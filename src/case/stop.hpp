// Ending a command over something that has no place in a text: an option, a date, a file.
#pragma once

#include <string>
#include <string_view>

namespace casus::cases {

/// Throws `Stop` with this one fault.
[[noreturn]] void stop(std::string_view code, std::string message, std::string help);

}  // namespace casus::cases
