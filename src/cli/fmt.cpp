// casus fmt: the layout of case files.
#include "case/disk.hpp"
#include "cli/commands.hpp"
#include "cli/replace_file.hpp"
#include "cli/terminal.hpp"
#include "editor/format.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view from_standard_input = "-";

/// A text before and after.
struct Formatted {
  std::string name;
  std::string text;
  bool changed = false;
};

/// The case files of a folder, in order; a file is itself.
std::vector<std::string> files_at(const std::string& name) {
  std::error_code failed;
  if (!fs::is_directory(name, failed)) return {name};
  std::vector<std::string> files;
  for (fs::directory_iterator at(name, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() == ".casus") files.push_back(at->path().generic_string());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    throw usage_fault("F004", fmt::format("'{}' has no case files", name),
                      "their names end in .casus");
  }
  return files;
}

/// nullopt with faults when the text cannot be read, or holds what the lexer refuses.
std::optional<Formatted> read_and_format(const std::string& name, Sources& sources,
                                         Diagnostics& found) {
  const bool piped = name == from_standard_input;
  FileContent content =
      piped ? FileContent{.bytes = from_input(), .problem = {}} : cases::Disk("").read(name);
  if (!content) {
    found.append(usage_fault("F001", fmt::format("cannot read {}: {}", name, content.problem), "")
                     .diagnostics);
    return std::nullopt;
  }
  const FileId file = sources.add(piped ? "standard input" : name, std::move(content.bytes));
  std::optional<std::string> text = editor::format(file, sources, found);
  if (!text) return std::nullopt;
  const bool changed = *text != sources.text(file);
  return Formatted{.name = name, .text = std::move(*text), .changed = changed};
}

void report_files(const std::vector<Formatted>& all, const Options& options,
                  const Session& session) {
  if (options.json) {
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const Formatted& each : all) {
      files.push_back({{"file", each.name}, {"changed", each.changed}});
      if (each.name == from_standard_input) files.back()["text"] = each.text;
    }
    session.print_json(nlohmann::ordered_json{{"files", files}}.dump(2) + "\n");
    return;
  }
  std::size_t n_changed = 0;
  for (const Formatted& each : all) {
    if (each.name == from_standard_input) return;
    n_changed += each.changed ? 1U : 0U;
    if (!each.changed) continue;
    session.print(options,
                  fmt::format("{} {}\n", options.check ? "not in order:" : "formatted", each.name));
  }
  if (n_changed > 0) return;
  session.print(options, fmt::format("{} in order\n",
                                     all.size() == 1 ? std::string("1 file is")
                                                     : fmt::format("{} files are", all.size())));
}

}  // namespace

int run_fmt(const Options& options, Session& session) {
  Diagnostics found;
  std::vector<Formatted> all;
  for (const std::string& name : options.names) {
    for (const std::string& file : files_at(name)) {
      auto formatted = read_and_format(file, session.sources(), found);
      if (formatted) all.push_back(std::move(*formatted));
    }
  }
  for (const Formatted& each : all) {
    if (options.check) break;
    if (each.name == from_standard_input) {
      if (!options.json) session.print_json(each.text);
    } else if (each.changed) {
      replace_file(each.name, each.text);
    }
  }
  if (!found.empty()) throw Stop{found};
  report_files(all, options, session);
  const bool in_order =
      std::none_of(all.begin(), all.end(), [](const Formatted& each) { return each.changed; });
  return options.check && !in_order ? exit_check_failed : exit_done;
}

}  // namespace casus::cli
