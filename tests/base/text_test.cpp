// Numbers to text and back, and small work on strings.
#include "base/text.hpp"

#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace casus {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

TEST(NumberToText, IsTheShortest) {
  EXPECT_EQ(to_text(0.0), "0");
  EXPECT_EQ(to_text(-0.0), "-0");
  EXPECT_EQ(to_text(1.0), "1");
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(to_text(-2.5e-7), "-2.5e-07");
  EXPECT_EQ(to_text(1e300), "1e+300");
}

TEST(NumberToText, NamesWhatIsNoNumber) {
  EXPECT_EQ(to_text(infinity), "inf");
  EXPECT_EQ(to_text(-infinity), "-inf");
  EXPECT_EQ(to_text(not_a_number), "nan");
  EXPECT_EQ(to_text(std::copysign(not_a_number, -1.0)), "nan");
  EXPECT_EQ(to_text(-infinity, 3), "-inf");
}

TEST(NumberToText, ReadsBackAsTheSameBits) {
  std::uint64_t bits = 1;
  for (int i = 0; i < 20'000; ++i) {
    bits = bits * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    const double value = std::bit_cast<double>(bits);
    if (std::isnan(value)) continue;
    const std::optional<double> back = parse_number(to_text(value));
    ASSERT_TRUE(back.has_value()) << to_text(value);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(*back), bits) << to_text(value);
  }
}

TEST(NumberToText, ReadsBackAtTheEdges) {
  using Limits = std::numeric_limits<double>;
  for (const double value : {Limits::max(), Limits::min(), Limits::denorm_min(), infinity}) {
    EXPECT_EQ(parse_number(to_text(value)), value);
    EXPECT_EQ(parse_number(to_text(-value)), -value);
  }
}

TEST(NumberToText, RoundsToDigitsForTables) {
  EXPECT_EQ(to_text(1234.0, 3), "1230");
  EXPECT_EQ(to_text(0.0012345, 3), "0.00123");
  EXPECT_EQ(to_text(-99.96, 3), "-100");
  EXPECT_EQ(to_text(2.0, 4), "2");
  EXPECT_EQ(to_text(0.0, 4), "0");
  EXPECT_EQ(to_text(1.5e-7, 3), "1.5e-07");
  EXPECT_EQ(to_text(999'999'999.0, 9), "999999999");
  EXPECT_EQ(to_text(1.234e12, 3), "1.23e+12");
  EXPECT_EQ(to_text(7.77, 0), "8");
}

TEST(ParseNumber, ReadsWholeNumbersOnly) {
  EXPECT_EQ(parse_number("12"), 12.0);
  EXPECT_EQ(parse_number("-1.5e3"), -1500.0);
  EXPECT_EQ(parse_number("+2"), 2.0);
  EXPECT_EQ(parse_number(".5"), 0.5);
  EXPECT_EQ(parse_number("inf"), infinity);
  EXPECT_EQ(parse_number("-inf"), -infinity);
  for (const char* text :
       {"", "+", "-", ".", "1 ", " 1", "1x", "1,5", "1e", "0x10", "+-1", "++1", "nan", "one"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  }
}

TEST(ParseNumber, RefusesWhatIsTooLargeAndRoundsWhatIsTooSmall) {
  EXPECT_EQ(parse_number("1e999"), std::nullopt);
  EXPECT_EQ(parse_number("-1e999"), std::nullopt);
  EXPECT_EQ(parse_number("1e-999"), 0.0);
}

TEST(ParseNumber, RoundsCorrectly) {
  // Halfway between 2^53 and its neighbour: ties go to even.
  EXPECT_EQ(parse_number("9007199254740993"), 9007199254740992.0);
  EXPECT_EQ(parse_number("9007199254740993.00000000000000000001"), 9007199254740994.0);
}

TEST(Trim, TakesBlanksFromBothEnds) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim("ab"), "ab");
  EXPECT_EQ(trim(" \r\n"), "");
  EXPECT_EQ(trim(""), "");
}

TEST(JoinText, PutsSeparatorsBetween) {
  EXPECT_EQ(join_text({"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(join_text({"", ""}, "-"), "-");
  EXPECT_EQ(join_text({"a"}, ", "), "a");
  EXPECT_EQ(join_text({}, ", "), "");
}

TEST(OneOf, IsAPhrase) {
  EXPECT_EQ(one_of({"hold", "raid", "offensive"}), "hold, raid or offensive");
  EXPECT_EQ(one_of({"hold", "raid"}), "hold or raid");
  EXPECT_EQ(one_of({"hold"}), "hold");
  EXPECT_EQ(one_of({}), "");
}

TEST(Nearest, FindsOneEdit) {
  const std::vector<std::string> names{"population", "recovery", "infected"};
  EXPECT_EQ(nearest("populaton", names), "population");
  EXPECT_EQ(nearest("recoverry", names), "recovery");
  EXPECT_EQ(nearest("infacted", names), "infected");
  EXPECT_EQ(nearest("ifnected", names), "infected");
  EXPECT_EQ(nearest("battle", names), std::nullopt);
}

TEST(Nearest, CountsASwapAsOneEdit) {
  // Without swaps "abdc" is as far from "abcd" as from "abxx".
  EXPECT_EQ(nearest("abdc", {"abxx", "abcd"}), "abcd");
  EXPECT_EQ(nearest("abdc", {"abcd"}), "abcd");
}

TEST(Nearest, PrefersAChangeOfCase) {
  EXPECT_EQ(nearest("milex", {"miles", "Milex"}), "Milex");
  EXPECT_EQ(nearest("GDP", {"gdp"}), "gdp");
  EXPECT_EQ(nearest("x", {"y", "X"}), "X");
}

TEST(Nearest, AllowsAThirdOfTheLength) {
  EXPECT_EQ(nearest("abcdef", {"abcdxy"}), "abcdxy");
  EXPECT_EQ(nearest("abcdef", {"abcxyz"}), std::nullopt);
  EXPECT_EQ(nearest("abcde", {"abcxy"}), std::nullopt);
  EXPECT_EQ(nearest("ab", {"ac"}), "ac");
}

TEST(Nearest, HasNothingForUnrelatedLettersOrGiants) {
  EXPECT_EQ(nearest("x", {"y"}), std::nullopt);
  EXPECT_EQ(nearest("", {"a"}), std::nullopt);
  EXPECT_EQ(nearest("a", {}), std::nullopt);
  EXPECT_EQ(nearest(std::string(1'000'000, 'a'), {std::string(1'000'000, 'a')}), std::nullopt);
}

TEST(Nearest, TakesTheFirstOfEquals) { EXPECT_EQ(nearest("abcx", {"abcd", "abce"}), "abcd"); }

}  // namespace
}  // namespace casus
