// Reading claims.toml: the sources, claims and what is built on them.
#pragma once

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "evidence/register.hpp"

#include <optional>

namespace casus::evidence {

/// Reads a text of `sources`, TOML 1.0 with one array of tables for each `EntryKind`:
///
///   [[source]]  id, title, reliability = "high" | "medium" | "low"
///   [[claim]]   id, source, statement, kind, when, about, attributed_to
///   others      id, name or statement, claims = [ids]
///
/// `version` may be left out. Fields that casus does not know are kept as they are. Names of actors
/// are checked once the file has an [[actor]]; `rivals` and the table `unused` always are.
///
/// nullopt when anything is wrong (E001 to E008, E010 to E012).
std::optional<Register> read_claims(const Sources& sources, FileId file, Diagnostics& diagnostics);

}  // namespace casus::evidence
