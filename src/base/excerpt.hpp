// The part of a source line that a message shows, and where its marks go.
#pragma once

#include "base/source.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace casus {

/// Columns are characters of `line`.
struct Excerpt {
  std::string line;        ///< at most `widest_excerpt` characters, "…" where it was cut
  std::size_t indent = 0;  ///< characters before the first mark
  std::size_t width = 1;   ///< marks, at least one
};

constexpr std::size_t widest_excerpt = 160;

/// The line on which `span` begins; a span that goes on in other lines is marked to the line's end.
Excerpt excerpt_of(const Sources& sources, Span span);

/// `text` as it may be sent to a terminal: blanks for tabs, U+FFFD for control characters, for
/// characters that reorder text (Boucher & Anderson 2021, "Trojan Source") and for what is not
/// UTF-8. Line feeds stay.
std::string printable(std::string_view text);

}  // namespace casus
