// Units as people write them.
#include "base/unit.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus {
namespace {

const Unit person("person");
const Unit year("year");
const Unit km("km");
const Unit usd("USD");

void expect_unit(std::string_view text, const Unit& unit, double scale = 1.0) {
  std::string problem;
  const std::optional<WrittenUnit> parsed = parse_unit(text, problem);
  ASSERT_TRUE(parsed.has_value()) << text << ": " << problem;
  EXPECT_EQ(to_text(parsed->unit), to_text(unit)) << text;
  EXPECT_EQ(parsed->unit, unit) << text;
  EXPECT_EQ(parsed->scale, scale) << text;
  EXPECT_EQ(problem, "");
}

std::string problem_of(std::string_view text) {
  std::string problem;
  EXPECT_FALSE(parse_unit(text, problem).has_value()) << text;
  return problem;
}

TEST(ParseUnit, ReadsProductsAndQuotients) {
  expect_unit("1", Unit());
  expect_unit("person", person);
  expect_unit("million USD2022 / year", Unit("million") * Unit("USD2022") / year);
  expect_unit("person year", person * year);
  expect_unit("person*year", person * year);
  expect_unit("1/year", Unit() / year);
  expect_unit("1 USD", usd);
  expect_unit("barrel_of_oil", Unit("barrel_of_oil"));
}

TEST(ParseUnit, DividesByTheNextFactorOnly) {
  expect_unit("USD / person km", usd / person * km);
  expect_unit("USD / person / km", usd / (person * km));
  expect_unit("USD / (person km)", usd / (person * km));
  expect_unit("USD / (person / km)", usd * km / person);
}

TEST(ParseUnit, ReadsPowers) {
  expect_unit("person^2", person * person);
  expect_unit("1 / year^2", Unit() / year / year);
  expect_unit("km^-1", Unit() / km);
  expect_unit("km^(1/2)", km.power({1, 2}));
  expect_unit("km ^ ( -2 / 4 )", km.power({-1, 2}));
  expect_unit("km^(3)", km.power({3, 1}));
  expect_unit("km^0.5", km.power({1, 2}));
  expect_unit("km^-1.25", km.power({-5, 4}));
  expect_unit("km^ -0.5 person^1.0", km.power({-1, 2}) * person);
  expect_unit("km^0", Unit());
  expect_unit("(km person)^2", (km * person).power({2, 1}));
}

TEST(ParseUnit, ScalesTimeToYears) {
  expect_unit("year", year, 1.0);
  expect_unit("years", year, 1.0);
  expect_unit("month", year, 1.0 / 12.0);
  expect_unit("months", year, 1.0 / 12.0);
  expect_unit("week", year, 7.0 / 365.25);
  expect_unit("day", year, 1.0 / 365.25);
  expect_unit("1 / month", Unit() / year, 12.0);
  expect_unit("1 / day", Unit() / year, 365.25);
  expect_unit("1 / month^2", Unit() / year / year, 144.0);
  expect_unit("month^2", year * year, 1.0 / 144.0);
  expect_unit("person / (month person)", Unit() / year, 12.0);
}

TEST(ParseUnit, CancelsTimeExactly) {
  expect_unit("year / month", Unit(), 12.0);
  expect_unit("week / day", Unit(), 7.0);
  expect_unit("month / months", Unit(), 1.0);
}

TEST(ParseUnit, ConvertsAValueWrittenByTheMonth) {
  std::string problem;
  const std::optional<WrittenUnit> parsed = parse_unit("USD / month", problem);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(100.0 * parsed->scale, 1200.0);  // 100 a month are 1200 a year
}

TEST(ParseUnit, TakesRootsOfTime) {
  std::string problem;
  const std::optional<WrittenUnit> parsed = parse_unit("month^(1/2)", problem);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_NEAR(parsed->scale, std::sqrt(1.0 / 12.0), 1e-16);
  EXPECT_EQ(parsed->unit, year.power({1, 2}));
  // The cube root of 12, squared: OEIS A010584.
  const std::optional<WrittenUnit> cube = parse_unit("1 / month^(5/3)", problem);
  ASSERT_TRUE(cube.has_value());
  EXPECT_NEAR(cube->scale, 12.0 * 2.289428485106663735 * 2.289428485106663735, 5e-14);
}

TEST(ParseUnit, ConvertsNothingButTime) {
  std::string problem;
  const std::optional<WrittenUnit> millions = parse_unit("million USD", problem);
  ASSERT_TRUE(millions.has_value());
  EXPECT_NE(millions->unit, usd);
  EXPECT_EQ(millions->scale, 1.0);
}

TEST(ParseUnit, KeepsTheTextAsWritten) {
  std::string problem;
  const std::optional<WrittenUnit> parsed = parse_unit("  USD /  months ", problem);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->text, "USD /  months");
}

TEST(ParseUnit, SaysWhatIsWrong) {
  EXPECT_EQ(problem_of(""), "a unit is empty");
  EXPECT_EQ(problem_of("  "), "a unit is empty");
  EXPECT_EQ(problem_of("person /"), "a unit ends too early");
  EXPECT_EQ(problem_of("/ person"), "unexpected '/' in a unit");
  EXPECT_EQ(problem_of("person)"), "unexpected ')' in a unit");
  EXPECT_EQ(problem_of("(person"), "missing ')' in a unit");
  EXPECT_EQ(problem_of("()"), "unexpected ')' in a unit");
  EXPECT_EQ(problem_of("\u20AC / year"), "unexpected '\u20AC' in a unit");
  EXPECT_EQ(problem_of("_a"), "unexpected '_' in a unit");
  EXPECT_EQ(problem_of("1000 USD"), "a unit has a number other than 1");
  EXPECT_EQ(problem_of("1.5"), "a unit has a number other than 1");
  EXPECT_EQ(problem_of("km^"), "an exponent is not a whole number or a fraction in brackets");
  EXPECT_EQ(problem_of("km^x"), "an exponent is not a whole number or a fraction in brackets");
  EXPECT_EQ(problem_of("km^(1/0)"), "an exponent has denominator zero");
  EXPECT_EQ(problem_of("km^(1 2)"), "missing ')' in a unit");
}

TEST(ParseUnit, SurvivesGiants) {
  const std::string too_large = "an exponent in a unit is too large";
  EXPECT_EQ(problem_of("km^99999999999999999999"), too_large);
  EXPECT_EQ(problem_of("((km^999999999)^999999999)^999999999"), too_large);
  EXPECT_EQ(problem_of("day^999999999"), too_large);
  EXPECT_EQ(problem_of("1 / day^999999999"), too_large);
  EXPECT_EQ(problem_of(std::string(100'000, '(')),
            "a unit has too many brackets inside each other");
}

TEST(UnitToText, ReadsBack) {
  const Unit root = km.power({-3, 2});
  for (const Unit& unit : {Unit(), person, person / year, Unit() / year / km, root * usd,
                           Unit("million") * usd / year.power({2, 1}), root}) {
    std::string problem;
    const std::optional<WrittenUnit> parsed = parse_unit(to_text(unit), problem);
    ASSERT_TRUE(parsed.has_value()) << to_text(unit) << ": " << problem;
    EXPECT_EQ(parsed->unit, unit) << to_text(unit);
  }
}

TEST(TimeUnit, IsInYears) {
  EXPECT_EQ(time_unit_in_years("year"), 1.0);
  EXPECT_EQ(time_unit_in_years("months"), 1.0 / 12.0);
  EXPECT_EQ(time_unit_in_years("week"), 7.0 / 365.25);
  EXPECT_EQ(time_unit_in_years("days"), 1.0 / 365.25);
  for (const char* word : {"", "s", "person", "yearss", "Year", "months2", "hour"}) {
    EXPECT_EQ(time_unit_in_years(word), std::nullopt) << word;
  }
}

}  // namespace
}  // namespace casus
