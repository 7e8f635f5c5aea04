// Deep, long and hostile texts: one diagnostic each, in time that grows with their length.
#include "language/lexer.hpp"
#include "language/parsing.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

std::string repeated(std::string_view what, std::size_t times) {
  std::string text;
  text.reserve(what.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += what;
  return text;
}

using Texts = std::vector<std::string>;

TEST(ParserLimits, NestingEndsAt256) {
  for (const std::size_t depth : {std::size_t{250}, std::size_t{300}, std::size_t{100'000}}) {
    const Texts expected = depth < 256 ? Texts{} : Texts{"P011"};
    const std::string open = repeated("(", depth);
    const std::string close = repeated(")", depth);
    EXPECT_EQ(parse("let x = " + open + "a" + close).codes(), expected) << depth;
    EXPECT_EQ(parse("let x = " + repeated("f(", depth) + close).codes(), expected) << depth;
    EXPECT_EQ(parse("let x = " + repeated("-", depth) + "a").codes(), expected) << depth;
    EXPECT_EQ(parse("let x = " + repeated("not ", depth) + "a").codes(), expected) << depth;
    EXPECT_EQ(parse("let x = " + repeated("2^", depth) + "a").codes(), expected) << depth;
    EXPECT_EQ(parse("let x = " + repeated("a[", depth) + "b" + repeated("]", depth)).codes(),
              expected)
        << depth;
    EXPECT_EQ(parse("let x = " + repeated("sum(d in D: ", depth) + "a" + close).codes(), expected)
        << depth;
    EXPECT_EQ(parse("let x = " + repeated("first date ", depth) + "a").codes(), expected) << depth;
  }
}

// The passes after the parser walk the tree, so its depth counts, not only that of the text.
TEST(ParserLimits, ChainsOfOperatorsCountAsDepth) {
  for (const std::string_view op : {" + a", " * a", " or a", " and a", " at 2020", " in S"}) {
    EXPECT_EQ(parse("let x = a" + repeated(op, 200)).codes(), Texts{}) << op;
    EXPECT_EQ(parse("let x = a" + repeated(op, 100'000)).codes(), Texts{"P011"}) << op;
  }
}

TEST(ParserLimits, NestedCasesEndAt256) {
  const auto nested = [](std::size_t depth) {
    std::string text = "let x = cases\n";
    for (std::size_t i = 1; i <= depth; ++i) text += std::string(i, ' ') + "a : cases\n";
    return text + std::string(depth + 1, ' ') + "a : 1\nlet y = 3\n";
  };
  EXPECT_EQ(parse(nested(200)).codes(), Texts{});
  const Parsed deep = parse(nested(2'000));
  EXPECT_EQ(deep.codes(), Texts{"P011"});
  EXPECT_EQ(deep.printed(), "casus 1\nlet y = 3\n");
}

TEST(ParserLimits, StatementsAfterADeepOneAreRead) {
  const Parsed parsed = parse("let x = " + repeated("(", 1'000) + repeated(")", 1'000) +
                              "\nlet y = 3\nlet z = = 4\n");
  EXPECT_EQ(parsed.codes(), (Texts{"P011", "P012"}));
}

/// Seconds of wall time for reading `text`.
double seconds_for(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  const Parsed parsed = parse(text);
  EXPECT_LT(parsed.tree.statements.size(), text.size() + 1);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Each text takes some tens of milliseconds. Work that grew with the square of the length would
// take minutes, so the generous bound still tells them apart.
TEST(ParserLimits, TimeGrowsWithTheLengthOfTheText) {
  constexpr std::size_t length = 250'000;
  const std::vector<std::pair<std::string, std::string>> texts{
      {"let x = f(", "a, "},
      {"let x = ", "(a) "},
      {"let x = ", "\"a\" "},
      {"let x = a ", "' "},
      {"let x = ", "[("},
      {"let x = ", ")]"},
      {"let x = (", "]"},
      {"set S = ", "a, "},
      {"", "x\n"},
      {"", "let x = = 3\n"},
      {"", "let x = (\n"},
      {"let x = 3", "\n  unit"},
      {"data x from \"f\"", " where a == b"},
      {"let x = cases", "\n  a b"},
      {"game g", "\n  a by"},
      {"whatif w", "\n x := ("},
      {"# ", "#"},
      {"let x = ", "1_"},
      {"let x = ", "2020-"},
      {"let x = ", "\xC3\xA9"},
      {"let x = ", "&&"},
      {"let x = sum(", "d in D, "},
      {"let x = ", "\t"},
      {"case \"c\"", "\n  time 3 steps"},
      {"let x = ", "a.b"},
      {"let x = \"", "a\" \""},
      {"let x = a", "\n      \n"},
      {"let x = ", "cases\n "},
      {"let x[", "s in S, "},
      {"event e at ", "2020-01, "},
  };
  for (const auto& [first, more] : texts) {
    EXPECT_LT(seconds_for(first + repeated(more, length / more.size())), 5.0) << first << more;
  }
}

}  // namespace
}  // namespace casus::language
