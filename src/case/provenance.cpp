// Provenance as JSON.
#include "base/text.hpp"
#include "case/hash.hpp"
#include "case/job.hpp"
#include "case/results.hpp"
#include "case/version.hpp"
#include "random/address.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

/// What `--keep` asked for.
std::vector<std::string> kept_by(const Request& asked) {
  std::vector<std::string> kept;
  if (asked.keep_histories) kept.emplace_back("histories");
  if (asked.keep_parameters) kept.emplace_back("parameters");
  return kept;
}

Json fixed_of(const Request& request) {
  Json fixed = Json::object();
  for (const auto& [name, value] : request.fixed) fixed[name] = value;
  return fixed;
}

}  // namespace

std::string command_line(const LoadedCase& loaded, const Job& job) {
  const Request& asked = job.request;
  const Request standard;
  const std::string command = job.command == "maximum" ? "fit --maximum" : job.command;
  std::string line = fmt::format("casus {} {}", command, loaded.name);
  for (const std::string& whatif : asked.whatifs) line += " " + whatif;
  if (!asked.explanation.empty()) line += " --explain " + asked.explanation;
  if (!asked.compared.empty()) line += " --explain " + join_text(asked.compared, ",");
  if (!asked.against.empty()) line += " --against " + asked.against;
  if (asked.n_records != standard.n_records) line += fmt::format(" --records {}", asked.n_records);
  if (asked.thorough) line += " --thorough";
  if (!asked.from.empty()) line += " --from " + asked.from;
  for (const auto& [name, value] : asked.fixed) {
    line += fmt::format(" --set {}={}", name, to_text(value));
  }
  if (asked.n_histories != standard.n_histories) {
    line += fmt::format(" --histories {}", asked.n_histories);
  }
  if (asked.per_set != standard.per_set) line += fmt::format(" --per-set {}", asked.per_set);
  if (asked.at_median) line += " --at median";
  if (asked.n_sets != standard.n_sets) line += fmt::format(" --sets {}", asked.n_sets);
  if (asked.n_particles != standard.n_particles)
    line += fmt::format(" --particles {}", asked.n_particles);
  if (asked.n_repeats != standard.n_repeats) line += fmt::format(" --repeats {}", asked.n_repeats);
  if (asked.n_replications != standard.n_replications)
    line += fmt::format(" --replications {}", asked.n_replications);
  if (asked.n_rows != standard.n_rows) line += fmt::format(" --n {}", asked.n_rows);
  for (const std::string& measure : asked.measures) line += " --measure " + measure;
  if (asked.n_starts != standard.n_starts) line += fmt::format(" --starts {}", asked.n_starts);
  if (asked.no_fit) line += " --no-fit";
  if (asked.is_fitted) line += " --fitted";
  if (!asked.to.empty()) line += " --to " + asked.to;
  if (!asked.until.empty()) line += " --until " + asked.until;
  if (asked.paths) line += " --paths";
  if (!asked.bands) line += " --bands none";
  for (const std::string& kept : kept_by(asked)) line += " --keep " + kept;
  if (asked.seed != standard.seed) line += fmt::format(" --seed {}", asked.seed);
  return line;
}

std::string provenance(const LoadedCase& loaded, const Job& job) {
  const RunPlan& plan = job.plan;
  const std::uint64_t n = std::uint64_t{plan.options.n_sets} * plan.options.per_set;
  Json runs = Json::array();
  for (const language::Variant& variant : plan.baselines) runs.push_back(baseline_name(variant));
  const Json json{{"casus", version()},
                  {"results", results_version},
                  {"language", language_version},
                  {"random", random::scheme_version},
                  {"command", command_line(loaded, job)},
                  {"case",
                   {{"name", loaded.name},
                    {"title", loaded.model.title},
                    {"hash", hash_text(loaded.hash)},
                    {"files", loaded.files}}},
                  {"seed", plan.options.seed},
                  {"histories", n},
                  {"parameter_sets", plan.options.n_sets},
                  {"per_set", plan.options.per_set},
                  {"at_median", plan.options.at_median},
                  {"explanation", plan.baselines.front().explanation},
                  {"set", fixed_of(job.request)},
                  {"runs", std::move(runs)},
                  {"whatifs", plan.whatifs},
                  {"whatifs_from", baseline_name(plan.baselines.back())},
                  {"band_histories",
                   plan.options.keep_bands ? std::min<std::uint64_t>(n, most_band_histories) : 0},
                  {"keep", kept_by(job.request)},
                  {"coupling", coupling}};
  return json.dump(2);
}

}  // namespace casus::cases
