#include "language/compile.hpp"

namespace casus::language {

void check_units(const Model& /*model*/, Diagnostics& /*found*/) {}

}  // namespace casus::language
