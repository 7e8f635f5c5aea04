// casus program: what a case's statements became, and what they cost.
#include "case/json.hpp"
#include "case/program_text.hpp"
#include "cli/commands.hpp"

#include <fmt/format.h>

namespace casus::cli {
namespace {

/// The variant as `run` runs it; with a what-if as `whatif` does.
language::Variant variant_of(const cases::LoadedCase& loaded, const Options& options) {
  if (options.names.size() > 2) {
    throw usage_fault("R104", fmt::format("one argument too many: '{}'", options.names[2]),
                      "a program is of one what-if");
  }
  if (options.names.size() == 2) {
    cases::Request request = options.request;
    request.whatifs = {options.names[1]};
    const cases::RunPlan plan = cases::plan_whatif(loaded, request).plan;
    language::Variant variant = plan.baselines.front();
    variant.whatif = plan.whatifs.front();
    return variant;
  }
  Diagnostics found;
  const auto variant = cases::variant_of(loaded, options.request, found);
  if (!variant) throw Stop{found};
  return *variant;
}

}  // namespace

int run_program(const Options& options, Session& session) {
  const cases::LoadedCase loaded = session.load(options);
  const cases::ProgramReport report = cases::program_report(loaded, session.sources(),
                                                            {.variant = variant_of(loaded, options),
                                                             .at = options.segment,
                                                             .by_element = options.by_element});
  if (options.json) {
    const std::string warnings = cases::diagnostics_json(session.sources(), session.warnings());
    session.print_json(
        cases::merged_json(cases::program_json(report, session.sources()), warnings));
    return exit_done;
  }
  session.report(session.warnings(), false);
  session.print(options, cases::program_text(report, session.sources(),
                                             {.instructions = options.instructions}));
  return exit_done;
}

}  // namespace casus::cli
