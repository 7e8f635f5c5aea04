// casus sensitivity: which parameters decide the measures.
#include "case/sensitivity.hpp"

#include "case/threads.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"

namespace casus::cli {

int run_sensitivity(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  const cases::Job job = cases::plan_sensitivity(loaded, options.request);
  const std::filesystem::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const cases::Sensitivity sensitivity =
      cases::sensitivity(loaded, job, {.parallel = *threads, .progress = *progress});
  return print_outcome(cases::publish_sensitivity(loaded, job, sensitivity, folder), folder,
                       options, session);
}

}  // namespace casus::cli
