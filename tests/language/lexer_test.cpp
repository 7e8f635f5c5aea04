// Tokens, their places, and what the lexer refuses.
#include "language/lexer.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace casus::language {
namespace {

using Kind = TokenKind;

struct Read {
  Sources sources{};
  Diagnostics found{};
  Lexed lexed{};

  std::vector<Kind> kinds() const {
    std::vector<Kind> result;
    for (const Token& token : lexed.tokens) result.push_back(token.kind);
    return result;
  }
  std::string text(std::size_t token) const {
    const Span span = lexed.tokens[token].span;
    return sources.text(span.file).substr(span.begin, span.end - span.begin);
  }
  std::vector<std::string> codes() const {
    std::vector<std::string> result;
    for (const Diagnostic& each : found.sorted()) result.emplace_back(each.code);
    return result;
  }
  std::string help() const { return found.sorted().front().help; }
};

Read read(std::string_view text) {
  Read result;
  const FileId file = result.sources.add("model.casus", std::string(text));
  result.lexed = lex(file, result.sources, result.found);
  return result;
}

/// The kinds of a text without errors, without the final `end`.
std::vector<Kind> kinds(std::string_view text) {
  const Read result = read(text);
  EXPECT_TRUE(result.found.empty()) << text;
  std::vector<Kind> all = result.kinds();
  EXPECT_EQ(all.back(), Kind::end);
  all.pop_back();
  return all;
}

TEST(Lexer, KnowsEverySymbol) {
  const std::vector<Kind> expected{
      Kind::plus,        Kind::minus,        Kind::star,          Kind::slash,
      Kind::caret,       Kind::equal,        Kind::not_equal,     Kind::less,
      Kind::less_equal,  Kind::greater,      Kind::greater_equal, Kind::assign,
      Kind::define,      Kind::tilde,        Kind::open_round,    Kind::close_round,
      Kind::open_square, Kind::close_square, Kind::open_brace,    Kind::close_brace,
      Kind::comma,       Kind::colon,        Kind::dot,           Kind::bar};
  EXPECT_EQ(kinds("+ - * / ^ == != < <= > >= = := ~ ( ) [ ] { } , : . |"), expected);
  EXPECT_EQ(kinds("+-*/^==!=<<=>>==:=~()[]{},:.|"),
            (std::vector<Kind>{
                Kind::plus,        Kind::minus,        Kind::star,          Kind::slash,
                Kind::caret,       Kind::equal,        Kind::not_equal,     Kind::less,
                Kind::less_equal,  Kind::greater,      Kind::greater_equal, Kind::assign,
                Kind::define,      Kind::tilde,        Kind::open_round,    Kind::close_round,
                Kind::open_square, Kind::close_square, Kind::open_brace,    Kind::close_brace,
                Kind::comma,       Kind::colon,        Kind::dot,           Kind::bar}));
}

TEST(Lexer, ReadsNumbers) {
  const std::vector<std::pair<std::string, double>> numbers{
      {"12", 12.0},     {".5", 0.5},     {"1.5e-9", 1.5e-9}, {"1_000", 1000.0}, {"1_0.2_5", 10.25},
      {"2E+3", 2000.0}, {"1e+22", 1e22}, {"0", 0.0},         {"2020", 2020.0},  {"20201", 20201.0}};
  for (const auto& [text, value] : numbers) {
    const Read result = read(text);
    ASSERT_EQ(result.kinds(), (std::vector<Kind>{Kind::number, Kind::end})) << text;
    EXPECT_EQ(result.lexed.tokens[0].number, value) << text;
    EXPECT_EQ(result.text(0), text);
  }
}

TEST(Lexer, ReadsDatesOnlyWithoutSpaces) {
  const Read result = read("2020-09 2020-09-27");
  ASSERT_EQ(result.kinds(), (std::vector<Kind>{Kind::date, Kind::date, Kind::end}));
  EXPECT_EQ(result.lexed.tokens[0].date, (Date{2020, 9, 0}));
  EXPECT_EQ(result.lexed.tokens[1].date, (Date{2020, 9, 27}));
  const std::vector<Kind> difference{Kind::number, Kind::minus, Kind::number};
  EXPECT_EQ(kinds("2020 - 09"), difference);
  EXPECT_EQ(kinds("2020 -09"), difference);
  EXPECT_EQ(kinds("120-09"), difference);
  EXPECT_EQ(kinds("12020-09"), difference);
  EXPECT_EQ(kinds("1000-2.5"), difference);
  EXPECT_EQ(kinds("2020-x"), (std::vector<Kind>{Kind::number, Kind::minus, Kind::word}));
}

TEST(Lexer, KnowsTheCalendar) {
  EXPECT_EQ(read("2020-02-29").codes(), std::vector<std::string>{});
  EXPECT_EQ(read("2021-02-29").codes(), std::vector<std::string>{"L010"});
  EXPECT_EQ(read("2020-13").codes(), std::vector<std::string>{"L010"});
  EXPECT_EQ(read("2020-00").codes(), std::vector<std::string>{"L010"});
}

TEST(Lexer, ExplainsWhatIsNoDate) {
  EXPECT_EQ(read("2020-9").codes(), std::vector<std::string>{"L011"});
  EXPECT_EQ(read("2020-9").help(), "write `2020-09` for the month, `2020 - 9` for the difference");
  EXPECT_EQ(read("1990-2020").help(), "write `1990 to 2020`");
  for (const std::string_view text :
       {"2020-09-1", "2020-123", "2020-09-27-01", "2020-09x", "2020-09-27T00", "2020-09-"}) {
    EXPECT_EQ(read(text).codes(), std::vector<std::string>{"L011"}) << text;
  }
}

TEST(Lexer, ReadsWordsOfAnyScript) {
  EXPECT_EQ(kinds("x _a1 na\xC3\xAFve \xD0\xA0\xD0\xBE\xD1\x81 \xE6\xB1\x89"),
            std::vector<Kind>(5, Kind::word));
}

TEST(Lexer, ReadsTextsAndKeepsComments) {
  const Read result = read("let # a comment\n  \"a # b\" # another \xC3\xA9\r\n#");
  EXPECT_EQ(result.kinds(), (std::vector<Kind>{Kind::word, Kind::text, Kind::end}));
  EXPECT_EQ(result.text(1), "\"a # b\"");
  ASSERT_EQ(result.lexed.comments.size(), 3U);
  const Span first = result.lexed.comments[0];
  const Span second = result.lexed.comments[1];
  EXPECT_EQ(result.sources.text(first.file).substr(first.begin, first.end - first.begin),
            "# a comment");
  EXPECT_EQ(result.sources.text(second.file).substr(second.begin, second.end - second.begin),
            "# another \xC3\xA9");
}

TEST(Lexer, KnowsWhereLinesBegin) {
  const Read result = read("\xEF\xBB\xBFset a\r\n  b (c\nd)\n\n    e");
  ASSERT_EQ(result.lexed.tokens.size(), 9U);
  struct Expected {
    std::size_t token;
    bool starts;
    std::uint32_t line;
    std::uint32_t column;
  };
  for (const Expected& each :
       {Expected{0, true, 1, 1}, Expected{2, true, 2, 3}, Expected{7, true, 5, 5}}) {
    const Token& token = result.lexed.tokens[each.token];
    EXPECT_TRUE(token.starts_line) << each.token;
    EXPECT_EQ(token.line, each.line);
    EXPECT_EQ(token.column, each.column);
  }
  EXPECT_FALSE(result.lexed.tokens[1].starts_line);
  EXPECT_EQ(result.text(5), "d");
  EXPECT_FALSE(result.lexed.tokens[5].starts_line) << "inside brackets";
}

TEST(Lexer, RefusesStuckAndBrokenNumbers) {
  EXPECT_EQ(read("3x").codes(), std::vector<std::string>{"L009"});
  EXPECT_EQ(read("3x").help(), "write `3 * x`");
  EXPECT_EQ(read("30months").help(), "write `30 months`");
  EXPECT_EQ(read("1e").help(), "write `1 * e`");
  for (const std::string_view text : {"1.2.3", "5.", "1_", "1__0", "1_.5", "1e999", "1e5.3"}) {
    const Read result = read(text);
    EXPECT_EQ(result.codes(), std::vector<std::string>{"L008"}) << text;
    EXPECT_EQ(result.kinds(), (std::vector<Kind>{Kind::broken, Kind::end})) << text;
  }
}

TEST(Lexer, NamesTheOperatorThatIsMeant) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"&&", "and"}, {"||", "or"}, {"!", "not"},  {"**", "^"},  {"%", "0.05"},
      {"<>", "!="},  {"//", "#"},  {"===", "=="}, {"=>", ">="}, {"&", "and"}};
  for (const auto& [text, instead] : wrong) {
    const Read result = read("a " + text + " b");
    EXPECT_EQ(result.codes(), std::vector<std::string>{"L006"}) << text;
    EXPECT_NE(result.help().find('`' + instead + '`'), std::string::npos) << result.help();
  }
}

TEST(Lexer, RecognisesTypographicCharacters) {
  const Read quotes = read(
      "set S = \xE2\x80\x9C"
      "a b\xE2\x80\x9D, c");
  EXPECT_EQ(quotes.codes(), std::vector<std::string>{"L005"}) << "one for both quotes";
  EXPECT_EQ(quotes.kinds().size(), 7U);
  EXPECT_EQ(read("'abc'").codes(), std::vector<std::string>{"L005"});
  EXPECT_EQ(read("a \xE2\x89\xA4 b").help(), "write `<=`");
  EXPECT_EQ(read("a \xE2\x88\x92 b").help(), "write `-`");
  EXPECT_EQ(read("a\xC2\xA0"
                 "b")
                .help(),
            "write an ordinary space");
}

TEST(Lexer, RefusesOtherCharacters) {
  EXPECT_EQ(read("a $ b").codes(), std::vector<std::string>{"L004"});
  EXPECT_EQ(read("a \x01 b").codes(), std::vector<std::string>{"L004"});
  EXPECT_EQ(read("x\xE2\x82\xAC").codes(), std::vector<std::string>{"L004"});
  EXPECT_EQ(read("\xF0\x9F\x98\x80").codes(), std::vector<std::string>{"L004"});
}

TEST(Lexer, ReportsTabsOncePerFile) {
  const Read result = read("let\tx = 3\n\tlet y = 4\n\t\tz # with\ta tab\n\"in\ttext\"");
  EXPECT_EQ(result.codes(), std::vector<std::string>{"L001"});
  EXPECT_EQ(result.help(), "use spaces; the file has 4 tabs");
  EXPECT_TRUE(read("x # a\ttab\n\"a\ttab\"").found.empty());
}

TEST(Lexer, ClosesTextsAtTheEndOfTheLine) {
  const Read result = read("a \"b c\nd \"e\" f");
  EXPECT_EQ(result.codes(), std::vector<std::string>{"L007"});
  EXPECT_EQ(result.kinds(), (std::vector<Kind>{Kind::word, Kind::broken, Kind::word, Kind::text,
                                               Kind::word, Kind::end}));
}

TEST(Lexer, MatchesBrackets) {
  EXPECT_TRUE(read("{a[(b)](c)}").found.empty());
  EXPECT_EQ(read("let x = f(a[1)\n").codes(), std::vector<std::string>{"L014"});
  EXPECT_EQ(read("let x = f(a[1\n").codes(), std::vector<std::string>{"L012"});
  const Read stray = read("a)");
  EXPECT_EQ(stray.codes(), std::vector<std::string>{"L013"});
  const Read crossed = read("(a]");
  EXPECT_EQ(crossed.codes(), std::vector<std::string>{"L014"});
  const std::vector<Diagnostic> all = crossed.found.sorted();
  ASSERT_EQ(all[0].related.size(), 1U);
  EXPECT_EQ(all[0].related[0].span.begin, 0U) << "points at the opening bracket";
}

TEST(Lexer, EndsAnOpenBracketAtTheNextStatement) {
  const Read result = read("let x = (a\nlet y = 3\nlet z = [\n  let w = 4");
  EXPECT_EQ(result.codes(), (std::vector<std::string>{"L012", "L012"}));
  const std::vector<Diagnostic> all = result.found.sorted();
  EXPECT_EQ(all[0].primary.span.begin, 8U);
  EXPECT_TRUE(result.lexed.tokens[6].starts_line) << "the second statement";
}

// What stands between two words of a line, a stray CR among it, is a blank.
TEST(Lexer, EndsAnOpenBracketAtALineOfAGame) {
  for (const std::string blanks : {" ", "   ", "  \r ", "\r"})
    EXPECT_EQ(read("let x = f(a\n  payoff" + blanks + "Russia").codes(),
              std::vector<std::string>{"L012"});
  EXPECT_EQ(read("let x = f(a\n  payoff)").codes(), std::vector<std::string>{});
}

TEST(Lexer, ReadsOnlyText) {
  for (const std::string_view bytes : {"let x\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                                       "# \xE9t\xE9", "\"\xC3\"", "\xE2\x82"}) {
    const Read result = read(bytes);
    EXPECT_EQ(result.codes(), std::vector<std::string>{"L002"}) << bytes;
    EXPECT_EQ(result.kinds(), std::vector<Kind>{Kind::end});
  }
  const Read nul = read(std::string_view("let x\n = \0", 10));
  EXPECT_EQ(nul.codes(), std::vector<std::string>{"L003"});
  EXPECT_EQ(nul.found.sorted()[0].primary.span.begin, 9U);
}

TEST(Lexer, ReadsNothing) {
  EXPECT_EQ(kinds(""), std::vector<Kind>{});
  EXPECT_EQ(kinds("\xEF\xBB\xBF"), std::vector<Kind>{});
  EXPECT_EQ(kinds("\n\r\n  # x"), std::vector<Kind>{});
}

}  // namespace
}  // namespace casus::language
