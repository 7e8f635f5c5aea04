// From a text to tokens (L codes).
#pragma once

#include "base/diagnostic.hpp"
#include "language/token.hpp"

namespace casus::language {

/// Linear in the length of the text. A text that is not UTF-8, or holds a NUL, gives one diagnostic
/// and no tokens but `end`. Brackets are matched here: a statement with unbalanced ones holds a
/// `broken` token.
Lexed lex(FileId file, const Sources& sources, Diagnostics& found);

}  // namespace casus::language
