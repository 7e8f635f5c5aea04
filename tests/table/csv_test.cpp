// CSV text to tables: what is accepted, and the text of every refusal.
#include "table/csv.hpp"

#include "table/reading.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <random>

namespace casus::table {
namespace {

using Rows = std::vector<Lines>;

TEST(Csv, ReadsHeaderAndCells) {
  const Reading reading("month,deaths\n1991-12,35\n1992-01,241\n");
  ASSERT_TRUE(reading.table);
  EXPECT_EQ(reading.table->name(), "x.csv");
  EXPECT_EQ(reading.table->headers(), (Lines{"month", "deaths"}));
  EXPECT_EQ(texts(*reading.table), (Rows{{"1991-12", "35"}, {"1992-01", "241"}}));
  EXPECT_TRUE(reading.found.empty());
}

TEST(Csv, SpansPointAtCellsInTheFile) {
  const Reading reading("a,b\r\n1, \"x \"\"y\"\"\" ,\n", "x.csv");
  EXPECT_FALSE(reading.table);
  const Reading good("a,b\r\n1, \"x \"\"y\"\"\" \n");
  ASSERT_TRUE(good.table);
  const Span span = good.table->span(0, 1);
  const std::string& text = good.sources.text(good.file);
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "\"x \"\"y\"\"\"");
  EXPECT_EQ(good.table->text(0, 1), "x \"y\"");
  EXPECT_EQ(good.table->header_span(1), (Span{good.file, 2, 3}));
}

TEST(Csv, LineBreaksAreLfCrlfOrCr) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const Reading reading("a,b" + end + "1,2" + end + "3,4");
    ASSERT_TRUE(reading.table);
    EXPECT_EQ(texts(*reading.table), (Rows{{"1", "2"}, {"3", "4"}}));
  }
}

TEST(Csv, QuotesHoldCommasQuotesAndLineBreaks) {
  const Reading reading("a,b\n\"1,5\",\"say \"\"no\"\"\"\n\"two\nlines\",\"\"\n");
  ASSERT_TRUE(reading.table);
  EXPECT_EQ(texts(*reading.table), (Rows{{"1,5", "say \"no\""}, {"two\nlines", ""}}));
}

TEST(Csv, BlanksAroundCellsCountOnlyInQuotes) {
  const Reading reading(" a ,\tb\n 1 , \" 2 \" \n");
  ASSERT_TRUE(reading.table);
  EXPECT_EQ(reading.table->headers(), (Lines{"a", "b"}));
  EXPECT_EQ(texts(*reading.table), (Rows{{"1", " 2 "}}));
}

TEST(Csv, SkipsMarkCommentsAndBlankLines) {
  const Reading reading(
      "\xEF\xBB\xBF# from the yearbook\n\n# second, line\na,b\n\n1,2\n  \n3,4\n\n");
  ASSERT_TRUE(reading.table);
  EXPECT_EQ(reading.table->header(0), "a");
  EXPECT_EQ(texts(*reading.table), (Rows{{"1", "2"}, {"3", "4"}}));
}

TEST(Csv, CommentsBelowTheHeaderAreRows) {
  const Reading reading("a\n#1\n");
  ASSERT_TRUE(reading.table);
  EXPECT_EQ(texts(*reading.table), (Rows{{"#1"}}));
}

TEST(Csv, QuoteInsideAnUnquotedCellIsItself) {
  const Reading reading("a\n5\" gun\n");
  ASSERT_TRUE(reading.table);
  EXPECT_EQ(reading.table->text(0, 0), "5\" gun");
}

TEST(Csv, DistinctTextsComeInOrder) {
  const Reading reading("s\nRussia\nArmenia\nRussia\n");
  ASSERT_TRUE(reading.table);
  EXPECT_EQ(reading.table->distinct(0), (Lines{"Russia", "Armenia"}));
}

TEST(Csv, RefusesEmptyFiles) {
  const Lines expected{"D001 - x.csv is empty (a table begins with a line of column names)"};
  EXPECT_EQ(Reading("").said(), expected);
  EXPECT_EQ(Reading("\n \n").said(), expected);
  EXPECT_EQ(Reading("\xEF\xBB\xBF# only this").said(), expected);
}

TEST(Csv, RefusesAHeaderWithoutRows) {
  EXPECT_EQ(Reading("a,b\n").said(), (Lines{"D002 1:1-4 x.csv has a header but no rows "
                                            "(write the values below it, one row a line)"}));
}

TEST(Csv, RefusesRaggedRows) {
  const Reading reading("a,b,c\n1,2,3\n1,2\n1,2,3,4\n");
  EXPECT_FALSE(reading.table);
  EXPECT_EQ(reading.said(), (Lines{"D003 3:1-4 line 3 of x.csv has 2 cells, its header 3 "
                                   "(an empty cell keeps its comma)",
                                   "D003 4:1-8 line 4 of x.csv has 4 cells, its header 3 "
                                   "(a cell that holds a comma needs quotes around it, and numbers "
                                   "have decimal points)"}));
  EXPECT_EQ(Reading("a,b\n1,2\n3\n").said(),
            (Lines{"D003 3:1-2 line 3 of x.csv has 1 cell, its header 2 "
                   "(an empty cell keeps its comma)"}));
}

TEST(Csv, CountsLinesInsideQuotes) {
  EXPECT_EQ(Reading("a,b\n\"1\n\r\n2\",2\n3\n").said(),
            (Lines{"D003 5:1-2 line 5 of x.csv has 1 cell, its header 2 "
                   "(an empty cell keeps its comma)"}));
  EXPECT_EQ(Reading("a,b\r1,2\r3\r").said().at(0).substr(8),
            "-10 line 3 of x.csv has 1 cell, its header 2 (an empty cell keeps its comma)");
}

TEST(Csv, RefusesColumnsWithoutOneName) {
  const Reading reading("year,,value,year\n1,2,3,4\n");
  EXPECT_EQ(reading.said(), (Lines{"D005 1:6-6 column 2 of x.csv has no name "
                                   "(name it, or take out its comma in every line)",
                                   "D004 1:13-17 column 'year' stands twice in x.csv "
                                   "(give each column its own name)"}));
  const Diagnostic twice = reading.found.sorted().at(1);
  ASSERT_EQ(twice.related.size(), 1U);
  EXPECT_EQ(twice.related[0].span, (Span{reading.file, 0, 4}));
  EXPECT_EQ(twice.related[0].text, "first here");
}

TEST(Csv, RefusesQuotesThatAreNeverClosed) {
  const Lines expected{
      "D006 3:3-4 the quote in line 3 of x.csv is never closed "
      "(close it, or write a quote inside a quoted cell twice)"};
  EXPECT_EQ(Reading("a,b\n1,2\n1,\"two\n3,4\n").said(), expected);
  EXPECT_EQ(Reading("\"a,b\n1,2\n").said().size(), 1U);
}

TEST(Csv, RefusesTextBehindQuotes) {
  const Reading reading("a,b\n\"1\" one,2\n3,4\n");
  EXPECT_EQ(reading.said(), (Lines{"D007 2:5-8 text after a closing quote in line 2 of x.csv "
                                   "(write a quote inside a quoted cell twice)"}));
  EXPECT_EQ(reading.found.sorted().at(0).related.at(0).span, (Span{reading.file, 4, 5}));
}

TEST(Csv, ABrokenQuoteIsNotAlsoARowOfAnotherLength) {
  EXPECT_EQ(Reading("a,b\n\"1\",2\" x,3\n").said().size(), 1U);
  EXPECT_EQ(Reading("a,b\n\"1\" x\n").said().size(), 1U);
}

TEST(Csv, RefusesWhatIsNoUtf8Text) {
  EXPECT_EQ(Reading("a\nJovi\xE6\n").said(),
            (Lines{"D008 2:5-6 x.csv is not UTF-8 text: its byte 7 is 0xE6 "
                   "(save it as CSV in UTF-8)"}));
  EXPECT_EQ(Reading(std::string("PK\x03\x04\x00\x00", 6)).said(),
            (Lines{"D008 - x.csv is no text: it holds a zero byte "
                   "(export the table as CSV in UTF-8)"}));
  EXPECT_EQ(Reading(std::string("\xFF\xFE"
                                "a\0",
                                4))
                .said(),
            (Lines{"D008 - x.csv is UTF-16 text, not UTF-8 (save it as CSV in UTF-8)"}));
}

TEST(Csv, SuspectsOtherSeparators) {
  const std::string help = " (save it with commas between columns and points in numbers)";
  EXPECT_EQ(Reading("year;value\n1992;3,5\n").said(),
            (Lines{"D009 1:1-11 the columns of x.csv are separated by semicolons, not by commas" +
                   help}));
  EXPECT_EQ(
      Reading("year\tvalue\n1992\t3\n").said(),
      (Lines{"D009 1:1-11 the columns of x.csv are separated by tabs, not by commas" + help}));
  EXPECT_EQ(
      Reading("year|value\n1992|3\n").said(),
      (Lines{"D009 1:1-11 the columns of x.csv are separated by bars, not by commas" + help}));
  EXPECT_TRUE(Reading("\"year;value\"\n1\n").table);
}

TEST(Csv, ShowsFiveFaultsAndCountsTheRest) {
  std::string text = "a,b\n";
  for (int i = 0; i < 23; ++i) text += "1\n";
  const Reading reading(text);
  const Lines said = reading.said();
  ASSERT_EQ(said.size(), 6U);
  EXPECT_EQ(said.back(), "D010 7:1-2 18 more faults in x.csv");
  EXPECT_EQ(reading.found.error_count(), 5U);
}

TEST(Csv, FaultsOfEveryKindAreReportedAtOnce) {
  const Reading reading("a,a,\n1,2\n\"1\"x,2,3\n1,2,\"3\n");
  Lines codes;
  for (const std::string& line : reading.said()) codes.push_back(line.substr(0, 4));
  EXPECT_EQ(codes, (Lines{"D004", "D005", "D003", "D007", "D006"}));
}

TEST(Csv, RandomBytesAreReadOrRefusedWithAReason) {
  const std::string alphabet("a1,,,\n\n\r\"\" #;\t\xC3\xA9\0", 17);
  std::mt19937 random(1994);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto i = random() % 24; i > 0; --i) text += alphabet[random() % alphabet.size()];
    const Reading reading(text);
    ASSERT_EQ(reading.table.has_value(), !reading.found.has_errors()) << text;
    for (const Diagnostic& fault : reading.found.sorted()) {
      ASSERT_LE(fault.primary.span.begin, fault.primary.span.end) << text;
      ASSERT_LE(fault.primary.span.end, text.size()) << text;
    }
  }
}

TEST(Csv, ReadsTwoMegabytesQuickly) {
  std::string text = "year,exporter,importer,value\n";
  while (text.size() < 2'000'000) text += "2016,\"Armenia, Republic of\",Azerbaijan,48719.25\n";
  Sources sources;
  const FileId file = sources.add("x.csv", text);
  Diagnostics found;
  const auto start = std::chrono::steady_clock::now();
  const std::optional<Table> table = read_csv(sources, file, found);
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(table);
  EXPECT_EQ(table->text(table->n_rows() - 1, 1), "Armenia, Republic of");
  RecordProperty("milliseconds", std::to_string(time.count()));
  // Some 10 ms unoptimised; the bound catches copying that grows with the square of the size.
  EXPECT_LT(time.count(), 1000.0);
}

}  // namespace
}  // namespace casus::table
