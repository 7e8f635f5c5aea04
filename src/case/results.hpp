// A folder of results: whole under its name, or untouched.
#pragma once

#include "base/diagnostic.hpp"
#include "case/staged.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

/// Version of the layout of results folders; newer ones are refused.
///   1  CSV, SVG, summaries
///   2  results.nc; histories.csv only when asked for
inline constexpr int results_version = 2;

/// Writes `files` and, last, run.json, which holds `provenance` (a JSON object as text) and the
/// hashes of the files. All are first written beside their places and brought to the disk, then
/// renamed; files of former results that are not among the new ones are removed. The folder is
/// made when it does not exist.
///
/// False, with a fault and everything as it was before, when the folder is a file or holds other
/// files than results (F003), or something cannot be written (F002). What a file's writer throws
/// passes through, and leaves everything as it was, too.
bool write_results(const std::filesystem::path& folder, const std::vector<ResultFile>& files,
                   const std::string& provenance, Diagnostics& found);

/// The same, of a command: throws `Stop` where that returns false.
void store_results(const std::filesystem::path& folder, const std::vector<ResultFile>& files,
                   const std::string& provenance);

/// Whether the folder may be written into, to say so before long work: as `write_results` does.
bool check_folder(const std::filesystem::path& folder, Diagnostics& found);

/// What is wrong with a folder's files, in words: the first that is missing or not the one that was
/// written. Empty when all are whole.
std::string damage_of(const std::filesystem::path& folder);

/// run.json without the hashes of files, as text; nullopt when the folder holds no results.
std::optional<std::string> provenance_of(const std::filesystem::path& folder);

/// The text of file `name` when the folder holds whole results with this very provenance.
std::optional<std::string> unchanged_result(const std::filesystem::path& folder,
                                            const std::string& provenance, const std::string& name);

}  // namespace casus::cases
