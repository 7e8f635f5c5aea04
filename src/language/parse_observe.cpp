// Observations.
#include "language/clauses.hpp"
#include "language/parse_expression.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"
#include "language/statements.hpp"

#include <array>

namespace casus::language {
namespace {

constexpr std::array observe_clauses{
    ClauseWord{"column"}, ClauseWord{"date"},  ClauseWord{"by"}, ClauseWord{"where", true},
    ClauseWord{"while"},  ClauseWord{"exact"}, ClauseWord{"~"},
};

/// `total(deaths) over 2020-09 to 2020-11 = 7593`
void read_total(Parser& in, ObserveStatement& observe) {
  in.take();
  in.take();
  observe.total = true;
  observe.expression = read_expression(in);
  in.expect_after_value(TokenKind::close_round, "`)`");
  in.expect_word("over");
  observe.over.from = read_date(in);
  in.expect_word("to");
  observe.over.to = read_date(in);
  in.expect_assign("the dates");
  observe.value = read_expression(in);
}

void read_observed(Parser& in, ObserveStatement& observe) {
  if (in.accept(TokenKind::open_round)) {
    observe.expression = read_expression(in);
    in.expect_after_value(TokenKind::close_round, "`)`");
  } else if (in.accept_word("ends")) {
    observe.ends = true;
  } else {
    const Indexed target = read_target(in, "what is observed");
    observe.name = target.name;
    observe.indices = target.indices;
  }
  if (in.accept_word("from")) {
    observe.file = read_quoted(in, "a file name");
    return;
  }
  const TokenKind next = in.peek().kind;
  const bool expression = next != TokenKind::end && next != TokenKind::word &&
                          observe.expression == no_node && next != TokenKind::text;
  in.unexpected("`from` and a file",
                expression ? "put an expression in brackets: `observe (a or b) from ...`" : "");
}

}  // namespace

Statement read_observe(Parser& in) {
  const std::uint32_t begin = in.begin();
  ObserveStatement observe{};
  if (in.at_word("total") && in.peek(1).kind == TokenKind::open_round) {
    read_total(in, observe);
  } else {
    read_observed(in, observe);
  }
  observe.span = in.since(begin);
  ClauseReader clauses(in, "observe", observe_clauses, observe.clauses, false);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    if (word == "column") observe.column = read_column(in);
    if (word == "date") observe.date_column = read_column(in);
    if (word == "by") observe.by = read_columns(in);
    if (word == "where") observe.where.push_back(read_where(in));
    if (word == "while") observe.condition = read_expression(in);
    if (word == "exact") observe.exact = true;
    if (word == "~") observe.law = read_law(in);
  }
  return observe;
}

}  // namespace casus::language
