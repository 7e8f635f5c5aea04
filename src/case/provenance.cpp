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
#include <utility>

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

/// A command with those of its options that say something else than what goes without saying.
class Line {
 public:
  explicit Line(std::string command) : text_(std::move(command)) {}

  Line& name(std::string_view option, const std::string& name) {
    if (!name.empty()) text_ += fmt::format(" {} {}", option, name);
    return *this;
  }

  Line& names(std::string_view option, const std::vector<std::string>& names) {
    for (const std::string& one : names) name(option, one);
    return *this;
  }

  Line& count(std::string_view option, std::uint64_t count, std::uint64_t standard) {
    if (count != standard) text_ += fmt::format(" {} {}", option, count);
    return *this;
  }

  Line& flag(std::string_view words, bool is_set) {
    if (is_set) text_ += fmt::format(" {}", words);
    return *this;
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// What `--set` fixed: NAME=VALUE.
std::vector<std::string> fixed_by(const Request& asked) {
  std::vector<std::string> fixed;
  fixed.reserve(asked.fixed.size());
  for (const auto& [name, value] : asked.fixed)
    fixed.push_back(fmt::format("{}={}", name, to_text(value)));
  return fixed;
}

std::vector<std::string> moved_by(const Request& asked) {
  std::vector<std::string> moved;
  moved.reserve(asked.moved.size());
  for (const MovedDates& each : asked.moved) moved.push_back(move_text(each));
  return moved;
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
  std::vector<std::string> subjects{loaded.name};
  subjects.insert(subjects.end(), asked.whatifs.begin(), asked.whatifs.end());
  return Line(fmt::format("casus {} {}", command, join_text(subjects, " ")))
      .name("--explain", asked.explanation)
      .name("--explain", join_text(asked.compared, ","))
      .name("--against", asked.against)
      .count("--records", asked.n_records, standard.n_records)
      .flag("--thorough", asked.thorough)
      .flag("--tempered", asked.tempered)
      .name("--from", asked.from)
      .names("--set", fixed_by(asked))
      .names("--move", moved_by(asked))
      .count("--histories", asked.n_histories, standard.n_histories)
      .count("--per-set", asked.per_set, standard.per_set)
      .flag("--at median", asked.at_median)
      .count("--sets", asked.n_sets, standard.n_sets)
      .count("--particles", asked.n_particles, standard.n_particles)
      .count("--repeats", asked.n_repeats, standard.n_repeats)
      .count("--replications", asked.n_replications, standard.n_replications)
      .count("--n", asked.n_rows, standard.n_rows)
      .names("--measure", asked.measures)
      .count("--starts", asked.n_starts, standard.n_starts)
      .flag("--no-fit", asked.no_fit)
      .flag("--fitted", asked.is_fitted)
      .name("--to", asked.to)
      .name("--until", asked.until)
      .flag("--paths", asked.paths)
      .flag("--bands none", !asked.bands)
      .names("--keep", kept_by(asked))
      .count("--seed", asked.seed, standard.seed)
      .take();
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
                  {"moved", moved_by(job.request)},
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
