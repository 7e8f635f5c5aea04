#include "case/shard.hpp"

#include "case/memory_files.hpp"

#include <gtest/gtest.h>

namespace casus::cases {
namespace {

std::vector<Share> shares_of(const Request& request, std::uint64_t count) {
  std::vector<Share> shares;
  for (std::uint64_t number = 1; number <= count; ++number) {
    Diagnostics found;
    const auto share = share_of(request, {.number = number, .count = count}, found);
    if (!share) return {};
    shares.push_back(*share);
  }
  return shares;
}

std::string refusal(const Request& request, const Shard& shard) {
  Diagnostics found;
  if (share_of(request, shard, found)) return "";
  const Diagnostic said = found.sorted().front();
  return std::string(said.code) + ": " + said.message + "; " + said.help;
}

// Of every division: all histories once, in order, at borders of 1,024 and of whole sets, those of
// bands in the first.
TEST(Shards, DivideARunWithoutGaps) {
  std::size_t n_divisions = 0;
  for (const std::uint64_t per_set : {1U, 16U, 10U, 48U, 1000U, 1024U, 5000U}) {
    for (const std::uint64_t n_sets : {1U, 7U, 640U, 4096U, 62'500U}) {
      for (const bool bands : {false, true}) {
        const Request request{.n_histories = n_sets * per_set, .per_set = per_set, .bands = bands};
        for (std::uint64_t count = 1; count <= 40; ++count) {
          const std::vector<Share> shares = shares_of(request, count);
          if (shares.empty()) continue;
          ++n_divisions;
          std::uint64_t next = 0;
          for (const Share& share : shares) {
            ASSERT_EQ(share.first, next);
            ASSERT_GT(share.count, 0U);
            ASSERT_EQ(share.first % shard_unit, 0U);
            ASSERT_EQ(share.first % per_set, 0U);
            next += share.count;
          }
          ASSERT_EQ(next, request.n_histories);
          if (bands) {
            ASSERT_GE(shares.front().count, std::min<std::uint64_t>(next, 10'000));
          }
        }
      }
    }
  }
  EXPECT_GT(n_divisions, 500U);
}

TEST(Shards, OfManyHistoriesAreAlike) {
  const std::vector<Share> shares = shares_of({.n_histories = 1'024'000}, 10);
  ASSERT_EQ(shares.size(), 10U);
  for (const Share& share : shares) EXPECT_EQ(share.count, 102'400U);
}

TEST(Shards, TooManyAreRefusedWithWhatWouldWork) {
  EXPECT_EQ(refusal({.n_histories = 4096}, {.number = 1, .count = 2}),
            "R111: 4,096 histories are too few for 2 shards; shards here are multiples of 1,024 "
            "histories: run 10,256 or more; bands need histories 0 to 9,999 in the first: --bands "
            "none does without");
  EXPECT_EQ(refusal({.n_histories = 4096, .bands = false}, {.number = 1, .count = 5}),
            "R111: 4,096 histories are too few for 5 shards; shards here are multiples of 1,024 "
            "histories: run 4,112 or more, or at most 4 shards");
  EXPECT_EQ(
      refusal({.n_histories = 30'000, .per_set = 1000, .bands = false}, {.number = 1, .count = 2}),
      "R111: 30,000 histories are too few for 2 shards; shards here are multiples of 128,000 "
      "histories: run 129,000 or more");
  // What it says works.
  EXPECT_EQ(refusal({.n_histories = 10'256}, {.number = 1, .count = 2}), "");
  EXPECT_EQ(refusal({.n_histories = 4112, .bands = false}, {.number = 5, .count = 5}), "");
  EXPECT_EQ(
      refusal({.n_histories = 129'000, .per_set = 1000, .bands = false}, {.number = 1, .count = 2}),
      "");
}

TEST(Shards, AreNumberedFromOne) {
  const Request request{.n_histories = 1'000'000, .per_set = 1};
  const std::string help = "; shards are numbered from 1: --shard 1/4";
  EXPECT_EQ(refusal(request, {.number = 0, .count = 2}), "R103: there is no shard 0 of 2" + help);
  EXPECT_EQ(refusal(request, {.number = 3, .count = 2}), "R103: there is no shard 3 of 2" + help);
  EXPECT_EQ(refusal(request, {.number = 1, .count = 0}), "R103: there is no shard 1 of 0" + help);
}

TEST(Shards, ARequestIsReadAsItWasWritten) {
  const Request request{.explanation = "all",
                        .from = "1994-06",
                        .whatifs = {"a", "b"},
                        .fixed = {{"wear", 0.1}, {"edge[x]", -1e-300}},
                        .moved = {{.name = "index", .months = -24}, {.name = "coup"}},
                        .n_histories = 1'000'000'000'000,
                        .per_set = 8,
                        .seed = 18446744073709551615U,
                        .at_median = true,
                        .bands = false,
                        .keep_histories = true,
                        .keep_parameters = true};
  const std::optional<Request> back = request_of(request_text(request));
  ASSERT_TRUE(back);
  EXPECT_EQ(request_text(*back), request_text(request));
  EXPECT_EQ(back->seed, request.seed);
  EXPECT_EQ(back->fixed, request.fixed);
  EXPECT_EQ(back->moved, request.moved);
  EXPECT_FALSE(request_of("{}"));
  EXPECT_FALSE(request_of("no JSON"));
}

// Somebody edits the case while its shard runs: the case in the folder would not be the one that
// was run.
TEST(Shards, ACaseThatChangedIsToldApart) {
  const std::string model = "casus 1\ncase \"x\"\n    time 3 steps\nmeasure m = true at end\n";
  Sources sources;
  Diagnostics found;
  const MemoryFiles before({{"a/model.casus", model}});
  const auto loaded = load("a", "a/model.casus", before, sources, found);
  ASSERT_TRUE(loaded) << found.sorted().front().message;
  const Runs runs{.baselines = {}, .whatifs = {}, .options = {}};
  EXPECT_EQ(shard_files(*loaded, runs, before, Silent()).size(), 2U);
  const MemoryFiles after({{"a/model.casus", model + "# changed\n"}});
  try {
    (void)shard_files(*loaded, runs, after, Silent());
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Stop& stop) {
    EXPECT_EQ(stop.diagnostics.sorted().front().code, "F005");
  }
}

}  // namespace
}  // namespace casus::cases
