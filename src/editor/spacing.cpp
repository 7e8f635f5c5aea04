// Blanks between tokens.
#include "editor/spacing.hpp"

#include "language/keywords.hpp"

#include <algorithm>
#include <array>

namespace casus::editor {
namespace {

using language::TokenKind;

constexpr std::size_t before_comment = 2;

constexpr std::array apart_words{"because", "unit", "base",    "if",
                                 "when",    "then", "outside", "while"};

bool opens(TokenKind kind) {
  return kind == TokenKind::open_round || kind == TokenKind::open_square ||
         kind == TokenKind::open_brace;
}

bool closes(TokenKind kind) {
  return kind == TokenKind::close_round || kind == TokenKind::close_square ||
         kind == TokenKind::close_brace;
}

bool is_reserved_word(const Piece& piece) {
  return piece.kind == TokenKind::word && language::is_reserved(piece.text);
}

bool is_plain_word(const Piece& piece) {
  return piece.kind == TokenKind::word && !language::is_reserved(piece.text);
}

/// `crisis.worth`: only where no number can grow out of it.
bool is_part_of_name(const Piece& left, const Piece& right) {
  const bool dot = left.kind == TokenKind::dot || right.kind == TokenKind::dot;
  return dot && (left.kind == TokenKind::word || right.kind == TokenKind::word);
}

bool follows_sign(const Piece& left, const Piece& right) {
  return left.sign && (right.kind == TokenKind::word || right.kind == TokenKind::number ||
                       right.kind == TokenKind::open_round);
}

std::size_t before_bracket(const Piece& left, const Piece& right) {
  if (is_reserved_word(left)) return 1;
  const bool called = is_plain_word(left) || closes(left.kind);
  if (right.kind == TokenKind::open_square && called) return 0;
  if (right.kind == TokenKind::open_round && called) return std::min<std::size_t>(right.gap, 1);
  return 1;
}

}  // namespace

std::size_t blanks_between(const Piece& left, const Piece& right) {
  if (right.comment) return before_comment;
  if (opens(left.kind) || closes(right.kind) || right.kind == TokenKind::comma) return 0;
  if (is_part_of_name(left, right)) return 0;
  if (follows_sign(left, right)) return 0;
  if (opens(right.kind)) return before_bracket(left, right);
  if (right.kind == TokenKind::colon) return right.bracketed || right.menu ? 0 : 1;
  if (left.kind == TokenKind::bar || right.kind == TokenKind::bar) {
    return std::min<std::size_t>(right.gap, 1);
  }
  return 1;
}

bool stands_apart(const Piece& piece) {
  if (piece.comment || piece.kind == TokenKind::text) return true;
  return std::find(apart_words.begin(), apart_words.end(), piece.text) != apart_words.end();
}

bool is_sign_after(const Piece* before) {
  if (before == nullptr) return true;
  switch (before->kind) {
    case TokenKind::word:
      return language::is_reserved(before->text) && !language::is_reserved_value(before->text);
    case TokenKind::number:
    case TokenKind::date:
    case TokenKind::text:
    case TokenKind::close_round:
    case TokenKind::close_square:
    case TokenKind::close_brace: return false;
    default: return true;
  }
}

}  // namespace casus::editor
