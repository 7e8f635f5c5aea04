#include "case/layout.hpp"

#include "case/sparkline.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

const double nan = std::nan("");

TEST(Layout, ErrorsHaveTwoDigitsAndValuesTheSamePlace) {
  EXPECT_EQ(with_error({.value = 0.123456, .error = 0.00561}), "0.1235 ± 0.0056");
  EXPECT_EQ(with_error({.value = 7593.2, .error = 119.6}), "7593 ± 120");
  EXPECT_EQ(with_error({.value = -0.00001, .error = 0.01}), "0.000 ± 0.010");
  EXPECT_EQ(with_error({.value = 2.0, .error = 0.0}), "2");
  EXPECT_EQ(with_error({.value = 2.0 / 3.0, .error = nan}), "0.6667");
  EXPECT_EQ(with_error({.value = nan, .error = nan}), "-");
  EXPECT_EQ(with_error({.value = 3e12, .error = 2e10}), "3e+12 ± 2e+10");
}

TEST(Layout, DifferencesHaveASign) {
  EXPECT_EQ(signed_with_error({.value = 12.3, .error = 1.0}), "+12.3 ± 1.0");
  EXPECT_EQ(signed_with_error({.value = -12.3, .error = 1.0}), "-12.3 ± 1.0");
  EXPECT_EQ(signed_with_error({.value = 0.0, .error = 1.0}), "0.0 ± 1.0");
  EXPECT_EQ(points({.value = 0.0123, .error = 0.001}), "+1.23 ± 0.10 points");
}

TEST(Layout, SharesArePercentages) {
  EXPECT_EQ(percent({.value = 0.4123, .error = 0.0131}), "41.2 ± 1.3 %");
  EXPECT_EQ(percent_alone({.value = 0.4123, .error = 0.0131}), "41.2 %");
  EXPECT_EQ(percent({.value = nan, .error = nan}), "-");
}

TEST(Layout, CountsAreGrouped) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(counted(1, "step"), "1 step");
  EXPECT_EQ(counted(4096, "step"), "4,096 steps");
}

TEST(Layout, ColumnsAreAsWideAsTheirWidestCellInCharacters) {
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::left});
  table.add({"Şuşa", "1", "x"});
  table.add({"a", "1.5 ± 0.2", "yy"});
  EXPECT_EQ(table.text(2),
            "  Şuşa          1  x\n"
            "  a     1.5 ± 0.2  yy\n");
}

TEST(Layout, LongTextsAreCutAtACharacter) {
  EXPECT_EQ(cut_to("Şuşa", 4), "Şuşa");
  EXPECT_EQ(cut_to("Şuşa", 3), "Şu…");
  EXPECT_EQ(cut_to("abcdef", 4), "abc…");
}

TEST(Sparkline, RisesFromLowToHigh) {
  const std::vector<double> values{0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0};
  EXPECT_EQ(sparkline(values, 0.0, 7.0, 8), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(sparkline(values, 0.0, 7.0, 2), "▂▇");
  EXPECT_EQ(sparkline({}, 0.0, 1.0, 8), "");
  EXPECT_EQ(sparkline(std::vector<double>{3.0, 3.0}, 3.0, 3.0, 8), "▁▁");
  EXPECT_EQ(sparkline(std::vector<double>{nan, 1.0}, 0.0, 1.0, 8), " █");
}

}  // namespace
}  // namespace casus::cases
