// Programs as text.
#include "one_step.hpp"

#include <array>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

TEST(Print, OneInstructionALineWithWhereItCameFrom) {
  Builder b;
  b.set_origin(b.add_origin({.name = "stock[Armenia]", .span = {}}));
  const Value x = b.state(0);
  const Region region = b.open(b.apply(Op::less, x, b.constant(2.5)));
  const std::array<Value, 2> arguments{x, b.constant(9.0)};
  const Value draw = b.sample(spread(), arguments, 7);
  b.must_be_finite(draw);
  b.close();
  b.set_origin(b.add_origin({.name = "loss", .span = {}}));
  const Value loss = b.add(b.joined(region, draw, -1.0), b.parameter(3));
  b.write_state(0, loss);
  b.write_output(2, b.uniform(8));
  b.accumulate(1, loss, b.apply(Op::less, x, b.constant(2.5)));
  EXPECT_EQ(to_text(b.finish()),
            "r0   state      0\n"
            "r1   constant   2.5\n"
            "r2   constant   9\n"
            "r3   parameter  3\n"
            "r4   less       r0, r1                 # stock[Armenia]\n"
            "r5   guard      r4 else to r7          # stock[Armenia]\n"
            "r6     sample   spread(r0, r2) site 7  # stock[Armenia]\n"
            "r7   joined     r6 if r5 else -1       # loss\n"
            "r8   add        r3, r7                 # loss\n"
            "r9   uniform    site 8                 # loss\n"
            "state 0 <- r8\n"
            "output 2 <- r9\n"
            "accumulator 1 <- r8 if r4\n"
            "finite r6 if r5\n");
}

TEST(Print, AnEmptyProgramIsEmpty) { EXPECT_EQ(to_text(Program{}), ""); }

}  // namespace
}  // namespace casus::machine
