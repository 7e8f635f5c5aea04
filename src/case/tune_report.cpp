// What tuning found, for people and for programs.
#include "base/text.hpp"
#include "case/json.hpp"
#include "case/json_number.hpp"
#include "case/layout.hpp"
#include "case/results.hpp"
#include "case/tune.hpp"
#include "table/writer.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string_view>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

std::string ladder_csv(const Tuning& tuning) {
  table::Writer writer({"particles", "log_likelihood", "sd", "estimates", "impossible"});
  for (const Rung& rung : tuning.ladder) {
    writer.integer(rung.n_particles).number(rung.mean).number(rung.sd);
    writer.integer(rung.n_estimates).integer(rung.n_impossible).end_row();
  }
  return writer.take();
}

std::string ladder_text(const Tuning& tuning) {
  using enum TextTable::Align;
  TextTable table({right, right, right, right});
  table.add({"particles", "log-likelihood", "its sd", "all died"});
  for (const Rung& rung : tuning.ladder) {
    const bool any = std::isfinite(rung.mean);
    table.add({grouped(rung.n_particles), any ? fmt::format("{:.2f}", rung.mean) : "-",
               std::isfinite(rung.sd) ? fmt::format("{:.2f}", rung.sd) : "-",
               fmt::format("{} of {}", rung.n_impossible, rung.n_estimates)});
  }
  return table.text(2);
}

std::string advice_text(const LoadedCase& loaded, const Tuning& tuning) {
  const std::size_t n_free = tuning.lowered.free_parameters.size();
  if (!tuning.n_particles) {
    return fmt::format(
        "{} particles are not enough for a variance near 1: the model can hardly explain some "
        "date\n(see effective_particles in the dates.csv of `casus fit`)\n",
        grouped(tuning.ladder.back().n_particles));
  }
  std::string text =
      tuning.is_exact
          ? "nothing that was not recorded is random: one history a parameter set is exact\n"
          : fmt::format("{} particles give the log-likelihood a variance near 1\n",
                        grouped(*tuning.n_particles));
  if (n_free == 0) return text + "nothing is free: there is nothing to fit\n";
  text += fmt::format("\n  casus fit {} --sets {}{}\n", loaded.name, tuning.n_sets,
                      tuning.is_exact ? "" : fmt::format(" --particles {}", *tuning.n_particles));
  return text;
}

std::string_view place_words(const Tuning& tuning) {
  if (tuning.lowered.free_parameters.empty()) return "the values given";
  return tuning.at_median ? "the priors' medians" : "the likeliest of 256 draws from the priors";
}

}  // namespace

std::string tune_text(const LoadedCase& loaded, const Job& job, const Tuning& tuning) {
  const std::string variant = job.plan.baselines.front().explanation;
  std::string text = fmt::format("{}: what a fit wants{}\n  {}\n\n", loaded.model.title,
                                 variant.empty() ? "" : ", " + variant,
                                 counted(tuning.lowered.free_parameters.size(), "free parameter"));
  if (!tuning.is_exact) {
    text += fmt::format("at {}\n", place_words(tuning));
    text += ladder_text(tuning) + "\n";
  }
  return text + advice_text(loaded, tuning);
}

std::string tune_json(const LoadedCase& loaded, const Job& job, const Tuning& tuning) {
  Json ladder = Json::array();
  for (const Rung& rung : tuning.ladder) {
    ladder.push_back({{"particles", rung.n_particles},
                      {"log_likelihood", number(rung.mean)},
                      {"sd", number(rung.sd)},
                      {"estimates", rung.n_estimates},
                      {"impossible", rung.n_impossible}});
  }
  Json place = Json::object();
  for (std::size_t i = 0; i < tuning.parameters.size(); ++i) {
    const language::ParameterColumn& column = tuning.lowered.parameter_columns[i];
    place[column.name] = number(tuning.parameters[i] / column.scale);
  }
  const Json document{{"exact", tuning.is_exact},
                      {"free_parameters", tuning.lowered.free_parameters.size()},
                      {"particles", tuning.n_particles ? Json(*tuning.n_particles) : Json(nullptr)},
                      {"sets", tuning.n_sets},
                      {"at_median", tuning.at_median},
                      {"parameters", std::move(place)},
                      {"ladder", std::move(ladder)}};
  return merged_json(fmt::format("{{\"provenance\": {}}}", provenance(loaded, job)),
                     document.dump(2));
}

Outcome publish_tuning(const LoadedCase& loaded, const Job& job, const Tuning& tuning,
                       const std::filesystem::path& folder) {
  Outcome outcome{.text = tune_text(loaded, job, tuning),
                  .document = tune_json(loaded, job, tuning)};
  const std::vector<ResultFile> files{text_file("ladder.csv", ladder_csv(tuning)),
                                      text_file("summary.txt", outcome.text),
                                      text_file("summary.json", outcome.document)};
  store_results(folder, files, provenance(loaded, job));
  return outcome;
}

}  // namespace casus::cases
