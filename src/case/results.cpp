// Writing beside, syncing and renaming.
#include "case/results.hpp"

#include "case/disk.hpp"
#include "case/hash.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
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

void cannot_write(const fs::path& path, std::string_view why, Diagnostics& found) {
  refuse("F002", fmt::format("cannot write {}: {}", path.string(), why),
         "nothing was changed there; name another folder with --out", found);
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

/// The whole of run.json: provenance, then the hashes of the files.
std::string index_text(const std::string& provenance, const std::vector<ResultFile>& files) {
  Json index = Json::parse(provenance);
  Json hashes = Json::object();
  for (const ResultFile& file : files) hashes[file.name] = hash_text(hash_of(file.text));
  index["files"] = std::move(hashes);
  return index.dump(2) + "\n";
}

/// Bytes to a new file, down to the disk. The system's words when that fails.
std::optional<std::string> write_through(const fs::path& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return std::strerror(errno);
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const std::string why = std::strerror(errno);
      ::close(file);
      return why;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool is_kept = ::fsync(file) == 0;
  const std::string why = is_kept ? "" : std::strerror(errno);
  if (::close(file) != 0 && is_kept) return std::strerror(errno);
  return is_kept ? std::nullopt : std::optional(why);
}

/// Files that are written beside their places and put there by `commit`; else they go.
class Staged {
 public:
  explicit Staged(fs::path folder) : folder_(std::move(folder)) {}
  Staged(const Staged&) = delete;
  Staged& operator=(const Staged&) = delete;
  ~Staged() {
    std::error_code ignored;
    for (const std::string& name : names_) fs::remove(beside(name), ignored);
  }

  bool add(const ResultFile& file, Diagnostics& found) {
    names_.push_back(file.name);
    const auto failed = write_through(beside(file.name), file.text);
    if (failed) cannot_write(folder_ / file.name, *failed, found);
    return !failed;
  }

  bool commit(Diagnostics& found) {
    for (const std::string& name : names_) {
      std::error_code failed;
      fs::rename(beside(name), folder_ / name, failed);
      if (failed) {
        cannot_write(folder_ / name, failed.message(), found);
        return false;
      }
    }
    names_.clear();
    return true;
  }

 private:
  fs::path beside(const std::string& name) const {
    return folder_ / fmt::format(".{}.{}.part", name, ::getpid());
  }

  fs::path folder_;
  std::vector<std::string> names_;
};

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
  cannot_write(folder, std::strerror(errno), found);
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

}  // namespace

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
  std::error_code failed;
  const bool is_new = fs::create_directories(folder, failed);
  if (failed) {
    cannot_write(folder, failed.message(), found);
    return false;
  }
  const std::optional<Json> before = is_new ? std::nullopt : read_index(folder);
  bool all_written = true;
  {
    Staged staged(folder);
    for (const ResultFile& file : files) all_written = all_written && staged.add(file, found);
    const ResultFile index{std::string(index_name), index_text(provenance, files)};
    all_written = all_written && staged.add(index, found) && staged.commit(found);
  }
  if (!all_written) {
    if (is_new) fs::remove(folder, failed);
    return false;
  }
  remove_stale(folder, before, files);
  return true;
}

std::optional<std::string> unchanged_result(const fs::path& folder, const std::string& provenance,
                                            const std::string& name) {
  std::optional<Json> index = read_index(folder);
  if (!index) return std::nullopt;
  const Json hashes = (*index)["files"];
  index->erase("files");
  if (*index != Json::parse(provenance) || !hashes.contains(name)) return std::nullopt;
  std::optional<std::string> wanted;
  const Disk disk(folder);
  for (const auto& [file, hash] : hashes.items()) {
    FileContent content = disk.read(file);
    if (!content || !hash.is_string() || hash != hash_text(hash_of(content.bytes))) {
      return std::nullopt;
    }
    if (file == name) wanted = std::move(content.bytes);
  }
  return wanted;
}

}  // namespace casus::cases
