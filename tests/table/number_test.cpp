// Cells as numbers and dates, and the text of every refusal.
#include "table/number.hpp"

#include "table/reading.hpp"

#include <gtest/gtest.h>

namespace casus::table {
namespace {

/// What reading `cell` as a number, or a date, says; empty when it can be read.
std::string fault_of(const std::string& cell, bool as_date = false, double scale = 1.0) {
  Reading reading("value\n\"" + cell + "\"\n");
  {
    Faults faults("x.csv", reading.found);
    if (as_date) {
      read_date(*reading.table, 0, 0, faults);
    } else {
      read_number(*reading.table, 0, 0, scale, faults);
    }
  }
  const Lines said = reading.said();
  return said.empty() ? "" : said.at(0);
}

double number_of(const std::string& cell, double scale) {
  Reading reading("value\n" + cell + "\n");
  Faults faults("x.csv", reading.found);
  return read_number(*reading.table, 0, 0, scale, faults).value();
}

TEST(Number, IsScaledToBaseUnits) {
  EXPECT_EQ(number_of("35", 1.0), 35.0);
  EXPECT_EQ(number_of("-1.5e3", 12.0), -18000.0);
  EXPECT_EQ(number_of("+7", 1.0), 7.0);
}

TEST(Number, RefusesOtherTexts) {
  const std::string help =
      "' in column 'value' of x.csv (numbers look like 1250 or -0.5; leave out the row of a value "
      "that is not known";
  for (const std::string text : {"1.5e", "0x10"})
    EXPECT_EQ(fault_of(text), "D101 2:1-7 not a number: '" + text + help + ")");
  for (const std::string text : {"many", "\xC3\xA9t\xC3\xA9"}) {
    const std::string fault = fault_of(text);
    EXPECT_EQ(fault.substr(fault.find("not a")),
              "not a number: '" + text + help +
                  "; labels of a set are read by `data NAME : SET from ...`)");
  }
}

TEST(Number, RefusesMarksOfMissingValues) {
  for (const std::string mark : {"n/a", "NA", "-", "..", "?"}) {
    const std::string fault = fault_of(mark);
    EXPECT_EQ(fault.substr(fault.find("not")),
              "not a number: '" + mark +
                  "' in column 'value' of x.csv (leave out the row of a value that is not known)");
  }
}

TEST(Number, HelpsWithCommas) {
  EXPECT_EQ(fault_of("3,5"),
            "D101 2:1-6 not a number: '3,5' in column 'value' of x.csv "
            "(write numbers with a decimal point: 3.5)");
  EXPECT_EQ(fault_of(",5"),
            "D101 2:1-5 not a number: ',5' in column 'value' of x.csv "
            "(write numbers with a decimal point: .5)");
  EXPECT_EQ(fault_of("1,234,567.5"),
            "D101 2:1-14 not a number: '1,234,567.5' in column 'value' of x.csv "
            "(write numbers without separators of thousands: 1234567.5)");
  EXPECT_EQ(fault_of("12 000"),
            "D101 2:1-9 not a number: '12 000' in column 'value' of x.csv "
            "(write numbers without separators of thousands: 12000)");
}

TEST(Number, RefusesEmptyCells) {
  EXPECT_EQ(fault_of(" "),
            "D102 2:1-4 no number in column 'value' of x.csv "
            "(leave out the row of a value that is not known)");
}

TEST(Number, RefusesWhatIsNotFinite) {
  const std::string unknown = " (leave out the row of a value that is not known)";
  EXPECT_EQ(fault_of("NaN"),
            "D103 2:1-6 not a finite number: 'NaN' in column 'value' of x.csv" + unknown);
  EXPECT_EQ(fault_of("-inf"),
            "D103 2:1-7 not a finite number: '-inf' in column 'value' of x.csv" + unknown);
  const std::string range = " (numbers go up to 1.8e308)";
  EXPECT_EQ(fault_of("1e999"),
            "D103 2:1-8 too large a number: '1e999' in column 'value' of x.csv" + range);
  EXPECT_EQ(fault_of("1e300", false, 1e10),
            "D103 2:1-8 too large a number: '1e300' in column 'value' of x.csv" + range);
  EXPECT_NE(fault_of(std::string(400, '9')).find("too large a number: '99"), std::string::npos);
}

TEST(Number, ShowsTheFrontOfLongCells) {
  const std::string fault = fault_of(std::string(39, 'x') + "Şuşa");
  const std::string shown = "'" + std::string(39, 'x') + "...' in column 'value' of x.csv";
  EXPECT_EQ(fault.substr(fault.find('\''), shown.size()), shown);
}

TEST(DateCell, RefusesOtherTexts) {
  EXPECT_EQ(fault_of("2020-09-27", true), "");
  const std::string help = " (write 2020, 2020-09 or 2020-09-27)";
  EXPECT_EQ(
      fault_of("27/09/2020", true),
      "D104 2:1-13 not a date: '27/09/2020' in column 'value' of x.csv (write the year first, "
      "with hyphens: 2020, 2020-09 or 2020-09-27; a spreadsheet shows dates so when the "
      "column's format is YYYY-MM-DD)");
  EXPECT_EQ(fault_of("2021-02-29", true),
            "D104 2:1-13 not a date: '2021-02-29' in column 'value' of x.csv" + help);
  EXPECT_EQ(fault_of("", true), "D104 2:1-3 not a date: '' in column 'value' of x.csv" + help);
}

}  // namespace
}  // namespace casus::table
