// Numbers and dates inside a text.
#pragma once

#include "base/diagnostic.hpp"
#include "language/token.hpp"

#include <string_view>

namespace casus::language {

/// What stands at a place of a text: a number, a date, or something `broken` that looks like one.
struct NumberRead {
  TokenKind kind = TokenKind::broken;
  std::size_t end = 0;  ///< the byte behind it
  double number = 0.0;
  Date date{};
  Diagnostic problem{};  ///< of something broken; its place is the whole of it
};

/// A digit, or a point before a digit, stands at byte `begin`.
NumberRead read_number(std::string_view text, std::size_t begin);

}  // namespace casus::language
