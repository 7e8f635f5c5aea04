// A fit that is killed, and what lies there for the next: the same bytes, or a plain refusal.
#include "case/command_line.hpp"
#include "random/address.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <thread>
#include <unistd.h>

namespace casus {
namespace {

namespace fs = std::filesystem;

/// A level that wanders, seen with errors: what is not seen needs particles.
std::string wandering() {
  return "casus 1\n"
         "case \"A level\"\n"
         "    time 12 steps\n"
         "param spread ~ lognormal(-1, 0.5)\n"
         "param error ~ lognormal(-1, 0.5)\n"
         "draw shock ~ normal(0, 1)\n"
         "state level = 0\n"
         "    then level + spread * shock\n"
         "observe seen from \"d.csv\" ~ normal(mean = level, sd = error)\n";
}

class Checkpoints : public CommandLine {
 protected:
  Checkpoints() {
    write("war/model.casus", wandering());
    std::string data = "step,seen\n";
    constexpr std::array seen{0.2, -0.3, 0.5, 0.9, 1.4, 0.8, 1.9, 2.2, 1.7, 2.6, 2.4, 3.1};
    for (std::size_t i = 0; i < seen.size(); ++i) data += fmt::format("{},{}\n", i + 1, seen[i]);
    write("war/d.csv", data);
  }

  fs::path kept() const { return path("killed.checkpoint"); }

  /// Kills a fit after so many seconds, and waits until it is gone; whether it was still at work.
  bool killed_after(double seconds, const std::string& words) const {
    const std::string folder = path("").string();
    const std::string line = fmt::format("exec '{}' {} >/dev/null 2>&1", CASUS_BINARY, words);
    const pid_t process = ::fork();
    if (process == 0) {
      if (::chdir(folder.c_str()) == 0)
        (void)::execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    (void)::kill(process, SIGKILL);
    int status = 0;
    EXPECT_EQ(::waitpid(process, &status, 0), process);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << words;
    return WIFSIGNALED(status);
  }

  /// Names of files that are not as they should be.
  std::vector<std::string> changed(const std::map<std::string, std::string>& whole) const {
    std::vector<std::string> names;
    const auto now = files_of(path("killed"));
    for (const auto& [name, bytes] : now)
      if (!whole.contains(name) || whole.at(name) != bytes) names.push_back(name);
    for (const auto& [name, bytes] : whole)
      if (!now.contains(name)) names.push_back(name);
    return names;
  }

  /// Kills it, each time a little later, until something is kept.
  void leave_checkpoint(const std::string& words) const {
    for (int attempt = 0; !fs::exists(kept()) && attempt < 200; ++attempt) {
      fs::remove_all(path("killed"));
      (void)killed_after(0.04 + 0.02 * (attempt % 50), words);
    }
    ASSERT_TRUE(fs::exists(kept()));
  }

  std::string kept_text() const { return text_of(kept()); }
  void keep_text(const std::string& text) const { std::ofstream(kept(), std::ios::binary) << text; }

  static constexpr auto fit = "fit war --sets 150 --particles 128 --repeats 2 --checkpoint 0";
};

TEST_F(Checkpoints, LeadToTheSameBytesAfterTwentyKills) {
  ASSERT_EQ(casus(fmt::format("{} --out whole", fit)).code, 0);
  const auto whole = files_of(path("whole"));
  const std::string words = fmt::format("{} --out killed", fit);
  const random::Stream moments{.key = random::key_of(5, {.purpose = random::Purpose::synthesis})};
  int n_kills = 0;
  for (std::uint32_t attempt = 0; n_kills < 20 && attempt < 1000; ++attempt) {
    const std::string threads = attempt % 2 == 0 ? " --threads 1" : " --threads 2";
    if (killed_after(0.02 + 0.5 * moments.uniform(attempt), words + threads)) {
      ++n_kills;
      continue;
    }
    EXPECT_EQ(changed(whole), std::vector<std::string>{}) << "after " << n_kills << " kills";
    EXPECT_FALSE(fs::exists(kept()));
    fs::remove_all(path("killed"));
  }
  EXPECT_EQ(n_kills, 20);
  const Ended last = casus(words);
  EXPECT_EQ(last.code, 0) << last.err;
  EXPECT_EQ(changed(whole), std::vector<std::string>{});
  EXPECT_FALSE(fs::exists(kept()));
}

TEST_F(Checkpoints, AreGoneOnWithOrForgotten) {
  const std::string words = fmt::format("{} --out killed", fit);
  leave_checkpoint(words);
  const std::string before = kept_text();
  const Ended resumed = casus(words);
  EXPECT_EQ(resumed.code, 0);
  EXPECT_NE(resumed.err.find("resumed"), std::string::npos) << resumed.err;
  EXPECT_NE(resumed.err.find("of 2\n"), std::string::npos) << resumed.err;
  keep_text(before);
  const Ended fresh = casus(words + " --fresh");
  EXPECT_EQ(fresh.code, 0);
  EXPECT_EQ(fresh.err.find("resumed"), std::string::npos) << fresh.err;
  EXPECT_FALSE(fs::exists(kept()));
}

TEST_F(Checkpoints, AreLeftByCtrlC) {
  const std::string words = fmt::format("{} --out killed", fit);
  leave_checkpoint(words);
  const Ended stopped =
      casus("fit war --sets 200 --particles 100 --repeats 1000 --checkpoint 0 --out killed --fresh",
            "timeout --foreground -s INT 1");
  EXPECT_NE(stopped.code, 0);
  EXPECT_NE(
      stopped.err.find("where it stood is kept in killed.checkpoint: the same command goes on "
                       "from there"),
      std::string::npos)
      << stopped.err;
  EXPECT_FALSE(fs::exists(path("killed")));
}

TEST_F(Checkpoints, OfOtherFitsAreRefused) {
  const std::string words = fmt::format("{} --out killed", fit);
  leave_checkpoint(words);
  const std::string before = kept_text();
  const Ended other = casus(words + " --seed 2");
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.err.find("error[R120]: the checkpoint killed.checkpoint is of another fit "
                           "(command casus fit war --sets 150 --particles 128 --repeats 2)"),
            std::string::npos)
      << other.err;
  write("war/model.casus", wandering() + "measure end_level = level at 12\n");
  const Ended changed = casus(words);
  EXPECT_EQ(changed.code, 2);
  EXPECT_NE(changed.err.find("is of the case as it was before it was changed"), std::string::npos)
      << changed.err;
  EXPECT_TRUE(kept_text() == before) << "a refused checkpoint stays";
  EXPECT_EQ(casus(words + " --fresh").code, 0);
}

TEST_F(Checkpoints, ThatAreDamagedAreRefused) {
  const std::string words = fmt::format("{} --out killed", fit);
  leave_checkpoint(words);
  const std::string whole = kept_text();
  std::string flipped = whole;
  flipped[whole.size() - 9] = static_cast<char>(flipped[whole.size() - 9] ^ 1);
  const std::size_t head = whole.find("content ");
  std::string huge = whole;
  huge.replace(head + 8, whole.find(' ', head + 8) - head - 8, "99999999999999");
  for (const std::string& broken :
       {std::string(), std::string("no checkpoint\n"), flipped, huge,
        whole.substr(0, whole.size() / 2), whole.substr(0, head - 3), whole.substr(0, head + 12)}) {
    keep_text(broken);
    const Ended ended = casus(words);
    EXPECT_EQ(ended.code, 2) << ended.err;
    EXPECT_NE(ended.err.find("error[R121]: the checkpoint killed.checkpoint is damaged"),
              std::string::npos)
        << ended.err;
  }
  std::string newer = whole;
  newer.replace(0, newer.find('\n'), "casus checkpoint 99");
  keep_text(newer);
  const Ended ended = casus(words);
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("R120"), std::string::npos) << ended.err;
}

TEST_F(Checkpoints, DoNotMindAFolderThatCannotBeWritten) {
  fs::create_directories(path("locked/out"));
  fs::permissions(path("locked"), fs::perms::owner_read | fs::perms::owner_exec);
  const Ended ended = casus(fmt::format("{} --out locked/out", fit));
  fs::permissions(path("locked"), fs::perms::owner_all);
  EXPECT_EQ(ended.code, 0) << ended.err;
}

}  // namespace
}  // namespace casus
