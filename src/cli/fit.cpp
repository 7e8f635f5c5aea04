// casus fit: a case's parameters from its record.
#include "case/fit.hpp"

#include "case/maximum.hpp"
#include "case/threads.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"

namespace casus::cli {
namespace {

int run_maximum(const cases::LoadedCase& loaded, const Options& options, Session& session) {
  const cases::Job job = cases::plan_maximum(loaded, options.request);
  const std::filesystem::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const cases::Maximum maximum =
      cases::maximise_record(loaded, job, {.parallel = *threads, .progress = *progress});
  return print_outcome(cases::publish_maximum(loaded, job, maximum, folder), folder, options,
                       session);
}

}  // namespace

int run_fit(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options.names.front());
  if (options.maximum) return run_maximum(loaded, options, session);
  const cases::Job job = cases::plan_fit(loaded, options.request);
  const std::filesystem::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const cases::Fit fit =
      cases::fit_record(loaded, job, {.parallel = *threads, .progress = *progress});
  return print_outcome(cases::publish_fit(loaded, job, fit, folder), folder, options, session);
}

}  // namespace casus::cli
