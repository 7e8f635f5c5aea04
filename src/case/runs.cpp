// One variant after another.
#include "case/runs.hpp"

#include <fmt/format.h>

namespace casus::cases {
namespace {

void stop_on_errors(const Diagnostics& found) {
  if (found.has_errors()) throw Stop{found};
}

Run run_one(const LoadedCase& loaded, std::string name, const language::Variant& variant,
            const EnsembleOptions& options, Workers workers) {
  Diagnostics found;
  Run run{
      .name = std::move(name), .variant = variant, .lowered = {}, .ensemble = {}, .summaries = {}};
  run.lowered = language::lower(loaded.model, variant, found);
  stop_on_errors(found);
  run.ensemble = simulate(run.lowered, options, workers);
  report_failures(run.lowered, loaded.model.steps, run.ensemble, found);
  stop_on_errors(found);
  run.summaries = summarise(run.lowered, loaded.model.steps, run.ensemble);
  return run;
}

void check_plan(const LoadedCase& loaded, const RunPlan& plan) {
  Diagnostics found;
  const language::Lowered lowered = language::lower(loaded.model, plan.baselines.front(), found);
  stop_on_errors(found);
  check_memory(lowered, plan.options, plan.baselines.size() + plan.whatifs.size(), found);
  stop_on_errors(found);
}

}  // namespace

std::string baseline_name(const language::Variant& variant) {
  return variant.start.empty() ? "baseline" : variant.start;
}

Runs run_all(const LoadedCase& loaded, const RunPlan& plan, Workers workers) {
  check_plan(loaded, plan);
  const std::size_t n_runs = plan.baselines.size() + plan.whatifs.size();
  const std::uint64_t n_histories = std::uint64_t{plan.options.n_sets} * plan.options.per_set;
  workers.progress.stage(n_runs == 1 ? "histories" : fmt::format("{} runs", n_runs),
                         n_runs * n_histories * loaded.model.steps.count);
  Runs runs{.baselines = {}, .whatifs = {}, .options = plan.options};
  for (const language::Variant& variant : plan.baselines) {
    runs.baselines.push_back(
        run_one(loaded, baseline_name(variant), variant, plan.options, workers));
  }
  for (const std::string& whatif : plan.whatifs) {
    language::Variant variant = plan.baselines.back();
    variant.whatif = whatif;
    Run run = run_one(loaded, whatif, variant, plan.options, workers);
    const Run& baseline = runs.baselines.back();
    auto comparisons = compare(baseline.lowered, baseline.ensemble, run.ensemble);
    runs.whatifs.push_back({.run = std::move(run), .comparisons = std::move(comparisons)});
  }
  workers.progress.finish();
  return runs;
}

}  // namespace casus::cases
