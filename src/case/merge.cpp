// Checking that shards belong together, and joining them.
#include "case/merge.hpp"

#include "base/text.hpp"
#include "case/disk.hpp"
#include "case/layout.hpp"
#include "case/netcdf.hpp"
#include "case/results.hpp"
#include "case/shard.hpp"
#include "case/stop.hpp"
#include "case/version.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// One folder with what its run.json says.
struct Part {
  fs::path folder;
  Shard shard;
  Share share;
  std::string command;  ///< "run", "whatif", "study"
  Request request;
  Json provenance;  ///< of the whole run
};

/// A text without its quotes, anything else as JSON.
std::string plain(const Json& json) {
  return json.is_string() ? json.get<std::string>() : json.dump();
}

/// What else than its number a shard says of itself.
std::optional<Part> part_of(const fs::path& folder, const Json& provenance) {
  try {
    const Json& shard = provenance.at("shard");
    const std::optional<Request> request = request_of(shard.at("request").dump());
    if (!request) return std::nullopt;
    Part part{.folder = folder,
              .shard = {.number = shard.at("number"), .count = shard.at("count")},
              .share = {.first = shard.at("first_history"), .count = shard.at("histories")},
              .command = shard.at("of"),
              .request = *request,
              .provenance = provenance};
    part.provenance.erase("shard");
    return part;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

/// The command line of the whole run.
std::string command_of(const Part& part) { return plain(part.provenance.value("command", Json())); }

[[noreturn]] void refuse_damaged(const Part& part, const std::string& why) {
  stop("R115", fmt::format("'{}' is damaged: {}", part.folder.string(), why),
       fmt::format("run it again: {} --shard {}/{}", command_of(part), part.shard.number,
                   part.shard.count));
}

Part read_part(const fs::path& folder) {
  const std::optional<std::string> text = provenance_of(folder);
  const Json provenance = text ? Json::parse(*text, nullptr, false) : Json();
  std::optional<Part> part = text ? part_of(folder, provenance) : std::nullopt;
  if (!part) {
    stop("R112", fmt::format("'{}' holds no shard", folder.string()),
         "name the folders that --shard wrote, one for each shard");
  }
  const Json by = part->provenance.value("casus", Json());
  if (by != version()) {
    stop("R113",
         fmt::format("'{}' was written by casus {}, and this is casus {}", folder.string(),
                     plain(by), version()),
         "run and merge all shards with the same version");
  }
  Diagnostics ignored;
  const std::optional<Share> share = share_of(part->request, part->shard, ignored);
  if (!share || share->first != part->share.first || share->count != part->share.count) {
    refuse_damaged(*part, "run.json contradicts itself");
  }
  return std::move(*part);
}

/// Members of a provenance, as a person calls them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> names{
    {{"case", "case"},
     {"command", "command"},
     {"seed", "seed"},
     {"histories", "number of histories"},
     {"results", "version of results"},
     {"random", "version of the random scheme"}}};

std::string name_of_member(const std::string& member) {
  const auto* const at = std::find_if(names.begin(), names.end(),
                                      [&](const auto& row) { return row.first == member; });
  return std::string(at == names.end() ? std::string_view(member) : at->second);
}

/// What differs between two provenances, in words.
std::string difference_of(const Json& first, const Json& other) {
  for (const std::string_view member : {"case", "seed", "histories", "command"}) {
    if (first.value(member, Json()) == other.value(member, Json())) continue;
    if (member == "case") return "the case, or a file of it, is another one";
    return fmt::format("{} is {} instead of {}", name_of_member(std::string(member)),
                       plain(other.value(member, Json())), plain(first.value(member, Json())));
  }
  for (const auto& [member, value] : first.items()) {
    if (other.value(member, Json()) != value) {
      return fmt::format("{} differs", name_of_member(member));
    }
  }
  return "it says more of itself";
}

void expect_one_run(const std::vector<Part>& parts) {
  const Part& first = parts.front();
  for (const Part& part : parts) {
    std::string why;
    if (part.provenance != first.provenance) {
      why = difference_of(first.provenance, part.provenance);
    } else if (part.shard.count != first.shard.count) {
      why =
          fmt::format("it is one of {} shards instead of {}", part.shard.count, first.shard.count);
    }
    if (why.empty()) continue;
    stop("R113",
         fmt::format("'{}' is no shard of the run of '{}': {}", part.folder.string(),
                     first.folder.string(), why),
         "merge the shards of one run, made with the same options");
  }
}

/// In order of their numbers.
void expect_all(std::vector<Part>& parts) {
  const std::uint64_t count = parts.front().shard.count;
  std::map<std::uint64_t, const Part*> by_number;
  for (const Part& part : parts) {
    const auto [at, is_new] = by_number.emplace(part.shard.number, &part);
    if (is_new) continue;
    stop("R114",
         fmt::format("shard {} of {} is given twice: '{}' and '{}'", part.shard.number, count,
                     at->second->folder.string(), part.folder.string()),
         "name each folder once");
  }
  std::vector<std::string> missing;
  constexpr std::size_t most_named = 10;
  for (std::uint64_t number = 1; number <= count && missing.size() < most_named; ++number) {
    if (!by_number.contains(number)) missing.push_back(std::to_string(number));
  }
  if (!missing.empty()) {
    stop(
        "R114",
        fmt::format("of {} shards {} missing: {}", count,
                    missing.size() == 1 ? "one is" : "some are", join_text(missing, ", ")),
        fmt::format("run it: {} --shard {}/{}", command_of(parts.front()), missing.front(), count));
  }
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.shard.number < b.shard.number; });
}

/// The files of the case, from a shard's case.json.
class ShardFiles final : public Files {
 public:
  explicit ShardFiles(const Json& texts) : texts_(texts) {}

  FileContent read(std::string_view path) const override {
    const auto at = texts_.find(std::string(path));
    if (at == texts_.end()) return {.bytes = {}, .problem = "not among the shard's files"};
    return {.bytes = at->get<std::string>(), .problem = {}};
  }

 private:
  const Json& texts_;
};

LoadedCase load_case(const Part& part, Sources& sources) {
  try {
    const Json json = Json::parse(Disk(part.folder).read(case_name).bytes);
    const ShardFiles files(json.at("files"));
    Diagnostics found;
    std::optional<LoadedCase> loaded =
        load(json.at("name").get<std::string>(), json.at("main_file").get<std::string>(), files,
             sources, found);
    if (!loaded) throw Stop{found};
    move_dates(*loaded, part.request);
    return std::move(*loaded);
  } catch (const Json::exception&) {
    refuse_damaged(part, fmt::format("{} holds no case", case_name));
  }
}

Job plan_of(const LoadedCase& loaded, const Part& part) {
  if (part.command == "run") return plan_run(loaded, part.request);
  if (part.command == "whatif") return plan_whatif(loaded, part.request);
  return plan_study(loaded, part.request);
}

void expect_elsewhere(const std::vector<Part>& parts, const fs::path& folder) {
  for (const Part& part : parts) {
    std::error_code ignored;
    if (!fs::equivalent(part.folder, folder, ignored)) continue;
    stop("F003", fmt::format("'{}' is one of the shards", folder.string()),
         "name another folder for results with --out");
  }
}

}  // namespace

Merged merge(const std::vector<fs::path>& folders, const fs::path& out, Sources& sources,
             const Progress& progress) {
  std::vector<Part> parts;
  parts.reserve(folders.size());
  for (const fs::path& folder : folders) parts.push_back(read_part(folder));
  expect_one_run(parts);
  expect_all(parts);
  for (const Part& part : parts) {
    const std::string damage = damage_of(part.folder);
    if (!damage.empty()) refuse_damaged(part, damage);
  }
  const LoadedCase loaded = load_case(parts.front(), sources);
  const Job job = plan_of(loaded, parts.front());
  const Json planned = Json::parse(provenance(loaded, job));
  if (planned != parts.front().provenance) {
    stop("R113",
         fmt::format("the shards are of another run than they say: {}",
                     difference_of(planned, parts.front().provenance)),
         "run the shards again");
  }
  const fs::path folder = out.empty() ? default_folder(loaded, job) : out;
  expect_elsewhere(parts, folder);
  Diagnostics found;
  if (!check_folder(folder, found)) throw Stop{found};
  Runs runs = lower_all(loaded, job.plan);
  make_room(job.plan, runs);
  for (const Part& part : parts) {
    if (progress.stop_requested()) throw Interrupted{};
    try {
      add_shard(part.folder / shard_name, part.share, runs);
    } catch (const CannotRead& failed) {
      refuse_damaged(part, fmt::format("{} cannot be read: {}", shard_name, failed.why));
    }
  }
  summarise_all(loaded, runs);
  return {.outcome = publish(loaded, job, runs, nullptr, folder, progress), .folder = folder};
}

}  // namespace casus::cases
