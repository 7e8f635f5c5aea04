// Fitting every explanation and setting them side by side.
#include "case/compare.hpp"

#include "base/text.hpp"
#include "case/fit.hpp"
#include "case/judgement.hpp"
#include "case/lowered.hpp"
#include "case/score.hpp"
#include "case/stop.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <string_view>

namespace casus::cases {
namespace {

constexpr std::string_view baseline = "none";
constexpr std::string_view every_motive = "all";

/// Every explanation has samplers of its own, whichever others are compared.
constexpr std::uint32_t replications_apart = 1000;

/// Without which there is no error to be had.
constexpr std::uint32_t least_runs = 5;

std::vector<std::string> all_names(const language::Model& model) {
  std::vector<std::string> names{std::string(baseline)};
  for (std::string& name : explanation_names(model)) names.push_back(std::move(name));
  return names;
}

std::string reference_of(const std::vector<std::string>& names, const std::string& against) {
  if (!against.empty()) return against;
  if (is_among(every_motive, names)) return std::string(every_motive);
  return is_among(baseline, names) ? std::string(baseline) : names.front();
}

std::string description_of(const language::Model& model, const std::string& name) {
  if (name == baseline) return "every parameter with a base value stays there";
  for (const std::uint32_t at : model.explanations) {
    const auto& explain = model.statement<language::ExplainStatement>(at);
    if (explain.name.text == name) return explain.clauses.description;
  }
  return "";
}

Estimate estimate_of(const inference::Evidence& evidence) {
  return {.value = evidence.log_evidence, .error = evidence.standard_error};
}

Estimate less(const Estimate& a, const Estimate& b) {
  return {.value = a.value - b.value, .error = std::hypot(a.error, b.error)};
}

struct Circumstances {
  const language::Model& model;
  const CompareSettings& settings;
  Workers workers;
};

void set_against(Explained& explained, const Explained& reference, const Circumstances& at) {
  explained.by_runs = less(explained.log_evidence, reference.log_evidence);
  explained.log_factor = explained.by_runs;
  explained.bridge.failure = "not asked for";
  if (at.settings.bridge) {
    explained.bridge = bridge_between(explained.fit, reference.fit, at.model.steps, at.workers);
    if (explained.bridge.holds()) explained.log_factor = explained.bridge.forward.log_factor;
  }
}

void rescale(Explained& explained, const Circumstances& at) {
  if (!std::isfinite(explained.log_evidence.value)) return;
  PriorRangeSettings settings{.fixed = at.settings.fixed,
                              .until = at.settings.until,
                              .fit = at.settings.fit,
                              .runs = at.settings.reruns || explained.fit.is_exact};
  settings.fit.first_replication = explained.fit.runs.front().replication;
  settings.fit.wanted_error = std::numeric_limits<double>::infinity();
  settings.fit.label = explained.name + ", other priors";
  explained.changes =
      scale_changes(at.model, variant_name(explained.name), explained.fit, settings, at.workers);
}

/// What is taken from the fits, once all are there.
void finish(Explanations& compared, const Circumstances& at) {
  std::vector<const Fit*> fits;
  for (Explained& explained : compared.all) {
    fits.push_back(&explained.fit);
    if (at.settings.scales) rescale(explained, at);
  }
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    Explained& explained = compared.all[i];
    if (i == compared.reference) {
      explained.log_factor = explained.by_runs = {.value = 0.0, .error = 0.0};
      explained.verdict = Verdict::reference;
      continue;
    }
    set_against(explained, compared.all[compared.reference], at);
    Judgement judgement = judged(compared, i, compared.reference);
    explained.verdict = judgement.verdict;
    explained.reason = std::move(judgement.reason);
  }
  compared.matrix = evidence_matrix(at.model, fits);
  if (!at.settings.motives) return;
  EncompassingSettings settings{
      .fixed = at.settings.fixed, .until = at.settings.until, .fit = at.settings.fit};
  for (const Explained& one : compared.all) settings.explanations.push_back(one.name);
  compared.encompassing = encompassing(at.model, fits, settings, at.workers);
}

}  // namespace

std::string variant_name(const std::string& name) { return name == baseline ? "" : name; }

std::vector<std::string> names_to_compare(const language::Model& model,
                                          const std::vector<std::string>& asked,
                                          const std::string& against) {
  std::vector<std::string> names;
  for (const std::string& name : asked.empty() ? all_names(model) : asked) {
    if (!is_among(name, names)) names.push_back(name);
  }
  const std::string reference = reference_of(names, against);
  if (!is_among(reference, names)) names.insert(names.begin(), reference);
  if (names.size() > 1) return names;
  stop("R130", "there is one explanation, and nothing to compare it with",
       "write another: explain NAME \"what it claims\", with the parameters it frees below");
}

language::Lowered lowered_explanation(const language::Model& model, const std::string& name,
                                      const CompareSettings& settings) {
  const language::Variant variant{.explanation = variant_name(name), .fixed = settings.fixed};
  language::Lowered lowered = lower_or_stop(model, scored_variant(variant, settings.until));
  require_record(lowered);
  return lowered;
}

Estimate log_factor_at(const Explanations& compared, std::size_t explanation, std::size_t step) {
  const auto evidence_at = [&](const Fit& fit) {
    std::vector<double> logs;
    for (const FitRun& run : fit.runs) logs.push_back(run.path[step]);
    return estimate_of(inference::pooled(logs));
  };
  return less(evidence_at(compared.all[explanation].fit),
              evidence_at(compared.all[compared.reference].fit));
}

CompareSettings compare_settings(const LoadedCase& loaded, const Request& request) {
  const std::vector<std::string> known = all_names(loaded.model);
  std::vector<std::string> asked = request.compared;
  if (!request.against.empty()) asked.push_back(request.against);
  for (const std::string& name : asked) {
    if (is_among(name, known)) continue;
    const auto meant = nearest(name, known);
    stop("R105", fmt::format("no explanation '{}' in {}", name, loaded.name),
         meant ? fmt::format("did you mean '{}'?", *meant)
               : fmt::format("there is {}", one_of(known)));
  }
  FitSettings fit = fit_settings(request);
  if (request.thorough) {
    fit.n_repeats = std::max(fit.n_repeats, least_runs);
    fit.wanted_error = thorough_error;
  }
  return {.names = request.compared,
          .against = request.against,
          .fixed = request.fixed,
          .until = step_behind(loaded, request.until),
          .fit = fit,
          .reruns = request.thorough};
}

namespace {

language::Lowered free_explanation(const language::Model& model, const std::string& name,
                                   const CompareSettings& settings) {
  const language::Variant variant{
      .explanation = variant_name(name), .fixed = settings.fixed, .measures = false};
  return lower_or_stop(model, variant);
}

/// And what it gives of blank cells.
Fit fit_explanation(const std::string& name, const FitSettings& own, const Circumstances& at,
                    BlankCells& blank) {
  language::Lowered lowered = lowered_explanation(at.model, name, at.settings);
  if (!at.settings.uncoded) return fit_lowered(std::move(lowered), at.model.steps, own, at.workers);
  StepAhead ahead(free_explanation(at.model, name, at.settings), own, at.workers);
  BlankLook look(at.model, ahead, lowered, at.settings.until);
  const Between take = [&](std::uint32_t step, inference::Smc& smc) { look.take(step, smc); };
  Fit fit = fit_lowered(std::move(lowered), at.model.steps, own, {.between = take}, at.workers);
  if (fit.evidence.log_evidence != inference::impossible) blank = look.result();
  return fit;
}

}  // namespace

Explanations compare_explanations(const language::Model& model, const CompareSettings& settings,
                                  Workers workers) {
  const std::vector<std::string> names = names_to_compare(model, settings.names, settings.against);
  const std::vector<std::string> known = all_names(model);
  const Circumstances at{model, settings, workers};
  Explanations compared;
  std::vector<BlankCells> blank;
  for (const std::string& name : names) {
    FitSettings own = settings.fit;
    const auto number = std::find(known.begin(), known.end(), name) - known.begin();
    own.first_replication = static_cast<std::uint32_t>(number) * replications_apart;
    own.may_be_impossible = true;
    own.label = name;
    Explained explained{.name = name,
                        .description = description_of(model, name),
                        .is_rival = model.rival_named(name) != nullptr,
                        .fit = fit_explanation(name, own, at, blank.emplace_back())};
    explained.log_evidence = estimate_of(explained.fit.evidence);
    compared.all.push_back(std::move(explained));
  }
  const std::string reference = reference_of(names, settings.against);
  compared.reference =
      static_cast<std::size_t>(std::find(names.begin(), names.end(), reference) - names.begin());
  if (settings.uncoded)
    compared.uncoded = uncoded_cells(compared.all.front().fit.lowered, blank, compared.reference);
  finish(compared, at);
  return compared;
}

}  // namespace casus::cases
