// Lines and columns of texts.
#include "base/source.hpp"

#include "base/bug.hpp"

#include <gtest/gtest.h>

namespace casus {
namespace {

void expect_place(const Sources& sources, FileId file, std::uint32_t byte, std::uint32_t line,
                  std::uint32_t column) {
  const Place place = sources.place(file, byte);
  EXPECT_EQ(place.line, line) << "byte " << byte;
  EXPECT_EQ(place.column, column) << "byte " << byte;
}

TEST(Sources, CountLinesAndColumnsFromOne) {
  Sources sources;
  const FileId file = sources.add("a", "one\ntwo\n\nfour");
  expect_place(sources, file, 0, 1, 1);
  expect_place(sources, file, 3, 1, 4);  // the line feed ends its line
  expect_place(sources, file, 4, 2, 1);
  expect_place(sources, file, 8, 3, 1);
  expect_place(sources, file, 12, 4, 4);
  expect_place(sources, file, 13, 4, 5);
  expect_place(sources, file, 999, 4, 5);
}

TEST(Sources, LeaveOutBothBytesOfWindowsLineEnds) {
  Sources sources;
  const FileId file = sources.add("a", "one\r\ntwo\r\n");
  EXPECT_EQ(sources.line_at(file, 1), "one");
  EXPECT_EQ(sources.line_at(file, 6), "two");
  EXPECT_EQ(sources.line_at(file, 10), "");
  EXPECT_EQ(sources.line_span(file, 2), (Span{.file = file, .begin = 5, .end = 8}));
  expect_place(sources, file, 3, 1, 4);
  expect_place(sources, file, 4, 1, 4);
  expect_place(sources, file, 10, 3, 1);
}

TEST(Sources, KeepACarriageReturnThatEndsNoLine) {
  Sources sources;
  const FileId file = sources.add("a", "one\rtwo\n\r\nend\r");
  EXPECT_EQ(sources.line_at(file, 0), "one\rtwo");
  EXPECT_EQ(sources.line_at(file, 8), "");
  EXPECT_EQ(sources.line_at(file, 10), "end\r");
}

TEST(Sources, CountCharactersNotBytes) {
  Sources sources;
  // U+0416 has two bytes, U+20AC three, U+1F600 four.
  const FileId file = sources.add("a", "\u0416\u20AC\U0001F600x");
  expect_place(sources, file, 0, 1, 1);
  expect_place(sources, file, 2, 1, 2);
  expect_place(sources, file, 5, 1, 3);
  expect_place(sources, file, 9, 1, 4);
  expect_place(sources, file, 1, 1, 1);  // inside U+0416
  expect_place(sources, file, 8, 1, 3);  // inside U+1F600
}

TEST(Sources, HaveAnEmptyLineInAnEmptyText) {
  Sources sources;
  const FileId file = sources.add("a", "");
  expect_place(sources, file, 0, 1, 1);
  EXPECT_EQ(sources.line_at(file, 0), "");
  EXPECT_EQ(sources.line_span(file, 1), (Span{.file = file, .begin = 0, .end = 0}));
}

TEST(Sources, GiveEmptySpansForLinesThatAreNotThere) {
  Sources sources;
  const FileId file = sources.add("a", "one\ntwo");
  const Span nothing{.file = file, .begin = 7, .end = 7};
  EXPECT_EQ(sources.line_span(file, 0), nothing);
  EXPECT_EQ(sources.line_span(file, 3), nothing);
}

TEST(Sources, KeepTextsApart) {
  Sources sources;
  const FileId first = sources.add("first", "1");
  const FileId second = sources.add("second", "2");
  EXPECT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources.name(first), "first");
  EXPECT_EQ(sources.text(second), "2");
}

TEST(Join, HoldsBothSpansInEitherOrder) {
  const Span early{.file = FileId{}, .begin = 2, .end = 5};
  const Span late{.file = FileId{}, .begin = 4, .end = 9};
  const Span both{.file = FileId{}, .begin = 2, .end = 9};
  EXPECT_EQ(join(early, late), both);
  EXPECT_EQ(join(late, early), both);
}

TEST(Join, RefusesSpansOfTwoTexts) {
  const Span here{.file = FileId{0}, .begin = 0, .end = 1};
  const Span there{.file = FileId{1}, .begin = 0, .end = 1};
  EXPECT_THROW(join(here, there), Bug);
}

}  // namespace
}  // namespace casus
