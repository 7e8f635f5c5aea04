// casus fit: a case's parameters from its record.
#include "case/fit.hpp"

#include "case/threads.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"

namespace casus::cli {

int run_fit(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options.names.front());
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
