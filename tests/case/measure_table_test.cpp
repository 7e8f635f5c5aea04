#include "case/measure_table.hpp"

#include "base/bug.hpp"
#include "case/threads.hpp"

#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<std::uint64_t> bits(const std::vector<double>& values) {
  std::vector<std::uint64_t> all;
  for (const double value : values) all.push_back(std::bit_cast<std::uint64_t>(value));
  return all;
}

/// What comes back of one chunk of one output, and the bytes its numbers take beyond an empty one.
struct Stored {
  std::vector<double> values;
  std::size_t bytes = 0;
};

Stored stored(const std::vector<double>& values) {
  MeasureTable table(values.size(), 1, values.size());
  const std::size_t empty = table.bytes();
  table.store(0, 0, values);
  return {.values = table.column(0), .bytes = table.bytes() - empty};
}

TEST(MeasureTable, IsNaNUntilItIsStored) {
  const MeasureTable table(100, 3, 64);
  EXPECT_TRUE(std::isnan(table.value(99, 2)));
  EXPECT_EQ(table.column(0).size(), 100U);
}

TEST(MeasureTable, TakesAsFewBytesAsAreExact) {
  const double least = std::numeric_limits<double>::denorm_min();
  const double most = std::numeric_limits<double>::max();
  const std::vector<std::pair<std::vector<double>, std::size_t>> columns{
      {{infinity, infinity, infinity}, 0},
      {{0.3, 0.3, 0.3}, 0},
      {{0.0, 1.0, 1.0, nan}, 4},           // truths
      {{-1.0, 0.0, 252.0, infinity}, 4},   // labels with none, small counts
      {{0.0, 253.0}, 4},                   // 253 is no code of a byte
      {{384.0, infinity, 12.0, -1.0}, 8},  // steps
      {{65532.0, 1.0}, 4},
      {{65533.0, 1.0}, 8},
      {{-2.0, 1.0}, 8},
      {{0.5, nan, infinity, -infinity}, 16},
      {{-0.0, 1.0}, 8},  // a sign that whole numbers have not
      {{16777216.0, 0.0}, 8},
      {{16777217.0, 0.0}, 16},
      {{0.1, 0.0}, 16},
      {{1e39, 0.0}, 16},  // too large for a float
      {{least, most, -most}, 24},
      {{std::bit_cast<double>(0x7ff8000000000001ULL), 1.0}, 16},  // a NaN with a mark
      {{-nan, 1.0}, 8}};
  for (const auto& [values, n_bytes] : columns) {
    const Stored back = stored(values);
    EXPECT_EQ(bits(back.values), bits(values)) << values.front();
    EXPECT_EQ(back.bytes, n_bytes) << values.front();
  }
}

TEST(MeasureTable, PartsOfAChunkAreJoined) {
  MeasureTable table(70, 2, 64);
  const std::vector<double> truths(40, 1.0);
  const std::vector<double> others(24, 0.25);
  table.store(40, 1, others);
  table.store(0, 1, truths);
  table.store(64, 1, std::vector<double>(6, 7.0));
  EXPECT_EQ(table.value(39, 1), 1.0);
  EXPECT_EQ(table.value(40, 1), 0.25);
  EXPECT_EQ(table.value(63, 1), 0.25);
  EXPECT_EQ(table.value(64, 1), 7.0);
  EXPECT_TRUE(std::isnan(table.value(0, 0)));
  std::vector<double> across(3);
  table.read(62, 1, across);
  EXPECT_EQ(across, (std::vector<double>{0.25, 0.25, 7.0}));
}

TEST(MeasureTable, WhatDoesNotFitIsABug) {
  MeasureTable table(100, 2, 64);
  const std::vector<double> values(10, 1.0);
  EXPECT_THROW(table.store(60, 0, values), Bug);
  EXPECT_THROW(table.store(95, 0, values), Bug);
  EXPECT_THROW(table.store(0, 2, values), Bug);
  EXPECT_THROW((void)table.value(100, 0), Bug);
}

TEST(MeasureTable, ChunksAreStoredAtTheSameTime) {
  constexpr std::size_t n = 64 * 200 + 5;
  MeasureTable table(n, 4, 64);
  const std::unique_ptr<Parallel> threads = make_threads(4);
  const auto value_of = [](std::size_t history, std::uint32_t output) {
    return static_cast<double>(history * (output + 1)) / (output == 3 ? 7.0 : 1.0);
  };
  threads->for_each(201, [&](std::size_t chunk) {
    for (std::uint32_t output = 0; output < 4; ++output) {
      std::vector<double> values;
      for (std::size_t h = chunk * 64; h < std::min((chunk + 1) * 64, n); ++h) {
        values.push_back(value_of(h, output));
      }
      table.store(chunk * 64, output, values);
    }
  });
  for (std::uint32_t output = 0; output < 4; ++output) {
    const std::vector<double> column = table.column(output);
    for (std::size_t h = 0; h < n; ++h) ASSERT_EQ(column[h], value_of(h, output));
  }
}

// A million histories of a case with a hundred measures, of which nine in ten are truths or dates.
TEST(MeasureTable, ManyMeasuresOfAMillionHistoriesAreSmall) {
  constexpr std::size_t n = 64 * 1000;  // a sixteenth of a million; bytes are in proportion
  MeasureTable table(n, 100, 64);
  std::vector<double> values(64);
  for (std::size_t first = 0; first < n; first += 64) {
    for (std::uint32_t output = 0; output < 100; ++output) {
      for (std::size_t i = 0; i < 64; ++i) {
        const auto spread = static_cast<double>((first + i) * (output + 1) % 385);
        values[i] = output < 60 ? (spread < 100.0 ? 1.0 : 0.0) : output < 90 ? spread : spread / 7;
      }
      table.store(first, output, values);
    }
  }
  EXPECT_LT(static_cast<double>(table.bytes()) * 1'000'000 / n, 300e6);
}

}  // namespace
}  // namespace casus::cases
