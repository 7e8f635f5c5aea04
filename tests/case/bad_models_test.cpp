// Wrong models and data files, each with the message a person gets, and right ones that look odd.
//
// tests/language/bad holds `<code>-<what>.casus` with its message in `.text`, or a folder
// `<code>-<what>/` of a whole case with its message in `expected.text`. They are loaded and, when
// that finds no error, run.
#include "base/codes.hpp"
#include "base/render.hpp"
#include "case/disk.hpp"
#include "case/ensemble.hpp"
#include "case/load.hpp"
#include "case/request.hpp"
#include "language/lowered.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

const fs::path models = fs::path(CASUS_ROOT) / "tests" / "language";

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Names in tests/language/<folder>: folders, and files that end with .casus; in order.
std::vector<std::string> models_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const fs::directory_entry& at : fs::directory_iterator(models / folder)) {
    if (at.is_directory() || at.path().extension() == ".casus") {
      names.push_back(at.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

fs::path message_of(const std::string& name) {
  const fs::path model = models / "bad" / name;
  return fs::is_directory(model) ? model / "expected.text"
                                 : fs::path(model).replace_extension("text");
}

/// Runs a few histories of the baseline.
void run(const LoadedCase& loaded, Diagnostics& found) {
  const language::Lowered lowered = language::lower(loaded.model, {}, found);
  if (found.has_errors()) return;
  Serial one_by_one;
  Silent nobody;
  EnsembleOptions options;
  options.n_sets = 16;
  options.per_set = 4;
  options.keep_bands = false;
  const Ensemble ensemble = simulate(lowered, options, {one_by_one, nobody});
  report_failures(lowered, loaded.model.steps, ensemble, found);
}

/// What a person sees who runs the case at `path`, which is relative to the folder it lies in.
std::string said_about(const std::string& path) {
  Sources sources;
  Diagnostics found;
  try {
    const std::optional<CasePlace> place = find_case(path, found);
    if (!place) return render(sources, found);
    const Disk disk("");
    const std::optional<LoadedCase> loaded =
        load(place->name, place->main_file, disk, sources, found);
    if (loaded) run(*loaded, found);
  } catch (const Stop& stop) {
    found.append(stop.diagnostics);
  }
  return render(sources, found);
}

/// Messages name files as they were asked for, so the tests stand in the folder of the models.
class Standing : public testing::TestWithParam<std::string> {
 protected:
  void stand_in(const std::string& folder) { fs::current_path(models / folder); }
  void TearDown() override { fs::current_path(before_); }

 private:
  fs::path before_ = fs::current_path();
};

std::string name_of_test(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(0, info.param.find('.'));
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

class BadModels : public Standing {};

TEST_P(BadModels, SayWhatIsWrong) {
  stand_in("bad");
  std::string said;
  ASSERT_NO_THROW(said = said_about(GetParam()));
  EXPECT_EQ(said, read_file(message_of(GetParam())));
}

/// One mistake is one error or warning, and it has the code that the name promises.
TEST_P(BadModels, HaveOneFault) {
  const std::string text = read_file(message_of(GetParam()));
  const std::string code = GetParam().substr(0, 4);
  std::size_t n_faults = 0;
  for (const std::string_view head : {"error[", "warning["}) {
    for (std::size_t at = text.find(head); at != text.npos; at = text.find(head, at + 1)) {
      ++n_faults;
    }
  }
  EXPECT_NE(text.find('[' + code + "]: "), text.npos) << text;
  if (code == "D010") return;  // it counts further errors
  EXPECT_EQ(n_faults, 1U) << text;
}

INSTANTIATE_TEST_SUITE_P(Language, BadModels, testing::ValuesIn(models_in("bad")), name_of_test);

class GoodModels : public Standing {};

TEST_P(GoodModels, SayNothing) {
  stand_in("good");
  EXPECT_EQ(said_about(GetParam()), "");
}

INSTANTIATE_TEST_SUITE_P(Language, GoodModels, testing::ValuesIn(models_in("good")), name_of_test);

/// Codes that no model alone, or none of a few lines, can bring about, and the tests beside this
/// one that do.
struct OfCommands {
  std::string_view code;
  std::string_view tested_in;
};

constexpr std::array of_commands{
    OfCommands{"O117", "bad_models_test.cpp"}, OfCommands{"F002", "results_test.cpp"},
    OfCommands{"F003", "results_test.cpp"},    OfCommands{"R101", "cli_test.cpp"},
    OfCommands{"R102", "cli_test.cpp"},        OfCommands{"R103", "cli_test.cpp"},
    OfCommands{"R104", "cli_test.cpp"},        OfCommands{"R105", "load_test.cpp"},
    OfCommands{"R106", "load_test.cpp"},       OfCommands{"R107", "load_test.cpp"},
    OfCommands{"R108", "cli_test.cpp"},        OfCommands{"R109", "bad_models_test.cpp"},
    OfCommands{"R110", "cli_test.cpp"},        OfCommands{"F006", "../cli/new_test.cpp"},
    OfCommands{"F007", "cli_test.cpp"},        OfCommands{"F005", "shard_test.cpp"},
    OfCommands{"R111", "shard_test.cpp"},      OfCommands{"R112", "merge_test.cpp"},
    OfCommands{"R113", "merge_test.cpp"},      OfCommands{"R114", "merge_test.cpp"},
    OfCommands{"R115", "merge_test.cpp"},      OfCommands{"R116", "cli_test.cpp"},
    OfCommands{"R117", "program_test.cpp"},    OfCommands{"R118", "score_test.cpp"},
    OfCommands{"R119", "score_test.cpp"},      OfCommands{"R120", "checkpoint_test.cpp"},
    OfCommands{"R121", "checkpoint_test.cpp"}, OfCommands{"R125", "asof_test.cpp"},
    OfCommands{"R126", "asof_test.cpp"},       OfCommands{"R127", "asof_test.cpp"},
    OfCommands{"R130", "compare_test.cpp"},    OfCommands{"R140", "calibrate_test.cpp"},
    OfCommands{"R150", "maximum_test.cpp"},    OfCommands{"R151", "maximum_test.cpp"}};

TEST(BadModels, AreThereForEveryCode) {
  std::set<std::string> covered;
  for (const OfCommands& row : of_commands) {
    const fs::path test = fs::path(CASUS_ROOT) / "tests" / "case" / row.tested_in;
    EXPECT_NE(read_file(test).find(row.code), std::string::npos) << row.code;
    covered.emplace(row.code);
  }
  for (const std::string& name : models_in("bad")) {
    EXPECT_NE(find_code(name.substr(0, 4)), nullptr) << name;
    covered.insert(name.substr(0, 4));
  }
  for (const Code& each : codes())
    EXPECT_TRUE(covered.contains(std::string(each.code))) << each.code;
}

// ---- too large to keep in the repository

struct OneFile final : Files {
  std::string text{};
  FileContent read(std::string_view path) const override {
    if (path == "model.casus") return {.bytes = text, .problem = {}};
    return {.bytes = {}, .problem = "no such file"};
  }
};

constexpr std::string_view head = "casus 1\ncase \"Large\"\n    time 3 steps\n";

std::string said_about_text(const std::string& text) {
  OneFile file;
  file.text = std::string(head) + text;
  Sources sources;
  Diagnostics found;
  const std::optional<LoadedCase> loaded = load("large", "model.casus", file, sources, found);
  if (loaded) run(*loaded, found);
  return render(sources, found);
}

std::string repeated(std::string_view part, std::size_t n) {
  std::string text;
  for (std::size_t i = 0; i < n; ++i) text += part;
  return text;
}

TEST(Requests, NeedSomethingToRun) {
  OneFile file;
  file.text = std::string(head) + "let x = 1\nmeasure m = x at end\n";
  Sources sources;
  Diagnostics found;
  const std::optional<LoadedCase> loaded = load("small", "model.casus", file, sources, found);
  ASSERT_TRUE(loaded.has_value()) << render(sources, found);
  EXPECT_FALSE(whatifs_of(*loaded, {}, found).has_value());
  EXPECT_EQ(render(sources, found).rfind("error[R109]: small has no what-ifs\n", 0), 0U)
      << render(sources, found);
}

TEST(LargeModels, ALineOfAMegabyteIsCutInMessages) {
  const std::string said = said_about_text("let x = 1" + repeated(" + 1", 250'000) + '\n');
  EXPECT_EQ(said.rfind("error[P011]: this is nested more than 256 deep\n", 0), 0U) << said;
  EXPECT_LT(said.size(), 1000U);
}

TEST(LargeModels, LongNamesAndTextsAreCutInMessages) {
  const std::string name = repeated("n", 100'000);
  EXPECT_LT(said_about_text("let x = " + name + '\n').size(), 1500U);
  EXPECT_LT(said_about_text(name + '\n').size(), 1500U);
  EXPECT_LT(said_about_text("let x = \"" + name + '\n').size(), 1500U);
}

TEST(LargeModels, AMegabyteOfCommentIsRead) {
  EXPECT_EQ(said_about_text("# " + repeated("long ", 200'000) + "\nlet x = 1\n"), "");
}

TEST(LargeModels, ChainsOfDefinitionsHaveAnEnd) {
  const auto chain = [](int n, std::size_t nested = 0) {
    std::string text = "param p = 1\nlet x0 = p\n";
    for (int i = 1; i < n; ++i) {
      text += fmt::format("let x{} = {}x{} + p{}\n", i, repeated("abs(", nested), i - 1,
                          repeated(")", nested));
    }
    return text + fmt::format("state y = 0\n    then x{}\nmeasure m = y at end\n", n - 1);
  };
  EXPECT_EQ(said_about_text(chain(1900)), "");
  for (const std::string& text : {chain(100'000), chain(950, 240)}) {
    const std::string said = said_about_text(text);
    EXPECT_EQ(said.rfind("error[O117]: this is nested 4000 deep, with ", 0), 0U) << said;
    EXPECT_NE(said.find("it begins here"), said.npos) << said;
    EXPECT_NE(said.find("1 error\n"), said.npos) << said;
  }
}

TEST(LargeModels, ManyErrorsAreCounted) {
  const std::string said = said_about_text(repeated("let x = \n", 5'000));
  EXPECT_NE(said.find("5000 errors (20 shown)"), said.npos) << said.substr(0, 500);
}

}  // namespace
}  // namespace casus::cases
