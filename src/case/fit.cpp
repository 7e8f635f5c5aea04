// Fitting a case as a person asks for it.
#include "case/fit.hpp"

#include "case/ahead.hpp"
#include "case/asof.hpp"
#include "case/foresight.hpp"
#include "case/lowered.hpp"
#include "case/netcdf_library.hpp"
#include "case/score.hpp"
#include "case/stop.hpp"

#include <fmt/format.h>

namespace casus::cases {

FitSettings fit_settings(const Request& request) {
  constexpr std::uint64_t most = 1'000'000;
  const bool is_possible = request.n_sets >= 2 && request.n_sets <= most &&
                           request.n_particles >= 1 && request.n_particles <= most &&
                           request.n_repeats >= 1 && request.n_repeats <= 1000;
  if (!is_possible) {
    stop("R107", "so many sets, particles or repeats are not possible",
         "take 2 to 1,000,000 sets, 1 to 1,000,000 particles, 1 to 1,000 repeats");
  }
  return {.n_sets = static_cast<std::size_t>(request.n_sets),
          .n_particles = static_cast<std::uint32_t>(request.n_particles),
          .n_repeats = static_cast<std::uint32_t>(request.n_repeats),
          .seed = request.seed};
}

language::Lowered lowered_for_record(const LoadedCase& loaded, const Job& job) {
  const std::uint32_t until = step_behind(loaded, job.request.until);
  language::Lowered lowered =
      lower_or_stop(loaded.model, scored_variant(job.plan.baselines.front(), until));
  require_record(lowered);
  return lowered;
}

language::Lowered lowered_for_fit(const LoadedCase& loaded, const Job& job) {
  language::Lowered lowered = lowered_for_record(loaded, job);
  if (lowered.free_parameters.empty()) {
    stop("R109", fmt::format("{} has no free parameters", loaded.name),
         "give one a prior, or take an explanation that frees some; `casus score` is for fixed "
         "ones");
  }
  return lowered;
}

Fit fit_record(const LoadedCase& loaded, const Job& job, const CheckpointOptions& checkpoint,
               Workers workers) {
  (void)netcdf();  // what cannot be written is known before it is worked for
  const std::uint32_t until = step_behind(loaded, job.request.until);
  const FitSettings settings = fit_settings(job.request);
  const EnsembleOptions& options = job.plan.options;
  std::optional<inference::Chosen> known;  // by the last of several samplers
  language::Lowered lowered = lowered_for_fit(loaded, job);
  if (job.request.tempered)
    check_exact(lowered, "without --tempered; `--repeats 5` shows whether samplers agree");
  Foresight foresight(loaded.model, lower_or_stop(loaded.model, free_variant(job)), lowered,
                      settings, workers);
  const auto take = [&](std::uint32_t step, inference::Smc& smc) {
    foresight.take(step, smc);
    if (step != until || until >= loaded.model.steps.count) return;
    known = smc.choose({.n_sets = options.n_sets, .per_set = options.per_set, .epoch = as_of_epoch},
                       {.parallel = workers.parallel, .progress = workers.progress});
  };
  FitCheckpoint kept(checkpoint, identity_of(loaded, job, lowered));
  Fit fit = fit_lowered(std::move(lowered), loaded.model.steps, settings,
                        {.between = take,
                         .checkpoint = &kept,
                         .gathered = [&] { return foresight.to_bytes(); },
                         .go_on = [&](auto bytes) { return foresight.from_bytes(bytes); },
                         .kept_before = until},
                        workers);
  fit.foreseen = foresight.result();
  if (job.request.tempered) fit.tempering = temper(fit, loaded.model.steps, workers);
  if (!known) return fit;
  const AsOf from = snapshot(fit.lowered, until, options, std::move(*known));
  fit.ahead = look_ahead(loaded, job.plan.baselines.front(), from, options, workers);
  return fit;
}

}  // namespace casus::cases
