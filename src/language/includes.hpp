// One case in several files.
#pragma once

#include "base/diagnostic.hpp"
#include "language/syntax.hpp"

#include <string>
#include <string_view>

namespace casus::language {

struct FileRole {
  bool needs_version = false;  ///< the main file begins with `casus 1`
};

/// Adds the statements of one text to `tree`.
void parse_file(FileId file, const Sources& sources, const FileRole& role, Tree& tree,
                Diagnostics& found);

/// There is at most one `case`.
void check_one_case(const Tree& tree, Diagnostics& found);

/// `path` as written in the file `from`, relative to that file's folder; without `.` and, where
/// possible, `..`.
std::string resolve_path(std::string_view from, std::string_view path);

}  // namespace casus::language
