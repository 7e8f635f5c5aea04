// Random addresses: what shares a draw, what does not, and the range of a uniform.
#include "random/address.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

namespace casus::random {
namespace {

constexpr Key key = key_of(20201110, {.purpose = Purpose::history, .parameter_set = 7});
constexpr Stream attack{
    .key = key, .slot = 12, .step = 30, .sub_step = 1, .site = site_of("attack")};

TEST(Address, CounterIsAsPublished) {
  EXPECT_EQ(attack.counter(5), (Counter{6, 481, site_of("attack"), 5}));
  const Counter words = philox({6, 481, site_of("attack"), 5}, key);
  const double k = std::ldexp(words[1], 20) + std::floor(std::ldexp(words[0], -12));
  EXPECT_EQ(attack.uniform(5), std::ldexp(k + 0.5, -52));
}

TEST(Address, KeyComesFromSeedAndAllParts) {
  const std::uint64_t seed = 0x123456789ABCDEF0;
  const Counter words = philox({1, 2, 3, 4}, {0x9ABCDEF0, 0x12345678});
  EXPECT_EQ(key_of(seed, {Purpose::parameter, 2, 3, 4}), (Key{words[0], words[1]}));
  const std::set<Key> keys{key_of(seed, {}),
                           key_of(seed + 1, {}),
                           key_of(seed + (std::uint64_t{1} << 32), {}),
                           key_of(seed, {.purpose = Purpose::parameter}),
                           key_of(seed, {.epoch = 1}),
                           key_of(seed, {.parameter_set = 1}),
                           key_of(seed, {.replication = 1})};
  EXPECT_EQ(keys.size(), 7U);
}

TEST(Address, UniformIsNeverZeroOrOne) {
  EXPECT_EQ(uniform_of(0, 0), 0x1p-53);
  EXPECT_EQ(uniform_of(0xFFFFFFFF, 0xFFFFFFFF), 1.0 - 0x1p-53);
  EXPECT_LT(uniform_of(0xFFFFFFFF, 0xFFFFFFFF), 1.0);
  EXPECT_EQ(uniform_of(0, 0x80000000), 0.5 + 0x1p-53);
  EXPECT_EQ(uniform_of(0xFFF, 0), uniform_of(0, 0)) << "the twelve lowest bits are left out";
}

TEST(Address, TwoSlotsOfOneCounterDiffer) {
  Stream even = attack;
  Stream odd = attack;
  odd.slot = 13;
  EXPECT_EQ(even.counter(0), odd.counter(0));
  const Counter words = philox(even.counter(0), key);
  EXPECT_EQ(even.uniform(0), uniform_of(words[0], words[1]));
  EXPECT_EQ(odd.uniform(0), uniform_of(words[2], words[3]));
  EXPECT_NE(even.uniform(0), odd.uniform(0));
}

TEST(Address, EveryPartOfTheAddressMakesAnotherDraw) {
  std::vector<Stream> streams(7, attack);
  streams[1].slot = 14;
  streams[2].step = 31;
  streams[3].sub_step = 2;
  streams[4].site = site_of("fortune[shusha]");
  streams[5].key = key_of(20201110, {.parameter_set = 8});
  streams[6].slot = 13;
  std::set<double> draws;
  for (const Stream& stream : streams) draws.insert(stream.uniform(0));
  draws.insert(attack.uniform(1));
  EXPECT_EQ(draws.size(), 8U);
}

TEST(Address, DrawsOfOneSiteDoNotDependOnWhatAnotherUses) {
  Stream other = attack;
  other.site = site_of("weather");
  Draws alone(attack);
  const std::vector<double> without{alone.next(), alone.next(), alone.next()};
  Draws beside(attack);
  Draws added(other);
  std::vector<double> with;
  for (int i = 0; i < 3; ++i) {
    added.next();
    with.push_back(beside.next());
    added.next();
  }
  EXPECT_EQ(with, without);
  EXPECT_EQ(added.used(), 6U);
  EXPECT_EQ(without[2], attack.uniform(2));
}

TEST(Address, SiteHashIsFixed) {
  // FNV-1a of "" is its offset basis and of "a" is E40C292C (Fowler, Noll, Vo & Eastlake, draft
  // RFC), then MurmurHash3's finisher, whose answers for 1 and 2 are widely published.
  const auto finish = [](std::uint32_t h) {
    h = (h ^ (h >> 16)) * 0x85EBCA6B;
    h = (h ^ (h >> 13)) * 0xC2B2AE35;
    return h ^ (h >> 16);
  };
  EXPECT_EQ(finish(1), 0x514E28B7U);
  EXPECT_EQ(site_of(""), finish(0x811C9DC5));
  EXPECT_EQ(site_of("a"), finish(0xE40C292C));
  EXPECT_EQ(site_of("foobar"), finish(0xBF9CF968));
}

TEST(Address, SitesOfLikeNamesAreFarApart) {
  std::set<std::uint32_t> sites;
  std::set<std::uint32_t> high_bytes;
  for (int i = 0; i < 1000; ++i) {
    const std::uint32_t site = site_of("fortune[place" + std::to_string(i) + "]");
    sites.insert(site);
    high_bytes.insert(site >> 24);
  }
  EXPECT_EQ(sites.size(), 1000U);
  EXPECT_GT(high_bytes.size(), 240U) << "of 256; a random hash leaves five empty";
}

/// Chi-square of successive pairs over the 256 cells of the unit square.
double pair_chi_square(const std::vector<double>& draws) {
  std::vector<double> cells(256, 0.0);
  for (std::size_t i = 0; i + 1 < draws.size(); i += 2) {
    cells[static_cast<std::size_t>(draws[i] * 16.0) * 16 +
          static_cast<std::size_t>(draws[i + 1] * 16.0)] += 1.0;
  }
  const double expected = static_cast<double>(draws.size()) / 2.0 / 256.0;
  double sum = 0.0;
  for (const double cell : cells) sum += (cell - expected) * (cell - expected) / expected;
  return sum;
}

TEST(Address, NeighboursInSlotStepSiteAndAttemptAreIndependent) {
  constexpr std::uint32_t n = 40000;
  std::vector<std::vector<double>> series(4);
  for (std::uint32_t i = 0; i < n; ++i) {
    Stream by_slot = attack;
    by_slot.slot = i;
    Stream by_step = attack;
    by_step.step = i;
    Stream by_site = attack;
    by_site.site = i;
    series[0].push_back(by_slot.uniform(0));
    series[1].push_back(by_step.uniform(0));
    series[2].push_back(by_site.uniform(0));
    series[3].push_back(attack.uniform(i));
  }
  // 255 degrees of freedom: 379 is the upper point of probability 1e-6.
  for (const std::vector<double>& draws : series) EXPECT_LT(pair_chi_square(draws), 379.0);
}

}  // namespace
}  // namespace casus::random
