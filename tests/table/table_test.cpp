// Tables, and columns by name.
#include "table/table.hpp"

#include "table/reading.hpp"

#include <gtest/gtest.h>

namespace casus::table {
namespace {

TEST(Table, KeepsItsTextsWhenMoved) {
  Table table("x.csv", FileId{3});
  table.add_column("a", 0, 1);
  table.add_cell("Şuşa", 2, 8);
  const Table moved = std::move(table);
  EXPECT_EQ(moved.n_rows(), 1U);
  EXPECT_EQ(moved.text(0, 0), "Şuşa");
  EXPECT_EQ(moved.span(0, 0), (Span{FileId{3}, 2, 8}));
}

TEST(Table, DropsTheCellsOfAWrongRow) {
  Table table("x.csv", FileId{});
  table.add_column("a", 0, 1);
  table.add_column("b", 2, 3);
  table.add_cell("1", 4, 5);
  table.drop_cells(1);
  EXPECT_EQ(table.n_rows(), 0U);
}

TEST(Table, WithoutColumnsHasNoRows) { EXPECT_EQ(Table("x.csv", FileId{}).n_rows(), 0U); }

TEST(Column, IsFoundByName) {
  Reading reading("year,value\n1992,3\n");
  EXPECT_EQ(column(*reading.table, "value", {}, reading.found), 1U);
  EXPECT_TRUE(reading.found.empty());
}

TEST(Column, IsSuggestedWhenMisspelt) {
  Reading reading("year,value\n1992,3\n");
  EXPECT_EQ(column(*reading.table, "valu", reading.word(5, 10), reading.found), std::nullopt);
  EXPECT_EQ(reading.said(),
            (Lines{"D011 model 1:6-11 no column 'valu' in x.csv (did you mean 'value'?)"}));
}

TEST(Column, ListsTheColumnsWhenNoneIsClose) {
  Reading reading("year,value\n1992,3\n");
  EXPECT_FALSE(column(*reading.table, "deaths", reading.word(5, 10), reading.found));
  EXPECT_EQ(reading.said(),
            (Lines{"D011 model 1:6-11 no column 'deaths' in x.csv (its columns are year, value)"}));
}

}  // namespace
}  // namespace casus::table
