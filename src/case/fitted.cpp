// As-of what-ifs.
#include "case/fitted.hpp"

#include "base/text.hpp"
#include "case/layout.hpp"
#include "case/memory.hpp"
#include "case/stop.hpp"
#include "language/interventions.hpp"
#include "language/print.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace casus::cases {
namespace {

using language::Steps;

/// The first step that a what-if changes; the last one of the case where it changes none.
std::uint32_t first_changed(const language::Model& model, const language::Variant& variant) {
  std::uint32_t first = model.steps.count - 1;
  for (const language::LineSteps& line : language::intervention_lines(model, variant))
    first = std::min(first, line.first);
  return first;
}

std::string record_name(const Steps& steps, std::uint32_t step) {
  return step == 0 ? "no record" : "record to " + steps.label(step - 1);
}

bool is_of_move(const language::Model& model, const language::Intervention& line) {
  const auto quantity = model.quantity_named.find(line.target.name.text);
  return quantity != model.quantity_named.end() &&
         model[quantity->second].kind == language::Quantity::Kind::move;
}

/// What the others know of a change to a move: "announced, fully believed"
std::string how_known(const language::Model& model, const language::Intervention& line) {
  if (!line.commits) {
    return line.unforeseen ? "a surprise in every step"
                           : "a surprise in its first step, reckoned with from the next";
  }
  const std::string credibility =
      line.credibility == language::no_node ? "1" : language::print(model.tree, line.credibility);
  if (parse_number(credibility) == 1.0) return "announced, fully believed";
  return fmt::format("announced, believed with probability {}", credibility);
}

/// "guarantee: announced, fully believed"
std::vector<std::string> kinds_of(const language::Model& model, const std::string& whatif) {
  std::vector<std::string> notes;
  for (const std::uint32_t at : model.whatifs) {
    const auto& statement = model.statement<language::WhatifStatement>(at);
    if (statement.name.text != whatif) continue;
    for (const language::Intervention& line : statement.lines) {
      if (!is_of_move(model, line)) continue;
      notes.push_back(
          fmt::format("{}: {} is {}", whatif, line.target.name.text, how_known(model, line)));
    }
  }
  return notes;
}

/// How the sampler did.
std::string sampler_note(const Fit& fit, const Steps& steps) {
  const std::uint32_t last = fit.dates.back().step;
  std::uint32_t ancestors = static_cast<std::uint32_t>(fit.n_sets());
  for (const inference::DateRecord& date : fit.dates)
    ancestors = std::min(ancestors, date.n_ancestors);
  const std::string each =
      fit.is_exact ? "exact likelihoods"
                   : fmt::format("{} histories each", grouped(fit.dates.back().n_particles));
  std::string note =
      fmt::format("posterior at {}: {}, {}, log evidence {:.2f}, least number of ancestors {}",
                  steps.label(last), counted(fit.n_sets(), "parameter set"), each,
                  fit.evidence.log_evidence, ancestors);
  constexpr std::uint32_t few = 10;
  if (ancestors < few) note += ": too few, take more --sets";
  return note;
}

/// Goes on from a snapshot, or from the priors where there is none.
void go_on(const AsOf* from, const EnsembleOptions& options, Workers workers, Run& run) {
  Sharing sharing;
  if (from != nullptr) {
    check_layout(run.lowered, from->checkpoint);
    run.lowered.first_result_step = from->checkpoint.step;
    sharing.from = &from->checkpoint;
    sharing.parameters = from->parameters;
  }
  run.ensemble = simulate(run.lowered, options, sharing, workers);
}

class Fitted {
 public:
  Fitted(const LoadedCase& loaded, const Job& job, Workers workers)
      : loaded_(loaded), steps_(loaded.model.steps), job_(job), workers_(workers) {
    variant_ = job.plan.baselines.back();
    variant_.outputs = true;
    runs_.options = job.plan.options;
    runs_.options.epoch = as_of_epoch;
  }

  Runs what_ifs() {
    std::vector<std::uint32_t> firsts;
    for (const std::string& name : job_.plan.whatifs) {
      language::Variant variant = variant_;
      variant.whatif = name;
      firsts.push_back(first_changed(loaded_.model, variant));
      runs_.whatifs.push_back({.run = lower_one(loaded_, name, variant), .comparisons = {}});
    }
    const std::set<std::uint32_t> dates(firsts.begin(), firsts.end());
    check_memory_for(dates.size(), firsts.size());
    sample(dates);
    for (const std::uint32_t step : dates) add_baseline(step);
    for (std::size_t i = 0; i < firsts.size(); ++i) run_one(firsts[i], runs_.whatifs[i]);
    workers_.progress.finish();
    return std::move(runs_);
  }

  Runs projection(std::uint32_t from) {
    check_memory_for(1, 0);
    sample({from});
    add_baseline(from);
    workers_.progress.finish();
    return std::move(runs_);
  }

 private:
  void check_memory_for(std::size_t n_baselines, std::size_t n_whatifs) const {
    Diagnostics found;
    const Run run = lower_one(loaded_, "", variant_);
    check_memory(run.lowered, runs_.options, n_baselines, n_whatifs, found);
    stop_on_errors(found);
  }

  void sample(const std::set<std::uint32_t>& dates) {
    std::vector<std::uint32_t> wanted;
    for (const std::uint32_t step : dates) {
      if (step > 0) wanted.push_back(step);
    }
    if (!wanted.empty()) {
      AsOfFit known =
          as_of(loaded_, variant_, wanted, runs_.options, fit_settings(job_.request), workers_);
      runs_.notes.push_back(sampler_note(known.fit, steps_));
      at_ = std::move(known.at);
      const std::string hindcast = hindcast_text(loaded_.model, wanted.front());
      if (!hindcast.empty()) runs_.notes.push_back(hindcast);
    }
    for (const PairedRun& paired : runs_.whatifs) {
      for (std::string& note : kinds_of(loaded_.model, paired.run.name))
        runs_.notes.push_back(std::move(note));
    }
    const std::size_t n_runs = dates.size() + runs_.whatifs.size();
    workers_.progress.stage(
        fmt::format("{} runs", n_runs),
        n_runs * std::uint64_t{runs_.options.n_sets} * runs_.options.per_set * steps_.count);
  }

  const AsOf* snapshot(std::uint32_t step) const {
    for (const AsOf& one : at_) {
      if (one.checkpoint.step == step) return &one;
    }
    return nullptr;
  }

  void add_baseline(std::uint32_t step) {
    runs_.baselines.push_back(lower_one(loaded_, record_name(steps_, step), variant_));
    go_on(snapshot(step), runs_.options, workers_, runs_.baselines.back());
    stop_on_failures(loaded_, runs_.baselines.back());
  }

  void run_one(std::uint32_t step, PairedRun& paired) {
    const auto is_its = [&](const Run& run) { return run.name == record_name(steps_, step); };
    const auto at = std::find_if(runs_.baselines.begin(), runs_.baselines.end(), is_its);
    paired.baseline = static_cast<std::size_t>(at - runs_.baselines.begin());
    const AsOf* const from = snapshot(step);
    go_on(from, runs_.options, workers_, paired.run);
    stop_on_failures(loaded_, paired.run);
    if (loaded_.model.games.empty()) return;
    paired.parting = part({.model = loaded_.model,
                           .baseline = at->lowered,
                           .changed = paired.run.lowered,
                           .ensemble = at->ensemble,
                           .options = runs_.options,
                           .from = from == nullptr ? nullptr : &from->checkpoint},
                          workers_);
  }

  const LoadedCase& loaded_;
  const Steps& steps_;
  const Job& job_;
  Workers workers_;
  language::Variant variant_;
  std::vector<AsOf> at_;
  Runs runs_;
};

/// Removes the measures that need steps behind `last`, those over a set all together; their names.
std::vector<std::string> leave_out_beyond(std::uint32_t last, language::Lowered& lowered) {
  const std::vector<bool> beyond = measures_beyond(lowered, last);
  std::set<language::QuantityId> gone;
  for (std::size_t i = 0; i < beyond.size(); ++i) {
    if (beyond[i]) gone.insert(lowered.measure_columns[i].quantity);
  }
  std::vector<std::string> names;
  std::vector<language::MeasureColumn> kept;
  for (const language::MeasureColumn& column : lowered.measure_columns) {
    if (gone.contains(column.quantity)) {
      names.push_back(column.name);
    } else {
      kept.push_back(column);
    }
  }
  lowered.measure_columns = std::move(kept);
  return names;
}

}  // namespace

Runs run_fitted(const LoadedCase& loaded, const Job& job, Workers workers) {
  Runs runs = Fitted(loaded, job, workers).what_ifs();
  summarise_all(loaded, runs);
  for (PairedRun& paired : runs.whatifs) {
    const Run& baseline = baseline_of(runs, paired);
    add_spreads(baseline.lowered, baseline.ensemble, paired.run.ensemble, paired.comparisons);
  }
  return runs;
}

Runs run_project(const LoadedCase& loaded, const Job& job, Workers workers) {
  const std::uint32_t first = job.first_step;
  const std::uint32_t last = job.last_step;
  const language::Steps& steps = loaded.model.steps;
  Runs runs = Fitted(loaded, job, workers).projection(first);
  Run& run = runs.baselines.front();
  const std::vector<std::string> left_out = leave_out_beyond(last, run.lowered);
  summarise_all(loaded, runs);
  Bands& bands = run.ensemble.bands;
  const std::size_t n_shown = (last + std::size_t{1} - first) * bands.lines.size();
  bands.values.resize(std::min(bands.values.size(), n_shown));
  runs.notes.insert(runs.notes.begin(),
                    fmt::format("under these assumptions the model gives, {} to {}, from the {}",
                                steps.label(first), steps.label(last), run.name));
  if (!left_out.empty()) {
    runs.notes.push_back("left out, since they need later steps: " + join_text(left_out, ", "));
  }
  return runs;
}

}  // namespace casus::cases
