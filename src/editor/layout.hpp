// The lines of a case file as a nest, and the column in which each line and token is to stand.
#pragma once

#include "base/source.hpp"
#include "editor/spacing.hpp"
#include "language/token.hpp"

#include <cstddef>
#include <limits>
#include <vector>

namespace casus::editor {

inline constexpr std::size_t no_line = std::numeric_limits<std::size_t>::max();

/// A physical line that is not blank.
struct Line {
  enum class Kind {
    code,     ///< its column says what it belongs to
    inner,    ///< begins inside brackets
    comment,  ///< nothing but a comment
  };
  Kind kind = Kind::code;
  std::vector<Piece> pieces{};
  bool blank_before = false;
  std::size_t number = 0;        ///< in the file
  std::size_t owner = no_line;   ///< code: the line it is deeper than; inner: that of the bracket
  std::size_t before = no_line;  ///< the line before it with the same owner and column
  bool crooked = false;          ///< lines that are deeper, or beside it, begin in several columns
  std::size_t level = 0;         ///< owners above it

  std::size_t column() const { return pieces.front().column; }
  std::size_t place() const { return pieces.front().place; }
};

/// The lines of a text without a fault of the lexer, with what each belongs to.
std::vector<Line> lines_of(FileId file, const Sources& sources, const language::Lexed& lexed);

/// Sets `Piece::place` of all pieces.
void place_all(std::vector<Line>& lines);

}  // namespace casus::editor
