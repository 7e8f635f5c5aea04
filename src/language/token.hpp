// What the lexer makes of a text: tokens with their places, and the comments between them.
#pragma once

#include "base/calendar.hpp"
#include "base/source.hpp"

#include <cstdint>
#include <vector>

namespace casus::language {

enum class TokenKind : std::uint8_t {
  end,     ///< the file's end, or the end of what is being read
  broken,  ///< the lexer has already said what is wrong here
  word,
  number,
  date,
  text,  ///< "in quotes"
  plus,
  minus,
  star,
  slash,
  caret,
  equal,      ///< ==
  not_equal,  ///< !=
  less,
  less_equal,
  greater,
  greater_equal,
  assign,  ///< =
  define,  ///< :=
  tilde,
  open_round,
  close_round,
  open_square,
  close_square,
  open_brace,
  close_brace,
  comma,
  colon,
  dot,
  bar,
};

struct Token {
  TokenKind kind = TokenKind::end;
  bool starts_line = false;  ///< first on its physical line and outside all brackets
  std::uint32_t line = 1;
  std::uint32_t column = 1;  ///< from one, in characters; only of a token that starts a line
  Span span{};               ///< of text with its quotes
  double number = 0.0;       ///< of a number
  Date date{};               ///< of a date
};

struct Lexed {
  std::vector<Token> tokens;   ///< the last is `end`
  std::vector<Span> comments;  ///< from `#` to the line's end, in source order
  bool is_text = true;         ///< false: no UTF-8, or with a NUL; there are no tokens then
};

}  // namespace casus::language
