// Samplers over the parameters of a lowered variant.
#include "case/posterior.hpp"

#include "inference/scored_run.hpp"
#include "inference/weights.hpp"
#include "machine/reference.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace casus::cases {
namespace {

std::string stage_name(const FitSettings& settings, std::uint32_t k) {
  const std::string name = settings.label.empty() ? "fit" : "fit " + settings.label;
  return settings.n_repeats > 1 ? fmt::format("{} {}", name, k + 1) : name;
}

/// Adds what one sampler found, its sets weighted by its evidence relative to the best so far.
class Pool {
 public:
  explicit Pool(Fit& fit) : fit_(fit) {}

  void add(const inference::Smc& smc, std::uint32_t replication, bool is_possible) {
    const double log_evidence = is_possible ? smc.log_evidence() : inference::impossible;
    keep(smc, replication, log_evidence);
    log_evidences_.push_back(log_evidence);
    const std::vector<double> weights = smc.weights();
    for (std::size_t set = 0; set < weights.size(); ++set) {
      logs_.push_back(std::log(weights[set]) + log_evidence);
      const std::span<const double> parameters = smc.parameters(set);
      fit_.parameters.insert(fit_.parameters.end(), parameters.begin(), parameters.end());
      fit_.log_likelihoods.push_back(smc.log_likelihoods()[set]);
    }
    fit_.free.insert(fit_.free.end(), smc.free().begin(), smc.free().end());
    if (log_evidences_.size() > 1) return;
    fit_.dates.assign(smc.dates().begin(), smc.dates().end());
    fit_.scores.assign(smc.scores().begin(), smc.scores().end());
  }

  void finish() {
    fit_.weights.resize(logs_.size());
    inference::normalise(logs_, fit_.weights);
    fit_.evidence = inference::pooled(log_evidences_);
  }

 private:
  /// Dates behind one that nothing made possible have no scores, and evidence -inf.
  void keep(const inference::Smc& smc, std::uint32_t replication, double log_evidence) {
    FitRun run{.log_evidence = log_evidence,
               .replication = replication,
               .first_set = logs_.size(),
               .n_particles = smc.n_particles()};
    run.trails.assign(smc.trails().begin(), smc.trails().end());
    for (const inference::DateRecord& date : smc.dates()) run.path.push_back(date.log_evidence);
    run.path.resize(fit_.lowered.segments.back().last + std::size_t{1}, inference::impossible);
    const std::size_t n_columns = fit_.lowered.score_columns.size();
    const std::size_t n_scored = smc.dates().size() * n_columns;
    run.scores.assign(smc.scores().begin(), smc.scores().end());
    run.scores.resize(n_scored);
    run.scores.resize(run.path.size() * n_columns, std::numeric_limits<double>::quiet_NaN());
    fit_.runs.push_back(std::move(run));
  }

  Fit& fit_;
  std::vector<double> logs_;
  std::vector<double> log_evidences_;
};

}  // namespace

void stop_at_fault(const language::Steps& steps, const inference::Fault& fault) {
  Diagnostics found;
  Diagnostic report{.code = "R001",
                    .message = fmt::format("{} at {}", fault.what, steps.label(fault.step)),
                    .primary = {},
                    .has_place = false};
  if (fault.program != nullptr && fault.origin < fault.program->origins.size()) {
    const machine::Origin& origin = fault.program->origins[fault.origin];
    report.message = fmt::format("a calculation failed in a parameter set at {}: {} in `{}`",
                                 steps.label(fault.step), fault.what, origin.name);
    report.primary = {origin.span, fault.what};
    report.has_place = true;
  }
  found.add(std::move(report));
  throw Stop{found};
}

void CasePrior::sample(random::Key key, std::span<double> free) const {
  inference::standard_normals({.key = key, .slot = 0, .step = 0, .sub_step = 0, .site = 0}, free);
}

double CasePrior::log_density(std::span<const double> free) const {
  return inference::standard_normal_log_density(free);
}

void CasePrior::parameters(std::span<const double> free, std::span<double> parameters) const {
  std::vector<double> probabilities;
  for (const double z : free) probabilities.push_back(inference::probability_of_score(z));
  machine::Reference machine;
  machine::Frame frame{.parameters = {},
                       .states = probabilities,
                       .series = &lowered_.series,
                       .step = 0,
                       .key = {},
                       .slot = 0};
  if (machine.step(lowered_.parameters, frame)) {
    std::fill(parameters.begin(), parameters.end(), std::numeric_limits<double>::quiet_NaN());
    return;
  }
  for (const machine::Write& write : lowered_.parameters.outputs)
    parameters[write.target] = machine.value(write.source);
}

language::Variant scored_variant(language::Variant variant, std::uint32_t until) {
  variant.outputs = false;
  variant.measures = false;
  variant.given = true;
  variant.at_probabilities = true;
  variant.given_until = until;
  return variant;
}

Fit fit_lowered(language::Lowered lowered, const language::Steps& steps,
                const FitSettings& settings, Workers workers) {
  Fit fit{.lowered = std::move(lowered)};
  fit.seed = settings.seed;
  const inference::ScoredRun run{
      .programs = programs_of(fit.lowered),
      .n_columns = static_cast<std::uint32_t>(fit.lowered.score_columns.size())};
  const CasePrior prior(fit.lowered);
  inference::SmcOptions options{.bank = {.n_sets = settings.n_sets,
                                         .n_particles = settings.n_particles,
                                         .seed = settings.seed}};
  const inference::Workers at_work{.parallel = workers.parallel, .progress = workers.progress};
  Pool pool(fit);
  for (std::uint32_t k = 0; k < settings.n_repeats; ++k) {
    options.bank.replication = settings.first_replication + k;
    inference::Smc smc(run, prior, options);
    workers.progress.stage(stage_name(settings, k), steps.count);
    if (const auto fault = smc.begin(at_work)) stop_at_fault(steps, *fault);
    bool is_possible = true;
    while (is_possible && !smc.is_done()) {
      const auto fault = smc.advance(at_work);
      is_possible = !fault || fault->program != nullptr || !settings.may_be_impossible;
      if (fault && is_possible) stop_at_fault(steps, *fault);
    }
    workers.progress.finish();
    fit.is_exact = smc.is_exact();
    pool.add(smc, options.bank.replication, is_possible);
  }
  pool.finish();
  return fit;
}

}  // namespace casus::cases
