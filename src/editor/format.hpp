// Layout of case files: indentation, blanks between tokens, columns that somebody aligned.
#pragma once

#include "base/diagnostic.hpp"
#include "base/source.hpp"

#include <optional>
#include <string>

namespace casus::editor {

/// The text with its layout in order. Lines stay lines, and every token and comment is kept as
/// written. Blocks and continued statements are indented by four; what is aligned with a token
/// above it, or with the same part of the neighbouring line, stays aligned. Formatting what was
/// formatted changes nothing, and the tree is the same before and after.
///
/// nullopt, with the lexer's faults, when the text has any.
std::optional<std::string> format(FileId file, const Sources& sources, Diagnostics& found);

}  // namespace casus::editor
