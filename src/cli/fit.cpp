// casus fit: a case's parameters from its record.
#include "case/fit.hpp"

#include "case/maximum.hpp"
#include "case/threads.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"

#include <fmt/format.h>

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

int run_maximum(const cases::LoadedCase& loaded, const Options& options, Session& session) {
  const cases::Job job = cases::plan_maximum(loaded, options.request);
  const fs::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const cases::Maximum maximum =
      cases::maximise_record(loaded, job, {.parallel = *threads, .progress = *progress});
  return print_outcome(cases::publish_maximum(loaded, job, maximum, folder), folder, options,
                       session);
}

void say_kept(const fs::path& file) {
  std::error_code failed;
  if (!fs::exists(file, failed)) return;
  to_error(fmt::format("\nwhere it stood is kept in {}: the same command goes on from there",
                       file.string()));
}

}  // namespace

int run_fit(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  if (options.maximum) return run_maximum(loaded, options, session);
  const cases::Job job = cases::plan_fit(loaded, options.request);
  const fs::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const cases::CheckpointOptions checkpoint{.file = cases::checkpoint_beside(folder),
                                            .seconds = options.checkpoint_seconds,
                                            .fresh = options.fresh,
                                            .say = [&](const std::string& line) {
                                              if (!options.quiet) to_error(line + "\n");
                                            }};
  try {
    const cases::Workers workers{.parallel = *threads, .progress = *progress};
    const cases::Fit fit = cases::fit_record(loaded, job, checkpoint, workers);
    const cases::FitChecks checks = cases::check_fit(loaded, job, fit, workers);
    const cases::Outcome outcome = cases::publish_fit(loaded, job, fit, checks, folder);
    cases::forget(checkpoint);
    return print_outcome(outcome, folder, options, session);
  } catch (const Interrupted&) {
    say_kept(checkpoint.file);
    throw;
  }
}

}  // namespace casus::cli
