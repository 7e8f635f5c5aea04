// casus compare: explanations of a record against each other.
#include "case/compare.hpp"

#include "case/threads.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"

namespace casus::cli {

int run_compare(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  const cases::Job job = cases::plan_compare(loaded, options.request);
  const cases::CompareSettings settings = cases::compare_settings(loaded, options.request);
  const std::filesystem::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const cases::Explanations compared = cases::compare_explanations(
      loaded.model, settings, {.parallel = *threads, .progress = *progress});
  return print_outcome(cases::publish_compare(loaded, job, compared, folder), folder, options,
                       session);
}

}  // namespace casus::cli
