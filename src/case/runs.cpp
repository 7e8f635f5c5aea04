// One variant after another.
#include "case/runs.hpp"

#include "case/divergence.hpp"
#include "case/history.hpp"
#include "case/lowered.hpp"
#include "case/memory.hpp"
#include "case/stop.hpp"

#include <fmt/format.h>
#include <set>

namespace casus::cases {
namespace {

/// The steps at which what-ifs part from their baseline, each once, in order; none when keeping
/// all histories there would need too much memory.
std::vector<std::uint32_t> partings(const Run& baseline, const std::vector<PairedRun>& whatifs,
                                    const EnsembleOptions& options) {
  std::set<std::uint32_t> steps;
  for (const PairedRun& paired : whatifs) {
    const std::uint32_t step = divergence_of(baseline.lowered, paired.run.lowered);
    if (step > 0 && step < step_count(baseline.lowered)) steps.insert(step);
  }
  const double bytes =
      static_cast<double>(steps.size()) * memory_of_checkpoint(baseline.lowered, options);
  if (bytes > most_checkpoint_memory()) return {};
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

void check_plan(const RunPlan& plan, const Runs& runs) {
  Diagnostics found;
  check_memory(runs.baselines.front().lowered, plan.options, plan.baselines.size(),
               plan.whatifs.size(), found);
  stop_on_errors(found);
}

}  // namespace

Run lower_one(const LoadedCase& loaded, std::string name, const language::Variant& variant) {
  return {.name = std::move(name),
          .variant = variant,
          .lowered = lower_or_stop(loaded.model, variant),
          .ensemble = {},
          .summaries = {}};
}

void stop_on_failures(const LoadedCase& loaded, const Run& run) {
  Diagnostics found;
  report_failures(run.lowered, loaded.model.steps, run.ensemble, found);
  stop_on_errors(found);
}

std::string baseline_name(const language::Variant& variant) {
  return variant.start.empty() ? "baseline" : variant.start;
}

std::vector<const Run*> all_of(const Runs& runs) {
  std::vector<const Run*> all;
  for (const Run& run : runs.baselines) all.push_back(&run);
  for (const PairedRun& paired : runs.whatifs) all.push_back(&paired.run);
  return all;
}

Runs lower_all(const LoadedCase& loaded, const RunPlan& plan) {
  Runs runs{.baselines = {}, .whatifs = {}, .options = plan.options};
  for (const language::Variant& variant : plan.baselines) {
    runs.baselines.push_back(lower_one(loaded, baseline_name(variant), variant));
  }
  for (const std::string& name : plan.whatifs) {
    language::Variant variant = plan.baselines.back();
    variant.whatif = name;
    runs.whatifs.push_back({.run = lower_one(loaded, name, variant),
                            .comparisons = {},
                            .baseline = runs.baselines.size() - 1});
  }
  check_plan(plan, runs);
  return runs;
}

Runs simulate_all(const LoadedCase& loaded, const RunPlan& plan, Workers workers) {
  Runs runs = lower_all(loaded, plan);
  const std::size_t n_runs = plan.baselines.size() + plan.whatifs.size();
  const std::uint64_t n_histories = std::uint64_t{plan.options.n_sets} * plan.options.per_set;
  workers.progress.stage(n_runs == 1 ? "histories" : fmt::format("{} runs", n_runs),
                         n_runs * n_histories * loaded.model.steps.count);
  for (Run& run : runs.baselines) {
    Sharing sharing;
    if (&run == &runs.baselines.back()) sharing.keep = partings(run, runs.whatifs, plan.options);
    run.ensemble = simulate(run.lowered, plan.options, sharing, workers);
    stop_on_failures(loaded, run);
  }
  for (PairedRun& paired : runs.whatifs) {
    run_whatif(runs.baselines.back(), plan.options, workers, paired.run);
    stop_on_failures(loaded, paired.run);
  }
  runs.baselines.back().ensemble.checkpoints.clear();
  workers.progress.finish();
  return runs;
}

void summarise_all(const LoadedCase& loaded, Runs& runs) {
  const language::Steps& steps = loaded.model.steps;
  for (Run& run : runs.baselines) run.summaries = summarise(run.lowered, steps, run.ensemble);
  for (PairedRun& paired : runs.whatifs) {
    const Run& baseline = baseline_of(runs, paired);
    paired.run.summaries = summarise(paired.run.lowered, steps, paired.run.ensemble);
    paired.comparisons = compare(baseline.lowered, baseline.ensemble, paired.run.ensemble);
  }
}

Runs run_all(const LoadedCase& loaded, const RunPlan& plan, Workers workers) {
  Runs runs = simulate_all(loaded, plan, workers);
  summarise_all(loaded, runs);
  return runs;
}

}  // namespace casus::cases
