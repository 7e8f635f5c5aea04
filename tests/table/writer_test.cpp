// Tables as CSV text, and back again.
#include "table/writer.hpp"

#include "base/bug.hpp"
#include "table/reading.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace casus::table {
namespace {

TEST(Writer, WritesTextsNumbersAndIntegers) {
  Writer writer({"place", "value", "n"});
  writer.text("shusha").number(0.1).integer(-3);
  writer.end_row();
  writer.text("").number(1e300).integer(0);
  writer.end_row();
  EXPECT_EQ(writer.take(), "place,value,n\nshusha,0.1,-3\n,1e+300,0\n");
  EXPECT_EQ(writer.take(), "");
}

TEST(Writer, WritesTheFewestDigitsThatReadBack) {
  Writer writer({"x"});
  const std::array numbers{0.1, 1.0 / 3.0, -0.0, 5e-324, std::numeric_limits<double>::max()};
  for (const double number : numbers) {
    writer.number(number);
    writer.end_row();
  }
  writer.number(std::nan(""));
  writer.end_row();
  EXPECT_EQ(writer.take(),
            "x\n0.1\n0.3333333333333333\n-0\n5e-324\n1.7976931348623157e+308\nnan\n");
}

TEST(Writer, WritesNothingForWhatIsNoNumberWhereAsked) {
  Writer writer({"a", "b"});
  writer.number_or_blank(std::nan("")).number_or_blank(0.5);
  writer.end_row();
  EXPECT_EQ(writer.take(), "a,b\n,0.5\n");
}

TEST(Writer, QuotesOnlyWhatNeedsIt) {
  Writer writer({"#a", "b"});
  writer.text("a,b").text("say \"no\"");
  writer.end_row();
  writer.text(" x").text("two\nlines");
  writer.end_row();
  writer.text("a;b").text("it's fine");
  writer.end_row();
  EXPECT_EQ(writer.take(),
            "\"#a\",b\n\"a,b\",\"say \"\"no\"\"\"\n\" x\",\"two\nlines\"\na;b,it's fine\n");
}

TEST(Writer, RowsOfAnotherLengthAreBugs) {
  EXPECT_THROW(Writer({}), Bug);
  Writer writer({"a", "b"});
  writer.integer(1);
  EXPECT_THROW(writer.end_row(), Bug);
  writer.integer(2);
  EXPECT_THROW(writer.integer(3), Bug);
}

/// Texts made of what CSV finds hard.
class Texts {
 public:
  explicit Texts(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string text() {
    static constexpr std::array<const char*, 16> parts{
        ",", "\"", "\n", "\r", "\r\n", " ", "\t",           "#",
        ";", "a",  "1",  "-",  "|",    "Ş", "\xEF\xBB\xBF", "\"\""};
    std::string result;
    for (std::size_t i = below(6); i > 0; --i) result += parts.at(below(parts.size()));
    return result;
  }

 private:
  std::mt19937 random_;
};

TEST(Writer, RandomTablesAreReadBackIdentically) {
  Texts random(20'201'110);
  for (int round = 0; round < 2000; ++round) {
    const std::size_t n_columns = 1 + random.below(4);
    Lines header;
    for (std::size_t i = 0; i < n_columns; ++i) {
      header.push_back(random.text() + std::to_string(i));
    }
    std::vector<Lines> rows(1 + random.below(5));
    Writer writer(header);
    for (Lines& row : rows) {
      for (std::size_t i = 0; i < n_columns; ++i) {
        row.push_back(random.text());
        writer.text(row.back());
      }
      writer.end_row();
    }
    const std::string written = writer.take();
    const Reading reading(written);
    ASSERT_TRUE(reading.table) << written << reading.said().at(0);
    ASSERT_EQ(reading.table->headers(), header) << written;
    ASSERT_EQ(texts(*reading.table), rows) << written;
    ASSERT_EQ(to_csv(*reading.table), written);
  }
}

}  // namespace
}  // namespace casus::table
