// What a command works with: the texts it read, where it writes, who works for it.
#pragma once

#include "base/diagnostic.hpp"
#include "case/job.hpp"
#include "case/load.hpp"
#include "cli/options.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace casus::cli {

enum ExitCode : int {
  exit_done = 0,
  exit_check_failed = 1,
  exit_mend = 2,
  exit_bug = 70,
  exit_interrupted = 130,
};

class Session {
 public:
  /// Reads and checks the case that was named first, with its dates where they are asked to be;
  /// warnings go to standard error. Throws `Stop`.
  cases::LoadedCase load(const Options& options);

  /// Standard output, unless the user wants quiet; throws `Stop` when it cannot be written.
  void print(const Options& options, std::string_view text) const;
  /// The same for the one document of `--json`.
  void print_json(std::string_view document) const;

  /// Faults: rendered on standard error, or as the document of `--json`.
  void report(const Diagnostics& diagnostics, bool json) const;

  const Sources& sources() const { return sources_; }
  Sources& sources() { return sources_; }
  const Diagnostics& warnings() const { return warnings_; }

 private:
  Sources sources_;
  Diagnostics warnings_;
};

/// Where the job's results go: `--out`, else the default. Throws `Stop` when they may not be
/// written there, so that this is known before the work.
std::filesystem::path checked_folder(const cases::LoadedCase& loaded, const cases::Job& job,
                                     const Options& options);

/// Prints what a command gave and where its results are; returns the exit code.
int print_outcome(const cases::Outcome& outcome, const std::filesystem::path& folder,
                  const Options& options, const Session& session);

/// Performs a job and prints what it gave: what `run`, `whatif` and `study` share.
int perform_and_print(const cases::LoadedCase& loaded, const cases::Job& job,
                      const Options& options, const Session& session);

}  // namespace casus::cli
