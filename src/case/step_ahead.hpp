// Draws of what comes in a sampler's next step: histories with equal weights, given all that it has
// taken in, each moved a step on, free.
#pragma once

#include "case/posterior.hpp"
#include "case/reading.hpp"
#include "machine/lanes/run.hpp"

#include <cstdint>
#include <vector>

namespace casus::cases {

/// Of a date. A share of them has a standard error of 1.1 % at most.
inline constexpr std::uint32_t foreseen_draws = 2000;

/// Draws and choices of this epoch are nobody else's: see `as_of_epoch`.
inline constexpr std::uint32_t foreseen_epoch = 0xffff0001U;

class StepAhead {
 public:
  /// `free` is a variant without record or measures, of the same parameters and states as the one
  /// that is sampled.
  StepAhead(language::Lowered free, const FitSettings& settings, Workers workers);
  StepAhead(const StepAhead&) = delete;
  StepAhead& operator=(const StepAhead&) = delete;
  ~StepAhead() = default;

  const language::Lowered& free() const { return free_; }

  /// Whether no number of the model that is the same in all histories is missing.
  bool is_possible() const { return !lanes_.fails(); }

  /// The sampler must stand before `step`.
  void move(std::uint32_t step, inference::Smc& smc);

  /// (foreseen_draws) what the last moves would have a record say; NaN of one that failed.
  std::vector<double> values(const Reading& reading) const;

 private:
  struct Start {
    const inference::Chosen& chosen;
    std::uint32_t step = 0;
  };

  void move_block(std::size_t block, const Start& from);
  bool move_together(std::size_t first, std::size_t count, const Start& from);
  std::size_t block_size() const { return lanes_.options().n_lanes; }

  language::Lowered free_;
  FitSettings settings_;
  Workers workers_;
  std::vector<machine::Rate> rates_;
  machine::LaneRun lanes_;
  std::vector<double> outputs_;        ///< (n_outputs × n_draws) of the last step
  std::vector<unsigned char> failed_;  ///< (n_draws) in it
};

}  // namespace casus::cases
