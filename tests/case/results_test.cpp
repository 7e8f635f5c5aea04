#include "case/results.hpp"

#include "base/progress.hpp"
#include "case/disk.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

/// A new folder that goes with the test.
class Folder {
 public:
  Folder() : path_(fs::path(testing::TempDir()) / unique_name()) { fs::create_directories(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  const fs::path& path() const { return path_; }

  std::vector<std::string> names(const std::string& below = "") const {
    std::vector<std::string> names;
    for (const fs::directory_entry& at : fs::directory_iterator(path_ / below)) {
      names.push_back(at.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  static std::string unique_name() {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    return std::string("casus-") + test->test_suite_name() + "-" + test->name();
  }

  fs::path path_;
};

using Names = std::vector<std::string>;

const std::string origin = R"({"results": 1, "seed": 1})";
const std::string other_origin = R"({"results": 1, "seed": 2})";

std::string code_of(const Diagnostics& found) {
  return found.empty() ? "" : std::string(found.sorted().front().code);
}

TEST(Results, AreWrittenWholeAndKnownAgain) {
  const Folder folder;
  const fs::path place = folder.path() / "a" / "b";
  Diagnostics found;
  ASSERT_TRUE(
      write_results(place, {text_file("x.csv", "1\n"), text_file("y.csv", "2\n")}, origin, found));
  EXPECT_EQ(folder.names("a/b"), (Names{"run.json", "x.csv", "y.csv"}));
  EXPECT_EQ(unchanged_result(place, origin, "x.csv"), "1\n");
  EXPECT_EQ(unchanged_result(place, other_origin, "x.csv"), std::nullopt);
  EXPECT_EQ(unchanged_result(place, origin, "z.csv"), std::nullopt);
  std::ofstream(place / "y.csv") << "3\n";
  EXPECT_EQ(unchanged_result(place, origin, "x.csv"), std::nullopt);
}

TEST(Results, TakeThePlaceOfFormerOnesAndOfNothingElse) {
  const Folder folder;
  Diagnostics found;
  ASSERT_TRUE(write_results(folder.path(), {text_file("x.csv", "1\n"), text_file("y.csv", "2\n")},
                            origin, found));
  std::ofstream(folder.path() / "notes.md") << "mine\n";
  ASSERT_TRUE(write_results(folder.path(), {text_file("x.csv", "4\n")}, other_origin, found));
  EXPECT_EQ(folder.names(), (Names{"notes.md", "run.json", "x.csv"}));
  EXPECT_EQ(unchanged_result(folder.path(), other_origin, "x.csv"), "4\n");
}

TEST(Results, AFolderOfOtherFilesIsRefused) {
  const Folder folder;
  std::ofstream(folder.path() / "notes.md") << "mine\n";
  Diagnostics found;
  EXPECT_FALSE(write_results(folder.path(), {text_file("x.csv", "1\n")}, origin, found));
  EXPECT_EQ(code_of(found), "F003");
  EXPECT_EQ(folder.names(), (Names{"notes.md"}));
}

TEST(Results, WhatAKilledProcessLeftIsInNobodysWay) {
  const Folder folder;
  Diagnostics found;
  const std::vector<ResultFile> files{text_file("x.csv", "1\n")};
  std::ofstream(folder.path() / ".x.csv.12.part") << "0";
  EXPECT_TRUE(check_folder(folder.path(), found)) << "files beside their places";
  std::ofstream(folder.path() / "y.csv") << "0\n";
  EXPECT_FALSE(check_folder(folder.path(), found));
  std::ofstream(folder.path() / ".run.json.12.part") << "{}";
  EXPECT_TRUE(check_folder(folder.path(), found))
      << "some in their places, the index beside its own";
  ASSERT_TRUE(write_results(folder.path(), files, origin, found));
  EXPECT_EQ(folder.names(), (Names{"run.json", "x.csv", "y.csv"}));
}

TEST(Results, WhatAnotherWritesIsLeftAlone) {
  const Folder folder;
  Diagnostics found;
  Staged other(folder.path());
  ASSERT_TRUE(other.open(found));
  ASSERT_TRUE(other.add(text_file("y.csv", "2\n"), found));
  ASSERT_TRUE(write_results(folder.path(), {text_file("x.csv", "1\n")}, origin, found));
  EXPECT_TRUE(other.commit(found));
  EXPECT_EQ(folder.names(), (Names{"run.json", "x.csv", "y.csv"}));
}

TEST(Results, AFileIsNoFolder) {
  const Folder folder;
  std::ofstream(folder.path() / "results") << "mine\n";
  Diagnostics found;
  EXPECT_FALSE(
      write_results(folder.path() / "results", {text_file("x.csv", "1\n")}, origin, found));
  EXPECT_EQ(code_of(found), "F003");
  Diagnostics inside;
  EXPECT_FALSE(check_folder(folder.path() / "results" / "a", inside));
  EXPECT_EQ(code_of(inside), "F002");
}

TEST(Results, OfANewerCasusAreRefused) {
  const Folder folder;
  Diagnostics found;
  ASSERT_TRUE(write_results(folder.path(), {}, R"({"results": 1000})", found));
  EXPECT_FALSE(write_results(folder.path(), {}, origin, found));
  EXPECT_EQ(code_of(found), "F003");
}

TEST(Results, WhatCannotBeWrittenLeavesEverythingAsItWas) {
  const Folder folder;
  Diagnostics found;
  ASSERT_TRUE(write_results(folder.path(), {text_file("x.csv", "1\n")}, origin, found));
  EXPECT_FALSE(write_results(folder.path(),
                             {text_file("x.csv", "5\n"), text_file("no/such/y.csv", "6\n")}, origin,
                             found));
  EXPECT_EQ(code_of(found), "F002");
  EXPECT_EQ(folder.names(), (Names{"run.json", "x.csv"}));
  EXPECT_EQ(unchanged_result(folder.path(), origin, "x.csv"), "1\n");
}

// Long files come in pieces; a file that writes itself says what it could not do.
TEST(Results, AreWrittenInPiecesOrByThemselves) {
  const Folder folder;
  const ResultFile in_pieces{"x.csv", [](const Pieces& to) {
                               to("1,");
                               to("2\n");
                             }};
  const ResultFile by_itself{"y.bin", [](const fs::path& path) { std::ofstream(path) << "3"; }};
  Diagnostics found;
  ASSERT_TRUE(write_results(folder.path(), {in_pieces, by_itself}, origin, found));
  EXPECT_EQ(unchanged_result(folder.path(), origin, "x.csv"), "1,2\n");
  EXPECT_EQ(unchanged_result(folder.path(), origin, "y.bin"), "3");
  const ResultFile failing{"z.bin", [](const fs::path&) { throw CannotWrite{"no space left"}; }};
  EXPECT_FALSE(write_results(folder.path(), {text_file("x.csv", "4\n"), failing}, origin, found));
  EXPECT_EQ(found.sorted().front().message,
            "cannot write " + (folder.path() / "z.bin").string() + ": no space left");
  EXPECT_EQ(folder.names(), (Names{"run.json", "x.csv", "y.bin"}));
  EXPECT_EQ(unchanged_result(folder.path(), origin, "x.csv"), "1,2\n");
}

// Whoever ends the writing of a file leaves no file and no folder behind.
TEST(Results, AnExceptionInTheMiddleLeavesNothing) {
  const Folder folder;
  const ResultFile interrupted{"y.csv", [](const Pieces& to) {
                                 to("1\n");
                                 throw Interrupted{};
                               }};
  Diagnostics found;
  const fs::path place = folder.path() / "a" / "b";
  EXPECT_THROW(write_results(place, {text_file("x.csv", "1\n"), interrupted}, origin, found),
               Interrupted);
  EXPECT_EQ(folder.names(), Names{});
  EXPECT_TRUE(found.empty());
}

TEST(Disk, SaysWhyAFileCannotBeRead) {
  const Folder folder;
  std::ofstream(folder.path() / "deaths.csv") << "month\n";
  fs::create_directories(folder.path() / "data");
  const Disk disk(folder.path());
  EXPECT_EQ(disk.read("deaths.csv").bytes, "month\n");
  EXPECT_EQ(disk.read("death.csv").problem, "no such file; the nearest is 'deaths.csv'");
  EXPECT_EQ(disk.read("data").problem, "is a folder");
  EXPECT_EQ(Disk("/dev").read("null").problem, "is no plain file");
}

TEST(Disk, FindsACaseByItsFolderOrItsFile) {
  const Folder folder;
  const fs::path place = folder.path() / "war";
  fs::create_directories(place);
  std::ofstream(place / "model.casus") << "casus 1\n";
  Diagnostics found;
  const auto by_folder = find_case(place.string() + "/", found);
  const auto by_file = find_case((place / "model.casus").string(), found);
  ASSERT_TRUE(by_folder && by_file);
  EXPECT_EQ(by_folder->name, "war");
  EXPECT_EQ(by_file->name, "war");
  EXPECT_EQ(by_folder->main_file, by_file->main_file);
  EXPECT_FALSE(find_case((folder.path() / "wra").string(), found));
  EXPECT_EQ(found.sorted().front().help, "did you mean '" + place.string() + "'?");
  Diagnostics empty;
  EXPECT_FALSE(find_case(folder.path().string(), empty));
  EXPECT_EQ(code_of(empty), "F004");
  fs::create_directories(folder.path() / "noted");
  std::ofstream(folder.path() / "noted" / "model.casus.txt") << "casus 1\n";
  Diagnostics noted;
  EXPECT_FALSE(find_case((folder.path() / "noted").string(), noted));
  EXPECT_EQ(noted.sorted().front().help.rfind("rename ", 0), 0U) << noted.sorted().front().help;
}

}  // namespace
}  // namespace casus::cases
