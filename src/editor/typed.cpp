// The tokens before a place.
#include "editor/features.hpp"

#include <algorithm>

namespace casus::editor {

using language::Token;
using language::TokenKind;

Typed::Typed(const CaseView& view, const Names& names, FileId file, std::uint32_t byte)
    : text_(view.sources.text(file)) {
  for (const CaseFile& each : view.files) {
    if (each.id != file) continue;
    for (const Token& token : each.lexed.tokens) {
      const bool typed = token.kind == TokenKind::word && token.span.end >= byte;
      if (token.span.begin >= byte || token.kind == TokenKind::end || typed) break;
      const bool missing = token.span.begin == token.span.end;  // a bracket that was not closed
      if (!missing) tokens_.push_back(token);
    }
  }
  const Span line = view.sources.line_span(file, view.sources.place(file, byte).line);
  line_ = text_.substr(line.begin, std::clamp(byte, line.begin, line.end) - line.begin);
  const StatementRange* statement = view.statement_at(file, byte);
  if (statement != nullptr) locals_ = names.locals_of(statement->statement);
}

TokenKind Typed::kind(std::size_t back) const {
  return back < tokens_.size() ? tokens_[tokens_.size() - 1 - back].kind : TokenKind::end;
}

std::string Typed::word(std::size_t back) const {
  if (back >= tokens_.size()) return {};
  const Span span = tokens_[tokens_.size() - 1 - back].span;
  return text_.substr(span.begin, span.end - span.begin);
}

std::string Typed::name_before(std::size_t back) const {
  std::size_t at = back + 1;
  if (kind(at) == TokenKind::close_square) {
    while (at < size() && kind(at) != TokenKind::open_square) ++at;
    ++at;
  }
  return kind(at) == TokenKind::word ? word(at) : std::string();
}

std::optional<std::size_t> Typed::open_bracket() const {
  constexpr std::size_t farthest = 200;
  std::size_t n_closed = 0;
  for (std::size_t back = 0; back < std::min(size(), farthest); ++back) {
    switch (kind(back)) {
      case TokenKind::close_round:
      case TokenKind::close_square:
      case TokenKind::close_brace: ++n_closed; break;
      case TokenKind::open_round:
      case TokenKind::open_square:
      case TokenKind::open_brace:
        if (n_closed == 0) return back;
        --n_closed;
        break;
      default: break;
    }
  }
  return std::nullopt;
}

}  // namespace casus::editor
