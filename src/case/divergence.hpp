// Until when two variants are the same program, so that the second need not be run again.
#pragma once

#include "language/lowered.hpp"

#include <cstdint>

namespace casus::cases {

/// The first step whose program differs, with everything that came before it equal bit by bit; the
/// number of steps when none does. 0 when anything else that a run rests on differs.
std::uint32_t divergence_of(const language::Lowered& baseline, const language::Lowered& changed);

/// Whether both programs compute and write the same; what they call things does not matter.
bool same_program(const machine::Program& a, const machine::Program& b);

}  // namespace casus::cases
