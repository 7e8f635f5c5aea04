// casus fmt: files in place, standard input, and what it leaves alone.
#include "case/command_line.hpp"

#include <sys/stat.h>

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr const char* crooked = "let x=1\nlet  y =  2   \n";
constexpr const char* straight = "let x = 1\nlet y = 2\n";

TEST_F(CommandLine, FmtPutsFilesInOrderOnce) {
  write("war/model.casus", crooked);
  write("war/other.casus", straight);
  const Ended first = casus("fmt war");
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(first.out, "formatted war/model.casus\n");
  EXPECT_EQ(text_of(path("war/model.casus")), straight);
  EXPECT_EQ(files_of(path("war")).size(), 2U);
  const Ended second = casus("fmt war");
  EXPECT_EQ(second.code, 0);
  EXPECT_EQ(second.out, "2 files are in order\n");
}

TEST_F(CommandLine, FmtChecksWithoutWriting) {
  write("war/model.casus", crooked);
  const Ended ended = casus("fmt war/model.casus --check");
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.out, "not in order: war/model.casus\n");
  EXPECT_EQ(text_of(path("war/model.casus")), crooked);
  write("war/model.casus", straight);
  EXPECT_EQ(casus("fmt war/model.casus --check").code, 0);
}

TEST_F(CommandLine, FmtReadsStandardInput) {
  write("in.text", crooked);
  const Ended ended = casus("fmt - <in.text");
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out, straight);
  EXPECT_EQ(casus("fmt - --check <in.text").code, 1);
  EXPECT_EQ(casus("fmt - --check <in.text").out, "");
  write("in.text", straight);
  EXPECT_EQ(casus("fmt - --check <in.text").code, 0);
}

TEST_F(CommandLine, FmtLeavesFilesWithFaultsAlone) {
  write("war/model.casus", "let x=(1\n");
  write("war/other.casus", crooked);
  const Ended ended = casus("fmt war");
  EXPECT_EQ(ended.code, 2);
  EXPECT_EQ(ended.err.substr(0, 12), "error[L012]:") << ended.err;
  EXPECT_EQ(text_of(path("war/model.casus")), "let x=(1\n");
  EXPECT_EQ(text_of(path("war/other.casus")), straight);
  write("in.text", "let\tx=1\n");
  const Ended piped = casus("fmt - <in.text");
  EXPECT_EQ(piped.code, 2);
  EXPECT_EQ(piped.out, "");
  EXPECT_NE(piped.err.find(" --> standard input:1:4\n"), std::string::npos) << piped.err;
}

TEST_F(CommandLine, FmtSaysWhatCannotBeReadOrWritten) {
  EXPECT_EQ(casus("fmt nowhere.casus").err.substr(0, 12), "error[F001]:");
  fs::create_directories(path("empty"));
  EXPECT_EQ(casus("fmt empty").err.substr(0, 12), "error[F004]:");
  write("war/model.casus", crooked);
  const Ended full = casus("fmt war", "ulimit -f 0;");
  EXPECT_NE(full.code, 0);
  EXPECT_EQ(text_of(path("war/model.casus")), crooked);
}

TEST_F(CommandLine, FmtKeepsPermissionsAndLinks) {
  write("war/model.casus", crooked);
  fs::permissions(path("war/model.casus"), fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(path("war/model.casus"), path("link.casus"));
  EXPECT_EQ(casus("fmt link.casus").code, 0);
  EXPECT_TRUE(fs::is_symlink(path("link.casus")));
  EXPECT_EQ(text_of(path("war/model.casus")), straight);
  EXPECT_EQ(fs::status(path("war/model.casus")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace
}  // namespace casus
