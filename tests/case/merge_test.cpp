// Shards and their merging, as people meet them: the bytes of the whole run, or a clear refusal.
#include "case/command_line.hpp"

#include <nlohmann/json.hpp>

namespace casus {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class Merging : public CommandLine {
 protected:
  /// Runs `words` as a whole into `whole`, and in `count` shards into `part-1`, ...
  void run_both(const std::string& words, int count) {
    const Ended whole = casus(words + " --out whole");
    ASSERT_EQ(whole.code, 0) << whole.err;
    for (int number = 1; number <= count; ++number) {
      const std::string shard = std::to_string(number) + "/" + std::to_string(count);
      const Ended part =
          casus(words + " --shard " + shard + " --out part-" + std::to_string(number));
      ASSERT_EQ(part.code, 0) << part.err;
    }
  }

  /// The bytes of every file are those of the whole run.
  void expect_merged(const std::string& folders, std::size_t n_files) {
    const Ended ended = casus("merge " + folders + " --out merged");
    ASSERT_EQ(ended.code, 0) << ended.err;
    const auto whole = files_of(path("whole"));
    const auto merged = files_of(path("merged"));
    EXPECT_EQ(whole.size(), n_files);
    ASSERT_EQ(merged.size(), whole.size());
    for (const auto& [name, bytes] : whole) {
      ASSERT_TRUE(merged.contains(name)) << name;
      EXPECT_TRUE(merged.at(name) == bytes) << name;
    }
    fs::remove_all(path("merged"));
  }

  void expect_refused(const std::string& words, const std::string& message) {
    const Ended ended = casus(words);
    EXPECT_EQ(ended.code, 2) << words;
    EXPECT_EQ(ended.err.substr(0, message.size()), message) << words;
    EXPECT_FALSE(fs::exists(path("merged"))) << words;
  }

  /// Writes `with` in place of `what` into a file.
  void change(const std::string& name, const std::string& what, const std::string& with) {
    std::string text = text_of(path(name));
    const std::size_t at = text.find(what);
    ASSERT_NE(at, std::string::npos) << name << " has no " << what;
    write(name, text.replace(at, what.size(), with));
  }
};

const std::string two_rivals = std::string(CASUS_ROOT) + "/cases/two-rivals";

TEST_F(Merging, AStudyInTwoShardsIsTheWholeStudy) {
  run_both("study " + two_rivals + " --histories 11264 --keep histories --keep parameters", 2);
  expect_merged("part-1 part-2", 11);
}

TEST_F(Merging, ARunInThreeShardsIsTheWholeRun) {
  run_both("run " + two_rivals + " --histories 3072 --bands none --seed 7", 3);
  expect_merged("part-3 part-1 part-2", 6);
}

TEST_F(Merging, WhatIfsInShardsArePairedAlike) {
  run_both("whatif war safe --histories 12480 --per-set 10 --set risk=0.03", 2);
  expect_merged("part-1 part-2", 10);
  run_both("whatif war --histories 2050 --per-set 1 --bands none --at median", 3);
  expect_merged("part-2 part-3 part-1", 8);
}

// Shards may be run on another machine: the case need not be where they are merged.
TEST_F(Merging, NeedsNothingButTheFolders) {
  run_both("run war --histories 2048 --bands none", 2);
  fs::remove_all(path("war"));
  const Ended ended = casus("merge part-1 part-2 --json");
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(Json::parse(ended.out)["folder"], "results/war-run");
  EXPECT_TRUE(files_of(path("results/war-run")) == files_of(path("whole")));
}

TEST_F(Merging, AShardSaysWhichItIs) {
  const Ended ended = casus("run war --histories 12288 --shard 2/3");
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out,
            "A small war\n"
            "  shard 2 of 3 of `casus run war --histories 12288`: histories 10,240 to 11,263\n"
            "  when all are there: casus merge FOLDER... with the 3 folders\n\n"
            "results in results/war-run-shard-2-of-3\n");
  const Json index = Json::parse(text_of(path("results/war-run-shard-2-of-3/run.json")));
  EXPECT_EQ(index["shard"]["first_history"], 10240);
  EXPECT_EQ(index["histories"], 12288);
}

TEST_F(Merging, WhatIsNoShardIsRefused) {
  ASSERT_EQ(casus("run war --histories 16 --out plain").code, 0);
  expect_refused("merge war --out merged", "error[R112]: 'war' holds no shard\n");
  expect_refused("merge plain --out merged", "error[R112]: 'plain' holds no shard\n");
  expect_refused("merge nowhere --out merged", "error[R112]: 'nowhere' holds no shard\n");
  expect_refused("merge", "error[R104]: casus merge lacks an argument\n");
  expect_refused("run war --shard 2", "error[R103]: '2' is no shard\n");
}

TEST_F(Merging, ShardsOfDifferentRunsAreToldApart) {
  const std::string words = "run war --histories 2048 --bands none";
  run_both(words, 2);
  const auto refused = [&](const std::string& why) {
    expect_refused("merge part-1 other --out merged",
                   "error[R113]: 'other' is no shard of the run of 'part-1': " + why + "\n");
  };
  ASSERT_EQ(casus(words + " --seed 2 --shard 2/2 --out other").code, 0);
  refused("seed is 2 instead of 1");
  ASSERT_EQ(casus("run war --histories 4096 --bands none --shard 2/2 --out other").code, 0);
  refused("number of histories is 4096 instead of 2048");
  ASSERT_EQ(casus(words + " --set risk=0.5 --shard 2/2 --out other").code, 0);
  refused(
      "command is casus run war --set risk=0.5 --histories 2048 --bands none instead of casus run "
      "war --histories 2048 --bands none");
  ASSERT_EQ(casus("run war --histories 4096 --bands none --shard 1/4 --out part-1").code, 0);
  ASSERT_EQ(casus("run war --histories 4096 --bands none --shard 2/2 --out other").code, 0);
  refused("it is one of 2 shards instead of 4");
  write("war/model.casus", model() + "# a comment\n");
  ASSERT_EQ(casus("run war --histories 4096 --bands none --shard 2/4 --out other").code, 0);
  refused("the case, or a file of it, is another one");
  change("other/run.json", "\"casus\": \"", "\"casus\": \"9.");
  const Ended newer = casus("merge other --out merged");
  EXPECT_EQ(newer.err.substr(0, 46), "error[R113]: 'other' was written by casus 9.0.") << newer.err;
}

TEST_F(Merging, MissingAndDoubledShardsAreNamed) {
  run_both("run war --histories 3072 --bands none", 3);
  expect_refused("merge part-1 part-3 --out merged",
                 "error[R114]: of 3 shards one is missing: 2\n"
                 "help: run it: casus run war --histories 3072 --bands none --shard 2/3\n");
  expect_refused("merge part-2 --out merged", "error[R114]: of 3 shards some are missing: 1, 3\n");
  expect_refused("merge part-1 part-2 part-3 part-2/ --out merged",
                 "error[R114]: shard 2 of 3 is given twice: 'part-2' and 'part-2/'\n");
  expect_refused("merge part-1 part-2 part-3 --out part-2",
                 "error[F003]: 'part-2' is one of the shards\n");
}

TEST_F(Merging, DamagedShardsAreRefused) {
  run_both("run war --histories 2048 --bands none", 2);
  const std::string words = "merge part-1 part-2 --out merged";
  const std::string whole = text_of(path("part-2/shard.nc"));
  std::string flipped = whole;
  flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 1);
  write("part-2/shard.nc", flipped);
  expect_refused(words,
                 "error[R115]: 'part-2' is damaged: shard.nc is not the file that was written "
                 "there\n"
                 "help: run it again: casus run war --histories 2048 --bands none --shard 2/2\n");
  fs::remove(path("part-2/shard.nc"));
  expect_refused(words, "error[R115]: 'part-2' is damaged: shard.nc is missing\n");
  write("part-2/shard.nc", whole);
  change("part-2/run.json", "\"first_history\": 1024", "\"first_history\": 1040");
  expect_refused(words, "error[R115]: 'part-2' is damaged: run.json contradicts itself\n");
  change("part-2/run.json", "\"first_history\": 1040", "\"first_history\": 1024");
  change("part-2/case.json", "A small war", "A large war");
  expect_refused(words, "error[R115]: 'part-2' is damaged: case.json is not the file");
}

}  // namespace
}  // namespace casus
