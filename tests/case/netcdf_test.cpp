#include "case/netcdf.hpp"

#include "base/bug.hpp"

#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <limits>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

const std::vector<double> numbers{0.1, -0.0, nan, infinity, -infinity, 1e-310};

NetcdfImage small_file() {
  NetcdfMaker maker;
  maker.root().attribute("title", "ein Fäßchen");
  maker.root().attribute("seed", std::uint64_t{18446744073709551615U});
  const int side = maker.root().dimension("side", 2);
  const int step = maker.root().dimension("step", 3);
  maker.root().texts("side", {side}, {"North", "Žatec"});
  const NetcdfVariable arms = maker.root().variable("arms", NetcdfType::number, {side, step});
  arms.attribute("units", "USD");
  arms.missing(nan);
  arms.pack({1, 3});
  arms.put({0, 0}, {1, 3}, std::span(numbers).first(3));
  arms.put({1, 0}, {1, 3}, std::span(numbers).last(3));
  const NetcdfGroup below = maker.root().group("below");
  const int set = below.dimension("set", 2);
  below.variable("truth", NetcdfType::tiny, {set}).put(std::vector<double>{-128.0, 1.0});
  return maker.finish();
}

/// A file that goes with the test.
class File {
 public:
  explicit File(std::string_view bytes)
      : path_(fs::path(testing::TempDir()) /
              (std::string("casus-") +
               testing::UnitTest::GetInstance()->current_test_info()->name() + ".nc")) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(Netcdf, TheSameCallsGiveTheSameBytes) {
  const NetcdfImage one = small_file();
  const NetcdfImage other = small_file();
  EXPECT_GT(one.bytes().size(), 1000U);
  EXPECT_TRUE(one.bytes() == other.bytes());
}

TEST(Netcdf, IsReadAsItWasWrittenBitForBit) {
  const File file(small_file().bytes());
  const NetcdfReader reader(file.path());
  EXPECT_EQ(reader.lengths(reader.root(), "arms"), (Lengths{2, 3}));
  std::vector<double> values(6);
  reader.read(reader.root(), "arms", {0, 0}, {2, 3}, values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(values[i]), std::bit_cast<std::uint64_t>(numbers[i]));
  }
  std::vector<double> truths(2);
  reader.read(reader.group("below"), "truth", {0}, {2}, truths);
  EXPECT_EQ(truths, (std::vector<double>{-128.0, 1.0}));
}

TEST(Netcdf, WhatIsNotThereIsSaid) {
  const File file(small_file().bytes());
  const NetcdfReader reader(file.path());
  EXPECT_THROW((void)reader.group("above"), CannotRead);
  EXPECT_THROW((void)reader.lengths(reader.root(), "legs"), CannotRead);
  const File other("no such format");
  EXPECT_THROW(NetcdfReader{other.path()}, CannotRead);
}

TEST(Netcdf, SlabsOfAnotherSizeAreBugs) {
  NetcdfMaker maker;
  const int side = maker.root().dimension("side", 2);
  const NetcdfVariable arms = maker.root().variable("arms", NetcdfType::number, {side});
  EXPECT_THROW(arms.put(numbers), Bug);
  EXPECT_THROW((void)maker.root().dimension("nothing", 0), Bug);
  EXPECT_THROW((void)maker.root().dimension("side", 3), Bug);  // the name is taken
}

}  // namespace
}  // namespace casus::cases
