// Results and diagnostics as JSON text. Numbers that do not exist are null; the order of fields is
// fixed, so that equal results are equal bytes.
#pragma once

#include "base/codes.hpp"
#include "base/diagnostic.hpp"
#include "case/load.hpp"
#include "case/runs.hpp"

#include <string>
#include <string_view>

namespace casus::cases {

/// {"diagnostics": [{code, severity, message, file, line, column, help, related}]}; without a place
/// file, line and column are null.
std::string diagnostics_json(const Sources& sources, const Diagnostics& diagnostics);

/// Every run's measures and every what-if's comparisons.
std::string results_json(const LoadedCase& loaded, const Runs& runs);

/// {"code", "title", "meaning"}
std::string code_json(const Code& code);

/// The versions that results carry: of casus, of results, of the language, of the random scheme.
std::string version_json();

/// {"<how>": "<what>"}: a command that ended otherwise than by results or diagnostics.
std::string ending_json(std::string_view how, std::string_view what);

/// Adds the members of object `more` to object `document`, both as text.
std::string merged_json(std::string_view document, std::string_view more);

}  // namespace casus::cases
