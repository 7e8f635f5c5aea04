// Treaties, explanations, what-ifs and starts: statements that set something anew.
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

constexpr std::array treaty_clauses{ClauseWord{"when"}, ClauseWord{"after"}};
constexpr std::array rival_clauses{ClauseWord{"replaces"}, ClauseWord{"on"}};

/// `:=`, with help for those who write `=`.
void expect_define(Parser& in, std::string_view after) {
  if (in.accept(TokenKind::define)) return;
  const bool equals = in.at(TokenKind::assign) || in.at(TokenKind::equal);
  in.unexpected(fmt::format("`:=` after {}", after), equals ? "write `:=`" : "");
}

void read_term(Parser& in, TreatyStatement& treaty) {
  const std::uint32_t begin = in.begin();
  Assignment term{.target = read_target(in, "a state to set")};
  expect_define(in, "the state");
  term.value = read_value(in);
  if (in.accept_word("for")) {
    term.duration = read_expression(in);
    if (in.accept_word("then")) {
      term.afterwards = read_value(in);
    } else if (!in.at_end()) {
      in.fail({.code = "P022",
               .message = fmt::format("expected `then` before the value afterwards, found {}",
                                      in.describe(in.peek())),
               .primary = {in.here(), ""},
               .help = "a term is written `x := 1 for 5 years then 0`"});
    }
  }
  term.span = in.since(begin);
  treaty.terms.push_back(std::move(term));
}

void read_variant(Parser& in, ExplainStatement& explain) {
  const bool is_rival = !explain.replaces.empty();
  VariantLine line{.param = read_name(in, is_rival ? "an option or a parameter" : "a parameter")};
  line.slope = is_rival && in.accept_word("slope");
  if (in.accept_word("free")) {
    line.kind = VariantLine::Kind::free;
  } else if (in.accept(TokenKind::tilde)) {
    line.kind = VariantLine::Kind::prior;
    line.prior = read_law(in);
  } else if (in.accept(TokenKind::assign)) {
    line.kind = VariantLine::Kind::value;
    line.value = read_expression(in);
  } else if (in.at(TokenKind::equal) || in.at(TokenKind::define)) {
    in.expect_assign("the parameter");
  } else {
    in.unexpected("`~` and a law, `free`, or `=` and a value after the parameter");
  }
  explain.lines.push_back(std::move(line));
}

void read_range(Parser& in, Intervention& line) {
  if (in.accept_word("at")) {
    line.at = read_date(in);
  } else if (in.accept_word("from")) {
    line.range.from = read_date(in);
    if (in.accept_word("to")) line.range.to = read_date(in);
    if (in.at_word("until")) in.unexpected("`to` and a date", "write `from 2018-05 to 2020-09`");
  }
}

/// `Russia commits answer = intervene credibility q`
void read_commitment(Parser& in, Intervention& line) {
  line.commits = true;
  line.player = read_name(in, "a player");
  in.take();
  line.target = read_target(in, "a move");
  in.expect_assign("the move");
  line.value = read_expression(in);
  if (in.accept_word("credibility")) line.credibility = read_expression(in);
}

void read_setting(Parser& in, Intervention& line) {
  line.target = read_target(in, "what is set anew");
  const bool has_party = in.at(TokenKind::word) && in.peek(1).kind == TokenKind::word;
  if (has_party) return in.unexpected("`:=`", suggest(in.text_of(in.peek()), {"commits"}, ""));
  expect_define(in, "the name");
  line.value = read_value(in);
  if (!in.accept_word("unforeseen")) return;
  in.expect_word("throughout");
  line.unforeseen = true;
}

Intervention read_intervention(Parser& in) {
  const std::uint32_t begin = in.begin();
  Intervention line{};
  if (in.at_word("hindsight")) {
    fail_on_planned(in, "hindsight", find_planned("hindsight")->meanwhile);
  }
  read_range(in, line);
  if (in.is_word(in.peek(1), "commits")) {
    read_commitment(in, line);
  } else {
    read_setting(in, line);
  }
  line.span = in.since(begin);
  return line;
}

}  // namespace

Statement read_treaty(Parser& in) {
  Block block(in);
  TreatyStatement treaty{.name = read_name(in, "a name for the treaty")};
  ClauseReader clauses(in, "treaty", treaty_clauses, treaty.clauses, true);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    if (word == "when") treaty.condition = read_expression(in);
    if (word == "after") treaty.after = read_labels(in, "a treaty");
  }
  if (treaty.condition == no_node) in.unexpected("`when` and the treaty's condition");
  while (block.next(&clauses)) read_term(in, treaty);
  block.require_lines("treaty", "what it sets: `peacekeepers := 1`");
  return treaty;
}

Statement read_explain(Parser& in) {
  Block block(in);
  ExplainStatement explain{.name = read_name(in, "a name for the explanation")};
  ClauseReader clauses(in, "explain", {}, explain.clauses, true);
  clauses.next();
  while (block.next(&clauses)) read_variant(in, explain);
  return explain;
}

Statement read_rival(Parser& in) {
  Block block(in);
  ExplainStatement rival{.name = read_name(in, "a name for the rival")};
  ClauseReader clauses(in, "rival", rival_clauses, rival.clauses, true);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    if (word == "replaces") rival.replaces = read_labels(in, "a move");
    if (word == "on") rival.covariate = read_expression(in);
  }
  if (rival.replaces.empty()) in.unexpected("`replaces` and a move");
  while (block.next(&clauses)) read_variant(in, rival);
  return rival;
}

Statement read_whatif(Parser& in) {
  Block block(in);
  WhatifStatement whatif{.name = read_name(in, "a name for the what-if")};
  ClauseReader clauses(in, "whatif", {}, whatif.clauses, true);
  clauses.next();
  while (block.next(&clauses)) whatif.lines.push_back(read_intervention(in));
  block.require_lines("whatif", "what is set anew: `oil_price := 0.5 * oil_price`");
  return whatif;
}

Statement read_start(Parser& in) {
  Block block(in);
  StartStatement start{.name = read_name(in, "a name for the start")};
  in.expect_word("at");
  start.at = read_date(in);
  ClauseReader clauses(in, "start", {}, start.clauses, true);
  clauses.next();
  while (block.next(&clauses)) start.lines.push_back(read_intervention(in));
  return start;
}

}  // namespace casus::language
