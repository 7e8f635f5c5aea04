// Commands, their exit codes and what they write.
#include "case/command_line.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace casus {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

TEST_F(CommandLine, CheckSaysWhatACaseHolds) {
  const Ended ended = casus("check war");
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(ended.out,
            "A small war\n"
            "  48 steps by month, 2000-01 to 2003-12\n"
            "  0 sets (0 labels), 0 links\n"
            "  1 parameter, 1 state, 1 let, 1 draw, 3 measures\n"
            "  1 parameter drawn from priors in the baseline\n"
            "  0 recorded moves, 0 recorded numbers\n"
            "  4 assumptions: none cites a claim\n"
            "  0 explanations, 0 starts, 2 what-ifs\n"
            "  1 file read\n"
            "no fault found\n");
  EXPECT_EQ(ended.err, "");
  const Json json = Json::parse(casus("check war --json").out);
  EXPECT_EQ(json["title"], "A small war");
  EXPECT_EQ(json["free_parameters"], 1);
  EXPECT_EQ(json["steps"]["count"], 48);
  EXPECT_TRUE(json["diagnostics"].empty());
}

TEST_F(CommandLine, CheckCountsWhatCitesClaims) {
  const auto evidence = [this](const std::string& first, const std::string& second) {
    write("war/model.casus", "casus 1\ncase \"x\"\n    time 3 steps\nlet y = 1" + first +
                                 "\nlet z = 2" + second + "\n");
    const std::string out = casus("check war").out;
    const std::size_t at = out.find("  2 assumptions");
    return out.substr(at, out.find('\n', at) - at);
  };
  EXPECT_EQ(evidence("", ""), "  2 assumptions: none cites a claim");
  EXPECT_EQ(evidence(" because c1", ""),
            "  2 assumptions: 1 cites claims; the case names no file of claims");
  EXPECT_EQ(evidence(" because c1", " because c1"),
            "  2 assumptions: 2 cite claims; the case names no file of claims");
}

TEST_F(CommandLine, WithoutACaseSaysWhatToWrite) {
  const auto said = [this] { return casus("check").err; };
  const std::string fault = "error[R104]: casus check lacks an argument\nhelp: ";
  EXPECT_EQ(said(), fault + "name the case: `casus check war`\n\n1 error\n");
  fs::create_directories(path("cases"));
  fs::rename(path("war"), path("cases/war"));
  EXPECT_EQ(said(), fault + "name the case: `casus check cases/war`\n\n1 error\n");
  EXPECT_EQ(
      casus("check .").err,
      "error[F004]: '.' has no model.casus\nhelp: a case is a folder with a model.casus, such "
      "as cases/war\n\n1 error\n");
  write("model.casus", model());
  EXPECT_EQ(said(), fault + "this folder is a case: write `casus check .`\n\n1 error\n");
  fs::remove(path("model.casus"));
  fs::remove_all(path("cases"));
  EXPECT_EQ(said(), fault +
                        "name the folder of a case, which holds a model.casus; `casus new NAME` "
                        "makes one to begin with\n\n1 error\n");
}

TEST_F(CommandLine, ACheckThatFailsGivesOne) {
  const Ended ended = casus("check war --sources");
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.out.find("without a firm source: param risk\n"), std::string::npos) << ended.out;
}

TEST_F(CommandLine, AWrongCaseGivesTwoAndShowsThePlace) {
  write("war/model.casus", "casus 1\ncase \"x\"\n    time 10 steps\nstate x = 0\n    then y + 1\n");
  const Ended ended = casus("check war");
  EXPECT_EQ(ended.code, 2);
  EXPECT_EQ(ended.out, "");
  EXPECT_NE(ended.err.find(" --> war/model.casus:5:10\n"), std::string::npos) << ended.err;
  const Ended as_json = casus("run war --json");
  EXPECT_EQ(as_json.code, 2);
  EXPECT_EQ(as_json.err, "");
  const Json one = Json::parse(as_json.out)["diagnostics"][0];
  EXPECT_EQ(one["file"], "war/model.casus");
  EXPECT_EQ(one["line"], 5);
  EXPECT_EQ(one["column"], 10);
  EXPECT_EQ(one["severity"], "error");
  EXPECT_FALSE(fs::exists(path("results")));
}

TEST_F(CommandLine, WordsThatAreNotKnownGetTheNearest) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"stduy war", "error[R101]: casus has no command 'stduy'\nhelp: did you mean 'study'?"},
      {"run war --sede 3",
       "error[R102]: casus run has no option --sede\nhelp: did you mean --seed?"},
      {"run --sede 3", "error[R102]: casus run has no option --sede\nhelp: did you mean --seed?"},
      {"whatif --sede",
       "error[R102]: casus whatif has no option --sede\nhelp: did you mean --seed?"},
      {"study war -s",
       "error[R102]: casus study has no option -s\nhelp: casus study --help lists its options\n"},
      {"run war -histories 10",
       "error[R102]: casus run has no option -histories\nhelp: did you mean --histories?"},
      {"run war --seed", "error[R103]: --seed lacks its value\n"},
      {"run war --set --quiet", "error[R103]: --set lacks its value\n"},
      {"run war --seed 1 --seed 2", "error[R103]: --seed is given more than once\n"},
      {"run war --seed x", "error[R103]: 'x' is no whole number for --seed\n"},
      {"run", "error[R104]: casus run lacks an argument\nhelp: name the case: `casus run war`\n"},
      {"run war more", "error[R104]: one argument too many: 'more'\n"},
      {"run wra", "error[F001]: there is no case at 'wra'\nhelp: did you mean 'war'?"},
      {"whatif war saef", "error[R105]: no what-if 'saef' in war\nhelp: did you mean 'safe'?"},
      {"run war --set rsik=1",
       "error[R106]: no parameter 'rsik' in war\nhelp: did you mean 'risk'?"},
      {"run war --set risk=-0.5",
       "error[R116]: `risk` is set to -0.5, which its prior cannot give\n --> war/model.casus:"},
      {"run war --set risk", "error[R103]: 'risk' is no name with a number for --set\n"},
      {"run war --set risk=0,5",
       "error[R103]: 'risk=0,5' is no name with a number for --set\nhelp: numbers have a decimal "
       "point"},
      {"run war --histories 0", "error[R107]: no histories to run\n"},
      {"run war --histories 100",
       "error[R107]: 100 histories are not whole parameter sets of 16\n"},
      {"run war --histories 1_600_000_000_000", "error[R107]: 1600000000000 histories are more"},
      {"run war --histories 60_000_000_000", "error[R108]: this would need "},
      {"run war --at mean", "error[R103]: --at mean is not known\n"},
      {"run war --keep all",
       "error[R103]: --keep all is not known\nhelp: --keep takes histories or parameters\n"},
      {"run war --bands some", "error[R103]: --bands some is not known\n"},
      {"explain D1O4", "error[R110]: there is no diagnostic 'D1O4'\nhelp: did you mean D104?"}};
  for (const auto& [words, message] : wrong) {
    const Ended ended = casus(words);
    EXPECT_EQ(ended.code, 2) << words;
    EXPECT_EQ(ended.err.substr(0, message.size()), message) << words;
    EXPECT_EQ(ended.out, "") << words;
  }
  EXPECT_FALSE(fs::exists(path("results")));
}

TEST_F(CommandLine, HelpEndsWithAnExample) {
  for (const std::string command :
       {"check",     "run",         "whatif",  "project", "study", "score",   "fit",
        "tune",      "sensitivity", "compare", "recover", "merge", "program", "new",
        "calibrate", "fmt",         "explain", "lsp",     "man",   "version", "completion"}) {
    const Ended ended = casus(command + " --help");
    EXPECT_EQ(ended.code, 0);
    const std::size_t at = ended.out.find("\nexample: casus " + command);
    ASSERT_NE(at, std::string::npos) << ended.out;
    std::istringstream words(ended.out.substr(at));
    for (std::string word; words >> word;) {
      const bool is_case = word.rfind("cases/", 0) == 0;
      EXPECT_TRUE(!is_case || fs::exists(CASUS_ROOT "/" + word)) << ended.out.substr(at);
    }
  }
  EXPECT_EQ(casus("--help").code, 0);
  EXPECT_EQ(casus("").code, 2);
  EXPECT_EQ(casus("explain d104").code, 0);
}

TEST_F(CommandLine, RunWritesTheSameBytesForAnyNumberOfThreads) {
  const Ended one = casus("run war --histories 640 --threads 1 --out one --json");
  const Ended many = casus("run war --histories 640 --threads 5 --out many --json");
  ASSERT_EQ(one.code, 0) << one.err;
  ASSERT_EQ(many.code, 0) << many.err;
  const auto files = files_of(path("one"));
  for (const std::string name : {"measures.csv", "bands.csv", "parameters.csv", "bands.svg",
                                 "results.nc", "run.json", "summary.txt", "summary.json"}) {
    EXPECT_TRUE(files.contains(name)) << name;
  }
  EXPECT_EQ(files.size(), 8U);
  EXPECT_TRUE(files == files_of(path("many")));
  Json document = Json::parse(one.out);
  EXPECT_EQ(document["folder"], "one");
  EXPECT_EQ(document["provenance"]["histories"], 640);
  EXPECT_EQ(document["provenance"]["command"], "casus run war --histories 640");
  EXPECT_EQ(document["runs"][0]["measures"][0]["measure"], "war_by_2002");
  const Ended other = casus("run war --histories 640 --seed 2 --out other");
  EXPECT_EQ(other.code, 0);
  EXPECT_NE(text_of(path("one/measures.csv")), text_of(path("other/measures.csv")));
}

std::size_t n_lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_F(CommandLine, WhatGrowsWithHistoriesIsKeptWhenAskedFor) {
  ASSERT_EQ(casus("run war --histories 640 --out plain").code, 0);
  const Ended kept = casus("run war --histories 640 --keep histories --bands none --out kept");
  ASSERT_EQ(kept.code, 0) << kept.err;
  EXPECT_EQ(text_of(path("plain/measures.csv")), text_of(path("kept/measures.csv")));
  EXPECT_FALSE(fs::exists(path("plain/histories.csv")));
  EXPECT_EQ(n_lines(text_of(path("kept/histories.csv"))), 641U);
  EXPECT_EQ(n_lines(text_of(path("kept/parameters.csv"))), 41U);
  EXPECT_FALSE(fs::exists(path("kept/bands.csv")));
  EXPECT_FALSE(fs::exists(path("kept/bands.svg")));
  const Json index = Json::parse(text_of(path("kept/run.json")));
  EXPECT_EQ(index["command"], "casus run war --histories 640 --bands none --keep histories");
  EXPECT_EQ(index["band_histories"], 0);
}

TEST_F(CommandLine, ManyParameterSetsAreKeptWhenAskedFor) {
  const std::string words = "run war --bands none --per-set 1 --histories ";
  ASSERT_EQ(casus(words + "10_000 --out at_most").code, 0);
  ASSERT_EQ(casus(words + "10_001 --out more").code, 0);
  ASSERT_EQ(casus(words + "10_001 --keep parameters --out kept").code, 0);
  EXPECT_EQ(n_lines(text_of(path("at_most/parameters.csv"))), 10'001U);
  EXPECT_FALSE(fs::exists(path("more/parameters.csv")));
  EXPECT_EQ(n_lines(text_of(path("kept/parameters.csv"))), 10'002U);
}

// With the risk fixed the share of wars within 36 months is 1 - (1 - risk)^36, and the mean of the
// prior does not matter. The war begins in the step after the draw.
TEST_F(CommandLine, AFixedParameterGivesTheClosedForm) {
  const Ended ended = casus("run war --set risk=0.02 --histories 16384 --json");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Json figure = Json::parse(ended.out)["runs"][0]["measures"][0]["figures"][0];
  const double share = 1.0 - std::pow(0.98, 35);
  EXPECT_NEAR(figure["value"].get<double>(), share, 4.0 * figure["standard_error"].get<double>());
  EXPECT_NEAR(figure["standard_error"].get<double>(), std::sqrt(share * (1 - share) / 16384), 4e-4);
}

TEST_F(CommandLine, WhatIfsArePairedAndSayWhenNothingDiffers) {
  const Ended ended = casus("whatif war --histories 640 --json");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Json whatifs = Json::parse(ended.out)["whatifs"];
  ASSERT_EQ(whatifs.size(), 2U);
  EXPECT_EQ(whatifs[0]["whatif"], "safe");
  EXPECT_EQ(whatifs[0]["differs"], true);
  const Json war = whatifs[0]["comparisons"][0];
  EXPECT_LT(war["difference"]["value"], 0.0);
  EXPECT_EQ(war["caused"]["value"], 0.0);
  EXPECT_EQ(whatifs[1]["differs"], false);
  EXPECT_NE(text_of(path("results/war-whatif/summary.txt"))
                .find("same: no measure differs in any history\n"),
            std::string::npos);
}

TEST_F(CommandLine, AStudyIsShownAgainWhileNothingChanged) {
  const Ended first = casus("study war --histories 160");
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_NE(first.out.find("\nresults in results/war-study\n"), std::string::npos) << first.out;
  const auto written = fs::last_write_time(path("results/war-study/run.json"));
  const Ended second = casus("study war --histories 160 --threads 1");
  EXPECT_EQ(second.code, 0);
  EXPECT_NE(second.out.find("\nnothing changed; shown from results/war-study\n"), std::string::npos)
      << second.out;
  EXPECT_EQ(fs::last_write_time(path("results/war-study/run.json")), written);
  EXPECT_EQ(Json::parse(casus("study war --histories 160 --json").out)["reused"], true);
  const Ended again = casus("study war --histories 160 --again");
  EXPECT_NE(again.out.find("\nresults in "), std::string::npos);
  write("war/model.casus", model() + "# a comment\n");
  const Ended changed = casus("study war --histories 160");
  EXPECT_NE(changed.out.find("\nresults in "), std::string::npos);
}

TEST_F(CommandLine, QuietSaysNothing) {
  const Ended ended = casus("run war --histories 16 --quiet");
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(ended.err, "");
}

// A limit on the size of files stands for a full disk: met in a text, and in results.nc.
TEST_F(CommandLine, AFullDiskLeavesNothingHalfWritten) {
  ASSERT_EQ(casus("run war --histories 16 --out kept").code, 0);
  const auto before = files_of(path("kept"));
  EXPECT_EQ(before.size(), 8U);
  const std::vector<std::pair<std::string, std::string>> limits{
      {"run war --histories 640 --out kept", "ulimit -f 2;"},
      {"run war --histories 640 --bands none --out kept", "ulimit -f 32;"}};
  const std::vector<std::string> files{"bands.csv", "results.nc"};
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const Ended ended = casus(limits[i].first, limits[i].second);
    EXPECT_EQ(ended.code, 2);
    const std::string message = "error[F002]: cannot write kept/" + files[i] + ": File too large\n";
    EXPECT_EQ(ended.err.substr(0, message.size()), message) << ended.err;
    EXPECT_TRUE(files_of(path("kept")) == before);
  }
  EXPECT_EQ(casus("run war --histories 640 --out a/new", "ulimit -f 2;").code, 2);
  EXPECT_FALSE(fs::exists(path("a")));
}

// Met before the histories are run, not after; commands that write no such file do without.
TEST_F(CommandLine, WithoutNetcdfNothingIsRun) {
  fs::create_directories(path("libraries"));
  std::ofstream(path("libraries/" CASUS_NETCDF_LIBRARY)) << "no library\n";
  const std::string here = "LD_LIBRARY_PATH=libraries";
  const std::string recorded = CASUS_ROOT "/cases/textbook/linear-gaussian";
  for (const std::string& words : {std::string("run war"), "fit " + recorded}) {
    const Ended ended = casus(words + " --out none", here);
    EXPECT_EQ(ended.code, 2);
    EXPECT_EQ(ended.err.substr(0, 47), "error[F007]: netCDF's library cannot be loaded:")
        << ended.err;
    EXPECT_FALSE(fs::exists(path("none")));
  }
  EXPECT_EQ(casus("check war", here).code, 0);
}

TEST_F(CommandLine, AFolderOfOtherThingsIsLeftAlone) {
  const Ended ended = casus("run war --histories 16 --out war");
  EXPECT_EQ(ended.code, 2);
  EXPECT_EQ(ended.err.substr(0, 12), "error[F003]:") << ended.err;
  EXPECT_EQ(text_of(path("war/model.casus")), model());
}

TEST_F(CommandLine, AnInterruptWritesNothing) {
  const Ended ended =
      casus("run war --histories 8_000_000 --quiet", "timeout --foreground -s INT 1");
  // `timeout` itself gives 124 unless told to keep the program's own code
  EXPECT_EQ(ended.code, 124) << ended.err;
  EXPECT_EQ(ended.err, "\ninterrupted; nothing was written\n");
  EXPECT_FALSE(fs::exists(path("results")));
  const Ended kept = casus("run war --histories 8_000_000 --quiet --json",
                           "timeout --foreground --preserve-status -s INT 1");
  EXPECT_EQ(kept.code, 130);
  EXPECT_TRUE(Json::parse(kept.out).contains("interrupted"));
}

TEST_F(CommandLine, ANumberThatIsNoneIsTracedToItsEquation) {
  write("war/model.casus",
        "casus 1\ncase \"x\"\n    time 10 steps\nstate x = 3\n    then x - 1\n"
        "let y = log(x)\nmeasure last = y at end\n");
  const Ended ended = casus("run war --histories 32");
  EXPECT_EQ(ended.code, 2);
  const std::string message =
      "error[R001]: a calculation failed in 32 of 32 histories; first in history 0 (set "
      "0, slot 0) at 10: log of -6 in `y`\n --> war/model.casus:6:5\n";
  EXPECT_EQ(ended.err.substr(0, message.size()), message);
}

}  // namespace
}  // namespace casus
