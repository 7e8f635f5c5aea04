// Operators, loosest first, and choices.
#include "language/parse_expression.hpp"

#include "language/keywords.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"

#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace casus::language {
namespace {

struct Operator {
  TokenKind token;
  BinaryKind kind;
};

constexpr std::array comparisons{
    Operator{TokenKind::equal, BinaryKind::equal},
    Operator{TokenKind::not_equal, BinaryKind::not_equal},
    Operator{TokenKind::less, BinaryKind::less},
    Operator{TokenKind::less_equal, BinaryKind::less_equal},
    Operator{TokenKind::greater, BinaryKind::greater},
    Operator{TokenKind::greater_equal, BinaryKind::greater_equal},
};
constexpr std::array sums{
    Operator{TokenKind::plus, BinaryKind::add},
    Operator{TokenKind::minus, BinaryKind::subtract},
};
constexpr std::array products{
    Operator{TokenKind::star, BinaryKind::multiply},
    Operator{TokenKind::slash, BinaryKind::divide},
};

template <std::size_t size>
std::optional<BinaryKind> operator_ahead(Parser& in, const std::array<Operator, size>& among) {
  for (const Operator& row : among) {
    if (in.at(row.token)) return row.kind;
  }
  return std::nullopt;
}

NodeId add_binary(Parser& in, std::uint32_t begin, const Binary& binary) {
  return in.add(binary, in.since(begin), {binary.left, binary.right});
}

/// A chain of operators of one level, from the left.
template <std::size_t size>
NodeId read_chain(Parser& in, const std::array<Operator, size>& level, NodeId (*read)(Parser&)) {
  const std::uint32_t begin = in.begin();
  NodeId left = read(in);
  while (const std::optional<BinaryKind> kind = operator_ahead(in, level)) {
    const Span op = in.take().span;
    const NodeId right = read(in);
    left = add_binary(in, begin, {.kind = *kind, .op = op, .left = left, .right = right});
  }
  return left;
}

NodeId read_product(Parser& in) { return read_chain(in, products, read_signed); }

NodeId read_sum(Parser& in) { return read_chain(in, sums, read_product); }

void fail_on_chained_comparison(Parser& in, std::uint32_t begin, const Span& first_op,
                                const Span& middle) {
  constexpr std::uint32_t longest = 60;
  const Span op = in.here();
  std::string help = "compare two values at a time and join the comparisons with `and`";
  const Span left{op.file, begin, first_op.begin};
  if (op.begin - begin <= longest) {
    const std::string_view shared = in.text_of(middle);
    help = fmt::format("write `{}{} {} and {} {} ...`", in.text_of(left), in.text_of(first_op),
                       shared, shared, in.text_of(op));
  }
  in.fail({.code = "P015",
           .message = "comparisons cannot be chained",
           .primary = {op, ""},
           .related = {{first_op, "the first comparison"}},
           .help = std::move(help)});
}

NodeId read_comparison(Parser& in) {
  const std::uint32_t begin = in.begin();
  const NodeId left = read_sum(in);
  const std::optional<BinaryKind> kind = operator_ahead(in, comparisons);
  if (!kind) return left;
  const Span op = in.take().span;
  const std::uint32_t right_begin = in.begin();
  const NodeId right = read_sum(in);
  if (operator_ahead(in, comparisons)) {
    fail_on_chained_comparison(in, begin, op, in.since(right_begin));
  }
  return add_binary(in, begin, {.kind = *kind, .op = op, .left = left, .right = right});
}

std::vector<Word> read_members(Parser& in) {
  std::vector<Word> members;
  do members.push_back(read_label(in, "a label"));
  while (in.accept(TokenKind::comma));
  in.expect(TokenKind::close_round, "`,` or `)` after the label");
  return members;
}

/// After `in`: a range of dates, labels in brackets, or a set.
NodeId read_inside(Parser& in, std::uint32_t begin, NodeId body) {
  const bool dates = in.at(TokenKind::date) || in.at(TokenKind::number) ||
                     in.at(TokenKind::minus) || in.at_word("end") ||
                     (in.at(TokenKind::word) && in.is_word(in.peek(1), "to"));
  if (dates) {
    InRange range{.body = body};
    range.range.from = read_asked_date(in);
    in.expect_word("to");
    range.range.to = read_asked_date(in);
    return in.add(range, in.since(begin), {body, range.range.from, range.range.to});
  }
  Membership membership{.body = body, .members = {}, .bracketed = in.accept(TokenKind::open_round)};
  if (membership.bracketed) {
    membership.members = read_members(in);
  } else {
    if (in.at(TokenKind::open_brace) || in.at(TokenKind::open_square)) {
      in.unexpected("`(` and labels", "write `attack in (hold, raid)`");
    }
    membership.members.push_back(read_name(in, "a set, labels in brackets or dates"));
  }
  return in.add(std::move(membership), in.since(begin), {body});
}

NodeId read_placed(Parser& in) {
  const std::uint32_t begin = in.begin();
  NodeId body = read_comparison(in);
  while (true) {
    if (in.accept_word("at")) {
      const NodeId date = read_asked_date(in);
      body = in.add(AtDate{.body = body, .date = date}, in.since(begin), {body, date});
    } else if (in.accept_word("in")) {
      body = read_inside(in, begin, body);
    } else {
      return body;
    }
  }
}

NodeId read_not(Parser& in) {
  if (!in.at_word("not")) return read_placed(in);
  const Parser::Nested nested(in);
  const std::uint32_t begin = in.begin();
  in.take();
  const NodeId operand = read_not(in);
  return in.add(Unary{.kind = UnaryKind::logical_not, .operand = operand}, in.since(begin),
                {operand});
}

/// A chain of `and`, or of `or`.
NodeId read_words(Parser& in, std::string_view word, BinaryKind kind, NodeId (*read)(Parser&)) {
  const std::uint32_t begin = in.begin();
  NodeId left = read(in);
  while (in.at_word(word)) {
    const Span op = in.take().span;
    const NodeId right = read(in);
    left = add_binary(in, begin, {.kind = kind, .op = op, .left = left, .right = right});
  }
  return left;
}

NodeId read_and(Parser& in) { return read_words(in, "and", BinaryKind::logical_and, read_not); }

NodeId read_power(Parser& in) {
  const std::uint32_t begin = in.begin();
  const NodeId base = read_primary(in);
  if (!in.at(TokenKind::caret)) return base;
  const Parser::Nested nested(in);
  const Span op = in.take().span;
  const NodeId exponent = read_signed(in);
  return add_binary(in, begin,
                    {.kind = BinaryKind::power, .op = op, .left = base, .right = exponent});
}

}  // namespace

NodeId read_expression(Parser& in) {
  const Parser::Nested nested(in);
  return read_words(in, "or", BinaryKind::logical_or, read_and);
}

NodeId read_signed(Parser& in) {
  if (!in.at(TokenKind::minus)) return read_power(in);
  const Parser::Nested nested(in);
  const std::uint32_t begin = in.begin();
  in.take_sign();
  const NodeId operand = read_signed(in);
  return in.add(Unary{.kind = UnaryKind::negate, .operand = operand}, in.since(begin), {operand});
}

NodeId read_inline_choice(Parser& in) {
  const std::uint32_t begin = in.begin();
  NodeId value = read_expression(in);
  if (!in.at_word("if")) return value;
  Choice choice{};
  std::vector<NodeId> children;
  while (in.accept_word("if")) {
    const NodeId condition = read_expression(in);
    choice.arms.push_back({.condition = condition, .value = value});
    children.insert(children.end(), {condition, value});
    if (!in.accept_word("else")) {
      if (in.at(TokenKind::assign)) {
        fail_on_assign(in);
      } else {
        in.fail({.code = "P016",
                 .message = fmt::format("expected `else`, found {}", in.describe(in.peek())),
                 .primary = {in.here(), ""},
                 .help = "a choice says what holds otherwise: `(a if condition else b)`"});
      }
    }
    value = read_expression(in);
  }
  choice.otherwise = value;
  children.push_back(value);
  return in.add(std::move(choice), in.since(begin), children);
}

NodeId read_asked_date(Parser& in) {
  if (!in.at(TokenKind::word) || is_reserved(in.text_of(in.peek()))) return read_date(in);
  const Token token = in.take();
  return in.add(Name{in.word_of(token)}, token.span, {});
}

NodeId read_date(Parser& in) {
  const std::uint32_t begin = in.begin();
  const bool negative = in.accept(TokenKind::minus);
  const Token token = in.peek();
  if (token.kind == TokenKind::number) {
    in.take();
    const NodeId number = in.add(Number{token.number}, token.span, {});
    if (!negative) return number;
    return in.add(Unary{.kind = UnaryKind::negate, .operand = number}, in.since(begin), {number});
  }
  if (!negative && token.kind == TokenKind::date) {
    in.take();
    return in.add(DateValue{token.date}, token.span, {});
  }
  if (!negative && in.at_word("end")) {
    in.take();
    return in.add(Name{in.word_of(token)}, token.span, {});
  }
  in.unexpected("a date such as 2020-09");
  return no_node;
}

}  // namespace casus::language
