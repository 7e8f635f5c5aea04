// casus project: histories that go on from a record.
#include "case/fitted.hpp"
#include "cli/commands.hpp"

namespace casus::cli {

int run_project(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  return perform_and_print(loaded, cases::plan_project(loaded, options.request), options, session);
}

}  // namespace casus::cli
