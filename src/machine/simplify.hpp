// Rewrites of one operation into a simpler value.
#pragma once

#include "machine/builder.hpp"

#include <optional>

namespace casus::machine {

/// An operation on values, before it is one itself.
struct Application {
  Op op{};
  Value a{};
  Value b{};
  Value c{};
};

/// A value that equals `applied` wherever that is finite and costs less; nothing when there is
/// none. The sign of a zero may change.
std::optional<Value> simplified(Builder& builder, const Application& applied);

}  // namespace casus::machine
