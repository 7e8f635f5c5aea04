// casus man: the manual page, from the table of commands.
#include "case/version.hpp"
#include "cli/commands.hpp"
#include "cli/parse.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cli {
namespace {

/// Text as roff takes it: no escapes, no requests, hyphens that can be copied.
std::string roff(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool begins = result.empty() || result.back() == '\n';
    if (begins && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if (c == '\'') {
      result += "\\(aq";
    } else if (c == '~') {
      result += "\\(ti";
    } else if (c == '`') {
      result += "\\(ga";
    } else {
      result += c;
    }
  }
  return result;
}

std::string section(const Command& command) {
  std::string text = fmt::format(".SS casus {} {}\n{}.\n", command.name, roff(command.arguments),
                                 roff(command.summary));
  if (!command.takes.argument.empty()) {
    text += fmt::format(".TP\n.I {}\n{}\n", roff(command.arguments), roff(command.takes.argument));
  }
  for (const OptionRow& row : options_of(command)) {
    if (row.name == "--help") continue;
    const std::string type = row.type.empty() ? "" : fmt::format(" \\fI{}\\fR", roff(row.type));
    text += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(row.name), type, roff(row.meaning));
  }
  return text + fmt::format(".PP\nExample:\n.PP\n.nf\n    {}\n.fi\n", roff(command.example));
}

std::string page() {
  std::string text = fmt::format(
      ".TH CASUS 1 \"\" \"casus {}\" \"User commands\"\n.SH NAME\ncasus \\- conflict cases as "
      "models "
      "that can be run, weighed and asked what if\n.SH SYNOPSIS\n.B casus\n.I COMMAND\n.RI "
      "[ ARGUMENT ...]\n.RI [ OPTION ...]\n.SH DESCRIPTION\nA case is a folder with a\n.IR "
      "model.casus ,\nor a model file: who the parties are, what they want and can do.\n.B casus\n"
      "simulates the histories that it allows, and shows what, under its assumptions, would have "
      "differed.\n.PP\n.B casus\n.I COMMAND\n.B \\-\\-help\nshows what a command takes. The same "
      "seed "
      "gives the same bytes for any number of threads and shards.\n.SH COMMANDS\n",
      cases::version());
  for (const Command& command : commands()) text += section(command);
  text += ".SH EXIT STATUS\n";
  for (const ExitMeaning& exit : exit_meanings()) {
    text += fmt::format(".TP\n.B {}\n{}\n", exit.code, roff(exit.meaning));
  }
  return text +
         ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nWhen set and not empty, messages are not coloured.\n";
}

}  // namespace

int run_man(const Options& options, Session& session) {
  const std::string text = page();
  session.print_json(options.json ? nlohmann::ordered_json{{"page", text}}.dump(2) + "\n" : text);
  return exit_done;
}

}  // namespace casus::cli
