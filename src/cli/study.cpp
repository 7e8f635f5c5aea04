// casus study: the whole of a case.
#include "cli/commands.hpp"

namespace casus::cli {

int run_study(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  cases::Job job = cases::plan_study(loaded, options.request);
  job.may_reuse = !options.again;
  return perform_and_print(loaded, job, options, session);
}

}  // namespace casus::cli
