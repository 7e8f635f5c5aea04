// Sets, links, data and events: what enters from outside.
#include "language/clauses.hpp"
#include "language/excerpts.hpp"
#include "language/keywords.hpp"
#include "language/parse_expression.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"
#include "language/statements.hpp"

#include <array>
#include <fmt/format.h>

namespace casus::language {
namespace {

constexpr std::array set_clauses{ClauseWord{"column"}, ClauseWord{"where", true}};
constexpr std::array link_clauses{ClauseWord{"columns"}, ClauseWord{"symmetric"},
                                  ClauseWord{"ignore"}, ClauseWord{"weight"}};
constexpr std::array data_clauses{
    ClauseWord{"column"}, ClauseWord{"date"}, ClauseWord{"by"},     ClauseWord{"where", true},
    ClauseWord{"linear"}, ClauseWord{"gaps"}, ClauseWord{"before"}, ClauseWord{"after"},
};

/// `set S = a b`
void fail_on_missing_comma(Parser& in, const Word& last) {
  const bool clause = in.at_word("column") || in.at_word("where");
  const std::string_view next = in.text_of(in.peek());
  if (!in.at(TokenKind::word) || in.peek().starts_line || clause || is_reserved(next)) return;
  in.unexpected("`,` between two labels",
                fmt::format("write `{}, {}`", excerpt(last.text), excerpt(next)));
}

void read_set_body(Parser& in, SetStatement& set) {
  if (in.accept_word("from")) {
    set.file = read_quoted(in, "a file name");
    return;
  }
  if (in.accept_word("in")) {
    set.parent = read_name(in, "the larger set");
    if (!in.at(TokenKind::assign)) return;
  }
  if (!in.at(TokenKind::assign)) {
    in.unexpected("`=` and labels, `from` and a file, or `in` and a larger set");
    return;
  }
  in.take();
  if (!in.at(TokenKind::number) && !in.at(TokenKind::minus)) {
    if (in.at(TokenKind::open_brace))
      return in.unexpected("a label", "the labels of a set stand without braces: `set S = a, b`");
    set.labels = read_labels(in, "a label");
    fail_on_missing_comma(in, set.labels.back());
    return;
  }
  set.range_from = read_signed(in);
  if (in.at(TokenKind::comma)) {
    return in.unexpected("`to`", "labels that are numbers stand in quotes: `set S = \"1\", \"2\"`");
  }
  in.expect_word("to");
  set.range_to = read_signed(in);
  if (!in.accept_word("by")) {
    return in.unexpected("`by` and the step", "write the numbers as `0 to 1 by 0.01`");
  }
  set.range_by = read_signed(in);
}

/// `held` after `gaps`, `before` and `after`.
bool read_held(Parser& in) {
  in.expect_word("held");
  return true;
}

void read_data_clauses(Parser& in, DataStatement& data) {
  ClauseReader clauses(in, "data", data_clauses, data.clauses, false);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    if (word == "column") data.column = read_column(in);
    if (word == "date") data.date_column = read_column(in);
    if (word == "by") data.by = read_columns(in);
    if (word == "where") data.where.push_back(read_where(in));
    if (word == "linear") {
      data.linear = true;
      data.linear_at = in.previous().span;
    }
    if (word == "gaps") data.allow_gaps = read_held(in);
    if (word == "before") data.extend_before = read_held(in);
    if (word == "after") data.extend_after = read_held(in);
  }
}

EventStatement::Date read_event_date(Parser& in) {
  EventStatement::Date date{.at = read_date(in)};
  if (in.accept_word("to")) date.to = read_date(in);
  if (in.accept(TokenKind::assign)) date.magnitude = read_expression(in);
  return date;
}

}  // namespace

Statement read_set(Parser& in) {
  SetStatement set{.name = read_name(in, name_of_a_set)};
  read_set_body(in, set);
  ClauseReader clauses(in, "set", set_clauses, set.clauses, false);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    if (word == "column") set.column = read_column(in);
    if (word == "where") set.where.push_back(read_where(in));
  }
  return set;
}

Statement read_link(Parser& in) {
  LinkStatement link{
      .name = read_name(in, "a name for the link"), .from_set = {}, .to_set = {}, .file = {}};
  in.expect(TokenKind::open_round, "`(` and the two sets");
  link.from_set = read_name(in, "a set");
  in.expect(TokenKind::comma, "`,` and the second set");
  link.to_set = read_name(in, "a set");
  if (in.accept(TokenKind::plus)) {
    in.expect_word("outside");
    link.outside = true;
  }
  in.expect(TokenKind::close_round, "`)` after the second set");
  in.expect_word("from");
  link.file = read_quoted(in, "a file name");
  ClauseReader clauses(in, "link", link_clauses, link.clauses, false);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    if (word == "symmetric") link.symmetric = true;
    if (word == "ignore") link.ignore = read_labels(in, "a label");
    if (word == "weight") link.weight = read_column(in);
    if (word != "columns") continue;
    link.columns.push_back(read_column(in));
    in.expect(TokenKind::comma, "`,` and the second column");
    link.columns.push_back(read_column(in));
  }
  return link;
}

Statement read_data(Parser& in) {
  DataStatement data{.target = read_target(in, "a name for the data")};
  if (in.accept(TokenKind::colon)) data.of = read_label_type(in);
  if (in.accept_word("from")) {
    data.file = read_quoted(in, "a file name");
  } else if (in.at(TokenKind::equal) || in.at(TokenKind::define) || in.at(TokenKind::assign)) {
    in.expect_assign("the name");
    data.value = read_value(in);
  } else {
    const bool labels = in.at_word("in") && in.peek(1).kind == TokenKind::word;
    in.unexpected("`from` and a file, or `=` and a value",
                  labels
                      ? fmt::format("labels of a set are written `data {} : {} from ...`",
                                    excerpt(data.target.name.text), excerpt(in.text_of(in.peek(1))))
                      : "");
  }
  read_data_clauses(in, data);
  return data;
}

Statement read_event(Parser& in) {
  EventStatement event{.name = read_name(in, "a name for the event"), .dates = {}};
  if (in.accept_word("in")) event.party = read_label(in, "where it happened");
  in.expect_word("at");
  do event.dates.push_back(read_event_date(in));
  while (in.accept(TokenKind::comma));
  read_common_clauses(in, "event", event.clauses);
  return event;
}

}  // namespace casus::language
