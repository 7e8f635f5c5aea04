// casus check: everything that can be said about a case without running it.
#include "case/census.hpp"
#include "case/json.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>

namespace casus::cli {
namespace {

/// Names of the assumptions that rest on no source, or on low-reliability ones only.
std::vector<std::string> unsourced(const cases::LoadedCase& loaded) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < loaded.statements.size(); ++i) {
    const bool is_sourced =
        loaded.claims && loaded.supports[i].footing == evidence::Footing::sourced;
    if (!is_sourced) names.push_back(loaded.statements[i].name);
  }
  return names;
}

}  // namespace

int run_check(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  std::vector<std::string> missing;
  if (options.sources) missing = unsourced(loaded);
  if (options.json) {
    session.print_json(
        cases::merged_json(cases::census_json(loaded),
                           cases::diagnostics_json(session.sources(), session.warnings())));
  } else {
    session.report(session.warnings(), false);
    session.print(options, cases::census_text(loaded));
    for (const std::string& name : missing) {
      session.print(options, fmt::format("without a firm source: {}\n", name));
    }
  }
  return missing.empty() ? exit_done : exit_check_failed;
}

}  // namespace casus::cli
