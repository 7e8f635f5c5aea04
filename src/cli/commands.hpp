// The commands there are. To add one: a file with its two functions, a row in commands.cpp.
#pragma once

#include "cli/options.hpp"
#include "cli/session.hpp"

#include <span>
#include <string_view>

namespace casus::cli {

/// The options and arguments that a command takes, .
struct Takes {
  std::string_view argument;  ///< what the first argument is; empty: there is none
  bool many = false;          ///< names may follow the first argument
  bool variants = false;      ///< which variant
  bool histories = false;     ///< how many histories, and which draws
  bool programs = false;      ///< which program and how it is shown
  bool record = false;        ///< how much of the record, and what of it is shown
  bool fit = false;           ///< how many parameter sets and particles
  bool calibrate = false;     ///< the same of many fits
  bool sensitivity = false;   ///< of which measures, and how many parameter sets
  bool compare = false;       ///< which explanations, and how thoroughly
  bool recover = false;       ///< which explanations, and how many records
  bool maximum = false;       ///< or the most probable values alone
  bool kept = false;          ///< whether it keeps where it stands, to go on from there
  bool tune = false;          ///< where to look, and which draws
  bool fitted = false;        ///< whether of the fitted model, and how it is sampled
  bool span = false;          ///< from which date to which; the sampler
  bool work = false;          ///< --threads, --shard
  bool out = false;           ///< --out
  bool study = false;         ///< whether anew, and how it fits
  bool sources = false;
  bool layout = false;  ///< --check of fmt
  bool output = true;   ///< --json, --quiet; else what is printed has a form of its own
};

struct Command {
  std::string_view name;
  std::string_view arguments;  ///< "CASE [WHATIF...]"
  std::string_view summary;    ///< one line
  std::string_view example;    ///< a command line, at the end of its help
  Takes takes;
  /// Returns the exit code; throws `Stop`, `Interrupted`.
  int (*run)(const Options& options, Session& session);
};

/// In the order in which help lists them.
std::span<const Command> commands();

/// nullptr when there is none.
const Command* find_command(std::string_view name);

/// Whether a command's first argument may be left out.
bool is_optional(const Command& command);

/// What an exit code says.
struct ExitMeaning {
  int code;
  std::string_view meaning;
};
std::span<const ExitMeaning> exit_meanings();

/// The page of `casus --help`.
std::string overview();

// ---- the commands, one file each

int run_check(const Options& options, Session& session);
int run_run(const Options& options, Session& session);
int run_whatif(const Options& options, Session& session);
int run_project(const Options& options, Session& session);
int run_study(const Options& options, Session& session);
int run_fit(const Options& options, Session& session);
int run_calibrate(const Options& options, Session& session);
int run_sensitivity(const Options& options, Session& session);
int run_compare(const Options& options, Session& session);
int run_tune(const Options& options, Session& session);
int run_recover(const Options& options, Session& session);
int run_score(const Options& options, Session& session);
int run_merge(const Options& options, Session& session);
int run_program(const Options& options, Session& session);
int run_fmt(const Options& options, Session& session);
int run_new(const Options& options, Session& session);
int run_explain(const Options& options, Session& session);
int run_lsp(const Options& options, Session& session);
int run_completion(const Options& options, Session& session);
int run_man(const Options& options, Session& session);
int run_version(const Options& options, Session& session);

}  // namespace casus::cli
