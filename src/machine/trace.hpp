// Where a number stopped being finite, in words.
#pragma once

#include "machine/reference.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace casus::machine {

/// A step of one history as far as it ran.
struct Trace {
  const Program& program;
  std::span<const double> registers;  ///< (code.size())
  std::uint32_t step = 0;
};

/// Follows a register that is not finite back, through the branches that were taken, to the first
/// instruction that made no finite number of finite ones.
NotFinite first_failure(const Trace& trace, std::uint32_t index);

/// What is wrong with the arguments of the `sample` or `quantile` at `index`; nothing when they are
/// valid.
std::optional<NotFinite> invalid_argument(const Trace& trace, std::uint32_t index);

}  // namespace casus::machine
