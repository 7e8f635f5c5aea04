// What a sampler foresees of the next date's data: draws from parameters and states given all
// earlier ones, each a step on, before the date is taken in.
#pragma once

#include "case/fit_checks.hpp"
#include "case/foreseen.hpp"
#include "case/posterior.hpp"
#include "case/reading.hpp"
#include "machine/lanes/run.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// Draws of a date. A rank among them has a standard error of 1.1 % at most.
inline constexpr std::uint32_t foreseen_draws = 2000;

/// Looks on at the first of a fit's samplers. Totals over several steps are not foreseen.
class Foresight {
 public:
  /// `free` is a variant without record or measures, of the same parameters and states as the one
  /// that is `sampled`.
  Foresight(const language::Model& model, language::Lowered free, const language::Lowered& sampled,
            const FitSettings& settings, Workers workers);
  Foresight(const Foresight&) = delete;
  Foresight& operator=(const Foresight&) = delete;
  ~Foresight() = default;

  /// As `Between`: steps that are not the one expected next do not count.
  void take(std::uint32_t step, inference::Smc& smc);

  /// What it holds, and going on from it; false where the bytes are another's.
  std::vector<std::uint8_t> to_bytes() const;
  [[nodiscard]] bool from_bytes(std::span<const std::uint8_t> bytes);

  std::vector<ForeseenSeries> result() const { return foreseen_; }

 private:
  struct Draws {
    const inference::Chosen& chosen;
    std::uint32_t step = 0;
  };

  bool is_recorded(std::uint32_t step) const;
  void move_block(std::size_t block, const Draws& draws);
  bool move_together(std::size_t first, std::size_t count, const Draws& draws);
  void judge(std::uint32_t step);
  std::size_t block_size() const { return lanes_.options().n_lanes; }

  language::Lowered free_;
  std::vector<ObservedSeries> series_;
  FitSettings settings_;
  Workers workers_;
  std::vector<machine::Rate> rates_;
  machine::LaneRun lanes_;
  std::vector<std::pair<std::size_t, Reading>> readings_;  ///< by place in `series_`
  std::uint32_t next_ = 0;
  std::vector<double> outputs_;           ///< (n_outputs × n_draws) of the last step
  std::vector<unsigned char> failed_;     ///< (n_draws) in it
  std::vector<ForeseenSeries> foreseen_;  ///< by reading
};

}  // namespace casus::cases
