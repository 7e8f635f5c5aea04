// Moving through tokens, failing, adding nodes.
#include "language/parser_state.hpp"

#include "language/excerpts.hpp"
#include "language/keywords.hpp"
#include "language/slips.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace casus::language {
namespace {

constexpr Token over{};

}  // namespace

bool Parser::ends_item(std::size_t position) const {
  const Token& token = lexed_.tokens[position];
  if (token.kind == TokenKind::end) return true;
  return token.starts_line && token.column <= layout_.column && position != layout_.first;
}

const Token& Parser::peek(std::size_t ahead) const {
  if (failed_) return over;
  for (std::size_t i = position_; i <= position_ + ahead; ++i) {
    if (ends_item(i)) return over;
  }
  return lexed_.tokens[position_ + ahead];
}

Word Parser::word_of(const Token& token) const {
  std::string_view text = text_of(token);
  const bool quoted = token.kind == TokenKind::text;
  if (quoted) text = text.substr(1, text.size() - 2);
  return {.text = std::string(text), .span = token.span, .quoted = quoted};
}

Span Parser::here() const {
  if (failed_ || ends_item(position_)) {
    const Span last = position_ == 0 ? next().span : previous().span;
    return {last.file, last.end, last.end};
  }
  return next().span;
}

Span Parser::line_ahead() const {
  Span span = next().span;
  for (std::size_t i = position_; !ends_item(i); ++i) {
    if (lexed_.tokens[i].line != next().line) break;
    span.end = lexed_.tokens[i].span.end;
  }
  return span;
}

Span Parser::since(std::uint32_t begin) const {
  const Span last = previous().span;
  return {last.file, std::min(begin, last.end), last.end};
}

void Parser::count_bracket(TokenKind kind) {
  switch (kind) {
    case TokenKind::open_round:
    case TokenKind::open_square:
    case TokenKind::open_brace: ++n_open_; break;
    case TokenKind::close_round:
    case TokenKind::close_square:
    case TokenKind::close_brace: n_open_ -= n_open_ > 0 ? 1U : 0U; break;
    default: break;
  }
}

const Token& Parser::take() {
  const Token& token = peek();
  if (token.kind == TokenKind::end) return token;
  count_bracket(token.kind);
  ++position_;
  return token;
}

void Parser::take_sign() {
  take();
  after_sign_ = position_;
}

bool Parser::accept(TokenKind kind) {
  if (!at(kind)) return false;
  take();
  return true;
}

bool Parser::accept_word(std::string_view word) {
  if (!at_word(word)) return false;
  take();
  return true;
}

bool Parser::expect(TokenKind kind, std::string_view expected) {
  if (accept(kind)) return true;
  unexpected(expected);
  return false;
}

bool Parser::expect_word(std::string_view word) {
  if (accept_word(word)) return true;
  unexpected(fmt::format("`{}`", word));
  return false;
}

bool Parser::expect_after_value(TokenKind kind, std::string_view expected) {
  if (accept(kind)) return true;
  unexpected_after_value(expected);
  return false;
}

bool Parser::expect_assign(std::string_view after) {
  if (accept(TokenKind::assign)) return true;
  if (at(TokenKind::equal)) {
    fail({.code = "P013",
          .message = "`==` compares, a definition is written with `=`",
          .primary = {here(), ""},
          .help = "write `=`"});
  } else if (at(TokenKind::define)) {
    fail_on_define(*this);
  } else {
    unexpected(fmt::format("`=` after {}", after));
  }
  return false;
}

bool Parser::rest_is_broken() const {
  for (std::size_t i = position_; !ends_item(i); ++i) {
    if (lexed_.tokens[i].kind == TokenKind::broken) return true;
  }
  return false;
}

// What the lexer has said about an item may well be the reason that it cannot be read.
void Parser::fail(Diagnostic diagnostic) {
  if (failed_) return;
  if (!rest_is_broken()) found_.add(std::move(diagnostic));
  failed_ = true;
  ++n_errors_;
}

std::string Parser::describe(const Token& token) const {
  switch (token.kind) {
    case TokenKind::end: return at_file_end() ? "the end of the file" : "the end of the line";
    case TokenKind::text: return fmt::format("the text {}", excerpt(text_of(token)));
    default: return fmt::format("`{}`", excerpt(text_of(token)));
  }
}

void Parser::unexpected(std::string_view expected, std::string help) {
  fail({.code = "P001",
        .message = fmt::format("expected {}, found {}", expected, describe(peek())),
        .primary = {here(), ""},
        .help = std::move(help)});
}

void Parser::unexpected_after_value(std::string_view expected) {
  if (!fail_on_slip(*this)) unexpected(expected);
}

void Parser::skip_item() {
  failed_ = false;
  n_open_ = 0;
  while (!ends_item(position_)) ++position_;
}

void Parser::finish_item() {
  if (!failed_ && !at_end()) unexpected_after_value("the end of the line");
  skip_item();
}

void Parser::fail_too_deep() {
  fail({.code = "P011",
        .message = fmt::format("this is nested more than {} deep", deepest),
        .primary = {here(), ""},
        .help = "name a part of it with `let`"});
}

Parser::Nested::Nested(Parser& in) : in_(in) {
  if (++in_.depth_ > deepest) in_.fail_too_deep();
}

std::uint32_t Parser::depth_of(NodeId node) const {
  return node == no_node ? 0 : depths_[static_cast<std::size_t>(node) - first_node_];
}

NodeId Parser::add_at_depth(Expression expression, Span span, std::uint32_t depth) {
  if (depth > deepest) fail_too_deep();
  depths_.push_back(depth);
  return tree_.add(std::move(expression), span);
}

NodeId Parser::add(Expression expression, Span span, std::initializer_list<NodeId> children) {
  std::uint32_t depth = 0;
  for (const NodeId child : children) depth = std::max(depth, depth_of(child));
  return add_at_depth(std::move(expression), span, depth + 1);
}

NodeId Parser::add(Expression expression, Span span, const std::vector<NodeId>& children) {
  std::uint32_t depth = 0;
  for (const NodeId child : children) depth = std::max(depth, depth_of(child));
  return add_at_depth(std::move(expression), span, depth + 1);
}

}  // namespace casus::language
