// Dividing a run, and what a shard says of itself.
#include "case/shard.hpp"

#include "base/text.hpp"
#include "case/layout.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

/// Where shards may meet, counted in units of histories.
struct Units {
  std::uint64_t size = 0;   ///< histories of a unit
  std::uint64_t count = 0;  ///< units of the run; the last may be smaller
  std::uint64_t first = 0;  ///< units that the first shard has at least

  std::uint64_t most_shards() const { return count - first + 1; }
};

Units units_of(const Request& request) {
  Units units{.size = std::lcm(shard_unit, request.per_set)};
  const auto rounded_up = [&units](std::uint64_t n) { return (n + units.size - 1) / units.size; };
  units.count = rounded_up(request.n_histories);
  const std::uint64_t of_bands =
      request.bands ? std::min<std::uint64_t>(request.n_histories, most_band_histories) : 0;
  units.first = std::max<std::uint64_t>(rounded_up(of_bands), 1);
  return units;
}

/// The unit with which shard `number` (from 1) begins; the rest is shared evenly behind the first.
std::uint64_t begin_of(const Units& units, const Shard& shard, std::uint64_t number) {
  if (number == 1) return 0;
  if (number > shard.count) return units.count;
  const std::uint64_t of_first = std::max(units.first, units.count / shard.count);
  const std::uint64_t n_others = shard.count - 1;
  return of_first + (units.count - of_first) * (number - 2) / n_others;
}

/// "shards here are multiples of 1,024 histories: run 12,304 or more, or at most 2 shards"
std::string what_would_work(const Request& request, const Shard& shard, const Units& units) {
  Request many = request;
  many.n_histories = std::numeric_limits<std::uint32_t>::max();
  const std::uint64_t least =
      (units_of(many).first + shard.count - 2) * units.size + request.per_set;
  std::string help = fmt::format("shards here are multiples of {} histories: run {} or more",
                                 grouped(units.size), grouped(least));
  if (units.most_shards() > 1) {
    help += fmt::format(", or at most {} shards", grouped(units.most_shards()));
  }
  Request without = request;
  without.bands = false;
  const Units unbanded = units_of(without);
  if (request.bands && unbanded.most_shards() >= shard.count) {
    help += "; bands need histories 0 to 9,999 in the first: --bands none does without";
  }
  return help;
}

Json shard_json(const Job& job) {
  return {{"number", job.request.shard->number},
          {"count", job.request.shard->count},
          {"first_history", job.share->first},
          {"histories", job.share->count},
          {"of", job.command},
          {"request", Json::parse(request_text(job.request))}};
}

}  // namespace

std::optional<Share> share_of(const Request& request, const Shard& shard, Diagnostics& found) {
  const auto refuse = [&found](std::string_view code, std::string message, std::string help) {
    found.add({.code = code,
               .message = std::move(message),
               .primary = {},
               .help = std::move(help),
               .has_place = false});
    return std::nullopt;
  };
  if (shard.number == 0 || shard.number > shard.count) {
    return refuse("R103", fmt::format("there is no shard {} of {}", shard.number, shard.count),
                  "shards are numbered from 1: --shard 1/4");
  }
  const Units units = units_of(request);
  if (shard.count > units.most_shards()) {
    return refuse("R111",
                  fmt::format("{} histories are too few for {} shards",
                              grouped(request.n_histories), grouped(shard.count)),
                  what_would_work(request, shard, units));
  }
  const auto history = [&](std::uint64_t number) {
    return std::min(begin_of(units, shard, number) * units.size, request.n_histories);
  };
  const std::uint64_t first = history(shard.number);
  return Share{.first = first, .count = history(shard.number + 1) - first};
}

RunPlan plan_of_shard(const Job& job) {
  RunPlan plan = job.plan;
  EnsembleOptions& options = plan.options;
  options.first_set = static_cast<std::uint32_t>(job.share->first / options.per_set);
  options.n_sets = static_cast<std::uint32_t>(job.share->count / options.per_set);
  options.keep_bands = options.keep_bands && job.share->first == 0;
  return plan;
}

std::string request_text(const Request& request) {
  Json fixed = Json::array();
  for (const auto& [name, value] : request.fixed) fixed.push_back({name, value});
  std::vector<std::string> moved;
  for (const MovedDates& each : request.moved) moved.push_back(move_text(each));
  const Json json{{"explanation", request.explanation},
                  {"from", request.from},
                  {"whatifs", request.whatifs},
                  {"fixed", std::move(fixed)},
                  {"moved", std::move(moved)},
                  {"histories", request.n_histories},
                  {"per_set", request.per_set},
                  {"seed", request.seed},
                  {"at_median", request.at_median},
                  {"bands", request.bands},
                  {"keep_histories", request.keep_histories},
                  {"keep_parameters", request.keep_parameters}};
  return json.dump();
}

std::optional<Request> request_of(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    std::vector<MovedDates> moved;
    for (const Json& each : json.at("moved")) {
      const auto dates = moved_dates(each.get<std::string>());
      if (!dates) return std::nullopt;
      moved.push_back(*dates);
    }
    return Request{.explanation = json.at("explanation"),
                   .from = json.at("from"),
                   .whatifs = json.at("whatifs"),
                   .fixed = json.at("fixed"),
                   .moved = std::move(moved),
                   .n_histories = json.at("histories"),
                   .per_set = json.at("per_set"),
                   .seed = json.at("seed"),
                   .at_median = json.at("at_median"),
                   .bands = json.at("bands"),
                   .keep_histories = json.at("keep_histories"),
                   .keep_parameters = json.at("keep_parameters")};
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

std::string shard_provenance(const LoadedCase& loaded, const Job& job) {
  Json json = Json::parse(provenance(loaded, job));
  json["shard"] = shard_json(job);
  return json.dump(2);
}

std::string shard_text(const LoadedCase& loaded, const Job& job) {
  const Shard& shard = *job.request.shard;
  return fmt::format(
      "{}\n  shard {} of {} of `{}`: histories {} to {}\n"
      "  when all are there: casus merge FOLDER... with the {} folders\n",
      loaded.model.title.empty() ? loaded.name : loaded.model.title, shard.number, shard.count,
      command_line(loaded, job), grouped(job.share->first),
      grouped(job.share->first + job.share->count - 1), shard.count);
}

}  // namespace casus::cases
