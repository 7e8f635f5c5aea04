// Loading and running with GoogleTest as the reader of diagnostics.
#include "case/folder.hpp"

#include "base/render.hpp"
#include "case/disk.hpp"
#include "case/threads.hpp"

#include <gtest/gtest.h>

namespace casus::cases {

std::optional<std::size_t> FolderRun::column(std::string_view measure) const {
  for (std::size_t i = 0; i < lowered.measure_columns.size(); ++i) {
    if (lowered.measure_columns[i].name == measure) return i;
  }
  return {};
}

std::optional<LoadedCase> load_folder(const std::filesystem::path& folder,
                                      const std::string& main_file) {
  const Disk disk(folder);
  Sources sources;
  Diagnostics found;
  std::optional<LoadedCase> loaded =
      load(folder.filename().string(), main_file, disk, sources, found);
  if (!loaded) ADD_FAILURE() << folder << "\n" << render(sources, found);
  return loaded;
}

std::optional<FolderRun> run_variant(const LoadedCase& loaded, const language::Variant& variant,
                                     const EnsembleOptions& options) {
  Diagnostics found;
  FolderRun run{.lowered = language::lower(loaded.model, variant, found)};
  if (found.has_errors()) {
    ADD_FAILURE() << loaded.name << ": " << found.sorted().front().message;
    return {};
  }
  Silent silent;
  const std::unique_ptr<Parallel> threads = make_threads(0);
  run.ensemble = simulate(run.lowered, options, {.parallel = *threads, .progress = silent});
  report_failures(run.lowered, loaded.model.steps, run.ensemble, found);
  if (found.has_errors()) {
    ADD_FAILURE() << loaded.name << ": " << found.sorted().front().message;
    return {};
  }
  run.summaries = summarise(run.lowered, loaded.model.steps, run.ensemble);
  return run;
}

}  // namespace casus::cases
