// The files of the case with which `casus new` lets people begin.
#pragma once

#include <span>
#include <string_view>

namespace casus::cli {

struct NewFile {
  std::string_view name;  ///< in the case's folder
  std::string_view text;
};

/// An invented dispute of two rivals, in which every assumption cites a claim.
std::span<const NewFile> new_case();

}  // namespace casus::cli
