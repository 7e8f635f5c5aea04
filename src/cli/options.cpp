// Faults of the command line.
#include "cli/options.hpp"

namespace casus::cli {

Stop usage_fault(std::string_view code, std::string message, std::string help) {
  Stop stop;
  stop.diagnostics.add({.code = code,
                        .message = std::move(message),
                        .primary = {},
                        .help = std::move(help),
                        .has_place = false});
  return stop;
}

}  // namespace casus::cli
