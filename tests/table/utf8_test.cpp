// UTF-8 against the sequences that the Unicode Standard allows.
#include "table/utf8.hpp"

#include <gtest/gtest.h>
#include <string>

namespace casus::table {
namespace {

/// The encoding as RFC 3629 section 3 draws it, bit by bit.
std::string encode(std::uint32_t point) {
  const auto byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
  const auto tail = [&](std::uint32_t shift) { return byte(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xC0U | (point >> 6U)), tail(0)};
  if (point < 0x10000) return {byte(0xE0U | (point >> 12U)), tail(6), tail(0)};
  return {byte(0xF0U | (point >> 18U)), tail(12), tail(6), tail(0)};
}

TEST(Utf8, AcceptsEveryScalarValueButZero) {
  for (std::uint32_t point = 1; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    const std::string text = encode(point);
    ASSERT_EQ(valid_prefix(text), text.size()) << point;
  }
}

TEST(Utf8, RefusesSurrogatesAndWhatLiesBeyond) {
  for (std::uint32_t point = 0xD800; point <= 0xDFFF; ++point) {
    ASSERT_EQ(valid_prefix(encode(point)), 0U) << point;
  }
  EXPECT_EQ(valid_prefix(encode(0x110000)), 0U);
}

TEST(Utf8, RefusesOverlongForms) {
  EXPECT_EQ(valid_prefix("\xC0\x80"), 0U);
  EXPECT_EQ(valid_prefix("\xC1\xBF"), 0U);
  EXPECT_EQ(valid_prefix("\xE0\x9F\xBF"), 0U);
  EXPECT_EQ(valid_prefix("\xF0\x8F\xBF\xBF"), 0U);
}

TEST(Utf8, PointsAtTheFirstFault) {
  EXPECT_EQ(valid_prefix(""), 0U);
  EXPECT_EQ(valid_prefix("K\xC9\x99lb\xC9\x99"
                         "c\xC9\x99r"),
            11U);
  EXPECT_EQ(valid_prefix("0123456789\xE9"), 10U);
  EXPECT_EQ(valid_prefix("01234567\xC3"), 8U);
  EXPECT_EQ(valid_prefix("\x80"), 0U);
  for (std::size_t at = 0; at < 20; ++at) {
    std::string text(20, 'x');
    text[at] = '\0';
    EXPECT_EQ(valid_prefix(text), at);
    text[at] = '\x7F';
    EXPECT_EQ(valid_prefix(text), 20U);
  }
}

}  // namespace
}  // namespace casus::table
