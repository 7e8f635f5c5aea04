// What a record scored, for people and for programs.
#include "base/text.hpp"
#include "case/json.hpp"
#include "case/json_number.hpp"
#include "case/layout.hpp"
#include "case/results.hpp"
#include "case/score.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;
using language::ScoreColumn;

/// The step in which a column fits worst.
std::size_t worst_step(const RecordScore& score, std::size_t column) {
  const std::size_t n_steps = score.lowered.score_columns[column].is_recorded.size();
  std::size_t worst = 0;
  for (std::size_t step = 1; step < n_steps; ++step) {
    if (score.score(step, column) < score.score(worst, column)) worst = step;
  }
  return worst;
}

std::string scores_csv(const language::Steps& steps, const RecordScore& score) {
  table::Writer writer({"step", "observed", "log_probability"});
  const auto& columns = score.lowered.score_columns;
  for (std::uint32_t step = 0; step < steps.count; ++step) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].is_recorded[step]) continue;
      writer.text(steps.label(step)).text(columns[i].name).number(score.score(step, i)).end_row();
    }
  }
  return writer.take();
}

std::string paths_csv(const language::Model& model, const RecordScore& score) {
  table::Writer writer({"step", "game", "path", "probability"});
  const auto& columns = score.lowered.path_columns;
  for (std::uint32_t step = 0; step < model.steps.count; ++step) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      writer.text(model.steps.label(step)).text(model.games[columns[i].game].name.text);
      writer.text(columns[i].name).number(score.paths[step * columns.size() + i]).end_row();
    }
  }
  return writer.take();
}

std::string parameters_csv(const RecordScore& score) {
  table::Writer writer({"parameter", "unit", "value"});
  const auto& columns = score.lowered.parameter_columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    writer.text(columns[i].name).text(columns[i].unit);
    writer.number(score.parameters[i] / columns[i].scale).end_row();
  }
  return writer.take();
}

Json columns_json(const language::Steps& steps, const RecordScore& score) {
  Json all = Json::array();
  for (std::size_t i = 0; i < score.lowered.score_columns.size(); ++i) {
    const ScoreColumn& column = score.lowered.score_columns[i];
    Json by_step = Json::object();
    for (std::uint32_t step = 0; step < steps.count; ++step) {
      if (!column.is_recorded[step]) continue;
      add_member(by_step, steps.label(step), log_number(score.score(step, i)));
    }
    all.push_back({{"observed", column.name},
                   {"recorded", score.n_recorded(i)},
                   {"log_probability", log_number(score.of_column(i))},
                   {"by_step", std::move(by_step)}});
  }
  return all;
}

Json paths_json(const language::Model& model, const RecordScore& score) {
  Json all = Json::array();
  const auto& columns = score.lowered.path_columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Json by_step = Json::array();
    for (std::uint32_t step = 0; step < model.steps.count; ++step)
      by_step.push_back(log_number(score.paths[step * columns.size() + i]));
    all.push_back({{"game", model.games[columns[i].game].name.text},
                   {"path", columns[i].name},
                   {"probabilities", std::move(by_step)}});
  }
  return all;
}

}  // namespace

std::string score_text(const LoadedCase& loaded, const RecordScore& score) {
  const language::Steps& steps = loaded.model.steps;
  using enum TextTable::Align;
  TextTable table({left, right, right, right, left});
  table.add({"observed", "recorded", "log probability", "each", "fits worst"});
  for (std::size_t i = 0; i < score.lowered.score_columns.size(); ++i) {
    const std::size_t n = score.n_recorded(i);
    if (n == 0) continue;
    const std::size_t worst = worst_step(score, i);
    const double sum = score.of_column(i);
    table.add({score.lowered.score_columns[i].name, grouped(n), fmt::format("{:.3f}", sum),
               fmt::format("{:.3f}", sum / static_cast<double>(n)),
               fmt::format("{} ({:.2f})", steps.label(static_cast<std::uint32_t>(worst)),
                           score.score(worst, i))});
  }
  return fmt::format("{}\n\n{}\nlog-likelihood {:.6f}\n", loaded.model.title, table.text(2),
                     score.log_likelihood);
}

std::string score_json(const LoadedCase& loaded, const Job& job, const RecordScore& score) {
  Json parameters = Json::object();
  const auto& columns = score.lowered.parameter_columns;
  for (std::size_t i = 0; i < columns.size(); ++i)
    parameters[columns[i].name] = log_number(score.parameters[i] / columns[i].scale);
  Json document{{"provenance", Json::parse(provenance(loaded, job))},
                {"log_likelihood", log_number(score.log_likelihood)},
                {"parameters", std::move(parameters)},
                {"observed", columns_json(loaded.model.steps, score)}};
  if (!score.lowered.path_columns.empty()) document["paths"] = paths_json(loaded.model, score);
  return document.dump(2) + "\n";
}

Outcome publish_score(const LoadedCase& loaded, const Job& job, const RecordScore& score,
                      const std::filesystem::path& folder) {
  Outcome outcome{.text = score_text(loaded, score), .document = score_json(loaded, job, score)};
  std::vector<ResultFile> files{text_file("scores.csv", scores_csv(loaded.model.steps, score)),
                                text_file("parameters.csv", parameters_csv(score)),
                                text_file("summary.txt", outcome.text),
                                text_file("summary.json", outcome.document)};
  if (!score.lowered.path_columns.empty())
    files.push_back(text_file("paths.csv", paths_csv(loaded.model, score)));
  store_results(folder, files, provenance(loaded, job));
  return outcome;
}

}  // namespace casus::cases
