// What words cost: one table of measured times, and the share of them that a history bears.
//
// Measured by bench/kernels.cpp on one core of an AMD EPYC of the fourth generation (Zen 4, loops
// for AVX-512, 1 MB of second-level memory), GCC 12.2 -O2, with columns of 256 lanes in that
// memory, beside other work on the machine. With AVX2 allow for twice as much.
#pragma once

#include "machine/lanes/code.hpp"

#include <span>

namespace casus::machine {

/// To begin a word, however many lanes it has; nanoseconds.
inline constexpr double word_cost = 4.0;

/// Nanoseconds a lane of an arithmetic, comparison or logical operation on columns.
double cost_of(Op op);

/// Nanoseconds a lane.
struct LawCost {
  double sample = 0.0;
  double quantile = 0.0;
  double log_density = 0.0;
};

/// Of a law with no row in the table: a Bug.
LawCost cost_of(const random::Law& law);
double cost_of(Fold fold);

/// Nanoseconds a lane of what moves or looks at numbers: guard, check, spread, output, uniform.
double cost_of(Action action);

/// A run of some steps by one program, as far as it decides who shares the work of a word.
struct RunSize {
  std::uint32_t n_lanes = 256;  ///< histories of a block
  std::uint32_t per_set = 16;   ///< histories of a parameter set
  std::uint32_t first_step = 0;
  std::uint32_t last_step = 0;
  double n_histories = 10'000.0;  ///< of the run
  std::span<const Accumulator> accumulators{};
  /// By number of the step: the share of the steps in which it is true. Without: all of them.
  std::span<const double> true_shares{};

  double n_steps() const { return last_step - first_step + 1.0; }
};

/// Nanoseconds of a word of `piece` for each history and step. A word over steps is shared by all
/// histories, one over sets by the histories of a set, and where it runs once a segment by the
/// steps of that. A fold counts in the steps that it folds.
double cost_of(const Piece& piece, const Word& word, const RunSize& size);

/// The costs of all words. A region that a number of the step decides counts in the steps in which
/// it is entered; others count as entered in all.
std::vector<double> costs_of(const Piece& piece, const RunSize& size);

/// Bytes of the columns and numbers that a step of a block reads or writes, each counted once;
/// outputs, which go elsewhere, are not.
std::size_t bytes_of_step(const Code& code, const RunSize& size);

}  // namespace casus::machine
