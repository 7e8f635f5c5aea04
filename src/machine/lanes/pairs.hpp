// Products that only one sum or difference reads become one word with it.
#pragma once

#include "machine/lanes/code.hpp"

namespace casus::machine {

/// In a piece over histories whose columns are still named by values. A word less is a column less
/// that is written and read again; the numbers are the same bits, since each operation is rounded
/// as before.
void join_pairs(Piece& piece);

}  // namespace casus::machine
