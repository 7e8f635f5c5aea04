// Text in lines that a terminal holds.
#pragma once

#include <string>
#include <string_view>

namespace casus::cli {

/// Lines of at most 80 bytes, broken at blanks, with a line break at the end.
std::string wrapped(std::string_view text);

}  // namespace casus::cli
