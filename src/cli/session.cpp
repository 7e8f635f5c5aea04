// Loading, printing, performing.
#include "cli/session.hpp"

#include "base/render.hpp"
#include "case/disk.hpp"
#include "case/json.hpp"
#include "case/results.hpp"
#include "case/threads.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"

#include <filesystem>
#include <fmt/format.h>

namespace casus::cli {
namespace {

std::string quoted_json(const std::string& text) {
  std::string json = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') json += '\\';
    json += letter;
  }
  return json + '"';
}

}  // namespace

cases::LoadedCase Session::load(const Options& options) {
  Diagnostics found;
  const std::optional<cases::CasePlace> place = cases::find_case(options.names.front(), found);
  if (!place) throw Stop{found};
  const cases::Disk disk("");
  auto loaded = cases::load(place->name, place->main_file, disk, sources_, found);
  if (!loaded) throw Stop{found};
  warnings_ = found;
  cases::move_dates(*loaded, options.request);
  return std::move(*loaded);
}

void Session::print(const Options& options, std::string_view text) const {
  if (options.quiet || options.json) return;
  print_json(text);
}

void Session::print_json(std::string_view document) const {
  if (to_output(document)) return;
  throw usage_fault("F002", "cannot write to standard output", "the disk may be full");
}

void Session::report(const Diagnostics& diagnostics, bool json) const {
  if (diagnostics.empty()) return;
  if (json) {
    (void)to_output(cases::diagnostics_json(sources_, diagnostics));
  } else {
    to_error(render(sources_, diagnostics, {.color = may_color()}));
  }
}

std::filesystem::path checked_folder(const cases::LoadedCase& loaded, const cases::Job& job,
                                     const Options& options) {
  std::filesystem::path folder =
      options.out.empty() ? cases::default_folder(loaded, job) : std::filesystem::path(options.out);
  Diagnostics found;
  if (!cases::check_folder(folder, found)) throw Stop{found};
  return folder;
}

int print_outcome(const cases::Outcome& outcome, const std::filesystem::path& folder,
                  const Options& options, const Session& session) {
  if (options.json) {
    const std::string more =
        fmt::format("{{\"folder\": {}, \"reused\": {}}}", quoted_json(folder.generic_string()),
                    outcome.reused ? "true" : "false");
    const std::string warnings = cases::diagnostics_json(session.sources(), session.warnings());
    session.print_json(cases::merged_json(cases::merged_json(outcome.document, more), warnings));
    return exit_done;
  }
  session.print(options, outcome.text + "\n" +
                             (outcome.reused
                                  ? fmt::format("nothing changed; shown from {}\n", folder.string())
                                  : fmt::format("results in {}\n", folder.string())));
  return exit_done;
}

int perform_and_print(const cases::LoadedCase& loaded, const cases::Job& job,
                      const Options& options, const Session& session) {
  const std::filesystem::path folder =
      options.out.empty() ? cases::default_folder(loaded, job) : std::filesystem::path(options.out);
  const std::unique_ptr<Parallel> threads = cases::make_threads(options.n_threads);
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  if (!options.json) session.report(session.warnings(), false);
  const cases::Disk disk("");
  const cases::Outcome outcome =
      cases::perform(loaded, job, folder, disk, {.parallel = *threads, .progress = *progress});
  return print_outcome(outcome, folder, options, session);
}

}  // namespace casus::cli
