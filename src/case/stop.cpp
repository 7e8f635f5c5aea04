// The one fault.
#include "case/stop.hpp"

#include "base/diagnostic.hpp"

#include <utility>

namespace casus::cases {

void stop(std::string_view code, std::string message, std::string help) {
  Diagnostics found;
  found.add({.code = code,
             .message = std::move(message),
             .primary = {},
             .help = std::move(help),
             .has_place = false});
  throw Stop{found};
}

}  // namespace casus::cases
