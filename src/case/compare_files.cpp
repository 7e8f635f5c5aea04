// What a comparison found, for programs and for its folder.
#include "case/compare.hpp"
#include "case/figures.hpp"
#include "case/json.hpp"
#include "case/json_number.hpp"
#include "case/judgement.hpp"
#include "case/results.hpp"
#include "table/writer.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::reference: return "reference";
    case Verdict::ahead: return "ahead";
    case Verdict::behind: return "behind";
    case Verdict::undecided: break;
  }
  return "undecided";
}

void write_ways(table::Writer& writer, const Explained& explained) {
  const Bridge& bridge = explained.bridge;
  const Estimate density = bridge.savage_dickey.value_or(Estimate{});
  writer.text(bridge.holds() ? "bridge" : "runs");
  writer.number(explained.by_runs.value).number(explained.by_runs.error);
  writer.number(bridge.forward.log_factor.value).number(bridge.forward.log_factor.error);
  writer.number(bridge.forward.tail).number(bridge.forward.effective_size);
  writer.number(bridge.reverse.log_factor.value).number(bridge.reverse.log_factor.error);
  writer.number(bridge.reverse.tail).number(density.value).number(density.error);
  writer.text(bridge.failure);
}

Json side_json(const OneSide& side) {
  return {{"log_bayes_factor", log_number(side.log_factor.value)},
          {"standard_error", log_number(side.log_factor.error)},
          {"pareto_k", log_number(side.tail)},
          {"effective_sets", log_number(side.effective_size)}};
}

Json bridge_json(const Explained& explained, const std::string& reference) {
  const Bridge& bridge = explained.bridge;
  const Estimate density = bridge.savage_dickey.value_or(Estimate{});
  return {{"holds", bridge.holds()},
          {"failure", bridge.failure},
          {"under", bridge.is_under_first ? explained.name : reference},
          {"forward", side_json(bridge.forward)},
          {"reverse", side_json(bridge.reverse)},
          {"savage_dickey", log_number(density.value)},
          {"error_of_savage_dickey", log_number(density.error)}};
}

std::string evidence_csv(const Explanations& compared) {
  table::Writer writer({"explanation",
                        "against",
                        "log_evidence",
                        "standard_error",
                        "log_bayes_factor",
                        "error_of_factor",
                        "by",
                        "by_runs",
                        "error_by_runs",
                        "bridge",
                        "error_of_bridge",
                        "bridge_k",
                        "bridge_effective",
                        "reverse",
                        "error_of_reverse",
                        "reverse_k",
                        "savage_dickey",
                        "error_of_savage_dickey",
                        "bridge_failure",
                        "verdict",
                        "reason"});
  for (const Explained& explained : compared.all) {
    writer.text(explained.name).text(compared.all[compared.reference].name);
    writer.number(explained.log_evidence.value).number(explained.log_evidence.error);
    writer.number(explained.log_factor.value).number(explained.log_factor.error);
    write_ways(writer, explained);
    writer.text(name_of(explained.verdict)).text(explained.reason).end_row();
  }
  return writer.take();
}

std::string_view name_of(ScaleChange::By by) {
  switch (by) {
    case ScaleChange::By::nothing: return "nothing";
    case ScaleChange::By::bridge: return "bridge";
    case ScaleChange::By::runs: return "runs";
    case ScaleChange::By::unknown: break;
  }
  return "unknown";
}

std::string scales_csv(const Explanations& compared) {
  table::Writer writer({"explanation", "priors", "factor", "log_bayes_factor", "standard_error",
                        "change_of_log_evidence", "error_of_change", "by", "pareto_k",
                        "effective"});
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    const Explained& explained = compared.all[i];
    for (std::size_t scale = 0; scale < explained.changes.size(); ++scale) {
      const ScaleChange& change = explained.changes[scale];
      const Estimate factor = factor_between(compared, i, compared.reference, scale);
      const bool of_motives = prior_scales.at(scale).which == Rescaled::motives;
      writer.text(explained.name).text(of_motives ? "motives" : "others");
      writer.number(prior_scales.at(scale).factor).number(factor.value).number(factor.error);
      writer.number(change.log_change.value).number(change.log_change.error);
      writer.text(name_of(change.by)).number(change.side.tail);
      writer.number(change.side.effective_size).end_row();
    }
  }
  return writer.take();
}

std::string motives_csv(const Encompassing& model) {
  std::vector<std::string> header = model.motives;
  for (const std::string_view name : {"log_bayes_factor", "standard_error", "pareto_k", "known"})
    header.emplace_back(name);
  table::Writer writer(header);
  for (const MotiveSubset& subset : model.subsets) {
    for (const bool has : subset.has) writer.integer(has ? 1 : 0);
    writer.number(subset.side.log_factor.value).number(subset.side.log_factor.error);
    writer.number(subset.side.tail).integer(subset.is_known ? 1 : 0).end_row();
  }
  return writer.take();
}

Json scales_json(const Explanations& compared, std::size_t explanation) {
  Json scales = Json::array();
  for (std::size_t scale = 0; scale < compared.all[explanation].changes.size(); ++scale) {
    const PriorScale& under = prior_scales.at(scale);
    const Estimate factor = factor_between(compared, explanation, compared.reference, scale);
    const ScaleChange& change = compared.all[explanation].changes[scale];
    scales.push_back({{"priors", under.which == Rescaled::motives ? "motives" : "others"},
                      {"factor", under.factor},
                      {"log_bayes_factor", log_number(factor.value)},
                      {"standard_error", log_number(factor.error)},
                      {"change_of_log_evidence", log_number(change.log_change.value)},
                      {"error_of_change", log_number(change.log_change.error)},
                      {"by", name_of(change.by)}});
  }
  return scales;
}

Json motives_json(const Encompassing& model) {
  Json inclusions = Json::array();
  for (const Inclusion& one : model.inclusions) {
    inclusions.push_back({{"motive", one.motive},
                          {"log_bayes_factor", log_number(one.log_factor.value)},
                          {"standard_error", log_number(one.log_factor.error)},
                          {"all_against_all_but_it", log_number(one.from_all.value)},
                          {"error_of_that", log_number(one.from_all.error)}});
  }
  return inclusions;
}

std::string runs_csv(const Explanations& compared) {
  table::Writer writer({"explanation", "run", "log_evidence", "particles"});
  for (const Explained& explained : compared.all) {
    std::int64_t number = 1;
    for (const FitRun& run : explained.fit.runs) {
      writer.text(explained.name).integer(number++).number(run.log_evidence);
      writer.integer(run.n_particles).end_row();
    }
  }
  return writer.take();
}

std::string path_csv(const language::Steps& steps, const Explanations& compared) {
  table::Writer writer({"step", "explanation", "log_bayes_factor", "standard_error"});
  for (std::uint32_t step = 0; step < steps.count; ++step) {
    for (std::size_t i = 0; i < compared.all.size(); ++i) {
      if (i == compared.reference) continue;
      const Estimate factor = log_factor_at(compared, i, step);
      writer.text(steps.label(step)).text(compared.all[i].name);
      writer.number(factor.value).number(factor.error).end_row();
    }
  }
  return writer.take();
}

std::string uncoded_csv(const language::Steps& steps, const Explanations& compared) {
  table::Writer writer({"step", "observed", "expected", "noise", "explanation", "against"});
  for (const UncodedCell& cell : compared.uncoded) {
    writer.text(steps.label(cell.step)).text(cell.name).number(cell.expected);
    writer.number(cell.noise).text(compared.all[cell.explanation].name);
    writer.text(compared.all[compared.reference].name).end_row();
  }
  return writer.take();
}

std::string matrix_csv(const language::Steps& steps, const Explanations& compared) {
  std::vector<std::string> header{"group",    "step",  "observed",
                                  "recorded", "apart", "apart_of_group"};
  for (const Explained& explained : compared.all) header.push_back(explained.name);
  table::Writer writer(header);
  std::int64_t number = 1;
  for (const MatrixGroup& group : compared.matrix.groups) {
    for (const MatrixRow& row : group.rows) {
      writer.integer(number).text(steps.label(row.step)).text(row.name).text(row.recorded);
      writer.number(row.spread).number(group.spread);
      for (const double score : row.scores) writer.number(score);
      writer.end_row();
    }
    ++number;
  }
  return writer.take();
}

Json explanations_json(const Explanations& compared) {
  Json all = Json::array();
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    const Explained& explained = compared.all[i];
    all.push_back({{"explanation", explained.name},
                   {"description", explained.description},
                   {"log_evidence", log_number(explained.log_evidence.value)},
                   {"standard_error", log_number(explained.log_evidence.error)},
                   {"log_bayes_factor", log_number(explained.log_factor.value)},
                   {"error_of_factor", log_number(explained.log_factor.error)},
                   {"by_runs", log_number(explained.by_runs.value)},
                   {"error_by_runs", log_number(explained.by_runs.error)},
                   {"bridge", bridge_json(explained, compared.all[compared.reference].name)},
                   {"scales", scales_json(compared, i)},
                   {"verdict", name_of(explained.verdict)},
                   {"reason", explained.reason}});
  }
  return all;
}

/// Whether strategy earns its keep; null where no rival is compared.
Json keep_json(const Explanations& compared) {
  const std::optional<Keep> keep = keep_of_strategy(compared);
  if (!keep) return nullptr;
  return {{"explanation", compared.all[keep->strategic].name},
          {"rival", compared.all[keep->rival].name},
          {"rivals", keep->n_rivals},
          {"log_bayes_factor", log_number(keep->factor.value)},
          {"standard_error", log_number(keep->factor.error)},
          {"verdict", name_of(keep->judgement.verdict)},
          {"reason", keep->judgement.reason}};
}

Json path_json(const language::Steps& steps, const Explanations& compared) {
  Json path = Json::object();
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    if (i == compared.reference) continue;
    Json by_step = Json::object();
    for (std::uint32_t step = 0; step < steps.count; ++step)
      add_member(by_step, steps.label(step), log_number(log_factor_at(compared, i, step).value));
    path[compared.all[i].name] = std::move(by_step);
  }
  return path;
}

Json items_json(const language::Steps& steps, const Explanations& compared) {
  Json items = Json::array();
  for (std::size_t number_of = 0; number_of < compared.matrix.groups.size(); ++number_of) {
    for (const MatrixRow& row : compared.matrix.groups[number_of].rows) {
      Json scores = Json::object();
      for (std::size_t i = 0; i < row.scores.size(); ++i)
        scores[compared.all[i].name] = log_number(row.scores[i]);
      items.push_back({{"group", number_of + 1},
                       {"step", steps.label(row.step)},
                       {"observed", row.name},
                       {"recorded", row.recorded},
                       {"apart", log_number(row.spread)},
                       {"log_probability", std::move(scores)}});
    }
  }
  return items;
}

}  // namespace

std::string compare_json(const LoadedCase& loaded, const Job& job, const Explanations& compared) {
  const language::Steps& steps = loaded.model.steps;
  const Json document{{"against", compared.all[compared.reference].name},
                      {"explanations", explanations_json(compared)},
                      {"strategy", keep_json(compared)},
                      {"motives", motives_json(compared.encompassing)},
                      {"path", path_json(steps, compared)},
                      {"items", items_json(steps, compared)}};
  return merged_json(fmt::format("{{\"provenance\": {}}}", provenance(loaded, job)),
                     document.dump(2));
}

std::vector<ResultFile> compare_files(const LoadedCase& loaded, const Explanations& compared) {
  const language::Steps& steps = loaded.model.steps;
  std::vector<ResultFile> files{text_file("evidence.csv", evidence_csv(compared)),
                                text_file("runs.csv", runs_csv(compared)),
                                text_file("scales.csv", scales_csv(compared)),
                                text_file("path.csv", path_csv(steps, compared)),
                                text_file("matrix.csv", matrix_csv(steps, compared)),
                                text_file("path.svg", factors_svg(loaded, compared)),
                                text_file("matrix.svg", matrix_svg(loaded, compared))};
  if (!compared.encompassing.motives.empty())
    files.push_back(text_file("motives.csv", motives_csv(compared.encompassing)));
  if (!compared.uncoded.empty())
    files.push_back(text_file("uncoded.csv", uncoded_csv(steps, compared)));
  return files;
}

Outcome publish_compare(const LoadedCase& loaded, const Job& job, const Explanations& compared,
                        const std::filesystem::path& folder) {
  Outcome outcome{.text = compare_text(loaded, compared),
                  .document = compare_json(loaded, job, compared)};
  std::vector<ResultFile> files = compare_files(loaded, compared);
  files.push_back(text_file("summary.txt", outcome.text));
  files.push_back(text_file("summary.json", outcome.document));
  store_results(folder, files, provenance(loaded, job));
  return outcome;
}

}  // namespace casus::cases
