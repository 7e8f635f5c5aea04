// The algebra of fractions and units.
#include "base/unit.hpp"

#include "base/bug.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>

namespace casus {

// Readable failures.
std::ostream& operator<<(std::ostream& out, const Rational& r) {
  return out << r.numerator << '/' << r.denominator;
}
std::ostream& operator<<(std::ostream& out, const Unit& unit) { return out << to_text(unit); }

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

TEST(Rational, Computes) {
  EXPECT_EQ((Rational{1, 2} + Rational{1, 3}), (Rational{5, 6}));
  EXPECT_EQ((Rational{1, 2} - Rational{1, 2}), (Rational{0, 1}));
  EXPECT_EQ((Rational{2, 3} * Rational{3, 4}), (Rational{1, 2}));
  EXPECT_EQ((Rational{1, 2} / Rational{-1, 4}), (Rational{-2, 1}));
}

TEST(Rational, ReducesWhatItIsGiven) {
  EXPECT_EQ((Rational{2, 4} + Rational{0, 7}), (Rational{1, 2}));
  EXPECT_EQ((Rational{1, -2} * Rational{1, 1}), (Rational{-1, 2}));
  EXPECT_EQ((Rational{0, -5} * Rational{1, 1}), (Rational{0, 1}));
}

TEST(Rational, DoesNotOverflowBeforeItsResultDoes) {
  EXPECT_EQ((Rational{largest, 3} * Rational{3, largest}), (Rational{1, 1}));
  EXPECT_EQ((Rational{largest - 1, 1} + Rational{1, 1}), (Rational{largest, 1}));
  EXPECT_EQ((Rational{1, largest} - Rational{1, largest}), (Rational{0, 1}));
}

TEST(Rational, SaysWhenItOverflows) {
  EXPECT_THROW((Rational{largest, 1} + Rational{1, 1}), std::overflow_error);
  EXPECT_THROW((Rational{largest, 1} * Rational{2, 1}), std::overflow_error);
  EXPECT_THROW((Rational{1, largest} / Rational{2, 1}), std::overflow_error);
  EXPECT_THROW((Rational{lowest, 1} * Rational{1, 1}), std::overflow_error);
}

TEST(Rational, HasNoDivisionByZero) {
  EXPECT_THROW((Rational{1, 2} / Rational{0, 1}), Bug);
  EXPECT_THROW((Rational{1, 0} + Rational{1, 1}), Bug);
}

TEST(Unit, IsAnAbelianGroup) {
  const Unit person("person");
  const Unit year("year");
  const Unit km("km");
  EXPECT_EQ(person * year, year * person);
  EXPECT_EQ((person * year) * km, person * (year * km));
  EXPECT_EQ(person * Unit(), person);
  EXPECT_TRUE((person / person).dimensionless());
  EXPECT_EQ(person / year / km, person / (year * km));
  EXPECT_NE(person, year);
  EXPECT_NE(person * person, person);
}

TEST(Unit, HasRationalPowers) {
  const Unit area = Unit("km").power({2, 1});
  EXPECT_EQ(area.power({1, 2}), Unit("km"));
  EXPECT_EQ(area.power({-1, 2}), Unit() / Unit("km"));
  EXPECT_TRUE(area.power({0, 1}).dimensionless());
  EXPECT_EQ(Unit("km").power({1, 2}) * Unit("km").power({1, 2}), Unit("km"));
  EXPECT_TRUE((Unit("km").power({1, 3}) / Unit("km").power({2, 6})).dimensionless());
}

TEST(UnitToText, IsReadable) {
  const Unit person("person");
  const Unit year("year");
  EXPECT_EQ(to_text(Unit()), "1");
  EXPECT_EQ(to_text(person / year), "person / year");
  EXPECT_EQ(to_text(Unit() / year), "1 / year");
  EXPECT_EQ(to_text(Unit("USD") / person / year), "USD / person / year");
  EXPECT_EQ(to_text(person.power({2, 1}) / year.power({2, 1})), "person^2 / year^2");
  EXPECT_EQ(to_text(Unit("km").power({1, 2})), "km^(1/2)");
  EXPECT_EQ(to_text(Unit("km").power({-1, 2})), "1 / km^(1/2)");
  EXPECT_EQ(to_text(Unit("USD2022") * Unit("million") / year), "million USD2022 / year");
}

}  // namespace
}  // namespace casus
