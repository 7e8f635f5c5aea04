// Cells of values: numbers as number_test has them, and labels by their place.
#include "table/values.hpp"

#include "table/reading.hpp"

#include <gtest/gtest.h>

namespace casus::table {
namespace {

/// The place of a cell's label among "asha, ben, ceil clark", or what is wrong with it.
std::string read(const std::string& cell, std::vector<std::string> more = {}) {
  Reading reading("who\n\"" + cell + "\"\n");
  LabelSet leaders{.name = "Leader",
                   .labels = {"asha", "ben", "ceil clark"},
                   .labels_of_root = {"asha", "ben", "ceil clark", "dora"}};
  leaders.labels.insert(leaders.labels.end(), more.begin(), more.end());
  const Wanted wanted{
      .value_column = "who", .labels = std::move(leaders), .wanted_by = reading.word(0, 4)};
  std::optional<double> place;
  {
    Faults faults("x.csv", reading.found);
    place = Values(*reading.table, wanted, 0, faults).read(0);
  }
  return place ? fmt::format("{}", *place) : reading.said().at(0);
}

TEST(Values, AreThePlacesOfLabels) {
  EXPECT_EQ(read("asha"), "0");
  EXPECT_EQ(read("ceil clark"), "2");
  EXPECT_EQ(read("  ben "), "1");
}

TEST(Values, NameTheNearestLabel) {
  EXPECT_EQ(read("bne"),
            "D210 2:1-6 'bne' in column 'who' of x.csv is no label of `Leader` (did "
            "you mean 'ben'?)");
  EXPECT_EQ(read("Ceil Clark"),
            "D210 2:1-13 'Ceil Clark' in column 'who' of x.csv is no label of "
            "`Leader` (did you mean 'ceil clark'?)");
  EXPECT_EQ(read("7"),
            "D210 2:1-4 '7' in column 'who' of x.csv is no label of `Leader` (write "
            "asha, ben or ceil clark)");
  EXPECT_EQ(read("7", {"e", "f", "g", "h", "i", "j"}),
            "D210 2:1-4 '7' in column 'who' of x.csv is no label of `Leader` (add it to `Leader`, "
            "or correct the cell)");
}

TEST(Values, ThatAreLabelsOfTheLargerSetAreSaidToBe) {
  EXPECT_EQ(read("dora"),
            "D210 2:1-7 'dora' in column 'who' of x.csv is no label of `Leader` (it "
            "is a label of the larger set, not of `Leader`: name the larger set)");
}

TEST(Values, AreOneLabelACell) {
  EXPECT_EQ(read("asha|ben"),
            "D210 2:1-11 'asha|ben' in column 'who' of x.csv is no label of "
            "`Leader` (a cell of data names one label)");
  EXPECT_EQ(read(" "),
            "D211 2:1-4 no label in column 'who' of x.csv (write the label; where it is "
            "not known, leave out the row)");
}

}  // namespace
}  // namespace casus::table
