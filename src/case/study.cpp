// How large a study's fits are, and what they say.
#include "case/study.hpp"

#include "base/text.hpp"
#include "case/fit.hpp"
#include "case/json.hpp"
#include "case/judgement.hpp"
#include "case/layout.hpp"
#include "case/lowered.hpp"
#include "case/predictive.hpp"
#include "case/stop.hpp"
#include "inference/scored_run.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

struct FitSize {
  std::uint64_t n_sets = 0;
  std::uint64_t n_particles = 0;
  std::uint64_t n_repeats = 0;
};

/// From those of `casus compare` down. Smaller ones would tell nothing: where all explanations
/// together are too much for the last, it is two that are fitted.
constexpr std::array ladder{
    FitSize{500, 200, 5}, FitSize{250, 100, 4}, FitSize{120, 60, 4},
    FitSize{64, 32, 4},   FitSize{64, 32, 3},
};

/// Instructions of one lane that a study may spend on its fits: about six minutes of two cores.
constexpr double most_work = 3e12;

/// A sampler of dozens of parameters moves its sets often enough to go through the record about so
/// many times.
constexpr double passes = 200.0;

double instructions_of_pass(const language::Lowered& lowered) {
  double n = 0.0;
  for (const language::Segment& segment : lowered.segments) {
    n += static_cast<double>(segment.program.code.size()) * (segment.last - segment.first + 1.0);
  }
  return n;
}

/// Nothing where not even the smallest size will do.
std::optional<FitSize> size_for(const language::Lowered& lowered, std::size_t n_models) {
  const bool is_exact =
      inference::is_exact({.programs = programs_of(lowered),
                           .n_columns = static_cast<std::uint32_t>(lowered.score_columns.size())});
  const double pass = instructions_of_pass(lowered) * passes * static_cast<double>(n_models);
  const auto fits = [&](const FitSize& size) {
    const std::uint64_t n_lanes = size.n_sets * (is_exact ? 1 : size.n_particles);
    return pass * static_cast<double>(n_lanes * size.n_repeats) <= most_work;
  };
  const auto* const largest = std::find_if(ladder.begin(), ladder.end(), fits);
  return largest == ladder.end() ? std::nullopt : std::optional(*largest);
}

/// The baseline and every explanation, or the baseline alone.
std::vector<std::string> names_to_fit(const language::Model& model) {
  std::vector<std::string> names{"none"};
  for (std::string& name : explanation_names(model)) names.push_back(std::move(name));
  return names;
}

/// Nothing where nothing is to be fitted.
std::optional<language::Lowered> lowered_with_record(const LoadedCase& loaded, const Job& job) {
  if (job.request.no_fit) return std::nullopt;
  const language::Variant variant{.explanation = job.plan.baselines.front().explanation,
                                  .fixed = job.request.fixed};
  language::Lowered lowered =
      lower_or_stop(loaded.model, scored_variant(variant, loaded.model.steps.count));
  if (lowered.score_columns.empty()) return std::nullopt;
  return lowered;
}

std::string name_shown(const Job& job) {
  const std::string& name = job.plan.baselines.front().explanation;
  return name.empty() ? "none" : name;
}

CompareSettings settings_of(const LoadedCase& loaded, const Job& job) {
  CompareSettings settings = compare_settings(loaded, job.request);
  settings.names = job.fitted;
  return settings;
}

/// The one model of a case without explanations, as a comparison of one.
Explanations only_model(const LoadedCase& loaded, const CompareSettings& settings,
                        Workers workers) {
  Explained only{.name = "none",
                 .fit = fit_lowered(lowered_explanation(loaded.model, "none", settings),
                                    loaded.model.steps, settings.fit, workers)};
  only.log_evidence = {.value = only.fit.evidence.log_evidence,
                       .error = only.fit.evidence.standard_error};
  only.verdict = Verdict::reference;
  Explanations compared;
  compared.all.push_back(std::move(only));
  return compared;
}

/// What may be said of explanations as a sentence.
std::string verdicts_text(const Explanations& compared) {
  const auto named = [&](Verdict verdict) {
    std::vector<std::string> names;
    for (const Explained& one : compared.all) {
      if (one.verdict == verdict) names.push_back(one.name);
    }
    return join_text(names, ", ");
  };
  const std::string ahead = named(Verdict::ahead);
  const std::string behind = named(Verdict::behind);
  const std::string& reference = compared.all[compared.reference].name;
  if (ahead.empty() && behind.empty()) {
    return fmt::format("  the record, read by this model, ranks none of them against {}\n",
                       reference);
  }
  std::string text;
  if (!ahead.empty()) text += fmt::format("  ahead of {}: {}\n", reference, ahead);
  if (!behind.empty()) text += fmt::format("  behind {}: {}\n", reference, behind);
  return text;
}

std::string size_text(const Fit& fit) {
  std::string sets = counted(fit.settings.n_sets, "parameter set");
  if (fit.is_exact) return sets;
  return fmt::format("{}, each of {} particles at first", sets, fit.settings.n_particles);
}

}  // namespace

void plan_record(const LoadedCase& loaded, Job& job) {
  Request& request = job.request;
  FitSize size = ladder.front();
  if (const auto lowered = lowered_with_record(loaded, job)) {
    job.fitted = names_to_fit(loaded.model);
    if (job.fitted.size() == 1 && lowered->free_parameters.empty()) job.fitted.clear();
    std::optional<FitSize> largest = size_for(*lowered, job.fitted.size());
    if (!largest) {
      job.fitted = {"none"};
      if (name_shown(job) != "none") job.fitted.push_back(name_shown(job));
      largest = size_for(*lowered, job.fitted.size());
    }
    size = largest.value_or(ladder.back());
  }
  if (!job.fitted.empty() && request.shard) {
    stop("R125", "a shard of a study that fits the record",
         "the sampler is one piece of work: add --no-fit, or leave out --shard");
  }
  const Request standard;
  const auto settle = [&](std::uint64_t& asked, std::uint64_t suits, std::uint64_t unused) {
    if (job.fitted.empty()) asked = unused;
    if (asked == 0) asked = suits;
  };
  settle(request.n_sets, size.n_sets, standard.n_sets);
  settle(request.n_particles, size.n_particles, standard.n_particles);
  settle(request.n_repeats, size.n_repeats, standard.n_repeats);
}

StudiedRecord study_record(const LoadedCase& loaded, const Job& job, Workers workers) {
  const CompareSettings settings = settings_of(loaded, job);
  StudiedRecord studied{.compared = job.fitted.size() == 1
                                        ? only_model(loaded, settings, workers)
                                        : compare_explanations(loaded.model, settings, workers)};
  const auto& all = studied.compared.all;
  const auto is_shown = [&](const Explained& one) { return one.name == name_shown(job); };
  studied.shown =
      static_cast<std::size_t>(std::find_if(all.begin(), all.end(), is_shown) - all.begin());
  studied.checks = check_fit(loaded, job, studied.fit(), workers);
  return studied;
}

std::string record_text(const LoadedCase& loaded, const StudiedRecord& studied) {
  const Explanations& compared = studied.compared;
  const Fit& fit = studied.fit();
  std::string text = "\nWhat the record says: its log probability, parameters integrated out\n";
  text += evidence_table(compared);
  if (compared.all.size() > 1) text += verdicts_text(compared);
  const std::string keep = keep_text(compared);
  if (!keep.empty()) text += "  " + keep;
  text += fmt::format(
      "  {} of each, with {}; {}\n", counted(fit.runs.size(), "run"), size_text(fit),
      compared.all.size() > 1 ? "more are for `casus compare`" : "more are for `casus fit`");
  const std::size_t n_left = names_to_fit(loaded.model).size() - compared.all.size();
  if (n_left > 0)
    text +=
        fmt::format("  {} would take longer: casus compare\n", counted(n_left, "more explanation"));
  text += coverage_text(studied.checks);
  return text + fmt::format("  parameters of {} given the record: posterior.csv\n",
                            loaded.model.explanations.empty() ? "the model"
                                                              : compared.all[studied.shown].name);
}

std::string record_json(const LoadedCase& loaded, const Job& job, const StudiedRecord& studied) {
  nlohmann::ordered_json record =
      nlohmann::ordered_json::parse(compare_json(loaded, job, studied.compared));
  record.erase("provenance");
  return nlohmann::ordered_json{{"record", std::move(record)}}.dump(2);
}

std::vector<ResultFile> record_files(const LoadedCase& loaded, const Job& job,
                                     const StudiedRecord& studied) {
  std::vector<ResultFile> files = fit_files(loaded, job, studied.fit(), studied.checks);
  if (studied.compared.all.size() == 1) return files;
  for (ResultFile& file : compare_files(loaded, studied.compared)) files.push_back(std::move(file));
  return files;
}

}  // namespace casus::cases
