// `case` with its time and claims, and `include`.
#include "language/clauses.hpp"
#include "language/keywords.hpp"
#include "language/parse_expression.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"
#include "language/statements.hpp"

#include <array>
#include <fmt/format.h>
#include <utility>

namespace casus::language {
namespace {

/// `by month`, or `by 0.01 unit "day"`.
void read_step(Parser& in, TimeStatement& time) {
  if (!in.accept_word("by")) {
    return in.unexpected("`by` and the length of a step",
                         "write `by year`, `by month`, `by week` or `by day`");
  }
  for (const std::string_view word : {"year", "month", "week", "day"}) {
    if (!in.at_word(word)) continue;
    time.kind = TimeStatement::Kind::calendar;
    time.by = in.word_of(in.take());
    return;
  }
  if (!in.at(TokenKind::number)) {
    return in.unexpected("`year`, `month`, `week`, `day` or a number",
                         "write for example `by month`, or a length such as `by 0.25`");
  }
  time.kind = TimeStatement::Kind::numeric;
  time.step = read_signed(in);
  if (in.accept_word("unit")) time.unit = read_quoted(in, "a unit");
}

TimeStatement read_time(Parser& in) {
  const std::uint32_t begin = in.begin();
  in.take();
  TimeStatement time{};
  if (in.accept_word("rows")) {
    time.kind = TimeStatement::Kind::rows;
    time.file = read_quoted(in, "a file name");
    time.span = in.since(begin);
    return time;
  }
  in.accept_word("from");
  time.from = read_date(in);
  if (in.accept_word("steps")) {
    time.kind = TimeStatement::Kind::steps;
    time.count = std::exchange(time.from, no_node);
  } else {
    if (!in.accept_word("to")) {
      in.unexpected("`to`", "write for example `time from 2000-01 to 2019-12 by month`");
      return time;
    }
    time.to = read_date(in);
    read_step(in, time);
  }
  time.span = in.since(begin);
  return time;
}

void fail_on_twice(Parser& in, std::string_view word, const Span& first) {
  in.fail({.code = "P020",
           .message = fmt::format("`case` has `{}` twice", word),
           .primary = {in.here(), "again here"},
           .related = {{first, "first given here"}},
           .help = "keep one of them"});
}

void read_case_line(Parser& in, CaseStatement& statement) {
  if (in.at_word("time")) {
    if (statement.time) return fail_on_twice(in, "time", statement.time->span);
    statement.time = read_time(in);
  } else if (in.at_word("claims")) {
    if (!statement.claims.empty()) return fail_on_twice(in, "claims", statement.claims.span);
    in.take();
    statement.claims = read_quoted(in, "a file name");
  } else {
    fail_on_unknown_line(in, "case",
                         suggest(in.text_of(in.peek()), {"time", "claims"},
                                 "it may have `time from ...` and `claims \"claims.toml\"`"));
  }
}

}  // namespace

Statement read_case(Parser& in) {
  Block block(in);
  const Span begin = in.previous().span;
  CaseStatement statement{.title = read_quoted(in, "the title of the case").text, .span = {}};
  statement.span = in.since(begin.begin);
  while (block.next(nullptr)) read_case_line(in, statement);
  return statement;
}

Statement read_include(Parser& in) {
  return IncludeStatement{.file = read_quoted(in, "a file name")};
}

}  // namespace casus::language
