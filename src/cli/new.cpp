// casus new: a small case to begin with.
#include "cli/commands.hpp"
#include "cli/new_case.hpp"
#include "cli/replace_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

/// Throws `Stop` unless the folder is new or empty.
void check_folder(const fs::path& folder) {
  std::error_code failed;
  if (!fs::exists(fs::symlink_status(folder, failed))) return;
  if (fs::is_directory(folder, failed) && fs::is_empty(folder, failed) && !failed) return;
  const bool is_folder = fs::is_directory(folder, failed);
  throw usage_fault(
      "F006", fmt::format("'{}' {}", folder.string(), is_folder ? "is not empty" : "is a file"),
      "name a folder that is new or empty");
}

void make_folder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (!failed) return;
  throw usage_fault("F002", fmt::format("cannot make {}: {}", folder.string(), failed.message()),
                    "");
}

std::vector<std::string> next_commands(const std::string& folder) {
  const bool plain = folder.find_first_of(" '\"\\$*?()&;<>|`") == std::string::npos;
  const std::string word = plain ? folder : '"' + folder + '"';
  return {fmt::format("casus check {}", word), fmt::format("casus run {}", word),
          fmt::format("casus whatif {}", word)};
}

}  // namespace

int run_new(const Options& options, Session& session) {
  const std::string& name = options.names.front();
  const fs::path folder(name);
  check_folder(folder);
  std::vector<std::string> written;
  for (const NewFile& file : new_case()) {
    const fs::path path = folder / file.name;
    make_folder(path.parent_path());
    replace_file(path, file.text);
    written.push_back(path.generic_string());
  }
  const std::vector<std::string> next = next_commands(name);
  if (options.json) {
    session.print_json(
        nlohmann::ordered_json{{"folder", name}, {"files", written}, {"next", next}}.dump(2) +
        "\n");
    return exit_done;
  }
  std::string text;
  for (const std::string& file : written) text += fmt::format("wrote {}\n", file);
  text += "\nnext:\n";
  for (const std::string& command : next) text += fmt::format("    {}\n", command);
  session.print(options, text);
  return exit_done;
}

}  // namespace casus::cli
