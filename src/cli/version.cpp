// casus version: what results carry, too.
#include "case/version.hpp"

#include "case/json.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>

namespace casus::cli {

int run_version(const Options& options, Session& session) {
  if (options.json) {
    session.print_json(cases::version_json());
  } else {
    session.print(options, fmt::format("casus {}\n", cases::version()));
  }
  return exit_done;
}

}  // namespace casus::cli
