// Recorded moves by step, and the text of every refusal.
#include "table/record.hpp"

#include "base/bug.hpp"
#include "table/reading.hpp"

#include <gtest/gtest.h>

namespace casus::table {
namespace {

using Kind = RecordCell::Kind;

std::optional<std::vector<RecordCell>> read(Reading& reading, const StepDates& steps) {
  const RecordRequest request{.date_column = "month",
                              .column = "attack",
                              .labels = {"hold", "raid", "offensive"},
                              .wanted_by = reading.word(0, 4)};
  return read_record(*reading.table, request, steps, reading.found);
}

Lines faults(const std::string& rows) {
  Reading reading("month,attack\n" + rows);
  EXPECT_FALSE(read(reading, months({2020, 1, 0}, {2020, 12, 0})));
  return reading.said();
}

TEST(Record, CellsAreBlankNotReachedOrSets) {
  Reading reading(
      "month,attack\n2020-01,hold\n2020-02,-\n2020-03,\n2020-05, hold | offensive \n"
      "2020-06-27,raid\n");
  const auto cells = read(reading, months({2020, 1, 0}, {2020, 6, 0})).value();
  ASSERT_EQ(cells.size(), 6U);
  EXPECT_EQ(cells[0].kind, Kind::labels);
  EXPECT_EQ(cells[0].set, 0b001U);
  EXPECT_EQ(cells[1].kind, Kind::not_reached);
  EXPECT_EQ(cells[2].kind, Kind::blank);
  EXPECT_EQ(reading.sources.place(reading.file, cells[2].span.begin).line, 4U);
  EXPECT_EQ(cells[3], RecordCell{});
  EXPECT_EQ(cells[4].set, 0b101U);
  EXPECT_EQ(cells[5].set, 0b010U);
}

TEST(Record, RowsOutsideTheStepsAreLeftOut) {
  Reading reading("month,attack\n2019-12,nonsense\n2020-01,raid\n2020-02,raid\n");
  const auto cells = read(reading, months({2020, 1, 0}, {2020, 1, 0})).value();
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].set, 0b010U);
}

TEST(Record, TheSixtyFourthLabelHasABit) {
  Reading reading("month,attack\n2020-01,l63\n");
  RecordRequest request{.date_column = "month", .column = "attack", .labels = {}};
  for (int i = 0; i < 64; ++i) request.labels.push_back(fmt::format("l{}", i));
  const StepDates steps = months({2020, 1, 0}, {2020, 1, 0});
  const auto cells = read_record(*reading.table, request, steps, reading.found).value();
  EXPECT_EQ(cells[0].set, 0x8000000000000000U);
  request.labels.emplace_back("l64");
  EXPECT_THROW(read_record(*reading.table, request, steps, reading.found), Bug);
}

TEST(Record, RefusesCellsItCannotRead) {
  EXPECT_EQ(faults("2020-01,hold||raid\n2020-02,|\n2020-03,raid|raid\n2020-04,-|raid\n"),
            (Lines{"D201 2:9-19 an empty alternative in 'hold||raid' in column 'attack' of x.csv "
                   "(write options with one '|' between them, such as hold|raid|offensive)",
                   "D201 3:9-10 an empty alternative in '|' in column 'attack' of x.csv "
                   "(write options with one '|' between them, such as hold|raid|offensive)",
                   "D201 4:9-18 'raid' stands twice in 'raid|raid' in column 'attack' of x.csv",
                   "D201 5:9-15 '-' among other options in '-|raid' in column 'attack' of x.csv "
                   "('-' says that the move was not reached; it stands alone)"}));
}

TEST(Record, RefusesABarAtTheEnd) {
  EXPECT_EQ(faults("2020-01,raid|\n").at(0).substr(0, 46),
            "D201 2:9-14 an empty alternative in 'raid|' in");
}

TEST(Record, RefusesUnknownOptions) {
  EXPECT_EQ(faults("2020-01,hold|riad\n2020-02,negotiate\n"),
            (Lines{"D202 2:9-18 no option 'riad' for column 'attack' of x.csv "
                   "(did you mean 'raid'?)",
                   "D202 3:9-18 no option 'negotiate' for column 'attack' of x.csv "
                   "(write hold, raid or offensive)"}));
}

TEST(Record, RefusesTwoRowsForAStep) {
  Reading reading("month,attack\n2020-01-03,\n2020-01-20,raid\n");
  EXPECT_FALSE(read(reading, months({2020, 1, 0}, {2020, 2, 0})));
  EXPECT_EQ(reading.said(),
            (Lines{"D203 3:1-11 two rows for the step 2020-01 in x.csv "
                   "(keep one of them; a cell may hold several options: hold|raid)"}));
  EXPECT_EQ(reading.found.sorted()[0].related.at(0).span, (Span{reading.file, 13, 23}));
}

TEST(Record, RefusesAFileOutsideTheSteps) {
  EXPECT_EQ(faults("1992-01,hold\n"),
            (Lines{"D204 2:1-8 no row of x.csv lies inside the model's time "
                   "(the model runs from 2020-01 to 2020-12)"}));
}

TEST(Record, RefusesPeriodsLongerThanAStep) {
  EXPECT_EQ(faults("2020,raid\n2021,raid\n"),
            (Lines{"D205 2:1-5 2020 in x.csv is longer than a step of the model "
                   "(write the date of the step in which the move was made)"}));
}

TEST(Record, RefusesWrongDatesAndColumns) {
  EXPECT_EQ(faults("Jan 2020,raid\n"),
            (Lines{"D104 2:1-9 not a date: 'Jan 2020' in column 'month' of x.csv "
                   "(write 2020, 2020-09 or 2020-09-27)"}));
  Reading reading("month,atack\n2020-01,raid\n");
  EXPECT_FALSE(read(reading, years(2020, 2020)));
  EXPECT_EQ(reading.said(),
            (Lines{"D011 model 1:1-5 no column 'attack' in x.csv (did you mean 'atack'?)"}));
}

}  // namespace
}  // namespace casus::table
