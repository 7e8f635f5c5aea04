// Results and the index by which they are known again.
#include "case/results.hpp"

#include "case/disk.hpp"
#include "case/hash.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <system_error>
#include <unistd.h>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view index_name = "run.json";

void refuse(std::string_view code, std::string message, std::string help, Diagnostics& found) {
  found.add({.code = code,
             .message = std::move(message),
             .primary = {},
             .help = std::move(help),
             .has_place = false});
}

/// run.json of a results folder; nothing when there is none that casus wrote.
std::optional<Json> read_index(const fs::path& folder) {
  const FileContent content = Disk(folder).read(index_name);
  if (!content) return std::nullopt;
  Json index = Json::parse(content.bytes, nullptr, false);
  const bool is_ours = index.is_object() && index.contains("files") && index["files"].is_object() &&
                       index.contains("results");
  return is_ours ? std::optional(std::move(index)) : std::nullopt;
}

/// Writes all beside their places; the last is run.json, with provenance and hashes.
bool add_all(Staged& staged, const std::vector<ResultFile>& files, const std::string& provenance,
             Diagnostics& found) {
  Json index = Json::parse(provenance);
  index["files"] = Json::object();
  for (const ResultFile& file : files) {
    if (!staged.add(file, found)) return false;
    index["files"][file.name] = staged.hash();
  }
  return staged.add(text_file(std::string(index_name), index.dump(2) + "\n"), found);
}

/// Removes files of the former results that the new ones do not have.
void remove_stale(const fs::path& folder, const std::optional<Json>& before,
                  const std::vector<ResultFile>& files) {
  if (!before) return;
  for (const auto& [name, hash] : (*before)["files"].items()) {
    const bool stays = std::any_of(files.begin(), files.end(),
                                   [&name = name](const ResultFile& f) { return f.name == name; });
    const bool is_plain = fs::path(name).filename() == name;
    std::error_code ignored;
    if (!stays && is_plain) fs::remove(folder / name, ignored);
  }
}

bool may_write(const fs::path& folder, Diagnostics& found) {
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return true;
  cannot_write(folder, std::generic_category().message(errno), found);
  return false;
}

/// Whether the nearest folder above that exists may be written to.
bool may_be_made(const fs::path& folder, Diagnostics& found) {
  std::error_code failed;
  fs::path above = fs::absolute(folder, failed).parent_path();
  while (!fs::exists(above, failed) && above.has_relative_path()) above = above.parent_path();
  if (fs::is_directory(above, failed)) return may_write(above, found);
  cannot_write(folder, fmt::format("{} is a file", above.string()), found);
  return false;
}

/// Whether there is nothing but what a process left that was killed as it wrote results: its files
/// beside their places, and those that it had put there when the index was still to come.
bool was_being_written(const fs::path& folder) {
  bool has_index = false;
  bool has_others = false;
  std::error_code failed;
  for (const fs::directory_entry& at : fs::directory_iterator(folder, failed)) {
    const std::string name = at.path().filename().string();
    if (!is_part(name))
      has_others = true;
    else if (name.rfind(fmt::format(".{}.", index_name), 0) == 0)
      has_index = true;
  }
  return has_index || !has_others;
}

}  // namespace

void store_results(const fs::path& folder, const std::vector<ResultFile>& files,
                   const std::string& provenance) {
  Diagnostics found;
  if (!write_results(folder, files, provenance, found)) throw Stop{found};
}

bool check_folder(const fs::path& folder, Diagnostics& found) {
  std::error_code failed;
  const fs::file_status status = fs::status(folder, failed);
  if (!fs::exists(status)) return may_be_made(folder, found);
  if (!fs::is_directory(status)) {
    refuse("F003", fmt::format("'{}' is a file", folder.string()),
           "name a folder for results with --out", found);
    return false;
  }
  const bool is_empty = fs::is_empty(folder, failed);
  if (failed) {
    cannot_write(folder, failed.message(), found);
    return false;
  }
  if (!may_write(folder, found)) return false;
  if (is_empty) return true;
  const std::optional<Json> index = read_index(folder);
  if (!index && was_being_written(folder)) return true;
  if (!index) {
    refuse("F003", fmt::format("'{}' holds files that are no results", folder.string()),
           "name a new or an empty folder with --out", found);
    return false;
  }
  if (!(*index)["results"].is_number_integer() || (*index)["results"] > results_version) {
    refuse("F003", fmt::format("'{}' holds results of a newer casus", folder.string()),
           "name a new or an empty folder with --out", found);
    return false;
  }
  return true;
}

bool write_results(const fs::path& folder, const std::vector<ResultFile>& files,
                   const std::string& provenance, Diagnostics& found) {
  if (!check_folder(folder, found)) return false;
  const std::optional<Json> before = read_index(folder);
  Staged staged(folder);
  if (!staged.open(found) || !add_all(staged, files, provenance, found) || !staged.commit(found)) {
    return false;
  }
  remove_stale(folder, before, files);
  return true;
}

std::optional<std::string> provenance_of(const fs::path& folder) {
  std::optional<Json> index = read_index(folder);
  if (!index) return std::nullopt;
  index->erase("files");
  return index->dump(2);
}

std::string damage_of(const fs::path& folder) {
  const std::optional<Json> index = read_index(folder);
  if (!index) return fmt::format("{} is missing", index_name);
  for (const auto& [file, hash] : (*index)["files"].items()) {
    const std::optional<std::uint64_t> there = hash_of_file(folder / file);
    if (!there) return fmt::format("{} is missing", file);
    const bool is_same = hash.is_string() && hash == hash_text(*there);
    if (!is_same) return fmt::format("{} is not the file that was written there", file);
  }
  return {};
}

std::optional<std::string> unchanged_result(const fs::path& folder, const std::string& provenance,
                                            const std::string& name) {
  const std::optional<std::string> there = provenance_of(folder);
  if (!there || Json::parse(*there) != Json::parse(provenance)) return std::nullopt;
  if (!damage_of(folder).empty()) return std::nullopt;
  FileContent content = Disk(folder).read(name);
  return content ? std::optional(std::move(content.bytes)) : std::nullopt;
}

}  // namespace casus::cases
