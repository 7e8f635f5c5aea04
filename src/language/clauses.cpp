// Clauses and blocks.
#include "language/clauses.hpp"

#include "base/text.hpp"
#include "language/excerpts.hpp"
#include "language/keywords.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace casus::language {
namespace {

constexpr std::string_view description = "a description";

}  // namespace

const ClauseWord* ClauseReader::find_own(std::string_view word) const {
  const auto row = std::find_if(own_.begin(), own_.end(),
                                [word](const ClauseWord& each) { return each.word == word; });
  return row == own_.end() ? nullptr : &*row;
}

bool ClauseReader::note(std::string_view clause, bool repeats) {
  const auto earlier = std::find_if(seen_.begin(), seen_.end(),
                                    [clause](const Seen& seen) { return seen.clause == clause; });
  if (repeats) return true;
  if (earlier == seen_.end()) {
    seen_.push_back({clause, in_.here()});
    return true;
  }
  const std::string_view mark = clause == description ? "" : "`";
  in_.fail({.code = "P020",
            .message = fmt::format("`{0}` has {1}{2}{1} twice", statement_, mark, clause),
            .primary = {in_.here(), "again here"},
            .related = {{earlier->span, "first given here"}},
            .help = "keep one of them"});
  return false;
}

bool ClauseReader::read_common() {
  if (in_.at(TokenKind::text)) {
    if (!note(description, false)) return true;
    const Word text = in_.word_of(in_.take());
    common_.description = text.text;
    common_.described_at = text.span;
    return true;
  }
  if (in_.at_word("because")) {
    if (!note("because", false)) return true;
    in_.take();
    common_.because.claims = read_labels(in_, "a claim's name");
    return true;
  }
  if (!in_.at_word("unit") || is_block_) return false;
  if (!note("unit", false)) return true;
  in_.take();
  common_.unit = read_quoted(in_, "a unit");
  return true;
}

/// `arms-embargo` where a name was to end.
bool ClauseReader::is_hyphenated() const {
  return in_.at(TokenKind::minus) && in_.previous().kind == TokenKind::word &&
         in_.peek().span.begin == in_.previous().span.end;
}

void ClauseReader::fail_on_unknown() {
  if (!in_.at(TokenKind::word)) {
    const bool has_next = in_.at(TokenKind::comma) && find_own("then") != nullptr;
    if (!has_next && is_hyphenated()) {
      return in_.unexpected("a clause or the end of the line",
                            "a name is one word: join its parts with `_`");
    }
    if (!has_next) return in_.unexpected_after_value("a clause or the end of the line");
    return in_.unexpected("a clause or the end of the line",
                          fmt::format("the value of the next step stands behind `then`: "
                                      "`{} x = 0 then x + 1`",
                                      statement_));
  }
  const std::string written(in_.text_of(in_.peek()));
  if (const Planned* planned = find_planned(written)) {
    return fail_on_planned(in_, written, planned->meanwhile);
  }
  std::vector<std::string> words;
  for (const ClauseWord& own : own_) words.emplace_back(own.word);
  words.emplace_back("because");
  if (!is_block_) words.emplace_back("unit");
  const std::string near = suggest(written, words, "");
  if (near.empty() && fail_on_slip(in_)) return;
  const std::string_view why =
      in_.peek().starts_line ? "an indented line continues the statement above; " : "";
  const std::string all =
      fmt::format("{}its clauses are {} and a text in quotes", why, join_text(words, ", "));
  in_.fail({.code = "P021",
            .message = fmt::format("`{}` has no clause `{}`", statement_, excerpt(written)),
            .primary = {in_.here(), ""},
            .help = near.empty() ? all : near});
}

std::string_view ClauseReader::next() {
  while (!in_.at_end()) {
    if (read_common()) continue;
    const ClauseWord* own = in_.at(TokenKind::text) ? nullptr : find_own(in_.text_of(in_.peek()));
    if (own == nullptr) {
      fail_on_unknown();
    } else if (note(own->word, own->repeats)) {
      in_.take();
      return own->word;
    }
  }
  return {};
}

bool ClauseReader::at_block_clause() const {
  return in_.at(TokenKind::text) || in_.at_word("because");
}

void ClauseReader::read_block_clauses() {
  while (read_common()) {
  }
}

void read_common_clauses(Parser& in, std::string_view statement, Clauses& common) {
  ClauseReader(in, statement, {}, common, false).next();
}

Block::Block(Parser& in)
    : in_(in), around_(in.layout()), header_(in.previous().span), n_errors_before_(in.n_errors()) {
  in.limit_to_line();
}

void Block::require_lines(std::string_view statement, std::string_view help) {
  if (n_lines_ > 0 || in_.n_errors() > n_errors_before_) return;
  in_.fail({.code = "P009",
            .message = fmt::format("this `{}` has no lines", statement),
            .primary = {header_, ""},
            .help = fmt::format("write on deeper lines {}", help)});
}

void Block::end_line() {
  if (in_line_) in_.finish_item();
  in_line_ = false;
  in_.set_layout(around_);
  if (in_header_ && !in_.at_end()) column_ = in_.peek().column;
  in_header_ = false;
}

void Block::report_indentation() {
  const std::uint32_t column = in_.peek().column;
  in_.fail({.code = "P008",
            .message = fmt::format("this line begins in column {}, the lines of its block in {}",
                                   column, column_),
            .primary = {in_.here(), ""},
            .help = fmt::format("begin it in column {}, or in column {} to end the block", column_,
                                around_.column)});
}

/// Where it is not, the first line was the odd one, and each later line would be reported.
bool Block::next_line_is_aligned() const {
  constexpr std::size_t farthest = 100;
  std::size_t ahead = 1;
  while (ahead < farthest && in_.peek(ahead).kind != TokenKind::end) {
    if (in_.peek(ahead).starts_line) return in_.peek(ahead).column == column_;
    ++ahead;
  }
  return true;
}

bool Block::next(ClauseReader* clauses) {
  end_line();
  while (!in_.at_end()) {
    const std::uint32_t column = in_.peek().column;
    const bool aligned = column == column_;
    const bool clause = clauses != nullptr && clauses->at_block_clause();
    if (!aligned) {
      const bool adopts = !next_line_is_aligned();
      report_indentation();
      if (adopts) column_ = column;
    }
    in_.begin_item(column_);
    if (aligned && !clause) {
      ++n_lines_;
      in_line_ = true;
      return true;
    }
    if (aligned) clauses->read_block_clauses();
    in_.finish_item();
    in_.set_layout(around_);
  }
  return false;
}

WhereClause read_where(Parser& in) {
  WhereClause where{.column = read_column(in), .values = {}};
  const auto read_one = [&in] {
    const bool value = in.at(TokenKind::word) || in.at(TokenKind::text) ||
                       in.at(TokenKind::number) || in.at(TokenKind::date);
    if (value) return in.word_of(in.take());
    in.unexpected("a value of the column");
    return Word{};
  };
  if (in.at(TokenKind::assign)) {
    fail_on_assign(in);
  } else if (in.accept(TokenKind::equal)) {
    where.values.push_back(read_one());
  } else if (in.accept_word("in")) {
    in.expect(TokenKind::open_round, "`(` and the column's values");
    do where.values.push_back(read_one());
    while (in.accept(TokenKind::comma));
    in.expect(TokenKind::close_round, "`,` or `)` after the value");
  } else {
    in.unexpected("`==` or `in` after the column");
  }
  return where;
}

}  // namespace casus::language
