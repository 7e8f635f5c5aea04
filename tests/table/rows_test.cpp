// Which rows a statement gets, and what it is told when they are not there.
#include "table/rows.hpp"

#include "table/reading.hpp"

#include <gtest/gtest.h>

namespace casus::table {
namespace {

constexpr const char* spending =
    "country,year,indicator,value\n"
    "Armenia,1993,current,2\n"
    "Armenia,1992,current,1\n"
    "Georgia,1992,current,9\n"
    "Azerbaijan,1992,current,3\n"
    "Azerbaijan,1992,constant,4\n"
    "Azerbaijan,1993,constant,n/a\n";

/// Rows as "cell date value".
Lines found_rows(Reading& reading, Wanted wanted, Empty empty = Empty::fault) {
  wanted.wanted_by = reading.word(0, 4);
  Lines lines;
  const auto rows = find_rows(*reading.table, wanted, empty, reading.found);
  if (!rows) return reading.said();
  for (const Row& row : *rows) {
    lines.push_back(fmt::format("{} {} {}", row.cell, to_text(row.date),
                                row.value ? fmt::format("{}", *row.value) : "unknown"));
  }
  return lines;
}

Wanted current(std::vector<std::string> labels) {
  return {.value_column = "value",
          .date_column = "year",
          .keys = {{.column = "country", .labels = std::move(labels)}},
          .filters = {{.column = "indicator", .texts = {"current"}}}};
}

TEST(Rows, AreFilteredByTextAndSortedByLabelAndDate) {
  Reading reading(spending);
  EXPECT_EQ(found_rows(reading, current({"Azerbaijan", "Armenia"})),
            (Lines{"0 1992 3", "1 1992 1", "1 1993 2"}));
}

TEST(Rows, KnowTheirCells) {
  Reading reading(spending);
  const auto rows =
      find_rows(*reading.table, current({"Armenia"}), Empty::fault, reading.found).value();
  EXPECT_EQ(reading.sources.place(reading.file, rows[0].value_span.begin).line, 3U);
  EXPECT_EQ(rows[0].begin, day_number(1992, 1, 1));
  EXPECT_EQ(rows[0].end, day_number(1992, 12, 31));
}

TEST(Rows, FiltersTakeOneOfSeveralTexts) {
  Reading reading("kind,value\na,1\nb,2\nc,3\n");
  Wanted wanted{.value_column = "value",
                .keys = {{.column = "kind", .labels = {"c", "a"}}},
                .filters = {{.column = "kind", .texts = {"a", "c"}}}};
  EXPECT_EQ(found_rows(reading, wanted), (Lines{"0 0000 3", "1 0000 1"}));
}

TEST(Rows, SeveralKeysCountTheLastFastest) {
  Reading reading("from,to,value\nA,x,1\nB,x,2\nA,y,3\nB,y,4\nA,z,5\n");
  Wanted wanted{
      .value_column = "value",
      .keys = {{.column = "from", .labels = {"A", "B"}}, {.column = "to", .labels = {"x", "y"}}}};
  EXPECT_EQ(found_rows(reading, wanted), (Lines{"0 0000 1", "1 0000 3", "2 0000 2", "3 0000 4"}));
  EXPECT_EQ(cell_count(wanted), 4U);
  EXPECT_EQ(cell_name(wanted, 2), "B, x");
  EXPECT_EQ(cell_name({}, 0), "");
}

TEST(Rows, NeedTheirColumns) {
  Reading reading(spending);
  Wanted wanted = current({"Armenia"});
  wanted.date_column = "yera";
  wanted.keys[0] = {.column = "county", .labels = {"Armenia"}, .span = reading.word(11, 16)};
  EXPECT_EQ(found_rows(reading, wanted),
            (Lines{"D011 model 1:1-5 no column 'yera' in x.csv (did you mean 'year'?)",
                   "D011 model 1:12-17 no column 'county' in x.csv (did you mean 'country'?)"}));
}

TEST(Rows, FaultsInRowsThatAreNotWantedDoNotMatter) {
  Reading reading(spending);
  Wanted wanted = current({"Armenia"});
  wanted.filters[0].texts = {"constant"};
  wanted.keys[0].labels = {"Azerbaijan"};
  EXPECT_EQ(found_rows(reading, wanted),
            (Lines{"D101 7:26-29 not a number: 'n/a' in column 'value' of x.csv "
                   "(leave out the row of a value that is not known)"}));
}

TEST(Rows, RefuseTwoValuesForOneDate) {
  Reading reading(spending);
  Wanted wanted = current({"Azerbaijan"});
  wanted.filters.clear();
  wanted.keys[0].labels = {"Armenia", "Azerbaijan"};
  const Lines said = found_rows(reading, wanted);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_EQ(said[0],
            "D105 6:12-16 two values for Azerbaijan at 1992 in x.csv "
            "(remove one of them, or keep the rows that are meant with `where`)");
  EXPECT_EQ(
      reading.sources.place(reading.file, reading.found.sorted()[0].related.at(0).span.begin).line,
      5U);
}

TEST(Rows, RefuseTwoValuesWithoutADate) {
  Reading reading("value\n1\n2\n");
  EXPECT_EQ(found_rows(reading, {.value_column = "value"}),
            (Lines{"D105 3:1-2 two values in x.csv "
                   "(keep the rows that are meant with `where`, or name a column of dates)"}));
}

TEST(Rows, AYearAndItsFirstMonthBeginTogether) {
  Reading reading("date,value\n1992,1\n1992-01,2\n");
  EXPECT_EQ(found_rows(reading, {.value_column = "value", .date_column = "date"}).at(0),
            "D105 3:1-8 two values at 1992-01 in x.csv "
            "(remove one of them, or keep the rows that are meant with `where`)");
}

TEST(Rows, NameLabelsWithoutRows) {
  const std::string add = " (add the rows, or leave the label out of the set)";
  Reading reading(spending);
  EXPECT_EQ(found_rows(reading, current({"Armenia", "Russia", "Turkey"})),
            (Lines{"D106 model 1:1-5 no row for 'Russia' and 'Turkey' in column 'country' of "
                   "x.csv" +
                   add}));
  Reading placed(spending);
  Wanted wanted = current({"Russia"});
  wanted.keys[0].span = placed.word(11, 16);
  EXPECT_EQ(found_rows(placed, wanted),
            (Lines{"D106 model 1:12-17 no row for 'Russia' in column 'country' of x.csv" + add}));
  Reading again(spending);
  EXPECT_EQ(found_rows(again, current({"a1", "b1", "c1", "d1", "e1", "f1"})).at(0),
            "D106 model 1:1-5 no row for 'a1', 'b1', 'c1', 'd1' and 2 more in column 'country' of "
            "x.csv" +
                add);
}

TEST(Rows, SuggestAMisspeltLabelOfTheFile) {
  Reading reading("country,value\nArmenia,1\nAzerbaidjan,2\nGeorgia,3\n");
  Wanted wanted{.value_column = "value",
                .keys = {{.column = "country", .labels = {"Armenia", "Azerbaijan"}}}};
  EXPECT_EQ(found_rows(reading, wanted),
            (Lines{"D106 model 1:1-5 no row for 'Azerbaijan' in column 'country' of x.csv "
                   "(the file has 'Azerbaidjan')"}));
  const Label similar = reading.found.sorted()[0].related.at(0);
  EXPECT_EQ(similar.span, (Span{reading.file, 24, 35}));
  EXPECT_EQ(similar.text, "is it 'Azerbaijan'?");
}

TEST(Rows, NameCellsWithoutRows) {
  Reading reading("from,to,value\nA,x,1\nB,y,2\n");
  Wanted wanted{
      .value_column = "value",
      .keys = {{.column = "from", .labels = {"A", "B"}}, {.column = "to", .labels = {"x", "y"}}}};
  EXPECT_EQ(found_rows(reading, wanted),
            (Lines{"D106 model 1:1-5 no row for 'A, y' and 'B, x' in x.csv "
                   "(add the rows; every label goes with every other)"}));
  Reading observed("from,to,value\nA,x,1\nB,y,2\n");
  EXPECT_EQ(found_rows(observed, wanted, Empty::unknown), (Lines{"0 0000 1", "3 0000 2"}));
}

TEST(Rows, EmptyCellsMayBeUnknown) {
  Reading reading("year,value\n1992,\n1993,5\n1992,3\n");
  const Wanted wanted{.value_column = "value", .date_column = "year"};
  EXPECT_EQ(found_rows(reading, wanted, Empty::unknown),
            (Lines{"0 1992 unknown", "0 1992 3", "0 1993 5"}));
  EXPECT_EQ(found_rows(reading, wanted).at(0).substr(0, 4), "D102");
}

TEST(Rows, FiltersMustKeepSomething) {
  Reading reading(spending);
  Wanted wanted = current({"Armenia"});
  wanted.filters[0].texts = {"curent", "constant", "share"};
  EXPECT_EQ(found_rows(reading, wanted),
            (Lines{"D110 model 1:1-5 no row of x.csv has 'curent' and 'share' in column "
                   "'indicator' (did you mean 'current'?)"}));
  Reading placed(spending);
  wanted.filters[0].text_spans = {placed.word(0, 2), placed.word(3, 5), placed.word(6, 8)};
  wanted.filters[0].texts = {"current", "constnt", "share"};
  EXPECT_EQ(found_rows(placed, wanted).at(0).substr(0, 16), "D110 model 1:4-6");
  Reading apart(spending);
  wanted.filters = {{.column = "indicator", .texts = {"constant"}},
                    {.column = "country", .texts = {"Georgia"}}};
  EXPECT_EQ(found_rows(apart, wanted),
            (Lines{"D110 model 1:1-5 no row of x.csv passes all filters"}));
}

}  // namespace
}  // namespace casus::table
