// The table of laws. To add one: a file in laws/, its name in laws/rows.hpp, a line in laws.cpp.
#pragma once

#include "random/law.hpp"

#include <span>
#include <string_view>

namespace casus::random {

/// Every law, in the order in which the reference page lists them.
std::span<const Law* const> laws();

/// nullptr when there is no law of that name.
const Law* find_law(std::string_view name);

}  // namespace casus::random
