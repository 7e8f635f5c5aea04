// A ladder of numbers of particles, with many filters on each rung.
#include "case/tune.hpp"

#include "case/fit.hpp"
#include "case/posterior.hpp"
#include "case/stop.hpp"
#include "inference/filter.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::cases {
namespace {

/// Lanes that run at the same time: more take more memory and no less time.
constexpr std::uint32_t most_lanes = 65'536;

class Ladder {
 public:
  Ladder(const language::Steps& steps, const TuneSettings& settings, Tuning& tuning,
         Workers workers)
      : steps_(steps),
        settings_(settings),
        tuning_(tuning),
        workers_(workers),
        run_{.programs = programs_of(tuning.lowered),
             .n_columns = static_cast<std::uint32_t>(tuning.lowered.score_columns.size())} {}

  bool is_exact() const { return inference::is_exact(run_); }

  struct Work {
    std::uint32_t n_sets = 0;
    std::uint32_t n_particles = 0;  ///< of each
    std::uint32_t number = 0;       ///< works of different numbers share no draws
    bool boosts = true;             ///< as a fit does
  };

  /// Log-likelihood estimates of parameter sets (n_sets × n_parameters).
  std::vector<double> estimates(const std::vector<double>& parameters, const Work& work) {
    const std::size_t n = work.n_sets;
    const std::size_t together = std::max<std::size_t>(1, most_lanes / work.n_particles);
    std::vector<double> found;
    for (std::size_t first = 0; first < n; first += together) {
      const std::size_t count = std::min(together, n - first);
      const inference::FilterOptions options{
          .bank = {.n_sets = count,
                   .n_particles = work.n_particles,
                   .seed = settings_.seed,
                   .replication = work.number,
                   .epoch = static_cast<std::uint32_t>(first / together)},
          .boosting = work.boosts ? std::optional(inference::BoostRule{}) : std::nullopt};
      const std::size_t all = run_.programs.n_parameters;
      const inference::FilterResult result =
          inference::filter(run_, std::span(parameters).subspan(first * all, count * all), options,
                            {.parallel = workers_.parallel, .progress = workers_.progress});
      if (result.fault) stop_at_fault(steps_, *result.fault);
      found.insert(found.end(), result.log_likelihoods.begin(), result.log_likelihoods.end());
      double draws = static_cast<double>(result.n_steps);
      for (const inference::Boost& boost : result.boosts) draws += boost.factor - 1.0;
      tuning_.n_particle_steps += static_cast<double>(count) * work.n_particles * draws;
    }
    return found;
  }

  /// The medians of the priors, or the likeliest of draws from them and the medians.
  void choose_place() {
    constexpr std::uint32_t n_draws = 256;
    constexpr std::uint32_t n_particles = 64;
    const CasePrior prior(tuning_.lowered);
    const std::uint32_t n = settings_.at_median || prior.n_free() == 0 ? 1 : n_draws + 1;
    const std::size_t width = run_.programs.n_parameters;
    std::vector<double> parameters(n * width);
    for (std::uint32_t k = 0; k < n; ++k) {
      std::vector<double> free(prior.n_free(), 0.0);
      const random::Key key = random::key_of(
          settings_.seed, {.purpose = random::Purpose::parameter, .parameter_set = k});
      if (k > 0) prior.sample(key, free);
      prior.parameters(free, std::span(parameters).subspan(k * width, width));
    }
    std::size_t best = 0;
    if (n > 1) {
      workers_.progress.stage("where to look", std::uint64_t{n} * n_particles);
      const std::vector<double> found =
          estimates(parameters, {.n_sets = n, .n_particles = n_particles, .boosts = false});
      best = static_cast<std::size_t>(std::max_element(found.begin(), found.end()) - found.begin());
      if (found[best] == inference::impossible) {
        stop("R151", "the record is impossible wherever it was looked",
             "say with --set, or narrower priors, where it is possible");
      }
    }
    tuning_.at_median = best == 0;
    const auto first = parameters.begin() + static_cast<std::ptrdiff_t>(best * width);
    tuning_.parameters.assign(first, first + static_cast<std::ptrdiff_t>(width));
  }

  void climb() {
    constexpr double low_enough = 0.5;
    std::vector<double> same;
    for (std::uint32_t k = 0; k < settings_.n_estimates; ++k)
      same.insert(same.end(), tuning_.parameters.begin(), tuning_.parameters.end());
    for (std::uint32_t n = settings_.least_particles; n <= settings_.most_particles; n *= 2) {
      workers_.progress.stage("particles", std::uint64_t{n} * settings_.n_estimates);
      const Work work{.n_sets = settings_.n_estimates,
                      .n_particles = n,
                      .number = static_cast<std::uint32_t>(tuning_.ladder.size() + 1)};
      tuning_.ladder.push_back(rung_of(estimates(same, work), n));
      const Rung& last = tuning_.ladder.back();
      if (last.is_whole() && last.sd * last.sd < low_enough) break;
    }
    workers_.progress.finish();
  }

 private:
  static Rung rung_of(const std::vector<double>& estimates, std::uint32_t n_particles) {
    Rung rung{.n_particles = n_particles,
              .n_estimates = static_cast<std::uint32_t>(estimates.size())};
    std::vector<double> finite;
    for (const double one : estimates) {
      if (one != inference::impossible) finite.push_back(one);
    }
    rung.n_impossible = rung.n_estimates - static_cast<std::uint32_t>(finite.size());
    const auto n = static_cast<double>(finite.size());
    for (const double one : finite) rung.mean += one / n;
    for (const double one : finite) rung.sd += (one - rung.mean) * (one - rung.mean);
    rung.sd = finite.size() < 2 ? std::numeric_limits<double>::quiet_NaN()
                                : std::sqrt(rung.sd / (n - 1.0));
    if (finite.empty()) rung.mean = inference::impossible;
    return rung;
  }

  const language::Steps& steps_;
  TuneSettings settings_;
  Tuning& tuning_;
  Workers workers_;
  inference::ScoredRun run_;
};

/// Two digits, rounded up.
std::uint32_t rounded_up(double number) {
  double unit = 1.0;
  while (number / unit > 99.0) unit *= 10.0;
  return static_cast<std::uint32_t>(std::ceil(number / unit) * unit);
}

/// Where the variance is 1, by the rung at which it is nearest to that.
std::optional<std::uint32_t> recommended_particles(const std::vector<Rung>& ladder) {
  constexpr double too_far = 4.0;
  std::optional<std::uint32_t> result;
  double nearest = too_far;
  for (const Rung& rung : ladder) {
    const double variance = rung.sd * rung.sd;
    if (!rung.is_whole() || !(variance <= too_far)) continue;
    const double distance = std::max(variance, 1.0 / variance);
    if (distance > nearest && result) continue;
    nearest = distance;
    result = std::max(1U, rounded_up(rung.n_particles * variance));
  }
  return result;
}

/// Enough to fit the proposals of so many parameters to.
std::uint32_t recommended_sets(std::size_t n_free) {
  constexpr std::uint32_t least = 500;
  constexpr std::uint32_t each = 50;
  return std::max(least, each * static_cast<std::uint32_t>(n_free));
}

}  // namespace

Tuning tuning_of(language::Lowered lowered, const language::Steps& steps,
                 const TuneSettings& settings, Workers workers) {
  Tuning tuning{.lowered = std::move(lowered)};
  Ladder ladder(steps, settings, tuning, workers);
  tuning.n_sets = recommended_sets(tuning.lowered.free_parameters.size());
  tuning.is_exact = ladder.is_exact();
  if (tuning.is_exact) {
    tuning.n_particles = 1;
    return tuning;
  }
  ladder.choose_place();
  ladder.climb();
  tuning.n_particles = recommended_particles(tuning.ladder);
  return tuning;
}

Tuning tune_record(const LoadedCase& loaded, const Job& job, Workers workers) {
  return tuning_of(lowered_for_record(loaded, job), loaded.model.steps,
                   {.seed = job.request.seed, .at_median = job.request.at_median}, workers);
}

}  // namespace casus::cases
