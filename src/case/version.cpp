// The build's version.
#include "case/version.hpp"

namespace casus::cases {

std::string_view version() { return CASUS_VERSION; }

}  // namespace casus::cases
