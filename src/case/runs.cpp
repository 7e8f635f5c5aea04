// One variant after another.
#include "case/runs.hpp"

#include "case/divergence.hpp"
#include "case/history.hpp"
#include "case/memory.hpp"

#include <fmt/format.h>
#include <set>

namespace casus::cases {
namespace {

void stop_on_errors(const Diagnostics& found) {
  if (found.has_errors()) throw Stop{found};
}

Run lower_one(const LoadedCase& loaded, std::string name, const language::Variant& variant) {
  Diagnostics found;
  Run run{.name = std::move(name),
          .variant = variant,
          .lowered = language::lower(loaded.model, variant, found),
          .ensemble = {},
          .summaries = {}};
  stop_on_errors(found);
  return run;
}

void finish(const LoadedCase& loaded, Run& run) {
  Diagnostics found;
  report_failures(run.lowered, loaded.model.steps, run.ensemble, found);
  stop_on_errors(found);
  run.summaries = summarise(run.lowered, loaded.model.steps, run.ensemble);
}

/// What-ifs of one baseline: all are lowered first, so that the baseline keeps where they part.
std::vector<Run> lower_whatifs(const LoadedCase& loaded, const RunPlan& plan) {
  std::vector<Run> whatifs;
  for (const std::string& name : plan.whatifs) {
    language::Variant variant = plan.baselines.back();
    variant.whatif = name;
    whatifs.push_back(lower_one(loaded, name, variant));
  }
  return whatifs;
}

/// The steps at which what-ifs part from their baseline, each once, in order; none when keeping
/// all histories there would need too much memory.
std::vector<std::uint32_t> partings(const Run& baseline, const std::vector<Run>& whatifs,
                                    const EnsembleOptions& options) {
  std::set<std::uint32_t> steps;
  for (const Run& whatif : whatifs) {
    const std::uint32_t step = divergence_of(baseline.lowered, whatif.lowered);
    if (step > 0 && step < step_count(baseline.lowered)) steps.insert(step);
  }
  const auto width = static_cast<double>(baseline.lowered.state_names.size() +
                                         baseline.lowered.accumulators.size());
  const double bytes =
      static_cast<double>(steps.size()) * options.n_sets * options.per_set * width * sizeof(double);
  constexpr double most_bytes = 1e9;
  if (bytes > most_bytes || bytes > 0.25 * machine_memory()) return {};
  return {steps.begin(), steps.end()};
}

void run_whatif(const Run& baseline, const EnsembleOptions& options, Workers workers, Run& whatif) {
  const std::uint32_t step = divergence_of(baseline.lowered, whatif.lowered);
  Sharing sharing;
  for (const Checkpoint& checkpoint : baseline.ensemble.checkpoints) {
    if (checkpoint.step != step) continue;
    sharing.from = &checkpoint;
    sharing.before = &baseline.ensemble.bands;
  }
  whatif.ensemble = simulate(whatif.lowered, options, sharing, workers);
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
  std::vector<Run> whatifs = lower_whatifs(loaded, plan);
  for (const language::Variant& variant : plan.baselines) {
    Run run = lower_one(loaded, baseline_name(variant), variant);
    Sharing sharing;
    if (&variant == &plan.baselines.back()) sharing.keep = partings(run, whatifs, plan.options);
    run.ensemble = simulate(run.lowered, plan.options, sharing, workers);
    finish(loaded, run);
    runs.baselines.push_back(std::move(run));
  }
  Run& baseline = runs.baselines.back();
  for (Run& whatif : whatifs) {
    run_whatif(baseline, plan.options, workers, whatif);
    finish(loaded, whatif);
    auto comparisons = compare(baseline.lowered, baseline.ensemble, whatif.ensemble);
    runs.whatifs.push_back({.run = std::move(whatif), .comparisons = std::move(comparisons)});
  }
  baseline.ensemble.checkpoints.clear();
  workers.progress.finish();
  return runs;
}

}  // namespace casus::cases
