// Samplers over the parameters of a lowered variant.
#include "case/posterior.hpp"

#include "case/fit_checkpoint.hpp"
#include "inference/bytes.hpp"
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

/// Collects what samplers found, one after another.
class Pool {
 public:
  explicit Pool(Fit& fit) : fit_(fit) {}

  void add(const inference::Smc& smc, std::uint32_t replication, bool is_possible) {
    FitRun run{.log_evidence = is_possible ? smc.log_evidence() : inference::impossible,
               .replication = replication,
               .n_particles = smc.n_particles(),
               .first_set = fit_.log_likelihoods.size(),
               .weights = smc.weights(),
               .dates = {smc.dates().begin(), smc.dates().end()},
               .scores = {smc.scores().begin(), smc.scores().end()},
               .trails = {smc.trails().begin(), smc.trails().end()},
               .boosts = smc.boosts()};
    lengthen(run);
    fit_.runs.push_back(std::move(run));
    for (std::size_t set = 0; set < smc.n_sets(); ++set) {
      const std::span<const double> parameters = smc.parameters(set);
      fit_.parameters.insert(fit_.parameters.end(), parameters.begin(), parameters.end());
      fit_.log_likelihoods.push_back(smc.log_likelihoods()[set]);
    }
    fit_.free.insert(fit_.free.end(), smc.free().begin(), smc.free().end());
  }

  /// Sets are weighted by the evidence of their sampler relative to the others'.
  void finish() {
    std::vector<double> logs;
    std::vector<double> log_evidences;
    for (const FitRun& run : fit_.runs) {
      log_evidences.push_back(run.log_evidence);
      for (const double weight : run.weights) logs.push_back(std::log(weight) + run.log_evidence);
    }
    fit_.dates = fit_.runs.front().dates;
    fit_.scores = fit_.runs.front().scores;
    fit_.scores.resize(fit_.dates.size() * fit_.lowered.score_columns.size());
    fit_.weights.resize(logs.size());
    inference::normalise(logs, fit_.weights);
    fit_.evidence = inference::pooled(log_evidences);
  }

  std::vector<std::uint8_t> to_bytes() const {
    inference::ByteWriter writer;
    writer.put(std::uint64_t{fit_.runs.size()});
    for (const FitRun& run : fit_.runs) {
      for (const std::uint64_t one :
           {std::uint64_t{run.replication}, std::uint64_t{run.n_particles},
            std::uint64_t{run.first_set}, std::uint64_t{run.trails.size()}}) {
        writer.put(one);
      }
      writer.put(run.log_evidence);
      for (const std::vector<double>* some : {&run.weights, &run.path, &run.scores})
        writer.put(std::span<const double>(*some));
      for (const inference::Trail& trail : run.trails) put(writer, trail);
      put(writer, run.boosts);
      writer.put(std::uint64_t{run.dates.size()});
      for (const inference::DateRecord& date : run.dates) put(writer, date);
    }
    for (const std::vector<double>* some : {&fit_.parameters, &fit_.free, &fit_.log_likelihoods}) {
      writer.put(std::span<const double>(*some));
    }
    return writer.take();
  }

  /// False where the bytes are no pool's of this fit.
  [[nodiscard]] bool from_bytes(std::span<const std::uint8_t> bytes) {
    inference::ByteReader reader(bytes);
    const std::uint64_t n_runs = reader.number();
    if (n_runs > std::max(fit_.settings.n_repeats, fit_.settings.most_repeats)) return false;
    for (std::uint64_t k = 0; k < n_runs; ++k) {
      FitRun& run = fit_.runs.emplace_back();
      run.replication = static_cast<std::uint32_t>(reader.number());
      run.n_particles = static_cast<std::uint32_t>(reader.number());
      run.first_set = reader.number();
      const std::uint64_t n_trails = reader.number();
      if (n_trails > bytes.size()) return false;
      run.log_evidence = reader.real();
      for (std::vector<double>* some : {&run.weights, &run.path, &run.scores})
        *some = reader.reals();
      for (std::uint64_t i = 0; i < n_trails; ++i) run.trails.push_back(trail_of(reader));
      run.boosts = inference::boosts_of(reader);
      const std::uint64_t n_dates = reader.number();
      if (n_dates > bytes.size()) return false;
      for (std::uint64_t i = 0; i < n_dates; ++i) run.dates.push_back(date_of(reader));
    }
    for (std::vector<double>* some : {&fit_.parameters, &fit_.free, &fit_.log_likelihoods}) {
      *some = reader.reals();
    }
    const std::size_t n = n_runs * fit_.settings.n_sets;
    return reader.is_whole() && fit_.log_likelihoods.size() == n &&
           fit_.parameters.size() == n * fit_.lowered.parameter_columns.size() &&
           fit_.free.size() == n * fit_.lowered.free_parameters.size();
  }

 private:
  /// Dates behind one that nothing made possible have no scores, and evidence -inf.
  void lengthen(FitRun& run) const {
    for (const inference::DateRecord& date : run.dates) run.path.push_back(date.log_evidence);
    run.path.resize(fit_.lowered.segments.back().last + std::size_t{1}, inference::impossible);
    const std::size_t n_columns = fit_.lowered.score_columns.size();
    run.scores.resize(run.dates.size() * n_columns);
    run.scores.resize(run.path.size() * n_columns, std::numeric_limits<double>::quiet_NaN());
  }

  Fit& fit_;
};

/// One sampler after another over the record, kept between dates where there is a checkpoint.
class Samplers {
 public:
  Samplers(Fit& fit, const language::Steps& steps, const FitWatch& watch, Workers workers)
      : fit_(fit),
        steps_(steps),
        watch_(watch),
        workers_(workers),
        at_work_{.parallel = workers.parallel, .progress = workers.progress},
        prior_(fit.lowered),
        run_{.programs = programs_of(fit.lowered),
             .n_columns = static_cast<std::uint32_t>(fit.lowered.score_columns.size())},
        pool_(fit) {
    fit_.is_exact = inference::is_exact(run_);
  }

  void run() {
    std::vector<std::uint8_t> sampler = resume();
    while (!is_enough()) {
      run_one(sampler);
      sampler.clear();
      if (watch_.checkpoint != nullptr && !is_enough()) keep_state({});
    }
    pool_.finish();
  }

 private:
  bool is_enough() const {
    const FitSettings& settings = fit_.settings;
    if (fit_.runs.size() < settings.n_repeats) return false;
    if (std::isinf(settings.wanted_error) || fit_.runs.size() >= settings.most_repeats) return true;
    std::vector<double> log_evidences;
    for (const FitRun& run : fit_.runs) log_evidences.push_back(run.log_evidence);
    const inference::Evidence evidence = inference::pooled(log_evidences);
    return evidence.log_evidence == inference::impossible ||
           evidence.standard_error <= settings.wanted_error;
  }

  /// The sampler that was at work, if one was.
  std::vector<std::uint8_t> resume() {
    if (watch_.checkpoint == nullptr) return {};
    std::optional<FitState> state = watch_.checkpoint->load();
    if (!state) return {};
    if (!pool_.from_bytes(state->done)) watch_.checkpoint->refuse();
    if (watch_.go_on && !watch_.go_on(state->gathered)) watch_.checkpoint->refuse();
    if (state->sampler.empty()) say_resumed("");
    return std::move(state->sampler);
  }

  /// "resumed at 2004-03, run 2 of 5"
  void say_resumed(const std::string& date) const {
    const std::size_t n_repeats = fit_.settings.n_repeats;
    std::string line = "resumed";
    if (!date.empty()) line += " at " + date;
    if (fit_.runs.size() == n_repeats) {
      line += ", all of the record was taken in";
    } else if (n_repeats > 1) {
      line += fmt::format(", run {} of {}", fit_.runs.size() + 1, n_repeats);
    }
    watch_.checkpoint->say(line);
  }

  /// From the priors, or where the sampler stood that was at work.
  void begin(inference::Smc& smc, std::span<const std::uint8_t> sampler) {
    if (watch_.checkpoint == nullptr || sampler.empty()) {
      if (const auto fault = smc.begin(at_work_)) stop_at_fault(steps_, *fault);
      return;
    }
    if (!smc.from_bytes(sampler)) watch_.checkpoint->refuse();
    workers_.progress.advance(smc.dates().size());
    say_resumed(smc.dates().empty() ? "" : steps_.label(smc.dates().back().step));
  }

  void run_one(std::span<const std::uint8_t> sampler) {
    const auto number = static_cast<std::uint32_t>(fit_.runs.size());
    const FitSettings& settings = fit_.settings;
    inference::Smc smc(run_, prior_,
                       {.bank = {.n_sets = settings.n_sets,
                                 .n_particles = settings.n_particles,
                                 .seed = settings.seed,
                                 .replication = settings.first_replication + number}});
    workers_.progress.stage(stage_name(settings, number), steps_.count);
    begin(smc, sampler);
    bool is_possible = true;
    look(smc);
    while (is_possible && !smc.is_done()) {
      const auto fault = smc.advance(at_work_);
      is_possible = !fault || fault->program != nullptr || !settings.may_be_impossible;
      if (fault && is_possible) stop_at_fault(steps_, *fault);
      look(smc);
      keep(smc);
    }
    workers_.progress.finish();
    pool_.add(smc, settings.first_replication + number, is_possible);
  }

  std::uint32_t next_step(const inference::Smc& smc) const {
    return inference::first_step(run_) + static_cast<std::uint32_t>(smc.dates().size());
  }

  void look(inference::Smc& smc) {
    if (watch_.between) watch_.between(next_step(smc), smc);
  }

  void keep(inference::Smc& smc) {
    if (watch_.checkpoint == nullptr || smc.is_done()) return;
    if (next_step(smc) >= watch_.kept_before) return;
    if (!watch_.checkpoint->is_due() && !workers_.progress.stop_requested()) return;
    keep_state(smc.to_bytes(at_work_));
  }

  void keep_state(std::vector<std::uint8_t> sampler) {
    FitState state{.done = pool_.to_bytes(), .sampler = std::move(sampler)};
    if (watch_.gathered) state.gathered = watch_.gathered();
    watch_.checkpoint->keep(state);
  }

  Fit& fit_;
  const language::Steps& steps_;
  const FitWatch& watch_;
  Workers workers_;
  inference::Workers at_work_;
  CasePrior prior_;
  inference::ScoredRun run_;
  Pool pool_;
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

Fit fit_lowered(language::Lowered lowered, const language::Steps& steps,
                const FitSettings& settings, Workers workers) {
  return fit_lowered(std::move(lowered), steps, settings, FitWatch{}, workers);
}

Fit fit_lowered(language::Lowered lowered, const language::Steps& steps,
                const FitSettings& settings, const FitWatch& watch, Workers workers) {
  Fit fit{.lowered = std::move(lowered), .settings = settings};
  Samplers(fit, steps, watch, workers).run();
  return fit;
}

}  // namespace casus::cases
