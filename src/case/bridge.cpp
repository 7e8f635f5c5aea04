// Carrying parameter sets over to another variant and weighing them there.
#include "case/bridge.hpp"

#include "case/runs.hpp"
#include "case/warp.hpp"
#include "inference/evidence.hpp"
#include "inference/ratios.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace casus::cases {
namespace {

constexpr std::size_t least_runs = 4;
constexpr double errors_apart = 3.0;

/// Draws from the prior of what a fit has not; samplers draw theirs in epoch 0.
constexpr std::uint32_t epoch_of_additions = 1;

std::size_t sets_of_run(const Fit& fit, std::size_t run) {
  const std::size_t end =
      run + 1 < fit.runs.size() ? fit.runs[run + 1].first_set : fit.weights.size();
  return end - fit.runs[run].first_set;
}

/// Weights of one run's sets alone, which sum to one.
std::vector<double> weights_of_run(const Fit& fit, std::size_t run) {
  const auto first = fit.weights.begin() + static_cast<std::ptrdiff_t>(fit.runs[run].first_set);
  std::vector<double> weights(first, first + static_cast<std::ptrdiff_t>(sets_of_run(fit, run)));
  double sum = 0.0;
  for (const double weight : weights) sum += weight;
  for (double& weight : weights) weight /= sum;
  return weights;
}

std::size_t run_of(const Fit& fit, std::size_t set) {
  std::size_t run = 0;
  while (run + 1 < fit.runs.size() && fit.runs[run + 1].first_set <= set) ++run;
  return run;
}

/// Parameters (n × n_parameters) of the sets of one run, carried over, and their factors.
std::vector<double> carried(const Fit& fit, std::size_t run, const language::Lowered& other,
                            const CarryOver& carry, std::span<double> factors) {
  const CasePrior prior(other);
  const std::size_t width = other.parameter_columns.size();
  const std::size_t n_own = fit.lowered.free_parameters.size();
  std::vector<double> parameters(factors.size() * width);
  std::vector<double> free(prior.n_free());
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const std::size_t set = fit.runs[run].first_set + i;
    factors[i] = carry(set, std::span(fit.free).subspan(set * n_own, n_own), free);
    prior.parameters(free, std::span(parameters).subspan(i * width, width));
  }
  return parameters;
}

random::Key key_of_additions(const Fit& fit, std::size_t set) {
  const FitRun& run = fit.runs[run_of(fit, set)];
  return random::key_of(fit.settings.seed,
                        {.purpose = random::Purpose::parameter,
                         .epoch = epoch_of_additions,
                         .parameter_set = static_cast<std::uint32_t>(set - run.first_set),
                         .replication = run.replication});
}

bool agree(const Estimate& a, const Estimate& b) {
  return std::abs(a.value - b.value) <= errors_apart * std::hypot(a.error, b.error);
}

std::string failure_of(const Bridge& bridge, std::size_t n_runs) {
  if (n_runs < least_runs) return fmt::format("fewer than {} runs", least_runs);
  if (!(bridge.forward.tail < greatest_tail))
    return fmt::format("Pareto k {:.2f}", bridge.forward.tail);
  if (!(bridge.forward.effective_size > least_effective))
    return fmt::format("{:.0f} effective sets", bridge.forward.effective_size);
  if (!agree(bridge.forward.log_factor, bridge.reverse.log_factor))
    return fmt::format("the reverse says {:+.2f}", bridge.reverse.log_factor.value);
  if (bridge.savage_dickey && !agree(bridge.forward.log_factor, *bridge.savage_dickey))
    return fmt::format("Savage-Dickey says {:+.2f}", bridge.savage_dickey->value);
  return "";
}

/// The one free parameter that `larger` has and `smaller` has not, where that is all.
std::optional<std::string> only_difference(const Fit& larger, const Fit& smaller) {
  const std::vector<std::string>& more = larger.lowered.free_parameters;
  const std::vector<std::string>& less = smaller.lowered.free_parameters;
  if (more.size() != less.size() + 1) return std::nullopt;
  std::optional<std::string> found;
  for (const std::string& name : more) {
    if (std::find(less.begin(), less.end(), name) != less.end()) continue;
    if (found) return std::nullopt;
    found = name;
  }
  return found;
}

std::optional<Estimate> density_ratio(const Fit& larger, const Fit& smaller) {
  const auto name = only_difference(larger, smaller);
  if (!name) return std::nullopt;
  const auto& columns = smaller.lowered.parameter_columns;
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const auto& column) { return column.name == *name; });
  if (at == columns.end()) return std::nullopt;
  return savage_dickey(larger, *name,
                       smaller.parameters[static_cast<std::size_t>(at - columns.begin())]);
}

OneSide turned(OneSide side) {
  side.log_factor.value = -side.log_factor.value;
  for (double& one : side.by_run) one = -one;
  return side;
}

}  // namespace

std::vector<double> log_ratios(const Fit& fit, const Target& other, const CarryOver& carry,
                               const language::Steps& steps, Workers workers) {
  const inference::ScoredRun scored{
      .programs = programs_of(other.lowered),
      .n_columns = static_cast<std::uint32_t>(other.lowered.score_columns.size())};
  std::vector<double> ratios;
  for (std::size_t run = 0; run < fit.runs.size(); ++run) {
    const FitRun& of = fit.runs[run];
    const FitRun& like = fit.is_exact ? other.run : of;
    std::vector<double> factors(sets_of_run(fit, run));
    const std::vector<double> parameters = carried(fit, run, other.lowered, carry, factors);
    workers.progress.stage("bridge", steps.count);
    const inference::Replayed there =
        inference::replay(scored, parameters, of.trails,
                          {.n_particles = like.n_particles,
                           .seed = fit.settings.seed,
                           .replication = of.replication,
                           .boosts = like.boosts},
                          {.parallel = workers.parallel, .progress = workers.progress});
    workers.progress.finish();
    if (there.fault) stop_at_fault(steps, *there.fault);
    for (std::size_t i = 0; i < factors.size(); ++i) {
      const double here = fit.log_likelihoods[of.first_set + i];
      ratios.push_back(here == inference::impossible
                           ? inference::impossible
                           : there.log_likelihoods[i] - here + factors[i]);
    }
  }
  return ratios;
}

CarryOver carried_by_name(const Fit& fit, const language::Lowered& other, const Fit* of_other) {
  constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
  const std::vector<std::string>& own = fit.lowered.free_parameters;
  std::vector<std::size_t> sources;
  for (const std::string& name : other.free_parameters) {
    const auto at = std::find(own.begin(), own.end(), name);
    sources.push_back(at == own.end() ? nowhere : static_cast<std::size_t>(at - own.begin()));
  }
  const std::optional<NestedWarp> away = NestedWarp::between(fit, other);
  const std::optional<NestedWarp> to_other =
      of_other == nullptr ? std::nullopt : NestedWarp::between(*of_other, fit.lowered);
  return [&fit, sources, away, to_other](std::size_t set, std::span<const double> from,
                                         std::span<double> to) {
    std::vector<double> moved(from.begin(), from.end());
    double factor = away ? away->drop(moved) : 0.0;
    std::vector<double> normals(to.size());
    inference::standard_normals({.key = key_of_additions(fit, set)}, normals);
    for (std::size_t i = 0; i < sources.size(); ++i)
      to[i] = sources[i] == nowhere ? normals[i] : moved[sources[i]];
    if (to_other) factor += to_other->add(to, normals);
    return factor;
  };
}

OneSide one_side(const Fit& fit, std::span<const double> log_ratios) {
  std::vector<double> by_run;
  for (std::size_t run = 0; run < fit.runs.size(); ++run) {
    const std::vector<double> weights = weights_of_run(fit, run);
    by_run.push_back(
        inference::ratio_mean(weights, log_ratios.subspan(fit.runs[run].first_set, weights.size()))
            .log_mean);
  }
  const inference::Evidence pooled = inference::pooled(by_run);
  std::vector<double> weighted;
  for (std::size_t set = 0; set < log_ratios.size(); ++set)
    weighted.push_back(std::log(fit.weights[set]) + log_ratios[set]);
  return {.log_factor = {.value = pooled.log_evidence, .error = pooled.standard_error},
          .effective_size = inference::ratio_mean(fit.weights, log_ratios).effective_size,
          .tail = inference::pareto_k(weighted),
          .by_run = by_run};
}

Bridge bridge_between(const Fit& a, const Fit& b, const language::Steps& steps, Workers workers) {
  const bool is_possible =
      std::isfinite(a.evidence.log_evidence) && std::isfinite(b.evidence.log_evidence);
  if (!is_possible) return {.failure = "one of the two makes the record impossible"};
  const auto side = [&](const Fit& from, const Fit& to) {
    return one_side(from, log_ratios(from, {to.lowered, to.runs.front()},
                                     carried_by_name(from, to.lowered, &to), steps, workers));
  };
  Bridge bridge{.forward = turned(side(a, b)), .reverse = side(b, a)};
  if (bridge.reverse.effective_size > bridge.forward.effective_size) {
    std::swap(bridge.forward, bridge.reverse);
    bridge.is_under_first = false;
  }
  bridge.savage_dickey = density_ratio(a, b);
  if (!bridge.savage_dickey) {
    bridge.savage_dickey = density_ratio(b, a);
    if (bridge.savage_dickey) bridge.savage_dickey->value = -bridge.savage_dickey->value;
  }
  bridge.failure = failure_of(bridge, std::min(a.runs.size(), b.runs.size()));
  return bridge;
}

}  // namespace casus::cases
