// From text to tree (L and P codes; F001 for files that cannot be read).
#pragma once

#include "base/diagnostic.hpp"
#include "base/files.hpp"
#include "language/syntax.hpp"

#include <string_view>

namespace casus::language {

/// Reads the main file and everything it includes, in the order of the `include` statements, each
/// after the file that includes it. `files.read(path)` gives texts; included paths are relative to
/// the including file's folder. Statements with errors are not in the tree.
Tree parse_case(std::string_view main_file, const Files& files, Sources& sources,
                Diagnostics& found);

/// One text. `casus 1` may stand first and need not; `include` is kept and not followed.
Tree parse_text(FileId file, const Sources& sources, Diagnostics& found);

}  // namespace casus::language
