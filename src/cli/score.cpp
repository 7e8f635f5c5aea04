// casus score: how probable a record is at given parameter values.
#include "case/score.hpp"

#include "cli/commands.hpp"

namespace casus::cli {

int run_score(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  const cases::Job job = cases::plan_score(loaded, options.request);
  const std::filesystem::path folder = checked_folder(loaded, job, options);
  const cases::RecordScore score = cases::score_record(loaded, job);
  if (!options.json) session.report(session.warnings(), false);
  return print_outcome(cases::publish_score(loaded, job, score, folder), folder, options, session);
}

}  // namespace casus::cli
