// What is shown of a source line.
#include "base/excerpt.hpp"

#include <gtest/gtest.h>

namespace casus {
namespace {

std::size_t characters(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return n;
}

Excerpt excerpt(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  Sources sources;
  const FileId file = sources.add("a", text);
  return excerpt_of(sources, {.file = file, .begin = begin, .end = end});
}

/// The characters over the marks, for lines of single bytes with an ellipsis at most in front.
std::string marked(const Excerpt& excerpt) {
  const std::string ellipsis = "\u2026";
  const bool cut = excerpt.line.substr(0, ellipsis.size()) == ellipsis;
  return excerpt.line.substr(excerpt.indent + (cut ? ellipsis.size() - 1 : 0), excerpt.width);
}

TEST(Excerpt, IsTheWholeLineWhenShort) {
  const Excerpt shown = excerpt("one\r\ntwo three\r\n", 9, 14);
  EXPECT_EQ(shown.line, "two three");
  EXPECT_EQ(marked(shown), "three");
}

TEST(Excerpt, CountsCharacters) {
  const Excerpt shown = excerpt("\u0416\u20AC = x", 2, 5);  // the euro sign
  EXPECT_EQ(shown.line, "\u0416\u20AC = x");
  EXPECT_EQ(shown.indent, 1U);
  EXPECT_EQ(shown.width, 1U);
}

TEST(Excerpt, ShowsTabsAsOneBlank) {
  const Excerpt shown = excerpt("\ta\tb", 3, 4);
  EXPECT_EQ(shown.line, " a b");
  EXPECT_EQ(marked(shown), "b");
}

TEST(Excerpt, MarksSeveralLinesToTheFirstOnesEnd) {
  const Excerpt shown = excerpt("ab cd\nef\n", 3, 8);
  EXPECT_EQ(shown.line, "ab cd");
  EXPECT_EQ(marked(shown), "cd");
}

TEST(Excerpt, HasOneMarkForNothing) {
  EXPECT_EQ(excerpt("abc", 1, 1).width, 1U);
  const Excerpt at_end = excerpt("abc", 3, 3);
  EXPECT_EQ(at_end.indent, 3U);
  EXPECT_EQ(at_end.width, 1U);
  const Excerpt empty = excerpt("", 0, 0);
  EXPECT_EQ(empty.line, "");
  EXPECT_EQ(empty.indent, 0U);
  EXPECT_EQ(empty.width, 1U);
}

TEST(Excerpt, KeepsALineOf160) {
  const std::string line(160, 'x');
  EXPECT_EQ(excerpt(line, 0, 1).line, line);
  EXPECT_NE(excerpt(line + "x", 0, 1).line, line + "x");
}

TEST(Excerpt, CutsGiantLinesAroundTheSpan) {
  const std::uint32_t middle = 500'000;
  const std::string giant = std::string(middle, 'x') + "here" + std::string(500'000, 'y');
  const Excerpt shown = excerpt(giant, middle, middle + 4);
  EXPECT_EQ(characters(shown.line), widest_excerpt);
  EXPECT_EQ(marked(shown), "here");
  EXPECT_EQ(shown.line.substr(0, 3), "\u2026");
  EXPECT_EQ(shown.line.substr(shown.line.size() - 3), "\u2026");
}

TEST(Excerpt, CutsOnlyBehindWhenTheSpanIsAtTheStart) {
  const Excerpt shown = excerpt("here" + std::string(1000, 'y'), 0, 4);
  EXPECT_EQ(marked(shown), "here");
  EXPECT_EQ(shown.line.substr(0, 5), "herey");
  EXPECT_EQ(shown.line.substr(shown.line.size() - 3), "\u2026");
  EXPECT_LE(characters(shown.line), widest_excerpt);
}

TEST(Excerpt, CutsOnlyInFrontWhenTheSpanIsAtTheEnd) {
  const Excerpt shown = excerpt(std::string(1000, 'x') + "here", 1000, 1004);
  EXPECT_EQ(marked(shown), "here");
  EXPECT_EQ(shown.line.substr(0, 3), "\u2026");
  EXPECT_EQ(shown.line.substr(shown.line.size() - 4), "here");
  EXPECT_EQ(characters(shown.line), widest_excerpt - 1);
}

TEST(Excerpt, PutsTheMarkAfterTheEndOfAGiantLine) {
  const Excerpt shown = excerpt(std::string(1000, 'x'), 1000, 1000);
  EXPECT_EQ(shown.indent, characters(shown.line));
  EXPECT_EQ(shown.width, 1U);
}

TEST(Excerpt, KeepsTheMarksOfAGiantSpanInsideTheLine) {
  for (const std::uint32_t begin : {0U, 100U, 900'000U, 999'990U}) {
    const Excerpt shown = excerpt(std::string(1'000'000, 'x'), begin, 1'000'000);
    EXPECT_LE(shown.indent + shown.width, characters(shown.line)) << begin;
    EXPECT_GE(shown.width, std::min(1'000'000U - begin, 100U)) << begin;
  }
}

TEST(Excerpt, CutsBetweenCharacters) {
  std::string giant;
  for (int i = 0; i < 1000; ++i) giant += "\u20AC";
  const Excerpt shown = excerpt(giant, 1500, 1503);
  EXPECT_EQ(characters(shown.line), widest_excerpt);
  EXPECT_EQ(shown.line.size(), widest_excerpt * 3);  // the ellipsis has three bytes too
  EXPECT_EQ(printable(shown.line), shown.line);
}

TEST(Printable, LeavesTextAlone) {
  const std::string text = "a\u00E9\u0416\u20AC\U0001F600 ~\n";
  EXPECT_EQ(printable(text), text);
  EXPECT_EQ(printable(""), "");
}

TEST(Printable, DisarmsTerminalsAndBidirectionalText) {
  EXPECT_EQ(printable("\x1b[2J"), "\uFFFD[2J");
  EXPECT_EQ(printable("a\tb\rc"), "a b\uFFFDc");
  EXPECT_EQ(printable("\x7f"), "\uFFFD");
  EXPECT_EQ(printable("\u009B"), "\uFFFD");
  EXPECT_EQ(printable("\u202E\u2066"), "\uFFFD\uFFFD");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\uFFFD");
}

TEST(Printable, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(printable("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(printable("\xE2\x82"), "\uFFFD");  // a euro sign without its last byte
  EXPECT_EQ(printable("\xC3(x"), "\uFFFD(x");
  EXPECT_EQ(printable("\x80\x80x"), "\uFFFDx");
  EXPECT_EQ(printable("\xC0\xAF"), "\uFFFD");  // an overlong slash
}

}  // namespace
}  // namespace casus
