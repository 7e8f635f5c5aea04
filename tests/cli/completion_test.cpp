// Completions and the manual page: every command and option of the table stands in them.
#include "case/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/parse.hpp"

namespace casus::cli {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The lines of `text` from the first that begins with `begin` to the one before `end`.
std::string section(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  if (from == std::string::npos) return {};
  return text.substr(from, text.find(end, from + begin.size()) - from);
}

TEST_F(CommandLine, CompletionsHoldEveryCommandAndOption) {
  const std::string bash = casus("completion bash").out;
  const std::string zsh = casus("completion zsh").out;
  const std::string fish = casus("completion fish").out;
  for (const Command& command : commands()) {
    const std::string name(command.name);
    const std::string of_bash = section(bash, "\n    " + name + ") options=", "\n");
    const std::string of_zsh = section(zsh, "\n    " + name + ")\n", ";;");
    EXPECT_TRUE(holds(zsh, "\n    '" + name + ":")) << name;
    EXPECT_TRUE(holds(fish, "__casus_begins -a " + name + " ")) << name;
    for (const OptionRow& row : options_of(command)) {
      EXPECT_TRUE(holds(section(bash, "\n    " + name + ") options=", ";;"), row.name)) << name;
      EXPECT_TRUE(holds(of_zsh, "'" + row.name + "[")) << name << row.name;
      EXPECT_TRUE(holds(fish, "'__casus_is " + name + "' -l " + row.name.substr(2) + " "))
          << name << row.name;
    }
  }
}

TEST_F(CommandLine, BashCompletesCommandsOptionsAndChoices) {
  write("ask.sh",
        "source ./script\nask() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _casus; "
        "echo \"${COMPREPLY[@]}\"; }\ncompopt() { :; }\n"
        "ask casus stu\nask casus run war --ke\nask casus study war --keep hist\n"
        "ask casus completion z\nask casus help mer\nask casus run war --seed 1\n"
        "ask casus check wa\n");
  write("script", casus("completion bash").out);
  const std::string command = "cd '" + path("").string() + "' && bash ask.sh >answer 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c)
  EXPECT_EQ(text_of(path("answer")), "study\n--keep --kernels\nhistories\nzsh\nmerge\n\nwar\n");
}

TEST_F(CommandLine, CompletionNamesTheShellsItKnows) {
  const Ended ended = casus("completion tcsh");
  EXPECT_EQ(ended.code, 2);
  EXPECT_TRUE(holds(ended.err, "help: there is one for bash, zsh or fish\n")) << ended.err;
}

TEST_F(CommandLine, TheManualHoldsEveryCommandAndOption) {
  const std::string page = casus("man").out;
  for (const Command& command : commands()) {
    const std::string name(command.name);
    const std::string text = section(page, ".SS casus " + name + " ", ".S");
    EXPECT_TRUE(holds(text, "\n.nf\n")) << name;
    for (const OptionRow& row : options_of(command)) {
      if (row.name == "--help") continue;
      std::string option = row.name;
      for (std::size_t at = 0; (at = option.find('-', at)) != std::string::npos; at += 2) {
        option.insert(at, "\\");
      }
      EXPECT_TRUE(holds(text, ".TP\n\\fB" + option + "\\fR")) << name << row.name;
    }
  }
  EXPECT_TRUE(holds(page, ".TP\n.B 130\ninterrupted\n"));
  for (std::size_t at = 0; at < page.size(); at = page.find('\n', at) + 1) {
    EXPECT_NE(page[at], '\'') << page.substr(at, 40);
    if (page.find('\n', at) == std::string::npos) break;
  }
}

}  // namespace
}  // namespace casus::cli
