// Philox4x32-10 against the answers published with Random123.
#include "random/philox.hpp"

#include <gtest/gtest.h>

namespace casus::random {
namespace {

TEST(Philox, KnownAnswersAtRunTime) {
  // Not constants to the compiler, which has already checked them in philox.cpp.
  volatile std::uint32_t zero = 0;
  const std::uint32_t ones = ~zero;
  EXPECT_EQ(philox({zero, zero, zero, zero}, {zero, zero}),
            (Counter{0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8}));
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (Counter{0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD}));
  EXPECT_EQ(philox({0x243F6A88 + zero, 0x85A308D3, 0x13198A2E, 0x03707344},
                   {0xA4093822 + zero, 0x299F31D0}),
            (Counter{0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1}));
}

TEST(Philox, EveryWordOfCounterAndKeyMatters) {
  const Counter base = philox({1, 2, 3, 4}, {5, 6});
  for (std::size_t word = 0; word < 4; ++word) {
    Counter counter{1, 2, 3, 4};
    counter[word] += 1;
    EXPECT_NE(philox(counter, {5, 6}), base) << word;
  }
  EXPECT_NE(philox({1, 2, 3, 4}, {6, 6}), base);
  EXPECT_NE(philox({1, 2, 3, 4}, {5, 7}), base);
}

}  // namespace
}  // namespace casus::random
