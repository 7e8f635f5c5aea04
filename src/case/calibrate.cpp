// Replications of a calibration, and what their ranks say.
#include "case/calibrate.hpp"

#include "case/lowered.hpp"
#include "case/prior_scale.hpp"
#include "case/score.hpp"
#include "case/stop.hpp"
#include "case/synthetic.hpp"
#include "case/unseen.hpp"
#include "inference/filter.hpp"
#include "inference/uniformity.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace casus::cases {
namespace {

/// Of the addresses of simulated data; the first two are those of parameters and histories.
constexpr std::uint32_t epoch_of_ranks = 2;

/// What one replication came to.
struct Replication {
  std::vector<double> ranks{};  ///< by quantity: the log-likelihood last
  double effective_sets = 0.0;
  bool is_exact = false;
  std::string problem{};  ///< why there are no ranks
};

double effective_sets(const Fit& fit) {
  double squares = 0.0;
  for (const double weight : fit.weights) squares += weight * weight;
  return 1.0 / squares;
}

class Replicating {
 public:
  Replicating(const language::Model& model, const language::Variant& variant, std::uint32_t until,
              const CalibrationSettings& settings)
      : synthesis_(model, variant, until),
        scored_(scored_variant(variant, until)),
        settings_(settings) {
    const auto& all = lowered().parameter_columns;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& free = lowered().free_parameters;
      if (std::find(free.begin(), free.end(), all[i].name) != free.end()) columns_.push_back(i);
    }
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const std::size_t i : columns_) names.push_back(lowered().parameter_columns[i].name);
    return names;
  }

  const language::Lowered& lowered() const { return synthesis_.lowered(); }

  Replication run(std::uint32_t number, const Progress& progress) const {
    const SyntheticAddress at{.seed = settings_.fit.seed, .number = number};
    const SyntheticTruth truth = synthesis_.draw(at);
    const std::optional<language::Model> record = synthesis_.record(truth.parameters, at);
    if (!record) return {.problem = "a number of the simulated history is not finite"};
    Serial alone;
    Unseen unseen(progress);
    const Workers workers{.parallel = alone, .progress = unseen};
    try {
      return ranked(truth, fitted(*record, number, workers), number, workers);
    } catch (const Stop& stop) {
      return {.problem = stop.diagnostics.sorted().front().message};
    }
  }

 private:
  Fit fitted(const language::Model& record, std::uint32_t number, Workers workers) const {
    FitSettings settings = settings_.fit;
    settings.n_repeats = 1;
    settings.first_replication = number;
    language::Lowered lowered =
        settings_.prior_scale == 1.0
            ? lower_or_stop(record, scored_)
            : lower_or_stop(with_prior_scale(record, settings_.prior_scale).model, scored_);
    return fit_lowered(std::move(lowered), record.steps, settings, workers);
  }

  Replication ranked(const SyntheticTruth& truth, const Fit& fit, std::uint32_t number,
                     Workers workers) const {
    Replication result{.effective_sets = effective_sets(fit), .is_exact = fit.is_exact};
    const random::Key key = random::key_of(
        settings_.fit.seed,
        {.purpose = random::Purpose::datum, .epoch = epoch_of_ranks, .parameter_set = number});
    const auto add = [&](double of_truth, const auto& value_of) {
      const auto slot = static_cast<std::uint32_t>(result.ranks.size());
      const double u = random::Stream{.key = key, .slot = slot}.uniform();
      const auto [below, same] = shares(fit, of_truth, value_of);
      const double n = result.effective_sets;
      result.ranks.push_back((n * below + u * (n * same + 1.0)) / (n + 1.0));
    };
    const std::size_t n_parameters = truth.parameters.size();
    for (const std::size_t i : columns_)
      add(truth.parameters[i],
          [&](std::size_t set) { return fit.parameters[set * n_parameters + i]; });
    if (!fit.is_exact) return result;
    add(log_likelihood_of(fit, truth.parameters, workers),
        [&](std::size_t set) { return fit.log_likelihoods[set]; });
    return result;
  }

  /// Of the posterior: what lies below the true value, and what is the same.
  struct Shares {
    double below = 0.0;
    double same = 0.0;
  };
  template <class ValueOf>
  static Shares shares(const Fit& fit, double truth, const ValueOf& value_of) {
    Shares result;
    for (std::size_t set = 0; set < fit.n_sets(); ++set) {
      const double value = value_of(set);
      if (value < truth) result.below += fit.weights[set];
      if (value == truth) result.same += fit.weights[set];
    }
    return result;
  }

  static double log_likelihood_of(const Fit& fit, std::span<const double> parameters,
                                  Workers workers) {
    const inference::ScoredRun run{
        .programs = programs_of(fit.lowered),
        .n_columns = static_cast<std::uint32_t>(fit.lowered.score_columns.size())};
    const inference::FilterResult result =
        inference::filter(run, parameters, {.bank = {.n_sets = 1, .n_particles = 1}},
                          {.parallel = workers.parallel, .progress = workers.progress});
    if (result.fault) stop("R140", "the record's own parameters have no likelihood", "");
    return result.log_likelihoods.front();
  }

  Synthesis synthesis_;
  language::Variant scored_;
  CalibrationSettings settings_;
  std::vector<std::size_t> columns_;  ///< of free parameters
};

void check_enough(const Calibration& calibration, std::uint32_t n_replications) {
  if (2 * calibration.done.size() >= n_replications) return;
  stop("R140",
       fmt::format("{} of {} simulated records came to no posterior, the first because {}",
                   calibration.left_out.size(), n_replications, calibration.left_out.front()),
       "priors as wide as that are not meant: try `casus run` and narrow them");
}

/// Half of what lies in the posterior's middle 50 % and 90 %.
constexpr double half_of_half = 0.25;
constexpr double half_of_most = 0.45;

CalibratedQuantity judged(std::string name, std::vector<double> ranks) {
  CalibratedQuantity quantity{.name = std::move(name), .ranks = std::move(ranks)};
  const auto share_within = [&](double reach) {
    const auto n = std::count_if(quantity.ranks.begin(), quantity.ranks.end(),
                                 [&](double rank) { return std::abs(rank - 0.5) <= reach; });
    return static_cast<double>(n) / static_cast<double>(quantity.ranks.size());
  };
  quantity.in_half = share_within(half_of_half);
  quantity.in_most = share_within(half_of_most);
  quantity.p_value = inference::uniformity_p_value(quantity.ranks);
  return quantity;
}

Calibration joined(const std::vector<Replication>& replications, std::vector<std::string> names) {
  Calibration calibration;
  for (std::uint32_t number = 0; number < replications.size(); ++number) {
    const Replication& one = replications[number];
    if (one.ranks.empty()) {
      calibration.left_out.push_back(one.problem);
      continue;
    }
    calibration.done.push_back(number);
    calibration.effective_sets.push_back(one.effective_sets);
    calibration.is_exact = one.is_exact;
  }
  check_enough(calibration, static_cast<std::uint32_t>(replications.size()));
  if (calibration.is_exact) names.emplace_back("log likelihood");
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<double> ranks;
    for (const std::uint32_t number : calibration.done)
      ranks.push_back(replications[number].ranks.at(i));
    calibration.quantities.push_back(judged(names[i], std::move(ranks)));
  }
  return calibration;
}

CalibrationSettings settings_of(const Job& job) {
  const Request& request = job.request;
  constexpr std::uint64_t most = 1'000'000;
  constexpr std::uint64_t most_replications = 10'000;
  const bool is_possible = request.n_sets >= 2 && request.n_sets <= most &&
                           request.n_particles >= 1 && request.n_particles <= most &&
                           request.n_replications >= 10 &&
                           request.n_replications <= most_replications;
  if (!is_possible) {
    stop("R107", "so many sets, particles or replications are not possible",
         "take 2 to 1,000,000 sets, 1 to 1,000,000 particles, 10 to 10,000 replications");
  }
  return {.fit = {.n_sets = static_cast<std::size_t>(request.n_sets),
                  .n_particles = static_cast<std::uint32_t>(request.n_particles),
                  .seed = request.seed},
          .n_replications = static_cast<std::uint32_t>(request.n_replications)};
}

}  // namespace

Estimate Calibration::in_most() const {
  std::vector<double> inside(done.size() * quantities.size());
  for (std::size_t i = 0; i < done.size(); ++i) {
    for (std::size_t k = 0; k < quantities.size(); ++k) {
      const bool is_in = std::abs(quantities[k].ranks[i] - 0.5) <= half_of_most;
      inside[i * quantities.size() + k] = is_in ? 1.0 : 0.0;
    }
  }
  const std::vector<double> each(inside.size(), 1.0);
  return estimate_of(ratio_of(inside, each, quantities.size()));
}

bool Calibration::passes() const {
  return std::all_of(quantities.begin(), quantities.end(),
                     [&](const CalibratedQuantity& at) { return at.p_value >= level(); });
}

Calibration calibrate_model(const language::Model& model, const language::Variant& variant,
                            std::uint32_t until, const CalibrationSettings& settings,
                            Workers workers) {
  const Replicating replicating(model, variant, until, settings);
  const language::Lowered& lowered = replicating.lowered();
  if (lowered.score_columns.empty() || lowered.free_parameters.empty()) {
    stop("R109",
         lowered.score_columns.empty() ? "the case observes nothing"
                                       : "the case has no free parameters",
         "calibration is of what a fit finds: it needs a record and parameters with priors");
  }
  workers.progress.stage("calibration", settings.n_replications);
  std::vector<Replication> replications(settings.n_replications);
  workers.parallel.for_each(settings.n_replications, [&](std::size_t number) {
    if (workers.progress.stop_requested()) throw Interrupted{};
    replications[number] = replicating.run(static_cast<std::uint32_t>(number), workers.progress);
    workers.progress.advance(1);
  });
  workers.progress.finish();
  return joined(replications, replicating.names());
}

Calibration calibrate(const LoadedCase& loaded, const Job& job, Workers workers) {
  return calibrate_model(loaded.model, job.plan.baselines.front(),
                         step_behind(loaded, job.request.until), settings_of(job), workers);
}

}  // namespace casus::cases
