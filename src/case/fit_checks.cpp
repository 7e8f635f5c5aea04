// Equally weighted draws, and what recorded items score under them.
#include "case/fit_checks.hpp"

#include "inference/bank.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Numbers that no parameter set and no bank of a sampler has.
constexpr std::uint32_t draws_address = 0xfffffffeU;
constexpr std::uint32_t scores_epoch = 0xffffffffU;

std::uint32_t replication_of(const Fit& fit, std::size_t chain) {
  return fit.settings.first_replication + static_cast<std::uint32_t>(chain);
}

void add_chain(const Fit& fit, std::size_t chain, FitDraws& draws) {
  const std::size_t width = fit.lowered.parameter_columns.size();
  const random::Key key =
      random::key_of(fit.settings.seed, {.purpose = random::Purpose::resample,
                                         .parameter_set = draws_address,
                                         .replication = replication_of(fit, chain)});
  std::vector<std::uint32_t> sets(draws.n_draws);
  inference::schemes().front().resample(fit.runs[chain].weights, {.key = key}, sets);
  for (const std::uint32_t set : sets) {
    const std::size_t at = chain * fit.settings.n_sets + set;
    const auto row = fit.parameters.begin() + static_cast<std::ptrdiff_t>(at * width);
    draws.parameters.insert(draws.parameters.end(), row, row + static_cast<std::ptrdiff_t>(width));
    draws.log_likelihoods.push_back(fit.log_likelihoods[at]);
  }
  draws.sets.insert(draws.sets.end(), sets.begin(), sets.end());
}

void add_prior(const Fit& fit, std::size_t chain, FitDraws& draws) {
  const CasePrior prior(fit.lowered);
  const std::size_t width = fit.lowered.parameter_columns.size();
  std::vector<double> free(prior.n_free());
  for (std::uint32_t set = 0; set < draws.n_draws; ++set) {
    prior.sample(random::key_of(fit.settings.seed, {.purpose = random::Purpose::parameter,
                                                    .parameter_set = set,
                                                    .replication = replication_of(fit, chain)}),
                 free);
    draws.prior.resize(draws.prior.size() + width);
    prior.parameters(free, std::span(draws.prior).last(width));
  }
}

/// What one chain's draws score, each with a filter of its own.
class ChainScores {
 public:
  ChainScores(const Fit& fit, std::size_t chain, FitChecks& checks, const inference::ScoredRun& run)
      : chain_(chain),
        checks_(checks),
        run_(run),
        bank_(run, {.n_sets = checks.draws.n_draws,
                    .n_particles = checks.n_particles,
                    .seed = fit.settings.seed,
                    .replication = replication_of(fit, chain),
                    .epoch = scores_epoch,
                    .boosts = fit.runs[chain].boosts}) {}

  /// What failed, in words.
  std::string run(inference::Workers workers) {
    const std::size_t n = checks_.draws.n_draws;
    const std::size_t width = run_.programs.n_parameters;
    const auto parameters =
        std::span(checks_.draws.parameters).subspan(chain_ * n * width, n * width);
    if (const auto fault = bank_.begin(parameters, workers)) return fault->what;
    for (std::uint32_t step = inference::first_step(run_); step <= last_recorded(); ++step) {
      workers.stop_if_asked();
      const std::vector<double> before(bank_.log_likelihoods().begin(),
                                       bank_.log_likelihoods().end());
      if (const auto fault = bank_.step(step, workers)) return fault->what;
      for (ObservedSeries& series : checks_.series) take(series, step, before);
      workers.progress.advance(1);
    }
    return {};
  }

 private:
  std::uint32_t last_recorded() const {
    std::uint32_t last = 0;
    for (const ObservedSeries& series : checks_.series)
      if (!series.steps.empty()) last = std::max(last, series.steps.back());
    return last;
  }

  void take(ObservedSeries& series, std::uint32_t step, const std::vector<double>& before) const {
    const auto at = std::lower_bound(series.steps.begin(), series.steps.end(), step);
    if (at == series.steps.end() || *at != step) return;
    const auto row = static_cast<std::size_t>(at - series.steps.begin());
    const std::size_t n = checks_.draws.n_draws;
    for (std::size_t i = 0; i < n; ++i) {
      const bool is_dead = before[i] == inference::impossible;
      series.log_scores[row * checks_.draws.n_all() + chain_ * n + i] =
          is_dead ? nan : bank_.scores(i)[series.column];
    }
  }

  std::size_t chain_;
  FitChecks& checks_;
  const inference::ScoredRun& run_;
  inference::Bank bank_;
};

}  // namespace

FitDraws draws_of(const Fit& fit) {
  FitDraws draws{.n_chains = fit.runs.size(), .n_draws = std::min(fit.settings.n_sets, most_draws)};
  for (std::size_t chain = 0; chain < draws.n_chains; ++chain) {
    add_chain(fit, chain, draws);
    add_prior(fit, chain, draws);
  }
  return draws;
}

void score_draws(const Fit& fit, FitChecks& checks, Workers workers) {
  const inference::ScoredRun run{
      .programs = programs_of(fit.lowered),
      .n_columns = static_cast<std::uint32_t>(fit.lowered.score_columns.size())};
  checks.n_particles = fit.is_exact ? 1 : fit.settings.n_particles;
  for (const FitRun& each : fit.runs) {
    if (!each.dates.empty())
      checks.n_particles = std::max(checks.n_particles, each.dates.back().n_particles);
  }
  for (ObservedSeries& series : checks.series)
    series.log_scores.assign(series.steps.size() * checks.draws.n_all(), nan);
  const inference::Workers at_work{.parallel = workers.parallel, .progress = workers.progress};
  workers.progress.stage("scores", inference::last_step(run) * checks.draws.n_chains);
  for (std::size_t chain = 0; chain < checks.draws.n_chains; ++chain) {
    checks.no_log_scores = ChainScores(fit, chain, checks, run).run(at_work);
    if (checks.no_log_scores.empty()) continue;
    for (ObservedSeries& series : checks.series) series.log_scores.clear();
    break;
  }
  workers.progress.finish();
}

FitChecks check_fit(const LoadedCase& loaded, const Job& job, const Fit& fit, Workers workers) {
  FitChecks checks{.draws = draws_of(fit), .series = observed_series(loaded.model, fit.lowered)};
  score_draws(fit, checks, workers);
  simulate_draws(loaded, job, fit, checks, workers);
  return checks;
}

}  // namespace casus::cases
