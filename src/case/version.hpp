// Which casus this is.
#pragma once

#include <string_view>

namespace casus::cases {

/// "0.1.0"
std::string_view version();

/// Version of the language of case files: what `casus 1` at a model's top says.
inline constexpr int language_version = 1;

}  // namespace casus::cases
