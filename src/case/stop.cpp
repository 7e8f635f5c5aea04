// How commands end.
#include "case/stop.hpp"

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

void stop_on_errors(const Diagnostics& found) {
  if (found.has_errors()) throw Stop{found};
}

}  // namespace casus::cases
