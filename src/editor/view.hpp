// A case as far as it can be understood, faults or not.
#pragma once

#include "base/diagnostic.hpp"
#include "base/files.hpp"
#include "evidence/register.hpp"
#include "language/model.hpp"
#include "language/token.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus::editor {

/// One file of the case and its tokens.
struct CaseFile {
  FileId id{};
  language::Lexed lexed;
};

/// A statement that could be read, and where it ends.
struct StatementRange {
  Span span{};  ///< to before the next one in its file, without the blanks between
  std::uint32_t statement = 0;
};

struct CaseView {
  std::string main_file;
  Sources sources{};
  Diagnostics found{};      ///< what `casus check` would say
  bool readable = false;    ///< the lexer and the parser found no error
  language::Model model{};  ///< the tree, and what of its meaning could be found out
  std::optional<evidence::Register> claims{};
  std::vector<CaseFile> files{};
  std::vector<StatementRange> statements{};  ///< in order of places

  /// nullptr when no file of the case is there.
  const CaseFile* find_file(std::string_view path) const;
  /// The statement at a place; nullptr when it is in none that could be read.
  const StatementRange* statement_at(FileId file, std::uint32_t byte) const;
};

/// Reads the case whose main file this is; never null.
std::unique_ptr<const CaseView> view_case(const std::string& main_file, const Files& files);

/// The main file of the case that a file belongs to: a `model.casus` in its folder or one above
/// that includes it, else the file itself.
std::string main_file_of(const std::string& path, const Files& files);

}  // namespace casus::editor
