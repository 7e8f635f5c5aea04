// Files on the machine's disk: reading a case folder, and finding it.
#pragma once

#include "base/diagnostic.hpp"
#include "base/files.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace casus::cases {

/// Larger files are refused: a case reads tables, not archives.
inline constexpr std::uintmax_t largest_file = 1'000'000'000;

/// Reads files below a folder, in whole. What is not a plain readable file of at most
/// `largest_file` bytes comes back as a problem in words; a missing one with the nearest name there
/// is.
class Disk final : public Files {
 public:
  explicit Disk(std::filesystem::path root) : root_(std::move(root)) {}

  FileContent read(std::string_view path) const override;

 private:
  std::filesystem::path root_;
};

/// Where a case is.
struct CasePlace {
  std::string main_file;  ///< its path as the user would write it, '/' between its parts
  std::string name;       ///< the folder's own name; the file's where the folder has none
};

inline constexpr std::string_view default_main_file = "model.casus";

/// `path` is a case folder, which holds `model.casus`, or a model file. nullopt when it is neither
/// (F001, F004), with the nearest name there is.
std::optional<CasePlace> find_case(const std::string& path, Diagnostics& found);

/// What to write behind `command`, which wants a case, in the folder where it is given.
std::string how_to_name_a_case(std::string_view command);

}  // namespace casus::cases
