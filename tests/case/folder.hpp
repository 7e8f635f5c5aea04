// A case of the repository, loaded and run in a test.
#pragma once

#include "case/ensemble.hpp"
#include "case/load.hpp"
#include "case/summarise.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

/// One variant's histories with what they say.
struct FolderRun {
  language::Lowered lowered;
  Ensemble ensemble{};
  std::vector<MeasureSummary> summaries{};

  /// The column of a measure, by name; nullopt when there is none.
  std::optional<std::size_t> column(std::string_view measure) const;
};

/// Loads `main_file` of `folder`. Errors fail the test with their text; then nullopt.
std::optional<LoadedCase> load_folder(const std::filesystem::path& folder,
                                      const std::string& main_file);

/// Runs a variant. Errors, and numbers that stop being finite, fail the test; then nullopt.
std::optional<FolderRun> run_variant(const LoadedCase& loaded, const language::Variant& variant,
                                     const EnsembleOptions& options);

}  // namespace casus::cases
