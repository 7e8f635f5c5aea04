// Placed lines to text.
#include "editor/format.hpp"

#include "base/bug.hpp"
#include "editor/layout.hpp"
#include "language/lexer.hpp"

#include <algorithm>

namespace casus::editor {
namespace {

std::string written(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    if (line.blank_before) text += '\n';
    std::size_t column = 0;
    for (const Piece& piece : line.pieces) {
      text.append(piece.place - column, ' ');
      text += piece.text;
      column = piece.place + piece.width;
    }
    text += '\n';
  }
  return text;
}

/// The lines of a text that was made of `before`, with the words in `sources`: nobody should lose
/// words to a formatter.
std::vector<Line> read_again(const std::string& text, const std::vector<Line>& before,
                             Sources& sources) {
  Diagnostics found;
  const FileId file = sources.add("formatted", text);
  std::vector<Line> after = lines_of(file, sources, language::lex(file, sources, found));
  const auto same_piece = [](const Piece& a, const Piece& b) {
    return a.text == b.text && a.kind == b.kind;
  };
  const auto same_line = [&same_piece](const Line& a, const Line& b) {
    return a.kind == b.kind && std::equal(a.pieces.begin(), a.pieces.end(), b.pieces.begin(),
                                          b.pieces.end(), same_piece);
  };
  const bool holds = found.empty() && std::equal(before.begin(), before.end(), after.begin(),
                                                 after.end(), same_line);
  require(holds, "formatting would change the words of a case file");
  return after;
}

}  // namespace

std::optional<std::string> format(FileId file, const Sources& sources, Diagnostics& found) {
  Diagnostics faults;
  const language::Lexed lexed = language::lex(file, sources, faults);
  found.append(faults);
  if (!faults.empty()) return std::nullopt;
  std::vector<Line> lines = lines_of(file, sources, lexed);
  place_all(lines);
  std::string text = written(lines);
  // What was moved may have come to stand below something new. Tokens move to the right only, so
  // that this ends; the bound is for faults of ours.
  constexpr int most_rounds = 20;
  for (int round = 0; round < most_rounds; ++round) {
    Sources formatted;
    std::vector<Line> again = read_again(text, lines, formatted);
    place_all(again);
    std::string next = written(again);
    if (next == text) return text;
    text = std::move(next);
  }
  throw Bug("formatting does not come to an end");
}

}  // namespace casus::editor
