// casus run: one variant of a case.
#include "cli/commands.hpp"

namespace casus::cli {

int run_run(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  return perform_and_print(loaded, cases::plan_run(loaded, options.request), options, session);
}

}  // namespace casus::cli
