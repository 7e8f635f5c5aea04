// A record made from a history: what it did, wherever the real record holds something.
#pragma once

#include "language/lowered.hpp"
#include "language/model.hpp"

#include <cstddef>
#include <span>

namespace casus::language {

/// Outputs a step of a variant with `happened`: one for each score column (a datum in base units, a
/// treaty's truth, 0 where the column is about games), then for each game whether it was played and
/// the option of each of its moves, -1 where it was not made.
std::size_t n_happened(const Model& model, const Lowered& lowered);

/// A copy of the model whose record is that of a history: `happened` (n_steps × n_happened) holds
/// its outputs from the first step on; later steps keep no record. Blank cells and missing data
/// stay so. A cell that admits what happened is kept as coarse as it is; else the new cell says all
/// that happened. So the cells that a step can have exclude each other, and what they score is the
/// probability of what is written there.
Model with_record_of(const Model& model, const Lowered& lowered, std::span<const double> happened);

}  // namespace casus::language
