// What decides the measures, for people and for programs.
#include "base/text.hpp"
#include "case/json.hpp"
#include "case/json_number.hpp"
#include "case/layout.hpp"
#include "case/results.hpp"
#include "case/sensitivity.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_shown = 8;

std::string share_text(double value, double error) {
  return with_error({.value = value, .error = error});
}

/// Labels that no history has are left out.
bool is_shown(const MeasureSensitivity& measure) {
  return measure.aspect.kind != Aspect::Kind::label || measure.indices.mean != 0.0;
}

std::string measure_text(const Sensitivity& all, const MeasureSensitivity& measure) {
  const std::string name = name_of(all, measure);
  const inference::SobolIndices& indices = measure.indices;
  const std::string chance =
      all.per_set == 1 ? ""
                       : fmt::format("; {:.0f} % of a history's variance is its own chance",
                                     100.0 * measure.chance);
  const std::string mean = with_error(measure.under_priors[1]);
  if (!depends_on_parameters(measure)) {
    return fmt::format(
        "\n{}: mean {}{}\n  no difference between parameter sets that its error "
        "does not cover\n",
        name, mean, chance);
  }
  std::string text = fmt::format("\n{}: mean {}, sd over parameter sets {}{}\n", name, mean,
                                 to_text(std::sqrt(indices.variance), 3), chance);
  using enum TextTable::Align;
  TextTable table({left, right, right});
  table.add({"parameter", "alone", "with all it acts through"});
  const std::vector<std::size_t> order = in_order(measure);
  for (std::size_t i = 0; i < std::min(most_shown, order.size()); ++i) {
    const inference::SobolIndex& at = indices.inputs[order[i]];
    table.add({all.parameters[order[i]], share_text(at.first, at.first_error),
               share_text(at.total, at.total_error)});
  }
  text += table.text(2);
  if (order.size() > most_shown)
    text += fmt::format("  and {} more, in sensitivity.csv\n", order.size() - most_shown);
  return text;
}

std::string priors_text(const Sensitivity& all) {
  using enum TextTable::Align;
  const bool halves = !all.measures.empty() && all.measures.front().with_half_steps;
  TextTable table({left, right, right, right, right});
  table.add({"mean", "priors x 0.5", "as it is", "priors x 2", halves ? "half steps" : ""});
  for (const MeasureSensitivity& measure : all.measures) {
    if (!is_shown(measure)) continue;
    table.add({name_of(all, measure), with_error(measure.under_priors[0]),
               with_error(measure.under_priors[1]), with_error(measure.under_priors[2]),
               halves ? with_error(*measure.with_half_steps) : ""});
  }
  std::string text = "\n" + table.text(0);
  if (!all.unscaled.empty()) {
    text +=
        fmt::format("priors without a scale stay as they are: {}\n", join_text(all.unscaled, ", "));
  }
  return text;
}

/// A row for each measure and index that decides it by its dates.
std::string dates_text(const Sensitivity& all) {
  if (all.moved.empty()) return "";
  constexpr std::size_t n_moves = date_moves.size() + 1;
  using enum TextTable::Align;
  TextTable table({left, left, right, right, right, right});
  std::vector<std::string> head{"changes with dates moved", "dates of"};
  for (const int months : date_moves) head.push_back(fmt::format("{:+} months", months));
  head.emplace_back("removed");
  table.add(head);
  std::size_t n_rows = 0;
  for (std::size_t m = 0; m < all.measures.size(); ++m) {
    if (!is_shown(all.measures[m])) continue;
    for (std::size_t first = 0; first < all.moved.size(); first += n_moves) {
      std::vector<std::string> row{name_of(all, all.measures[m]), all.moved[first].moved.name};
      bool decides = false;
      for (std::size_t i = first; i < first + n_moves; ++i) {
        const Estimate& change = all.moved[i].changes[m];
        row.push_back(signed_with_error(change));
        decides = decides || is_change(change);
      }
      if (!decides) continue;
      table.add(row);
      ++n_rows;
    }
  }
  const std::string none = "no answer changes by more than three errors when dates are moved\n";
  return "\n" + (n_rows == 0 ? none : table.text(0));
}

std::string half_steps_csv(const Sensitivity& all) {
  table::Writer writer({"measure", "statistic", "steps", "mean", "se"});
  for (const MeasureSensitivity& measure : all.measures) {
    const language::MeasureColumn& column = all.lowered.measure_columns[measure.measure];
    const auto row = [&](std::string_view steps, const Estimate& at) {
      writer.text(column.name).text(name_of(measure.aspect, column)).text(steps);
      writer.number(at.value).number(at.error).end_row();
    };
    row("as they are", measure.under_priors[1]);
    row("half", *measure.with_half_steps);
  }
  return writer.take();
}

std::string dates_csv(const Sensitivity& all) {
  table::Writer writer({"measure", "statistic", "dates_of", "months", "change", "se"});
  for (const MovedAnswers& answers : all.moved) {
    for (std::size_t m = 0; m < all.measures.size(); ++m) {
      const MeasureSensitivity& measure = all.measures[m];
      const language::MeasureColumn& column = all.lowered.measure_columns[measure.measure];
      const auto& months = answers.moved.months;
      writer.text(column.name).text(name_of(measure.aspect, column)).text(answers.moved.name);
      writer.text(months ? fmt::format("{}", *months) : "removed");
      writer.number(answers.changes[m].value).number(answers.changes[m].error).end_row();
    }
  }
  return writer.take();
}

std::string indices_csv(const Sensitivity& all) {
  table::Writer writer(
      {"measure", "statistic", "parameter", "first", "first_se", "total", "total_se"});
  for (const MeasureSensitivity& measure : all.measures) {
    const language::MeasureColumn& column = all.lowered.measure_columns[measure.measure];
    for (std::size_t i = 0; i < measure.indices.inputs.size(); ++i) {
      const inference::SobolIndex& at = measure.indices.inputs[i];
      writer.text(column.name).text(name_of(measure.aspect, column)).text(all.parameters[i]);
      writer.number(at.first).number(at.first_error).number(at.total).number(at.total_error);
      writer.end_row();
    }
  }
  return writer.take();
}

std::string priors_csv(const Sensitivity& all) {
  table::Writer writer({"measure", "statistic", "prior_scale", "mean", "se"});
  for (const MeasureSensitivity& measure : all.measures) {
    const language::MeasureColumn& column = all.lowered.measure_columns[measure.measure];
    for (std::size_t i = 0; i < prior_factors.size(); ++i) {
      writer.text(column.name).text(name_of(measure.aspect, column)).number(prior_factors.at(i));
      const Estimate& at = measure.under_priors.at(i);
      writer.number(at.value).number(at.error).end_row();
    }
  }
  return writer.take();
}

Json dates_json(const Sensitivity& all, std::size_t measure) {
  Json dates = Json::array();
  for (const MovedAnswers& answers : all.moved) {
    const Estimate& change = answers.changes[measure];
    dates.push_back(
        {{"dates_of", answers.moved.name},
         {"months", answers.moved.months ? Json(*answers.moved.months) : Json("removed")},
         {"change", number(change.value)},
         {"se", number(change.error)}});
  }
  return dates;
}

Json json_of(const Sensitivity& all, std::size_t number_of_measure) {
  const MeasureSensitivity& measure = all.measures[number_of_measure];
  const language::MeasureColumn& column = all.lowered.measure_columns[measure.measure];
  Json parameters = Json::array();
  for (std::size_t i = 0; i < measure.indices.inputs.size(); ++i) {
    const inference::SobolIndex& at = measure.indices.inputs[i];
    parameters.push_back({{"parameter", all.parameters[i]},
                          {"first", number(at.first)},
                          {"first_se", number(at.first_error)},
                          {"total", number(at.total)},
                          {"total_se", number(at.total_error)}});
  }
  Json scales = Json::array();
  for (std::size_t i = 0; i < prior_factors.size(); ++i) {
    const Estimate& at = measure.under_priors.at(i);
    scales.push_back(
        {{"scale", prior_factors.at(i)}, {"mean", number(at.value)}, {"se", number(at.error)}});
  }
  const Estimate half = measure.with_half_steps.value_or(Estimate{});
  return {{"measure", column.name},
          {"statistic", name_of(measure.aspect, column)},
          {"unit", column.unit},
          {"variance", number(measure.indices.variance)},
          {"variance_se", number(measure.indices.variance_error)},
          {"chance", number(measure.chance)},
          {"rows", measure.indices.n_rows},
          {"parameters", std::move(parameters)},
          {"prior_scales", std::move(scales)},
          {"half_steps", {{"mean", number(half.value)}, {"se", number(half.error)}}},
          {"moved_dates", dates_json(all, number_of_measure)}};
}

}  // namespace

std::string sensitivity_text(const LoadedCase& loaded, const Sensitivity& sensitivity) {
  std::string text = fmt::format("{}: what decides its measures\n\n", loaded.model.title);
  text += fmt::format(
      "  shares of the variance between parameter sets that come from a parameter alone, and from "
      "it\n  together with others; from {} pairs of parameter sets drawn from the priors{}\n",
      grouped(sensitivity.n_rows),
      sensitivity.per_set == 1 ? std::string()
                               : fmt::format(", {} histories each", sensitivity.per_set));
  for (const MeasureSensitivity& measure : sensitivity.measures) {
    if (is_shown(measure)) text += measure_text(sensitivity, measure);
  }
  text += priors_text(sensitivity) + dates_text(sensitivity);
  for (const std::string& failed : sensitivity.failed) text += "no numbers for " + failed + "\n";
  return text;
}

std::string sensitivity_json(const LoadedCase& loaded, const Job& job,
                             const Sensitivity& sensitivity) {
  Json measures = Json::array();
  for (std::size_t i = 0; i < sensitivity.measures.size(); ++i)
    measures.push_back(json_of(sensitivity, i));
  const Json document{{"pairs", sensitivity.n_rows},
                      {"per_set", sensitivity.per_set},
                      {"unscaled_priors", sensitivity.unscaled},
                      {"failed", sensitivity.failed},
                      {"measures", std::move(measures)}};
  return merged_json(fmt::format("{{\"provenance\": {}}}", provenance(loaded, job)),
                     document.dump(2));
}

Outcome publish_sensitivity(const LoadedCase& loaded, const Job& job,
                            const Sensitivity& sensitivity, const std::filesystem::path& folder) {
  Outcome outcome{.text = sensitivity_text(loaded, sensitivity),
                  .document = sensitivity_json(loaded, job, sensitivity)};
  std::vector<ResultFile> files{text_file("sensitivity.csv", indices_csv(sensitivity)),
                                text_file("prior_scales.csv", priors_csv(sensitivity)),
                                text_file("summary.txt", outcome.text),
                                text_file("summary.json", outcome.document)};
  if (!sensitivity.measures.empty() && sensitivity.measures.front().with_half_steps)
    files.push_back(text_file("half_steps.csv", half_steps_csv(sensitivity)));
  if (!sensitivity.moved.empty())
    files.push_back(text_file("moved_dates.csv", dates_csv(sensitivity)));
  std::string figure = sensitivity_svg(loaded, sensitivity);
  if (!figure.empty()) files.push_back(text_file("sensitivity.svg", std::move(figure)));
  store_results(folder, files, provenance(loaded, job));
  return outcome;
}

}  // namespace casus::cases
