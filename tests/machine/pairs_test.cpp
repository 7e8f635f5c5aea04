// Products that go into the sum or difference that reads them.
#include "machine/lanes/pairs.hpp"

#include "machine/builder.hpp"
#include "machine/lanes/listing.hpp"
#include "machine/lanes/split.hpp"

#include <functional>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

using Lines = std::vector<std::string>;

/// The words of a program of histories, without those that only move numbers.
Lines words_of(const std::function<void(Builder&)>& write) {
  Builder builder;
  for (std::uint32_t i = 0; i < 4; ++i) (void)builder.state(i);  // numbered in order
  write(builder);
  const Program program = builder.finish();
  const std::vector<Rate> states(4, Rate::history);
  const Code code = split(program, states, {});
  Lines lines;
  for (const ListedWord& word : listing(code.history, program, {}, {}))
    lines.push_back(std::string(2 * word.depth, ' ') + word.text);
  return lines;
}

TEST(Pairs, AProductAndItsOnlyReaderAreOneWord) {
  EXPECT_EQ(words_of([](Builder& b) {
              b.write_output(0, b.add(b.multiply(b.state(0), b.state(1)), b.state(2)));
            }),
            (Lines{"r0 = x0 * x1 + x2", "output 0 = r0"}));
  EXPECT_EQ(words_of([](Builder& b) {
              b.write_output(0, b.subtract(b.multiply(b.state(0), b.state(1)), b.state(2)));
            }),
            (Lines{"r0 = x0 * x1 - x2", "output 0 = r0"}));
  EXPECT_EQ(words_of([](Builder& b) {
              b.write_output(0, b.subtract(b.state(2), b.multiply(b.state(0), b.state(1))));
            }),
            (Lines{"r0 = x2 - x0 * x1", "output 0 = r0"}));
}

TEST(Pairs, OfTwoProductsOneGoesIntoTheSum) {
  EXPECT_EQ(words_of([](Builder& b) {
              b.write_output(
                  0, b.add(b.multiply(b.state(0), b.state(1)), b.multiply(b.state(2), b.state(3))));
            }),
            (Lines{"r0 = x2 * x3", "r0 = x0 * x1 + r0", "output 0 = r0"}));
}

TEST(Pairs, AProductWithTwoReadersStaysAlone) {
  EXPECT_EQ(words_of([](Builder& b) {
              const Value product = b.multiply(b.state(0), b.state(1));
              b.write_output(0, b.add(product, b.state(2)));
              b.write_output(1, product);
            }),
            (Lines{"r0 = x0 * x1", "output 1 = r0", "r0 = x2 + r0", "output 0 = r0"}));
}

// In lanes of a block that skips the region the product would be computed for nothing, or not at
// all.
TEST(Pairs, AProductOfAnotherRegionStaysThere) {
  const Lines lines = words_of([](Builder& b) {
    const Value product = b.multiply(b.state(0), b.state(1));
    const Region region = b.open(b.apply(Op::less, b.state(2), b.constant(1.0)));
    const Value sum = b.add(product, b.state(3));
    b.close();
    b.write_output(0, b.joined(region, sum, 0.0));
  });
  EXPECT_EQ(lines, (Lines{"r0 = x0 * x1", "r1 = x2 < 1", "if any r1:", "  r0 = x3 + r0",
                          "r0 = r0 if r1 else 0", "output 0 = r0"}));
}

TEST(Pairs, RegionsEndWhereTheyDid) {
  const Lines lines = words_of([](Builder& b) {
    const Region region = b.open(b.apply(Op::less, b.state(2), b.constant(1.0)));
    const Value sum = b.add(b.multiply(b.state(0), b.state(1)), b.state(3));
    b.close();
    const Value after = b.apply(Op::exponential, b.state(3));
    b.write_output(0, b.joined(region, sum, 0.0));
    b.write_output(1, after);
  });
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_EQ(lines[2], "  r1 = x0 * x1 + x3");
  EXPECT_EQ(lines[3].substr(0, 1), "r");
}

}  // namespace
}  // namespace casus::machine
