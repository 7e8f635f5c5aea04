// The table of commands.
#include "cli/commands.hpp"

#include "cli/wrapped.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace casus::cli {
namespace {

constexpr std::string_view a_case = "a case folder or model file";

constexpr std::array table{
    Command{.name = "check",
            .arguments = "CASE",
            .summary = "read a case and say what is wrong with it, or what it holds",
            .example = "casus check cases/nagorno-karabakh",
            .takes = {.argument = a_case, .sources = true},
            .run = run_check},
    Command{
        .name = "run",
        .arguments = "CASE",
        .summary = "simulate histories and report the case's measures",
        .example = "casus run cases/nagorno-karabakh --histories 1024 --seed 7",
        .takes =
            {.argument = a_case, .variants = true, .histories = true, .work = true, .out = true},
        .run = run_run},
    Command{.name = "whatif",
            .arguments = "CASE [WHATIF...]",
            .summary = "run what-ifs beside their baseline, draw by draw",
            .example = "casus whatif cases/nagorno-karabakh no_drones --from 1994-06",
            .takes = {.argument = "a case folder or model file, then names of what-ifs [all]",
                      .many = true,
                      .variants = true,
                      .histories = true,
                      .fitted = true,
                      .work = true,
                      .out = true},
            .run = run_whatif},
    Command{.name = "project",
            .arguments = "CASE",
            .summary = "what the model gives behind a record, under the case's assumptions",
            .example = "casus project cases/nagorno-karabakh --from 2018-01 --to 2023-12",
            .takes = {.argument = a_case,
                      .variants = true,
                      .histories = true,
                      .span = true,
                      .work = true,
                      .out = true},
            .run = run_project},
    Command{
        .name = "study",
        .arguments = "CASE",
        .summary = "run a case and every what-if, fit its record, compare explanations, and report",
        .example = "casus study cases/nagorno-karabakh",
        .takes = {.argument = a_case,
                  .variants = true,
                  .histories = true,
                  .work = true,
                  .out = true,
                  .study = true},
        .run = run_study},
    Command{.name = "score",
            .arguments = "CASE",
            .summary = "say how probable the record is at given parameter values",
            .example = "casus score cases/textbook/egame12 --set b_war=-1 --paths",
            .takes = {.argument = a_case, .variants = true, .record = true, .out = true},
            .run = run_score},
    Command{.name = "fit",
            .arguments = "CASE",
            .summary = "what the record says of the parameters, and how well it was foreseen",
            .example = "casus fit cases/nagorno-karabakh --explain all --sets 1000",
            .takes = {.argument = a_case,
                      .variants = true,
                      .fit = true,
                      .maximum = true,
                      .kept = true,
                      .out = true},
            .run = run_fit},
    Command{.name = "tune",
            .arguments = "CASE",
            .summary = "say how many particles and parameter sets a fit wants",
            .example = "casus tune cases/textbook/linear-gaussian",
            .takes = {.argument = a_case, .variants = true, .tune = true, .out = true},
            .run = run_tune},
    Command{.name = "calibrate",
            .arguments = "CASE",
            .summary = "fit simulated records, and see whether their true parameters are found",
            .example =
                "casus calibrate cases/textbook/linear-gaussian --explain unknown_persistence "
                "--replications 20",
            .takes = {.argument = a_case, .variants = true, .calibrate = true, .out = true},
            .run = run_calibrate},
    Command{.name = "sensitivity",
            .arguments = "CASE",
            .summary = "say which parameters, priors, dates and steps decide the measures",
            .example = "casus sensitivity cases/two-rivals --n 256",
            .takes = {.argument = a_case, .variants = true, .sensitivity = true, .out = true},
            .run = run_sensitivity},
    Command{.name = "compare",
            .arguments = "CASE",
            .summary = "set explanations of the record beside each other, date by date",
            .example = "casus compare cases/nagorno-karabakh --explain none,distraction,all",
            .takes = {.argument = a_case, .fit = true, .compare = true, .out = true},
            .run = run_compare},
    Command{.name = "recover",
            .arguments = "CASE",
            .summary = "ask whether a record like this one could tell explanations apart",
            .example = "casus recover cases/nagorno-karabakh --explain none,all --records 2",
            .takes = {.argument = a_case, .fit = true, .recover = true, .out = true},
            .run = run_recover},
    Command{.name = "merge",
            .arguments = "FOLDER...",
            .summary = "put the shards of a run together",
            .example = "casus merge results/two-rivals-run-shard-*",
            .takes = {.argument = "the folders that --shard wrote, all of a run, in any order",
                      .many = true,
                      .out = true},
            .run = run_merge},
    Command{.name = "program",
            .arguments = "CASE [WHATIF]",
            .summary = "show what statements become, word by word, and what they cost",
            .example = "casus program cases/two-rivals --instructions",
            .takes = {.argument = "a case folder or model file, then the name of a what-if",
                      .many = true,
                      .variants = true,
                      .programs = true},
            .run = run_program},
    Command{.name = "new",
            .arguments = "FOLDER",
            .summary = "write a small case with data and claims, to begin with",
            .example = "casus new my-case",
            .takes = {.argument = "a folder that is new or empty"},
            .run = run_new},
    Command{.name = "fmt",
            .arguments = "FILE...",
            .summary = "put the layout of case files in order",
            .example = "casus fmt cases/two-rivals --check",
            .takes = {.argument = "case files or folders of them; - for standard input to output",
                      .many = true,
                      .layout = true},
            .run = run_fmt},
    Command{.name = "explain",
            .arguments = "[NAME]",
            .summary = "say more about a diagnostic, a law, a function or a word",
            .example = "casus explain D104",
            .takes = {.argument = "the code in brackets behind `error`, or a name such as beta, "
                                  "logistic, treaty [a list of all codes]"},
            .run = run_explain},
    Command{.name = "lsp",
            .arguments = "",
            .summary = "serve an editor: faults, hover, completion, renaming, formatting",
            .example = "casus lsp",
            .takes = {.argument = "", .output = false},
            .run = run_lsp},
    Command{.name = "completion",
            .arguments = "SHELL",
            .summary = "print what completes casus commands in a shell",
            .example = "casus completion bash > ~/.local/share/bash-completion/completions/casus",
            .takes = {.argument = "bash, zsh or fish"},
            .run = run_completion},
    Command{.name = "man",
            .arguments = "",
            .summary = "print the manual page, for man",
            .example = "casus man | man -l -",
            .takes = {},
            .run = run_man},
    Command{.name = "version",
            .arguments = "",
            .summary = "say which casus this is",
            .example = "casus version",
            .takes = {},
            .run = run_version}};

constexpr std::array meanings{
    ExitMeaning{exit_done, "done"}, ExitMeaning{exit_check_failed, "a requested check failed"},
    ExitMeaning{exit_mend, "the case, the command or the machine needs mending"},
    ExitMeaning{exit_bug, "a fault of casus"}, ExitMeaning{exit_interrupted, "interrupted"}};

}  // namespace

bool is_optional(const Command& command) {
  return !command.arguments.empty() && command.arguments.front() == '[';
}

std::span<const ExitMeaning> exit_meanings() { return meanings; }

std::span<const Command> commands() { return table; }

const Command* find_command(std::string_view name) {
  const auto* const at = std::find_if(
      table.begin(), table.end(), [name](const Command& command) { return command.name == name; });
  return at == table.end() ? nullptr : at;
}

std::string overview() {
  std::string text =
      "casus: conflict cases as models that can be run, weighed and asked what if\n\n"
      "usage: casus COMMAND ...\n\n";
  for (const Command& command : table) {
    text += fmt::format("  {:10} {:18} {}\n", command.name, command.arguments, command.summary);
  }
  text += '\n' + wrapped(
                     "A case is a folder with a model.casus, or a model file. casus COMMAND --help "
                     "shows a command's options.");
  std::string exits = "exit codes:";
  for (const ExitMeaning& exit : meanings) {
    exits += fmt::format("{} {} {}", &exit == meanings.begin() ? "" : ";", exit.code, exit.meaning);
  }
  text += '\n' + wrapped(exits);
  text += "\nexample: casus study cases/nagorno-karabakh\n";
  return text;
}

}  // namespace casus::cli
