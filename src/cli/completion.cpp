// casus completion: scripts for shells, from the table of commands.
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/parse.hpp"

#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cli {
namespace {

struct Shell {
  std::string_view name;
  std::string (*script)();
};

std::vector<std::string> names_of_commands() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  return names;
}

/// Words that stand behind `command` where no option does; empty where paths do.
std::vector<std::string> words_behind(const Command& command) {
  if (command.name == "completion") return {"bash", "zsh", "fish"};
  return {};
}

std::vector<std::string> names_of(const std::vector<OptionRow>& rows) {
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const OptionRow& row : rows) names.push_back(row.name);
  return names;
}

std::string bash_choices(const Command& command) {
  std::string text;
  for (const OptionRow& row : options_of(command)) {
    if (row.choices.empty()) continue;
    text += fmt::format("      {}:{}) words=\"{}\" ;;\n", command.name, row.name,
                        join_text(row.choices, " "));
  }
  return text;
}

std::string bash() {
  std::string options;
  std::string choices;
  std::string valued;
  for (const Command& command : commands()) {
    const std::vector<OptionRow> rows = options_of(command);
    const std::vector<std::string> behind = words_behind(command);
    options += fmt::format("    {}) options=\"{}\"; words=\"{}\" ;;\n", command.name,
                           join_text(names_of(rows), " "), join_text(behind, " "));
    choices += bash_choices(command);
    for (const OptionRow& row : rows) {
      if (row.type.empty() || !row.choices.empty() || row.name == "--out") continue;
      valued += fmt::format("{}{}:{}", valued.empty() ? "" : "|", command.name, row.name);
    }
  }
  return fmt::format(
      R"(# Completion of casus commands for bash.
_casus() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}
  local command=${{COMP_WORDS[1]}} options="" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{} --help --version" -- "$word"))
    return
  fi
  case $command in
    help) words="{}" ;;
{}  esac
  case $command:$previous in
{}      {}) return ;;
      *:--out) compopt -o filenames; COMPREPLY=($(compgen -d -- "$word")); return ;;
      *) [[ $word == -* ]] && words=$options ;;
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  else
    compopt -o filenames
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -F _casus casus
)",
      join_text(names_of_commands(), " "), join_text(names_of_commands(), " "), options, choices,
      valued);
}

/// `text` inside single quotes of a shell, and inside the brackets of zsh.
std::string quoted(std::string_view text, std::string_view also) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
      continue;
    }
    if (also.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_option(const OptionRow& row) {
  std::string value;
  if (!row.choices.empty()) {
    value = fmt::format(":{}:({})", row.name.substr(2), join_text(row.choices, " "));
  } else if (row.name == "--out") {
    value = ":folder:_files -/";
  } else if (!row.type.empty()) {
    value = fmt::format(":{}: ", quoted(row.type, ":[]"));
  }
  return fmt::format("        '{}[{}]{}' \\\n", row.name, quoted(row.meaning, "[]:"), value);
}

std::string zsh() {
  std::string list;
  std::string cases;
  for (const Command& command : commands()) {
    list += fmt::format("    '{}:{}'\n", command.name, quoted(command.summary, ":"));
    cases += fmt::format("    {})\n      _arguments \\\n", command.name);
    for (const OptionRow& row : options_of(command)) cases += zsh_option(row);
    const std::vector<std::string> behind = words_behind(command);
    cases += behind.empty() ? "        '*:file:_files' ;;\n"
                            : fmt::format("        '1:word:({})' ;;\n", join_text(behind, " "));
  }
  return fmt::format(
      R"(#compdef casus
# Completion of casus commands for zsh.
_casus() {{
  local -a names
  names=(
{}  )
  if (( CURRENT == 2 )); then
    _describe command names
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    help) _describe command names ;;
{}  esac
}}
_casus "$@"
)",
      list, cases);
}

std::string fish() {
  std::string text =
      "# Completion of casus commands for fish.\n"
      "function __casus_begins\n    test (count (commandline -opc)) -eq 1\nend\n"
      "function __casus_is\n    set -l words (commandline -opc)\n"
      "    test (count $words) -gt 1; and test $words[2] = $argv[1]\nend\n"
      "complete -c casus -f -n __casus_begins -l help -d 'the list of commands'\n"
      "complete -c casus -f -n __casus_begins -l version -d 'say which casus this is'\n";
  for (const Command& command : commands()) {
    text += fmt::format("complete -c casus -f -n __casus_begins -a {} -d '{}'\n", command.name,
                        quoted(command.summary, "\\"));
    for (const OptionRow& row : options_of(command)) {
      const std::string value = row.type.empty() ? "" : row.choices.empty() ? " -r" : " -x";
      const std::string words =
          row.choices.empty() ? "" : fmt::format(" -a '{}'", join_text(row.choices, " "));
      text += fmt::format("complete -c casus -n '__casus_is {}' -l {}{}{} -d '{}'\n", command.name,
                          row.name.substr(2), value, words, quoted(row.meaning, "\\"));
    }
    const std::vector<std::string> behind = words_behind(command);
    if (behind.empty()) continue;
    text += fmt::format("complete -c casus -f -n '__casus_is {}' -a '{}'\n", command.name,
                        join_text(behind, " "));
  }
  return text;
}

constexpr std::array shells{Shell{"bash", bash}, Shell{"zsh", zsh}, Shell{"fish", fish}};

}  // namespace

int run_completion(const Options& options, Session& session) {
  const std::string& name = options.names.front();
  std::vector<std::string> names;
  for (const Shell& shell : shells) {
    names.emplace_back(shell.name);
    if (shell.name != name) continue;
    const std::string script = shell.script();
    session.print_json(options.json ? nlohmann::ordered_json{{"script", script}}.dump(2) + "\n"
                                    : script);
    return exit_done;
  }
  throw usage_fault("R104", fmt::format("no completion for the shell '{}'", name),
                    fmt::format("there is one for {}", one_of(names)));
}

}  // namespace casus::cli
