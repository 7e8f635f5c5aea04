// --json on every command: one document on standard output and nothing else there.
#include "case/command_line.hpp"
#include "cli/commands.hpp"

#include <map>
#include <nlohmann/json.hpp>

namespace casus::cli {
namespace {

using Json = nlohmann::json;

/// Words by which each command succeeds in the folder of the test. A new command needs a row.
const std::map<std::string, std::string, std::less<>> succeeding{
    {"check", "check war"},
    {"run", "run war --histories 32"},
    {"whatif", "whatif war safe --histories 32"},
    {"project", "project seen --from 2 --to 2 --sets 20 --histories 32"},
    {"study", "study war --histories 32"},
    {"score", "score '" CASUS_ROOT "/cases/textbook/egame12'"},
    {"fit", "fit seen --sets 20"},
    {"calibrate", "calibrate seen --replications 10 --sets 20"},
    {"sensitivity", "sensitivity war --n 16 --per-set 2"},
    {"compare", "compare seen --sets 20 --repeats 2"},
    {"tune", "tune seen"},
    {"recover", "recover seen --sets 20 --records 2"},
    {"merge", "merge part-1 part-2"},
    {"program", "program war"},
    {"new", "new case-of-%"},
    {"fmt", "fmt war"},
    {"explain", "explain D104"},
    {"completion", "completion bash"},
    {"man", "man"},
    {"version", "version"}};

class EveryCommand : public CommandLine {
 protected:
  EveryCommand() {
    std::filesystem::create_directories(path("seen"));
    write("seen/model.casus",
          "casus 1\ncase \"A mean\"\n    time 2 steps\nparam level ~ normal(0, 2)\n"
          "param drift ~ normal(0, 1) base 0\nexplain drifting\n    drift free\n"
          "observe seen from \"d.csv\" ~ normal(level + drift, 1)\n"
          "measure last = seen at end\n");
    write("seen/d.csv", "step,seen\n1,0.5\n2,1.0\n");
    for (const std::string number : {"1", "2"}) {
      const Ended part = casus("run war --histories 2048 --bands none --quiet --shard " + number +
                               "/2 --out part-" + number);
      EXPECT_EQ(part.code, 0) << part.err;
    }
  }

  /// Words that work once only have a `%`, for which another number stands each time.
  std::string again(std::string words) {
    const std::size_t at = words.find('%');
    if (at != std::string::npos) words.replace(at, 1, std::to_string(++n_times_));
    return words;
  }

  /// Standard output as one JSON object, and nothing on standard error.
  Json document_of(const std::string& words, int code) const {
    const Ended ended = casus(words);
    EXPECT_EQ(ended.code, code) << words;
    EXPECT_EQ(ended.err, "") << words;
    const Json json = Json::parse(ended.out, nullptr, false);
    EXPECT_TRUE(json.is_object()) << words << "\n" << ended.out;
    return json;
  }

 private:
  int n_times_ = 0;
};

TEST_F(EveryCommand, PrintsOneDocument) {
  for (const Command& command : commands()) {
    if (!command.takes.output) continue;
    const auto words = succeeding.find(command.name);
    if (words == succeeding.end()) {
      ADD_FAILURE() << "no words to try " << command.name << " with";
      continue;
    }
    EXPECT_FALSE(document_of(again(words->second) + " --json", exit_done).contains("help"));
    EXPECT_FALSE(document_of(again(words->second) + " --json --quiet", exit_done).empty());
    const Ended without = casus(again(words->second));
    EXPECT_TRUE(Json::parse(without.out, nullptr, false).is_discarded()) << command.name;
  }
}

TEST_F(EveryCommand, PrintsItsFaultsAsADocument) {
  for (const Command& command : commands()) {
    const std::string name(command.name);
    const Json option = document_of(name + " --nonsense --json", exit_mend);
    EXPECT_EQ(option["diagnostics"][0]["code"], "R102") << name;
    if (!command.takes.argument.empty() && !is_optional(command)) {
      const Json none = document_of(name + " --json", exit_mend);
      EXPECT_EQ(none["diagnostics"][0]["code"], "R104") << name;
    }
    if (!command.takes.argument.empty() && command.name != "new") {
      const Json wrong = document_of(name + " no-such-thing --json", exit_mend);
      EXPECT_EQ(wrong["diagnostics"].size(), 1U) << name;
    }
  }
  EXPECT_EQ(document_of("--json chekc war", exit_mend)["diagnostics"][0]["code"], "R101");
}

TEST_F(EveryCommand, PrintsItsHelpAsADocument) {
  for (const Command& command : commands()) {
    const std::string name(command.name);
    const Ended plain = casus(name + " --help");
    EXPECT_EQ(document_of(name + " --help --json", exit_done)["help"], plain.out);
    EXPECT_EQ(document_of("help " + name + " --json", exit_done)["help"], plain.out);
  }
  EXPECT_EQ(document_of("--help --json", exit_done)["help"], overview());
  EXPECT_EQ(document_of("--json", exit_mend)["help"], overview());
  EXPECT_EQ(document_of("--version --json", exit_done), document_of("version --json", exit_done));
}

}  // namespace
}  // namespace casus::cli
