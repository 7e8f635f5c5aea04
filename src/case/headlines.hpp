// What of a run is shown first: the case decides by the order of its measures.
#pragma once

#include "case/runs.hpp"

#include <cstddef>
#include <vector>

namespace casus::cases {

/// Measures shown in short tables: the first ten.
inline constexpr std::size_t n_headlines = 10;

/// Lines of the bands on which the first measures rest: what their expressions read, at most
/// `most` lines.
std::vector<std::size_t> headline_lines(const language::Model& model, const Run& run,
                                        std::size_t most);

/// Comparisons (positions in PairedRun::comparisons) shown as columns of a table of what-ifs: the
/// first number, the first ratio and the first two shares or dates that some what-if changes, in
/// order.
std::vector<std::size_t> headline_comparisons(const Runs& runs);

}  // namespace casus::cases
