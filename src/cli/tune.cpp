// casus tune: how many particles and sets a fit wants.
#include "case/tune.hpp"

#include "case/threads.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"

#include <chrono>
#include <fmt/format.h>

namespace casus::cli {
namespace {

std::string duration(double seconds) {
  constexpr double minute = 60.0;
  constexpr double hour = 3600.0;
  if (seconds < 2 * minute) return fmt::format("{:.2g} s", seconds);
  if (seconds < 2 * hour) return fmt::format("{:.0f} minutes", seconds / minute);
  return fmt::format("{:.0f} hours", seconds / hour);
}

/// How long one pass of all sets through the record will take; it differs from day to day, and
/// stands beside the results.
std::string time_text(const cases::Tuning& tuning, double seconds) {
  if (tuning.n_particle_steps == 0.0 || !tuning.n_particles) return "";
  double n_steps = 0.0;
  for (const language::Segment& at : tuning.lowered.segments) n_steps += at.last - at.first + 1.0;
  const double pass = seconds / tuning.n_particle_steps * n_steps * tuning.n_sets *
                      static_cast<double>(*tuning.n_particles);
  return fmt::format(
      "here a filter of all sets takes about {}; a fit makes some 10 to 40 of them\n",
      duration(pass));
}

}  // namespace

int run_tune(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  const cases::Job job = cases::plan_tune(loaded, options.request);
  const std::filesystem::path folder = checked_folder(loaded, job, options);
  if (!options.json) session.report(session.warnings(), false);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const auto begin = std::chrono::steady_clock::now();
  const cases::Tuning tuning =
      cases::tune_record(loaded, job, {.parallel = *threads, .progress = *progress});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  const int code =
      print_outcome(cases::publish_tuning(loaded, job, tuning, folder), folder, options, session);
  if (!options.json && !options.quiet) to_error(time_text(tuning, taken.count()));
  return code;
}

}  // namespace casus::cli
