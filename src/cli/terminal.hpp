// What the standard streams are.
#pragma once

#include <string>
#include <string_view>

namespace casus::cli {

/// Whether standard error is a terminal.
bool error_is_terminal();

/// Whether messages may be coloured: a terminal that is not dumb, without NO_COLOR.
bool may_color();

/// Bytes to standard error; what cannot be written is lost.
void to_error(std::string_view text);

/// All of standard input.
std::string from_input();

/// Bytes to standard output, to the end; false when they cannot be written.
bool to_output(std::string_view text);

}  // namespace casus::cli
