// Fitting every explanation and setting them side by side.
#include "case/compare.hpp"

#include "base/text.hpp"
#include "case/fit.hpp"
#include "case/score.hpp"
#include "case/stop.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace casus::cases {
namespace {

constexpr std::string_view baseline = "none";
constexpr std::string_view encompassing = "all";

/// Every explanation has samplers of its own, whichever others are compared.
constexpr std::uint32_t replications_apart = 1000;

bool is_among(std::string_view name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> all_names(const language::Model& model) {
  std::vector<std::string> names{std::string(baseline)};
  for (std::string& name : explanation_names(model)) names.push_back(std::move(name));
  return names;
}

std::string reference_of(const std::vector<std::string>& names, const std::string& against) {
  if (!against.empty()) return against;
  if (is_among(encompassing, names)) return std::string(encompassing);
  return is_among(baseline, names) ? std::string(baseline) : names.front();
}

/// In the order asked for, each once, the reference among them.
std::vector<std::string> names_to_compare(const language::Model& model,
                                          const CompareSettings& settings) {
  const std::vector<std::string>& asked =
      settings.names.empty() ? all_names(model) : settings.names;
  std::vector<std::string> names;
  for (const std::string& name : asked) {
    if (!is_among(name, names)) names.push_back(name);
  }
  const std::string reference = reference_of(names, settings.against);
  if (!is_among(reference, names)) names.insert(names.begin(), reference);
  if (names.size() > 1) return names;
  stop("R130", "there is one explanation, and nothing to compare it with",
       "write another: explain NAME \"what it claims\", with the parameters it frees below");
}

std::string description_of(const language::Model& model, const std::string& name) {
  if (name == baseline) return "every parameter with a base value stays there";
  for (const std::uint32_t at : model.explanations) {
    const auto& explain = model.statement<language::ExplainStatement>(at);
    if (explain.name.text == name) return explain.clauses.description;
  }
  return "";
}

language::Lowered lowered_of(const language::Model& model, const std::string& name,
                             const CompareSettings& settings) {
  const language::Variant variant{.explanation = name == baseline ? "" : name,
                                  .fixed = settings.fixed};
  Diagnostics found;
  language::Lowered lowered =
      language::lower(model, scored_variant(variant, settings.until), found);
  if (found.has_errors()) throw Stop{found};
  if (lowered.score_columns.empty()) {
    stop("R109", "the case observes nothing",
         "say what was recorded: observe NAME from \"record.csv\"");
  }
  return lowered;
}

Estimate estimate_of(const inference::Evidence& evidence) {
  return {.value = evidence.log_evidence, .error = evidence.standard_error};
}

Estimate less(const Estimate& a, const Estimate& b) {
  return {.value = a.value - b.value, .error = std::hypot(a.error, b.error)};
}

/// Science asks for two standard errors of both; one run has none.
void judge(Explained& explained) {
  const Estimate& factor = explained.log_factor;
  if (explained.log_evidence.value == inference::impossible) {
    explained.verdict = Verdict::behind;
    explained.reason = "it makes the record impossible";
  } else if (!std::isfinite(factor.error)) {
    explained.reason = "no error: --repeats 5";
  } else if (!(std::abs(factor.value) > 2.0 * factor.error)) {
    explained.reason = "within twice the error";
  } else {
    explained.verdict = factor.value > 0.0 ? Verdict::ahead : Verdict::behind;
  }
}

struct Circumstances {
  const language::Steps& steps;
  const CompareSettings& settings;
  Workers workers;
};

void set_against(Explained& explained, const Explained& reference, const Circumstances& at) {
  explained.by_runs = less(explained.log_evidence, reference.log_evidence);
  explained.log_factor = explained.by_runs;
  explained.bridge.failure = "not asked for";
  if (at.settings.bridge) {
    explained.bridge = bridge_between(explained.fit, reference.fit, at.steps, at.workers);
    if (explained.bridge.holds()) explained.log_factor = explained.bridge.forward.log_factor;
  }
  judge(explained);
}

}  // namespace

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
  return {.names = request.compared,
          .against = request.against,
          .fixed = request.fixed,
          .until = step_behind(loaded, request.until),
          .fit = fit_settings(request)};
}

Explanations compare_explanations(const language::Model& model, const CompareSettings& settings,
                                  Workers workers) {
  const std::vector<std::string> names = names_to_compare(model, settings);
  const std::vector<std::string> known = all_names(model);
  Explanations compared;
  for (const std::string& name : names) {
    FitSettings own = settings.fit;
    const auto at = std::find(known.begin(), known.end(), name) - known.begin();
    own.first_replication = static_cast<std::uint32_t>(at) * replications_apart;
    own.may_be_impossible = true;
    own.label = name;
    Explained explained{
        .name = name,
        .description = description_of(model, name),
        .fit = fit_lowered(lowered_of(model, name, settings), model.steps, own, workers)};
    explained.log_evidence = estimate_of(explained.fit.evidence);
    compared.all.push_back(std::move(explained));
  }
  const std::string reference = reference_of(names, settings.against);
  compared.reference =
      static_cast<std::size_t>(std::find(names.begin(), names.end(), reference) - names.begin());
  std::vector<const Fit*> fits;
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    if (i != compared.reference) {
      set_against(compared.all[i], compared.all[compared.reference],
                  {model.steps, settings, workers});
    }
    fits.push_back(&compared.all[i].fit);
  }
  Explained& reference_one = compared.all[compared.reference];
  reference_one.log_factor = reference_one.by_runs = {.value = 0.0, .error = 0.0};
  reference_one.verdict = Verdict::reference;
  compared.matrix = evidence_matrix(model, fits);
  return compared;
}

}  // namespace casus::cases
