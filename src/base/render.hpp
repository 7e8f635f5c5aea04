// Diagnostics as text for terminals.
#pragma once

#include "base/diagnostic.hpp"

#include <string>

namespace casus {

struct RenderOptions {
  bool color = false;
  std::size_t limit = 20;  ///< diagnostics shown; the rest are counted
};

/// All diagnostics in source order with source lines and carets, and a closing count.
std::string render(const Sources& sources, const Diagnostics& diagnostics,
                   const RenderOptions& options = {});

}  // namespace casus
