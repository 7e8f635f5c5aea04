// Whether bytes are UTF-8 text.
#pragma once

#include <cstddef>
#include <string_view>

namespace casus::table {

/// How many bytes at the front of `bytes` are well-formed UTF-8 without a zero byte: all of them,
/// or the place of the first fault. Surrogates, overlong forms and what lies beyond U+10FFFF are
/// faults (The Unicode Standard 15.0, table 3-7).
std::size_t valid_prefix(std::string_view bytes);

}  // namespace casus::table
