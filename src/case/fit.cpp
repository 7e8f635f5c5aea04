// Fitting a case as a person asks for it.
#include "case/fit.hpp"

#include "case/history.hpp"
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

FitSettings settings_of(const Job& job) {
  const Request& request = job.request;
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

}  // namespace

Fit fit_record(const LoadedCase& loaded, const Job& job, const CheckpointOptions& checkpoint,
               Workers workers) {
  language::Lowered lowered = lowered_for(loaded, job);
  FitCheckpoint kept(checkpoint, identity_of(loaded, job, lowered));
  return fit_lowered(std::move(lowered), loaded.model.steps, settings_of(job), kept, workers);
}

}  // namespace casus::cases
