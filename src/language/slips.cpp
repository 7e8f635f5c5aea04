// What people write by habit of other languages, and what to write instead.
#include "language/slips.hpp"

#include "base/text.hpp"
#include "language/excerpts.hpp"
#include "language/keywords.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace casus::language {
namespace {

struct Habit {
  std::string_view word;
  std::string_view help;
};

/// Words of other languages in the place of an operator.
constexpr std::array habits{
    Habit{"is", "compare with `==`"},
    Habit{"equals", "compare with `==`"},
    Habit{"AND", "write `and`"},
    Habit{"OR", "write `or`"},
    Habit{"mod", "there is no remainder; dates and `pulse` mark repeated steps"},
    Habit{"until", "write a range: `from 2018-05 to 2020-09`"},
    Habit{"unless", "write `if not (...)`"},
    Habit{"where", "a condition inside a reduction is written `sum(d in D if c: x)`"},
};

bool fail_on_choice(Parser& in) {
  if (in.at_word("if")) {
    in.fail({.code = "P016",
             .message = "a choice stands in round brackets",
             .primary = {in.here(), ""},
             .help = "write `(a if condition else b)`"});
    return true;
  }
  if (!in.at_word("else")) return false;
  in.fail({.code = "P016",
           .message = "`else` without `if`",
           .primary = {in.here(), ""},
           .help = "write `(a if condition else b)`"});
  return true;
}

bool fail_on_line_start(Parser& in) {
  const Token& token = in.peek();
  if (!token.starts_line || token.kind != TokenKind::word) return false;
  const std::string word(in.text_of(token));
  if (is_statement_word(word)) {
    in.fail({.code = "P007",
             .message = fmt::format("`{}` is indented, so it continues the line above", word),
             .primary = {in.here(), ""},
             .help = "begin statements in the first column"});
    return true;
  }
  const std::uint32_t column = in.layout().column;
  if (word != "otherwise" && column == 1) return false;
  Diagnostic diagnostic{
      .code = "P008",
      .message = fmt::format("`otherwise` in column {} belongs to no `cases`", token.column),
      .primary = {in.here(), ""},
      .help = "begin all arms of `cases` in the same column"};
  if (word != "otherwise") {
    diagnostic.message =
        fmt::format("`{}` in column {} continues the line above, which is complete", excerpt(word),
                    token.column);
    diagnostic.help = fmt::format("begin it in column {} like the lines around it", column);
  }
  in.fail(std::move(diagnostic));
  return true;
}

bool fail_on_habit(Parser& in) {
  const Token& token = in.peek();
  if (token.kind != TokenKind::word) return false;
  const std::string_view word = in.text_of(token);
  const auto row = std::find_if(habits.begin(), habits.end(),
                                [word](const Habit& each) { return each.word == word; });
  if (row == habits.end()) return false;
  in.unexpected("an operator or the end of the line", std::string(row->help));
  return true;
}

/// `game crisis:`
bool fail_on_final_colon(Parser& in) {
  const Token& after = in.peek(1);
  if (!in.at(TokenKind::colon) || (after.kind != TokenKind::end && !after.starts_line))
    return false;
  in.unexpected("the end of the line", "the line above a block has no `:`");
  return true;
}

/// `2 x`, `2 (x + 1)`, `not` behind a value.
bool fail_on_missing_operator(Parser& in) {
  const Token& token = in.peek();
  const Token& last = in.previous();
  if (in.at_word("not")) {
    in.unexpected("an operator", "`not` stands first: `not x in Set`, `not (a and b)`");
    return true;
  }
  const bool number_before = last.kind == TokenKind::number && !token.starts_line;
  const bool closed_before = last.kind == TokenKind::close_round;
  const bool name_after = token.kind == TokenKind::word && !is_reserved(in.text_of(token)) &&
                          in.peek(1).kind != TokenKind::text;
  const bool opens = token.kind == TokenKind::open_round;
  if (!(number_before && (name_after || opens)) && !(closed_before && opens)) return false;
  in.unexpected("an operator", fmt::format("a product needs its sign: `{} * {}`",
                                           excerpt(in.text_of(last)), excerpt(in.text_of(token))));
  return true;
}

}  // namespace

bool fail_on_slip(Parser& in) {
  if (in.failed()) return true;
  if (in.at(TokenKind::assign)) {
    fail_on_assign(in);
    return true;
  }
  if (in.at(TokenKind::define)) {
    fail_on_define(in);
    return true;
  }
  return fail_on_final_colon(in) || fail_on_choice(in) || fail_on_line_start(in) ||
         fail_on_habit(in) || fail_on_missing_operator(in);
}

void fail_on_assign(Parser& in) {
  in.fail({.code = "P012",
           .message = "`=` defines, a comparison is written with `==`",
           .primary = {in.here(), ""},
           .help = "write `==`"});
}

void fail_on_define(Parser& in) {
  in.fail({.code = "P014",
           .message = "`:=` sets something anew, and stands in `treaty`, `whatif` and `start` only",
           .primary = {in.here(), ""},
           .help = "write `=` in a definition and `==` in a comparison"});
}

void fail_on_reserved(Parser& in, std::string_view what, std::string help) {
  const std::string word = excerpt(in.text_of(in.peek()));
  in.fail({.code = "P010",
           .message = fmt::format("`{}` is a word of the language and cannot be {}", word, what),
           .primary = {in.here(), ""},
           .help = std::move(help)});
}

void fail_on_planned(Parser& in, std::string_view construct, std::string_view meanwhile) {
  in.fail({.code = "P901",
           .message = fmt::format("`{}` is planned, but this version does not know it", construct),
           .primary = {in.here(), ""},
           .help = std::string(meanwhile)});
}

void fail_on_unknown_line(Parser& in, std::string_view block, std::string help) {
  const std::string word = excerpt(in.text_of(in.peek()));
  in.fail({.code = "P026",
           .message = fmt::format("`{}` begins no line of a `{}`", word, block),
           .primary = {in.here(), ""},
           .help = std::move(help)});
}

std::string suggest(std::string_view word, const std::vector<std::string>& candidates,
                    std::string otherwise) {
  const std::optional<std::string> near = nearest(word, candidates);
  return near ? fmt::format("did you mean `{}`?", *near) : std::move(otherwise);
}

}  // namespace casus::language
