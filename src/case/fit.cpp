// Fitting a case as a person asks for it.
#include "case/fit.hpp"

#include "case/ahead.hpp"
#include "case/fitted.hpp"
#include "case/score.hpp"
#include "case/stop.hpp"

#include <fmt/format.h>

namespace casus::cases {
namespace {

language::Lowered lowered_for(const LoadedCase& loaded, const Job& job) {
  const language::Variant variant =
      scored_variant(job.plan.baselines.front(), step_behind(loaded, job.request.until));
  Diagnostics found;
  language::Lowered lowered = language::lower(loaded.model, variant, found);
  if (found.has_errors()) throw Stop{found};
  if (lowered.score_columns.empty()) {
    stop("R109", fmt::format("{} observes nothing", loaded.name),
         "say what was recorded: observe NAME from \"record.csv\"");
  }
  if (lowered.free_parameters.empty()) {
    stop("R109", fmt::format("{} has no free parameters", loaded.name),
         "give one a prior, or take an explanation that frees some; `casus score` is for fixed "
         "ones");
  }
  return lowered;
}

}  // namespace

Fit fit_record(const LoadedCase& loaded, const Job& job, Workers workers) {
  const std::uint32_t until = step_behind(loaded, job.request.until);
  const FitSettings settings = fit_settings(job.request);
  const EnsembleOptions& options = job.plan.options;
  std::optional<inference::Chosen> known;
  const auto take = [&](std::uint32_t step, inference::Smc& smc) {
    const bool is_cut = step == until && until < loaded.model.steps.count;
    if (!is_cut || known) return;  // of the first of several samplers
    known = smc.choose({.n_sets = options.n_sets, .per_set = options.per_set, .epoch = as_of_epoch},
                       {.parallel = workers.parallel, .progress = workers.progress});
  };
  Fit fit = fit_lowered(lowered_for(loaded, job), loaded.model.steps, settings, take, workers);
  if (!known) return fit;
  const AsOf from = snapshot(fit.lowered, until, options, std::move(*known));
  fit.ahead = look_ahead(loaded, job.plan.baselines.front(), from, options, workers);
  return fit;
}

}  // namespace casus::cases
