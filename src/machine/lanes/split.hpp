// From a program to its four pieces.
#pragma once

#include "machine/lanes/code.hpp"

#include <span>

namespace casus::machine {

struct SplitOptions {
  Spread spread = Spread::copy;
  bool outputs = true;  ///< whether the run takes outputs
};

/// `states` are the rates of states over the whole run (see `state_rates`).
///
/// An instruction goes to the piece of its rate, in the program's order. What a coarser piece
/// computes inside a region that only a finer one knows is computed there for all: it is cheap, and
/// nothing looks at it where it does not count. Every value has its place; columns are reused once
/// their last reader has run.
Code split(const Program& program, std::span<const Rate> states, const SplitOptions& options);

}  // namespace casus::machine
