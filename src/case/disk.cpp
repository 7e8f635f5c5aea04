// Reading through std::filesystem.
#include "case/disk.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <system_error>
#include <vector>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

/// Names in a folder, sorted; none when it cannot be listed.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator at(folder.empty() ? "." : folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// "; the nearest is 'deaths.csv'"
std::string nearest_to(const fs::path& path) {
  const std::optional<std::string> name =
      nearest(path.filename().string(), names_in(path.parent_path()));
  return name ? fmt::format("; the nearest is '{}'", *name) : "";
}

std::string problem_of(const fs::path& path) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  switch (status.type()) {
    case fs::file_type::not_found: return "no such file" + nearest_to(path);
    case fs::file_type::directory: return "is a folder";
    case fs::file_type::regular: break;
    case fs::file_type::none: return failed.message();
    default: return "is no plain file";
  }
  const std::uintmax_t size = fs::file_size(path, failed);
  if (failed) return failed.message();
  if (size > largest_file) return "is larger than 1 GB";
  return {};
}

Diagnostic without_place(std::string_view code, std::string message, std::string help) {
  return {.code = code,
          .message = std::move(message),
          .primary = {},
          .help = std::move(help),
          .has_place = false};
}

/// Cases in the folders of `folder`, then in those of its `cases`, as paths from where one stands.
std::vector<std::string> cases_below(const fs::path& folder) {
  std::vector<std::string> cases;
  std::error_code failed;
  for (const fs::path& above : {folder, folder / "cases"}) {
    for (const std::string& name : names_in(above)) {
      if (!fs::exists(above / name / default_main_file, failed)) continue;
      cases.push_back((above / name).lexically_normal().generic_string());
    }
  }
  return cases;
}

/// The name a person would call the folder by.
std::string name_of(const fs::path& folder, const std::string& main_file) {
  std::error_code failed;
  const fs::path whole = fs::weakly_canonical(fs::absolute(folder, failed), failed);
  const std::string name = whole.filename().string();
  return name.empty() ? fs::path(main_file).stem().string() : name;
}

CasePlace place_of(const fs::path& folder, const std::string& main_file) {
  return {(folder / main_file).lexically_normal().generic_string(), name_of(folder, main_file)};
}

std::optional<CasePlace> in_folder(const fs::path& folder, Diagnostics& found) {
  std::string main_file(default_main_file);
  if (fs::exists(folder / main_file)) {
    return place_of(folder, main_file);
  }
  std::vector<std::string> models;
  std::string help = "a case is a folder with a model.casus";
  const std::vector<std::string> below = cases_below(folder);
  if (!below.empty()) help += fmt::format(", such as {}", below.front());
  for (const std::string& name : names_in(folder)) {
    if (fs::path(name).extension() == ".casus") models.push_back(name);
    if (name == std::string(default_main_file) + ".txt" || name == "model.txt") {
      help = fmt::format("rename {} to {}; some editors and file managers add or hide `.txt`",
                         (folder / name).string(), default_main_file);
    }
  }
  found.add(without_place(
      "F004", fmt::format("'{}' has no {}", folder.string(), default_main_file),
      models.empty() ? help
                     : fmt::format("name the file: {}", (folder / models.front()).string())));
  return std::nullopt;
}

}  // namespace

std::string how_to_name_a_case(std::string_view command) {
  std::error_code failed;
  if (fs::exists(default_main_file, failed)) {
    return fmt::format("this folder is a case: write `{} .`", command);
  }
  const std::vector<std::string> below = cases_below("");
  if (!below.empty()) return fmt::format("name the case: `{} {}`", command, below.front());
  return fmt::format(
      "name the folder of a case, which holds a {}; `casus new NAME` makes one to begin with",
      default_main_file);
}

FileContent Disk::read(std::string_view path) const {
  const fs::path whole = root_ / fs::path(path);
  FileContent content{.bytes = {}, .problem = problem_of(whole)};
  if (!content) return content;
  std::ifstream stream(whole, std::ios::binary);
  if (!stream) return {.bytes = {}, .problem = "may not be read"};
  std::error_code failed;
  content.bytes.resize(fs::file_size(whole, failed));
  stream.read(content.bytes.data(), static_cast<std::streamsize>(content.bytes.size()));
  content.bytes.resize(static_cast<std::size_t>(stream.gcount()));
  if (stream.bad()) return {.bytes = {}, .problem = "reading it failed"};
  return content;
}

std::optional<CasePlace> find_case(const std::string& path, Diagnostics& found) {
  std::error_code failed;
  fs::path place(path);
  if (!place.has_filename()) place = place.parent_path();  // a slash at the end
  const fs::file_status status = fs::status(place, failed);
  if (fs::is_directory(status)) return in_folder(place, found);
  if (fs::exists(status)) {
    const std::string main_file = place.filename().string();
    return place_of(place.parent_path(), main_file);
  }
  std::string help = "a case is a folder with a model.casus, or a model file";
  if (fs::exists(fs::path(path + ".casus"), failed)) {
    help = fmt::format("did you mean '{}.casus'?", path);
  } else if (fs::weakly_canonical(fs::current_path(failed), failed).filename() == place &&
             fs::exists(default_main_file, failed)) {
    help = "this folder is that case: write `.` in its place";
  } else if (fs::is_directory(fs::path("cases") / place, failed)) {
    help = fmt::format("did you mean '{}'?", (fs::path("cases") / place).string());
  } else if (const auto name = nearest(place.filename().string(), names_in(place.parent_path()))) {
    help = fmt::format("did you mean '{}'?", (place.parent_path() / *name).string());
  }
  found.add(without_place("F001", fmt::format("there is no case at '{}'", path), help));
  return std::nullopt;
}

}  // namespace casus::cases
