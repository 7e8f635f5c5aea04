// Dispatch, and the four ways in which a command can end badly.
#include "cli/application.hpp"

#include "base/bug.hpp"
#include "base/text.hpp"
#include "case/json.hpp"
#include "case/version.hpp"
#include "cli/commands.hpp"
#include "cli/parse.hpp"
#include "cli/terminal.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <new>

namespace casus::cli {
namespace {

const Command& command_called(const std::string& word) {
  if (const Command* command = find_command(word)) return *command;
  const bool is_option = !word.empty() && word.front() == '-';
  std::vector<std::string> names;
  if (is_option) names = {"--help", "--version"};
  for (const Command& command : commands()) names.emplace_back(command.name);
  const auto meant = nearest(word, names);
  throw usage_fault(is_option ? "R102" : "R101",
                    fmt::format("casus has no {} '{}'", is_option ? "option" : "command", word),
                    meant ? fmt::format("did you mean '{}'?", *meant)
                          : fmt::format("the commands are {}", join_text(names, ", ")));
}

void print_help(const std::string& page, bool json, const Session& session) {
  session.print_json(json ? cases::ending_json("help", page) : page);
}

int dispatch(const std::vector<std::string>& words, bool json, Session& session) {
  const bool wants_help = words.empty() || words.front() == "--help" || words.front() == "-h" ||
                          words.front() == "help";
  if (wants_help && words.size() < 2) {
    print_help(overview(), json, session);
    return words.empty() ? exit_mend : exit_done;
  }
  Options options;
  options.json = json;
  if (words.front() == "--version") return run_version(options, session);
  const std::size_t n_taken = wants_help ? 2 : 1;
  const Command& command = command_called(words[n_taken - 1]);
  std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(n_taken), words.end());
  if (wants_help) rest.assign(1, "--help");
  const bool is_help = !rest.empty() && (rest.front() == "--help" || rest.front() == "-h");
  if (json && !command.takes.output && !is_help) {
    throw usage_fault("R102", fmt::format("casus {} has no option --json", command.name),
                      fmt::format("casus {} --help lists its options", command.name));
  }
  Parsed parsed = parse(command, rest);
  if (!parsed.help.empty()) {
    print_help(parsed.help, json, session);
    return exit_done;
  }
  parsed.options.json = json;
  return command.run(parsed.options, session);
}

/// A fault that is ours, with what to report.
int report_bug(const std::vector<std::string>& words, const char* what, bool json) {
  if (json) (void)to_output(cases::ending_json("bug", what));
  to_error(
      fmt::format("casus {} has a fault of its own: {}\n"
                  "  The case is not to blame. Please report this, with the case if you can:\n"
                  "  casus {}\n",
                  cases::version(), what, join_text(words, " ")));
  return exit_bug;
}

}  // namespace

int run_application(const std::vector<std::string>& words) {
  // Read before all else: what is wrong with the other words is told as JSON, too.
  std::vector<std::string> others = words;
  others.erase(std::remove(others.begin(), others.end(), "--json"), others.end());
  const bool json = others.size() < words.size();
  Session session;
  try {
    return dispatch(others, json, session);
  } catch (const Stop& stop) {
    session.report(stop.diagnostics, json);
    return exit_mend;
  } catch (const Interrupted&) {
    if (json) (void)to_output(cases::ending_json("interrupted", "nothing was written"));
    to_error("\ninterrupted; nothing was written\n");
    return exit_interrupted;
  } catch (const std::bad_alloc&) {
    session.report(
        usage_fault("R108", "the machine has no more memory", "run fewer histories").diagnostics,
        json);
    return exit_mend;
  } catch (const std::exception& error) {
    return report_bug(words, error.what(), json);
  } catch (...) {
    return report_bug(words, "something was thrown and not caught", json);
  }
}

}  // namespace casus::cli
