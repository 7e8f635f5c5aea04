// Chooses the loops of a piece's words.
#pragma once

#include "machine/lanes/code.hpp"

namespace casus::machine {

/// Fills `numbers`, `loop`, `quantile` and `sample`. `spread` tells what columns of sets are to
/// histories.
void bind(Piece& piece, Spread spread, const Kernels& kernels);

}  // namespace casus::machine
