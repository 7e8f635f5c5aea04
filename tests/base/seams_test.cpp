// The smallest workers behind the seams: one thread, nobody listening.
#include "base/bug.hpp"
#include "base/files.hpp"
#include "base/parallel.hpp"
#include "base/progress.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <vector>

namespace casus {
namespace {

TEST(Serial, DoesEveryBlockOnceInOrder) {
  Serial serial;
  std::vector<std::size_t> done;
  serial.for_each(4, [&](std::size_t block) { done.push_back(block); });
  EXPECT_EQ(done, (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(serial.width(), 1U);
}

TEST(Serial, LetsExceptionsOut) {
  Serial serial;
  const auto work = [](std::size_t block) {
    if (block == 1) throw std::runtime_error("block 1");
  };
  EXPECT_THROW(serial.for_each(3, work), std::runtime_error);
  EXPECT_NO_THROW(serial.for_each(1, work));
}

TEST(Silent, NeverStops) {
  Silent silent;
  silent.stage("run", 10);
  silent.advance(10);
  silent.finish();
  EXPECT_FALSE(silent.stop_requested());
}

TEST(FileContent, IsTrueWhenRead) {
  EXPECT_TRUE(static_cast<bool>(FileContent{.bytes = "", .problem = ""}));
  EXPECT_FALSE(static_cast<bool>(FileContent{.bytes = "", .problem = "no such file"}));
}

TEST(Require, ThrowsOnlyWhenItDoesNotHold) {
  EXPECT_NO_THROW(require(true, "holds"));
  EXPECT_THROW(require(false, "does not hold"), Bug);
}

}  // namespace
}  // namespace casus
