// How many particles and parameter sets a fit of a case wants.
#pragma once

#include "case/job.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

/// Estimates of the log-likelihood with one number of particles.
struct Rung {
  std::uint32_t n_particles = 0;
  double mean = 0.0;  ///< of the estimates that are not -infinity
  double sd = 0.0;    ///< of them
  std::uint32_t n_estimates = 0;
  std::uint32_t n_impossible = 0;  ///< estimates of -infinity: all particles died

  bool is_whole() const { return n_impossible == 0; }
};

struct Tuning {
  language::Lowered lowered;
  bool is_exact = false;                       ///< one history a set says it all
  std::vector<double> parameters{};            ///< (n_parameters) where it was looked, base units
  bool at_median = false;                      ///< else at the best of some draws from the priors
  std::vector<Rung> ladder{};                  ///< by increasing numbers of particles
  std::optional<std::uint32_t> n_particles{};  ///< recommended; none where the ladder is too short
  std::uint32_t n_sets = 0;                    ///< recommended
  double n_particle_steps = 0.0;               ///< that were run: with a clock, the speed
};

struct TuneSettings {
  std::uint32_t n_estimates = 100;  ///< of each rung
  std::uint32_t least_particles = 16;
  std::uint32_t most_particles = 65'536;
  std::uint64_t seed = 1;
  bool at_median = false;  ///< of the priors; else the best of 256 draws from them
};

/// A job of the command `tune`. Throws `Stop` on what cannot be run.
Job plan_tune(const LoadedCase& loaded, const Request& request);

/// The variance of the estimated log-likelihood at one place in the parameters, over doubled
/// numbers of particles until it is below one half. It falls like one over their number; about 1 is
/// what samplers that take the estimate for the likelihood want (Pitt, Silva, Giordani & Kohn 2012,
/// Journal of Econometrics 171:134-151; Doucet, Pitt, Deligiannidis & Kohn 2015, Biometrika
/// 102:295-313). `lowered` is of a `scored_variant` that scores something. Throws `Stop` where a
/// number stops being finite (R001) or the record is impossible wherever it was looked (R151);
/// `Interrupted`.
Tuning tuning_of(language::Lowered lowered, const language::Steps& steps,
                 const TuneSettings& settings, Workers workers);

/// As `fit_record`, with nothing free too.
Tuning tune_record(const LoadedCase& loaded, const Job& job, Workers workers);

std::string tune_text(const LoadedCase& loaded, const Job& job, const Tuning& tuning);
std::string tune_json(const LoadedCase& loaded, const Job& job, const Tuning& tuning);

/// The ladder as CSV, and the summary, into the folder.
Outcome publish_tuning(const LoadedCase& loaded, const Job& job, const Tuning& tuning,
                       const std::filesystem::path& folder);

}  // namespace casus::cases
