// Reads the examples in the table of operations: arithmetic as case files write it.
#pragma once

#include "machine/builder.hpp"

#include <string_view>

namespace casus::machine {

/// The value of `text`; throws std::runtime_error when it is no expression.
Value built(Builder& builder, std::string_view text);

}  // namespace casus::machine
