// Case files of this tree, and their layout put in order.
#pragma once

#include "case/disk.hpp"
#include "editor/format.hpp"
#include "language/lexer.hpp"
#include "language/parser.hpp"
#include "language/print.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace casus::editor {

inline std::string text_of_file(const std::filesystem::path& path) {
  return cases::Disk("").read(path.generic_string()).bytes;
}

/// Every case file of the repository.
inline std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> paths;
  for (const std::string folder : {"cases", "tests"}) {
    for (const auto& at : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(CASUS_ROOT) / folder)) {
      if (at.path().extension() == ".casus") paths.push_back(at.path());
    }
  }
  return paths;
}

/// nullopt when the lexer finds faults.
inline std::optional<std::string> formatted(const std::string& text) {
  Sources sources;
  Diagnostics found;
  return format(sources.add("x.casus", text), sources, found);
}

/// The words, signs and comments of a text, one a line.
inline std::string words_of(const std::string& text) {
  Sources sources;
  Diagnostics found;
  const FileId file = sources.add("x.casus", text);
  const language::Lexed lexed = language::lex(file, sources, found);
  std::string words;
  const auto add = [&](Span span) {
    std::string word = text.substr(span.begin, span.end - span.begin);
    while (!word.empty() && (word.back() == ' ' || word.back() == '\r')) word.pop_back();
    words += word + '\n';
  };
  for (const language::Token& token : lexed.tokens) {
    if (token.kind == language::TokenKind::end) break;
    add(token.span);
    if (token.starts_line) words += "(line)\n";
  }
  words += "comments\n";
  for (const Span comment : lexed.comments) add(comment);
  return words;
}

/// What the parser makes of it: the tree, and the codes of its faults in order.
inline std::string meaning_of(const std::string& text) {
  Sources sources;
  Diagnostics found;
  const language::Tree tree = language::parse_text(sources.add("x.casus", text), sources, found);
  std::string meaning = language::print(tree);
  for (const Diagnostic& each : found.sorted()) meaning += std::string(each.code) + '\n';
  return meaning;
}

}  // namespace casus::editor
