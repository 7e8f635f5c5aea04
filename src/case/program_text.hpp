// What a program costs, as a person reads it on a terminal and as JSON.
#pragma once

#include "base/source.hpp"
#include "case/program_report.hpp"

#include <string>

namespace casus::cases {

struct ProgramTextOptions {
  bool instructions = false;  ///< every word under its statement
};

/// At most 120 columns wide where names allow.
std::string program_text(const ProgramReport& report, const Sources& sources,
                         const ProgramTextOptions& options);

/// One object with all of the report.
std::string program_json(const ProgramReport& report, const Sources& sources);

}  // namespace casus::cases
