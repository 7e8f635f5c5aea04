// Ctrl-C and SIGTERM at several moments: the folder is as it was, and nothing lies beside.
#include "case/command_line.hpp"
#include "cli/session.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <thread>
#include <unistd.h>

namespace casus::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// The program at work in another process.
class Running {
 public:
  Running(const fs::path& folder, const std::vector<std::string>& words) : process_(::fork()) {
    if (process_ == 0) begin(folder, words);
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (process_ <= 0) return;
    (void)::kill(process_, SIGKILL);
    (void)::waitpid(process_, nullptr, 0);
  }

  bool started() const { return process_ > 0; }

  /// Waits until `holds`; false when a minute passed.
  static bool wait_until(const std::function<bool()>& holds) {
    const Clock::time_point end = Clock::now() + std::chrono::minutes(1);
    while (!holds()) {
      if (Clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return true;
  }

  /// Whether the program has come to where it minds signals: before, they end it as any program.
  bool minds(int signal) const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.rfind("SigCgt:", 0) != 0) continue;
      return ((std::stoull(line.substr(7), nullptr, 16) >> (signal - 1)) & 1) != 0;
    }
    return false;
  }

  void send(int signal) const { (void)::kill(process_, signal); }

  /// The exit code, -1 when a signal killed it.
  int wait() {
    int status = 0;
    const bool is_over = ::waitpid(process_, &status, 0) == process_;
    process_ = 0;
    return is_over && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  [[noreturn]] static void begin(const fs::path& folder, const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    std::vector<std::string> texts{CASUS_BINARY};
    texts.insert(texts.end(), words.begin(), words.end());
    for (std::string& text : texts) arguments.push_back(text.data());
    arguments.push_back(nullptr);
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    (void)::dup2(nowhere, STDOUT_FILENO);
    (void)::dup2(nowhere, STDERR_FILENO);
    if (::chdir(folder.c_str()) == 0) (void)::execv(CASUS_BINARY, arguments.data());
    ::_exit(127);
  }

  pid_t process_;
};

class Interrupts : public CommandLine {
 protected:
  /// Starts the program, sends `signal` once `is_time` and expects all folders as they were.
  void interrupt(const std::vector<std::string>& words, int signal,
                 const std::function<bool()>& is_time) {
    const auto before = all_files();
    Running running(path(""), words);
    ASSERT_TRUE(running.started());
    ASSERT_TRUE(Running::wait_until([&] { return running.minds(signal); }));
    ASSERT_TRUE(Running::wait_until(is_time)) << "the moment did not come";
    running.send(signal);
    EXPECT_EQ(running.wait(), exit_interrupted);
    EXPECT_TRUE(all_files() == before);
  }

  /// Whether `name` is being written in `folder`, beside its place.
  bool is_being_written(const std::string& folder, const std::string& name) const {
    for (const auto& [file, bytes] : names_in(folder)) {
      if (file.rfind("." + name + ".", 0) == 0) return true;
    }
    return false;
  }

  static std::function<bool()> after(std::chrono::milliseconds time) {
    return [begin = Clock::now(), time] { return Clock::now() - begin > time; };
  }

 private:
  std::map<std::string, bool> names_in(const std::string& folder) const {
    std::map<std::string, bool> names;
    std::error_code failed;
    for (const auto& at : fs::directory_iterator(path(folder), failed)) {
      names[at.path().filename().string()] = true;
    }
    return names;
  }

  /// Everything below the test's folder, by path.
  std::map<std::string, std::string> all_files() const {
    std::map<std::string, std::string> files;
    for (const auto& at : fs::recursive_directory_iterator(path(""))) {
      files[at.path().string()] = at.is_directory() ? "" : text_of(at.path());
    }
    return files;
  }
};

const std::vector<std::string> long_run{"run",    "war",       "--histories", "200_000",
                                        "--keep", "histories", "--out"};

std::vector<std::string> into(std::vector<std::string> words, const std::string& folder) {
  words.push_back(folder);
  return words;
}

TEST_F(Interrupts, WhileHistoriesRunLeaveNothing) {
  ASSERT_EQ(casus("run war --histories 16 --out kept").code, 0);
  for (const int milliseconds : {30, 100, 300}) {
    const auto words = into({"run", "war", "--histories", "80_000_000", "--out"}, "kept");
    interrupt(words, SIGINT, after(std::chrono::milliseconds(milliseconds)));
  }
  interrupt({"run", "war", "--histories", "80_000_000"}, SIGTERM,
            after(std::chrono::milliseconds(50)));
}

TEST_F(Interrupts, WhileFilesAreWrittenLeaveFormerResults) {
  ASSERT_EQ(casus("run war --histories 16 --out kept").code, 0);
  for (const std::string file : {"histories.csv", "results.nc"}) {
    const auto is_time = [&] { return is_being_written("kept", file); };
    interrupt(into(long_run, "kept"), SIGINT, is_time);
    interrupt(into(long_run, "kept"), SIGTERM, is_time);
  }
}

TEST_F(Interrupts, WhileFilesAreWrittenLeaveNoNewFolder) {
  for (const std::string file : {"histories.csv", "results.nc"}) {
    interrupt(into(long_run, "new/deep"), SIGINT,
              [&] { return is_being_written("new/deep", file); });
  }
}

TEST_F(Interrupts, OfShardsAndTheirMergingLeaveNothing) {
  const std::vector<std::string> words{"run",  "war",    "--histories", "204_800", "--bands",
                                       "none", "--keep", "histories",   "--shard"};
  interrupt(into(words, "1/2"), SIGINT,
            [&] { return is_being_written("results/war-run-shard-1-of-2", "shard.nc"); });
  for (const std::string number : {"1", "2"}) {
    ASSERT_EQ(casus("run war --histories 204_800 --bands none --keep histories --shard " + number +
                    "/2 --out part-" + number)
                  .code,
              0);
  }
  for (const std::string file : {"histories.csv", "results.nc"}) {
    interrupt({"merge", "part-1", "part-2", "--out", "merged"}, SIGINT,
              [&] { return is_being_written("merged", file); });
  }
}

}  // namespace
}  // namespace casus::cli
