// What a fit found, for people and for programs.
#include "base/text.hpp"
#include "case/ahead.hpp"
#include "case/fit.hpp"
#include "case/json.hpp"
#include "case/json_number.hpp"
#include "case/layout.hpp"
#include "case/netcdf_fit.hpp"
#include "case/predictive.hpp"
#include "case/results.hpp"
#include "case/score.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <numeric>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

/// A weighted sample of one number.
struct Marginal {
  double mean = 0.0;
  double sd = 0.0;
  double low = 0.0;  ///< 5 % lie below
  double median = 0.0;
  double high = 0.0;  ///< 95 % lie below
};

double weighted_quantile(const std::vector<std::pair<double, double>>& sorted, double share) {
  double below = 0.0;
  for (const auto& [value, weight] : sorted) {
    below += weight;
    if (below >= share) return value;
  }
  return sorted.back().first;
}

Marginal marginal_of(const Fit& fit, std::size_t column) {
  const std::size_t n = fit.lowered.parameter_columns.size();
  const double scale = fit.lowered.parameter_columns[column].scale;
  std::vector<std::pair<double, double>> values;
  Marginal result;
  for (std::size_t set = 0; set < fit.n_sets(); ++set) {
    const double value = fit.parameters[set * n + column] / scale;
    values.emplace_back(value, fit.weights[set]);
    result.mean += fit.weights[set] * value;
  }
  for (const auto& [value, weight] : values)
    result.sd += weight * (value - result.mean) * (value - result.mean);
  result.sd = std::sqrt(result.sd);
  std::sort(values.begin(), values.end());
  result.low = weighted_quantile(values, 0.05);
  result.median = weighted_quantile(values, 0.5);
  result.high = weighted_quantile(values, 0.95);
  return result;
}

/// How much narrower the posterior is than the prior, on the scale on which the prior is a standard
/// normal: 0 where the record says nothing, towards 1 where it decides.
double contraction_of(const Fit& fit, std::size_t free) {
  const std::size_t n = fit.lowered.free_parameters.size();
  double mean = 0.0;
  for (std::size_t set = 0; set < fit.n_sets(); ++set)
    mean += fit.weights[set] * fit.free[set * n + free];
  double variance = 0.0;
  for (std::size_t set = 0; set < fit.n_sets(); ++set) {
    const double from_mean = fit.free[set * n + free] - mean;
    variance += fit.weights[set] * from_mean * from_mean;
  }
  return 1.0 - variance;
}

/// The column of a free parameter.
std::size_t column_of(const Fit& fit, const std::string& name) {
  const auto& columns = fit.lowered.parameter_columns;
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const auto& column) { return column.name == name; });
  return static_cast<std::size_t>(at - columns.begin());
}

std::string evidence_words(const Fit& fit) {
  const inference::Evidence& evidence = fit.evidence;
  if (!std::isfinite(evidence.standard_error))
    return fmt::format("{:.2f} (one run: --repeats 5 gives its error)", evidence.log_evidence);
  return fmt::format("{:.2f} ± {:.2f}", evidence.log_evidence, evidence.standard_error);
}

std::string posterior_csv(const Fit& fit) {
  std::vector<std::string> header{"weight", "log_likelihood"};
  const auto& columns = fit.lowered.parameter_columns;
  for (const auto& column : columns) header.push_back(column.name);
  table::Writer writer(header);
  for (std::size_t set = 0; set < fit.n_sets(); ++set) {
    writer.number(fit.weights[set]).number(fit.log_likelihoods[set]);
    for (std::size_t i = 0; i < columns.size(); ++i)
      writer.number(fit.parameters[set * columns.size() + i] / columns[i].scale);
    writer.end_row();
  }
  return writer.take();
}

std::string dates_csv(const language::Steps& steps, const Fit& fit) {
  table::Writer writer({"step", "log_evidence", "effective_sets", "effective_particles", "tempered",
                        "moves", "acceptance", "ancestors", "particles", "draws"});
  for (const inference::DateRecord& date : fit.dates) {
    writer.text(steps.label(date.step)).number(date.log_evidence).number(date.effective_size);
    writer.number(date.state_effective_size).integer(date.n_tempered).integer(date.n_moves);
    writer.number(date.acceptance).integer(date.n_ancestors).integer(date.n_particles);
    writer.integer(date.n_draws).end_row();
  }
  return writer.take();
}

std::string forecasts_csv(const language::Steps& steps, const Fit& fit) {
  table::Writer writer({"step", "observed", "log_score"});
  const auto& columns = fit.lowered.score_columns;
  for (std::size_t at = 0; at < fit.dates.size(); ++at) {
    const std::uint32_t step = fit.dates[at].step;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].is_recorded[step]) continue;
      writer.text(steps.label(step)).text(columns[i].name);
      writer.number(fit.scores[at * columns.size() + i]).end_row();
    }
  }
  return writer.take();
}

/// One-step-ahead log scores of a column, added up.
double score_of(const Fit& fit, std::size_t column) {
  const std::size_t n = fit.lowered.score_columns.size();
  double sum = 0.0;
  for (std::size_t at = column; at < fit.scores.size(); at += n) sum += fit.scores[at];
  return sum;
}

std::size_t n_recorded(const language::ScoreColumn& column) {
  return static_cast<std::size_t>(
      std::count(column.is_recorded.begin(), column.is_recorded.end(), true));
}

std::string parameters_text(const Fit& fit) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right, right, left});
  table.add({"parameter", "mean", "sd", "5 %", "median", "95 %", "narrower by", "unit"});
  for (std::size_t i = 0; i < fit.lowered.free_parameters.size(); ++i) {
    const std::string& name = fit.lowered.free_parameters[i];
    const std::size_t column = column_of(fit, name);
    if (column == fit.lowered.parameter_columns.size()) continue;
    const Marginal at = marginal_of(fit, column);
    const auto digits = [](double value) { return fmt::format("{:.4g}", value); };
    table.add({name, digits(at.mean), digits(at.sd), digits(at.low), digits(at.median),
               digits(at.high),
               fmt::format("{:.0f} %", 100 * std::max(0.0, contraction_of(fit, i))),
               fit.lowered.parameter_columns[column].unit});
  }
  return table.text(2);
}

/// Nothing where it was not foreseen.
std::optional<ForeseenSummary> foreseen_of(const Fit& fit, const std::string& name) {
  for (const ForeseenSeries& series : fit.foreseen)
    if (series.name == name) return summary_of(series);
  return {};
}

void add_foreseen(const Fit& fit, const std::string& name, std::vector<std::string>& row) {
  const auto summary = foreseen_of(fit, name);
  if (!summary || std::isnan(summary->crps)) return;
  row.push_back(fmt::format("{:.4g}", summary->crps));
  if (std::isnan(summary->p)) return;
  row.push_back(fmt::format("{:.0f} % of {}", 100 * summary->in_middle, grouped(summary->n_pit)));
  row.push_back(fmt::format("{:.3f}", summary->p));
}

std::string forecasts_text(const Fit& fit) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right, right});
  table.add({"observed", "recorded", "log score", "each", "CRPS", "in middle 90 %", "p"});
  for (std::size_t i = 0; i < fit.lowered.score_columns.size(); ++i) {
    const language::ScoreColumn& column = fit.lowered.score_columns[i];
    const std::size_t n = n_recorded(column);
    if (n == 0) continue;
    const double sum = score_of(fit, i);
    std::vector<std::string> row{column.name, grouped(n), fmt::format("{:.2f}", sum),
                                 fmt::format("{:.3f}", sum / static_cast<double>(n))};
    add_foreseen(fit, column.name, row);
    table.add(std::move(row));
  }
  return table.text(2) + foreseen_text(fit.foreseen);
}

/// What lay behind the cut, as it was foreseen there.
std::string cut_text(const LoadedCase& loaded, const Job& job, const Fit& fit) {
  std::string text =
      fmt::format("\nafter {}, from what was known then (log scores)\n", job.request.until) +
      ahead_text(fit.ahead);
  const std::string hindcast = hindcast_text(loaded.model, step_behind(loaded, job.request.until));
  return hindcast.empty() ? text : text + "  " + hindcast + "\n";
}

Json ahead_json(const Fit& fit) {
  Json rows = Json::array();
  for (const AheadRow& row : fit.ahead) {
    const auto score = [](const std::optional<double>& one) {
      return one ? log_number(*one) : Json();
    };
    rows.push_back({{"observed", row.name},
                    {"after", row.n},
                    {"model", log_number(row.model)},
                    {"no_change", score(row.no_change)},
                    {"base_rate", score(row.base_rate)}});
  }
  return rows;
}

/// How many particles there were, and when they had to be more: a fit takes as much longer.
std::string particles_text(const language::Steps& steps, const Fit& fit) {
  if (fit.dates.empty()) return "";
  const std::uint32_t at_first = fit.dates.front().n_particles;
  std::string text =
      fmt::format("; {} particles a parameter set", grouped(fit.dates.back().n_particles));
  const auto doubled =
      std::find_if(fit.dates.begin(), fit.dates.end(),
                   [&](const inference::DateRecord& date) { return date.n_particles > at_first; });
  if (doubled == fit.dates.end()) return text + "\n";
  return text + fmt::format(" at the end, {} until {}, when few proposals were accepted\n",
                            grouped(at_first), steps.label(doubled->step));
}

/// What a reader must know before believing the rest.
std::string health_text(const language::Steps& steps, const Fit& fit) {
  double acceptance = 1.0;
  std::uint32_t ancestors = static_cast<std::uint32_t>(fit.n_sets());
  for (const inference::DateRecord& date : fit.dates) {
    if (date.n_moves > 0) acceptance = std::min(acceptance, date.acceptance);
    ancestors = std::min(ancestors, date.n_ancestors);
  }
  std::string text =
      fmt::format("  {} in a run", counted(fit.dates.empty() ? 0 : fit.dates.size(), "date"));
  if (fit.is_exact) {
    text += "; nothing that was not recorded is random: likelihoods are exact\n";
  } else {
    text += particles_text(steps, fit);
  }
  text += fmt::format("  least acceptance of moves {:.0f} %, least number of ancestors {}\n",
                      100 * acceptance, ancestors);
  constexpr std::uint32_t few_ancestors = 10;
  if (ancestors < few_ancestors) {
    text +=
        "  so few draws from the prior are left behind these sets that the posterior is too "
        "narrow: "
        "take more --sets\n";
  }
  return text;
}

Json checks_json(const std::vector<PredictiveCheck>& all) {
  Json rows = Json::array();
  for (const PredictiveCheck& at : all) {
    rows.push_back({{"observed", at.observed},
                    {"statistic", at.statistic},
                    {"recorded", log_number(at.recorded)},
                    {"mean", log_number(at.mean)},
                    {"q05", log_number(at.q05)},
                    {"q95", log_number(at.q95)},
                    {"p", log_number(at.p)}});
  }
  return rows;
}

}  // namespace

std::string fit_text(const LoadedCase& loaded, const Job& job, const Fit& fit) {
  const std::string variant = job.plan.baselines.front().explanation;
  std::string text = fmt::format("{}: {}\n\n", loaded.model.title,
                                 variant.empty() ? "the record and the priors" : variant);
  text += fmt::format("log evidence {}\n", evidence_words(fit));
  if (fit.tempering) text += tempering_text(fit);
  text += "\nparameters, given the record\n";
  text += parameters_text(fit);
  text += "\none step ahead, as each date came\n" + forecasts_text(fit);
  if (!fit.ahead.empty()) text += cut_text(loaded, job, fit);
  text += fmt::format("\n{} in all\n", counted(fit.n_sets(), "parameter set")) +
          health_text(loaded.model.steps, fit);
  return text;
}

std::string fit_json(const LoadedCase& loaded, const Job& job, const Fit& fit) {
  Json parameters = Json::array();
  for (std::size_t i = 0; i < fit.lowered.free_parameters.size(); ++i) {
    const std::size_t column = column_of(fit, fit.lowered.free_parameters[i]);
    if (column == fit.lowered.parameter_columns.size()) continue;
    const Marginal at = marginal_of(fit, column);
    parameters.push_back({{"parameter", fit.lowered.free_parameters[i]},
                          {"unit", fit.lowered.parameter_columns[column].unit},
                          {"mean", log_number(at.mean)},
                          {"sd", log_number(at.sd)},
                          {"q05", log_number(at.low)},
                          {"q50", log_number(at.median)},
                          {"q95", log_number(at.high)},
                          {"contraction", log_number(contraction_of(fit, i))}});
  }
  Json observed = Json::array();
  for (std::size_t i = 0; i < fit.lowered.score_columns.size(); ++i) {
    observed.push_back({{"observed", fit.lowered.score_columns[i].name},
                        {"recorded", n_recorded(fit.lowered.score_columns[i])},
                        {"log_score", log_number(score_of(fit, i))}});
    const auto summary = foreseen_of(fit, fit.lowered.score_columns[i].name);
    if (!summary || std::isnan(summary->crps)) continue;
    observed.back()["crps"] = log_number(summary->crps);
    if (std::isnan(summary->p)) continue;
    observed.back()["ranked"] = summary->n_pit;
    observed.back()["in_middle_90"] = log_number(summary->in_middle);
    observed.back()["pit_p"] = log_number(summary->p);
  }
  Json path = Json::array();
  for (const inference::DateRecord& date : fit.dates) {
    path.push_back({{"step", loaded.model.steps.label(date.step)},
                    {"log_evidence", log_number(date.log_evidence)},
                    {"effective_sets", log_number(date.effective_size)},
                    {"acceptance", log_number(date.acceptance)},
                    {"ancestors", date.n_ancestors}});
  }
  Json document{{"log_evidence", log_number(fit.evidence.log_evidence)},
                {"standard_error", log_number(fit.evidence.standard_error)},
                {"exact", fit.is_exact},
                {"parameters", std::move(parameters)},
                {"observed", std::move(observed)},
                {"dates", std::move(path)}};
  if (!fit.ahead.empty()) document["ahead"] = ahead_json(fit);
  if (fit.tempering) {
    document["tempered"] = {{"log_evidence", log_number(fit.tempering->evidence.log_evidence)},
                            {"standard_error", log_number(fit.tempering->evidence.standard_error)},
                            {"farthest", fit.tempering->farthest},
                            {"distance", log_number(fit.tempering->distance)}};
  }
  return merged_json(fmt::format("{{\"provenance\": {}}}", provenance(loaded, job)),
                     document.dump(2));
}

std::vector<ResultFile> fit_files(const LoadedCase& loaded, const Job& job, const Fit& fit,
                                  const FitChecks& checks) {
  const language::Steps& steps = loaded.model.steps;
  std::vector<ResultFile> files{text_file("posterior.csv", posterior_csv(fit)),
                                text_file("dates.csv", dates_csv(steps, fit)),
                                text_file("forecasts.csv", forecasts_csv(steps, fit)),
                                text_file("predictive.csv", predictive_csv(steps, checks)),
                                text_file("checks.csv", checks_csv(predictive_checks(checks)))};
  if (!fit.foreseen.empty())
    files.push_back(text_file("foreseen.csv", foreseen_csv(steps, fit.foreseen)));
  std::string foreseen = foreseen_svg(loaded.model.title, fit.foreseen);
  if (!foreseen.empty()) files.push_back(text_file("foreseen.svg", std::move(foreseen)));
  std::string figure = predictive_svg(loaded, checks);
  if (!figure.empty()) files.push_back(text_file("predictive.svg", std::move(figure)));
  files.push_back({"posterior.nc",
                   [&](const Pieces& to) { to(posterior_nc(loaded, job, fit, checks).bytes()); }});
  if (fit.tempering)
    files.push_back(text_file("temperatures.csv", temperatures_csv(*fit.tempering)));
  if (!fit.ahead.empty()) files.push_back(text_file("ahead.csv", ahead_csv(fit.ahead)));
  return files;
}

Outcome publish_fit(const LoadedCase& loaded, const Job& job, const Fit& fit,
                    const FitChecks& checks, const std::filesystem::path& folder) {
  const std::vector<PredictiveCheck> all = predictive_checks(checks);
  const Json more{{"predictive_checks", checks_json(all)}};
  Outcome outcome{.text = fit_text(loaded, job, fit) + checks_text(checks, all),
                  .document = merged_json(fit_json(loaded, job, fit), more.dump(2))};
  std::vector<ResultFile> files = fit_files(loaded, job, fit, checks);
  files.push_back(text_file("summary.txt", outcome.text));
  files.push_back(text_file("summary.json", outcome.document));
  store_results(folder, files, provenance(loaded, job));
  return outcome;
}

}  // namespace casus::cases
