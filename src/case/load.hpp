// A case from its files: checked model, evidence, and the hash by which results know it.
#pragma once

#include "base/diagnostic.hpp"
#include "base/files.hpp"
#include "evidence/register.hpp"
#include "evidence/support.hpp"
#include "language/model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus::cases {

struct LoadedCase {
  std::string name;       ///< the folder's
  std::string main_file;  ///< its path, as the case's files have it
  language::Model model;
  std::optional<evidence::Register> claims{};     ///< when the case names a file of claims
  std::vector<evidence::Support> supports{};      ///< one a statement; empty without claims
  std::vector<evidence::Statement> statements{};  ///< the same with what they cite
  std::vector<std::string> files{};               ///< all that were read, in order of names
  std::size_t n_recorded = 0;  ///< cells of recorded moves and outcomes, checked against the games
  std::uint64_t hash = 0;      ///< of their names and bytes (hash.hpp): nothing else decides a run
};

/// Reads and checks `main_file`, a path as `files` has it, and all it needs. Also checks what only
/// lowering shows, for the baseline and each explanation, start and what-if. Texts go into
/// `sources`. nullopt when `found` has errors; it may have warnings otherwise.
std::optional<LoadedCase> load(std::string_view name, std::string_view main_file,
                               const Files& files, Sources& sources, Diagnostics& found);

/// The statements of a model that assume something and could cite a claim, with what they cite:
/// everything but measures, what-ifs and functions, which only ask or abbreviate.
std::vector<evidence::Statement> assumptions(const language::Tree& tree);

}  // namespace casus::cases
