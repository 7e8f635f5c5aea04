// Words of the command line to options. CLI11 stands in parse.cpp only.
#pragma once

#include "cli/commands.hpp"

#include <string>
#include <vector>

namespace casus::cli {

/// What the words behind a command say: options, or a page of help that was asked for.
struct Parsed {
  Options options;
  std::string help{};  ///< empty unless help was asked for
};

/// An option as help, completions and the manual show it.
struct OptionRow {
  std::string name;  ///< "--seed"
  std::string type;  ///< of its value, "N"; empty for a flag
  std::string meaning;
  std::vector<std::string> choices{};  ///< the words it takes, where these are all it takes
};

/// The options of a command, --help first.
std::vector<OptionRow> options_of(const Command& command);

/// Throws `Stop` with R102 to R104.
Parsed parse(const Command& command, const std::vector<std::string>& words);

}  // namespace casus::cli
