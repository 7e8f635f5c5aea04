// casus calibrate: whether fits of a case find the parameters of simulated records.
#include "case/calibrate.hpp"

#include "case/threads.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"

namespace casus::cli {

int run_calibrate(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  const cases::Job job = cases::plan_calibrate(loaded, options.request);
  const std::filesystem::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const cases::Calibration calibration =
      cases::calibrate(loaded, job, {.parallel = *threads, .progress = *progress});
  const cases::Outcome outcome = cases::publish_calibration(loaded, job, calibration, folder);
  const int code = print_outcome(outcome, folder, options, session);
  return calibration.passes() ? code : exit_check_failed;
}

}  // namespace casus::cli
