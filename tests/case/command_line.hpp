// The program as people meet it: words in; text, exit code and files out.
#pragma once

#include "case/disk.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <sys/wait.h>

namespace casus {

struct Ended {
  int code = -1;
  std::string out;
  std::string err;
};

inline std::string text_of(const std::filesystem::path& path) {
  return cases::Disk("").read(path.generic_string()).bytes;
}

/// Bytes of all files of a folder, by name; empty when there is none.
inline std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  std::error_code failed;
  for (const auto& at : std::filesystem::directory_iterator(folder, failed)) {
    files[at.path().filename().string()] = text_of(at.path());
  }
  return files;
}

/// A folder with a small case in `war/`, in which the program is run.
class CommandLine : public testing::Test {
 protected:
  CommandLine()
      : folder_(std::filesystem::path(testing::TempDir()) /
                (std::string("casus-cli-") +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "war");
    write("war/model.casus", model());
  }
  ~CommandLine() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  static std::string model() {
    return "casus 1\n"
           "case \"A small war\"\n"
           "    time from 2000-01 to 2003-12 by month\n"
           "param risk ~ beta(2, 20)\n"
           "draw luck ~ uniform(0, 1)\n"
           "state phase : {peace, war} = peace\n"
           "    then cases\n"
           "        luck < risk : war\n"
           "        otherwise   : phase\n"
           "let calm = phase == peace\n"
           "measure war_by_2002 = any(phase == war) from 2000-01 to 2002-12\n"
           "measure first_war = first date phase == war\n"
           "measure months_of_war = total(phase == war)\n"
           "whatif safe \"no risk from 2001\"\n"
           "    from 2001-01 risk := 0\n"
           "whatif same \"the same again\"\n"
           "    from 2001-01 risk := 1 * risk\n";
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  /// Runs `casus WORDS` in the folder; `before` is shell text in front of it.
  Ended casus(const std::string& words, const std::string& before = "") const {
    const std::string command = "cd '" + folder_.string() + "' && " + before + " '" + CASUS_BINARY +
                                "' " + words + " >out.text 2>err.text";
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c)
    return {.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            .out = text_of(path("out.text")),
            .err = text_of(path("err.text"))};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace casus
