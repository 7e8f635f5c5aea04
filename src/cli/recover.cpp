// casus recover: could this record tell explanations apart?
#include "case/recover.hpp"

#include "case/threads.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"

namespace casus::cli {

int run_recover(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  const cases::Job job = cases::plan_recover(loaded, options.request);
  const cases::RecoverSettings settings = cases::recover_settings(loaded, options.request);
  const std::filesystem::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const cases::Recovery recovery = cases::recover_explanations(
      loaded.model, settings, {.parallel = *threads, .progress = *progress});
  return print_outcome(cases::publish_recovery(loaded, job, recovery, folder), folder, options,
                       session);
}

}  // namespace casus::cli
