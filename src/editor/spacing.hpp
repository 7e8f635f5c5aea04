// How many blanks stand between two tokens of one line.
#pragma once

#include "language/token.hpp"

#include <cstddef>
#include <string_view>

namespace casus::editor {

/// A token with what its neighbourhood says about it.
struct Piece {
  std::string_view text;
  language::TokenKind kind = language::TokenKind::end;
  bool comment = false;
  bool sign = false;       ///< a minus that belongs to what follows
  bool bracketed = false;  ///< inside brackets
  bool menu = false;       ///< a colon behind `by PLAYER`
  std::size_t width = 0;   ///< in characters
  std::size_t gap = 0;     ///< blanks before it, as written
  std::size_t column = 0;  ///< from zero, as written
  std::size_t place = 0;   ///< from zero, where it is to stand
};

/// The blanks between two neighbours of one line where nothing is aligned.
std::size_t blanks_between(const Piece& left, const Piece& right);

/// Whether authors set this off from the rest of its line: comments, `because`, descriptions.
bool stands_apart(const Piece& piece);

/// Whether a minus behind `before` (nullptr: nothing is) belongs to what follows it.
bool is_sign_after(const Piece* before);

}  // namespace casus::editor
