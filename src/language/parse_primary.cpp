// Numbers, dates, names, elements and brackets.
#include "language/keywords.hpp"
#include "language/parse_expression.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace casus::language {
namespace {

bool is_operator(const Token& token) {
  return token.kind >= TokenKind::plus && token.kind <= TokenKind::greater_equal;
}

/// True when the next token is an operand of an operator before it, and not, as in `base -1`, only
/// signed.
bool follows_operator(Parser& in) {
  return is_operator(in.previous_is_sign() ? in.before_previous() : in.previous());
}

/// At most two words in a row, and nothing but what units are made of.
bool looks_like_unit(std::string_view text) {
  constexpr int most_words = 2;
  int n_words = 0;
  bool in_word = false;
  for (const char c : text) {
    const bool letter = static_cast<unsigned char>(c) >= 0x80U || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (letter && !in_word && ++n_words > most_words) return false;
    in_word = letter;
    if (letter || c == ' ') continue;
    if (std::string_view("*/^()-.").find(c) == std::string_view::npos) return false;
    n_words = 0;
  }
  return true;
}

/// `1 "million USD / year"` is a number with a unit, `base 0 "what it is worth"` a number and the
/// statement's description. Inside brackets a text can only be a unit; outside it is one when the
/// number takes part in an operation.
bool text_is_unit(Parser& in, bool after_operator) {
  if (in.in_brackets() || is_operator(in.peek(1))) return true;
  return after_operator && !in.peek().starts_line &&
         looks_like_unit(in.text_of(in.peek()).substr(1, in.text_of(in.peek()).size() - 2));
}

NodeId read_number(Parser& in) {
  const bool after_operator = follows_operator(in);
  const Token token = in.take();
  const Token& next = in.peek();
  const bool time = next.kind == TokenKind::word && is_time_word(in.text_of(next));
  const bool unit = next.kind == TokenKind::text && text_is_unit(in, after_operator);
  if (!time && !unit) return in.add(Number{token.number}, token.span, {});
  NumberWithUnit number{.value = token.number, .unit = in.word_of(in.take())};
  return in.add(std::move(number), in.since(token.span.begin), {});
}

NodeId read_bracketed(Parser& in) {
  in.take();
  const NodeId value = read_inline_choice(in);
  in.expect_after_value(TokenKind::close_round, "`)`");
  return value;
}

NodeId read_element(Parser& in) {
  const std::uint32_t begin = in.begin();
  Element element{.name = in.word_of(in.take()), .indices = {}};
  in.take();
  do element.indices.push_back(read_expression(in));
  while (in.accept(TokenKind::comma));
  in.expect_after_value(TokenKind::close_square, "`,` or `]` after the index");
  const std::vector<NodeId> children = element.indices;
  return in.add(std::move(element), in.since(begin), children);
}

NodeId fail_on_word(Parser& in) {
  if (in.at_word("cases")) {
    in.fail({.code = "P017",
             .message = "`cases` is a whole value and no part of an expression",
             .primary = {in.here(), ""},
             .help = "write `(a if condition else b)` here, or name the choice with `let`"});
  } else if (in.at_word("if")) {
    in.fail({.code = "P016",
             .message = "a choice begins with its first value",
             .primary = {in.here(), ""},
             .help = "write `(a if condition else b)`"});
  } else {
    const std::string word(in.text_of(in.peek()));
    in.unexpected("a value",
                  fmt::format("`{0}` is a word of the language; a label of that name stands in "
                              "quotes: \"{0}\"",
                              word));
  }
  return no_node;
}

NodeId read_word(Parser& in) {
  const Token token = in.peek();
  const std::string_view word = in.text_of(token);
  if ((word == "first" || word == "last") && in.is_word(in.peek(1), "date")) {
    return read_first_date(in);
  }
  if (is_reserved(word) && !is_reserved_value(word)) return fail_on_word(in);
  switch (in.peek(1).kind) {
    case TokenKind::open_round: return read_called(in);
    case TokenKind::open_square: return read_element(in);
    case TokenKind::dot: return read_qualified(in);
    default: in.take(); return in.add(Name{in.word_of(token)}, token.span, {});
  }
}

}  // namespace

NodeId read_primary(Parser& in) {
  const Token token = in.peek();
  switch (token.kind) {
    case TokenKind::number: return read_number(in);
    case TokenKind::word: return read_word(in);
    case TokenKind::open_round: return read_bracketed(in);
    case TokenKind::date: in.take(); return in.add(DateValue{token.date}, token.span, {});
    case TokenKind::text: return in.add(Name{read_text(in, "a label")}, token.span, {});
    case TokenKind::bar: in.unexpected("a value", "an absolute value is written `abs(x)`"); break;
    case TokenKind::assign: fail_on_assign(in); break;
    default:
      in.unexpected("a value", "a value is a number, a name or an expression in brackets");
      break;
  }
  return no_node;
}

}  // namespace casus::language
