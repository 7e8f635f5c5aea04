// casus whatif: a baseline and what-ifs that share its draws.
#include "case/fitted.hpp"
#include "cli/commands.hpp"

namespace casus::cli {

int run_whatif(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  cases::Request request = options.request;
  request.whatifs.assign(options.names.begin() + 1, options.names.end());
  const cases::Job job =
      request.is_fitted ? cases::plan_fitted(loaded, request) : cases::plan_whatif(loaded, request);
  return perform_and_print(loaded, job, options, session);
}

}  // namespace casus::cli
