// What a sampler foresees of the next date's data: draws from parameters and states given all
// earlier ones, each a step on, before the date is taken in.
#pragma once

#include "case/fit_checks.hpp"
#include "case/foreseen.hpp"
#include "case/posterior.hpp"
#include "case/step_ahead.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// Looks on at the first of a fit's samplers. Totals over several steps are not foreseen.
class Foresight {
 public:
  /// `free` as for `StepAhead`, beside the one that is `sampled`.
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
  bool is_recorded(std::uint32_t step) const;
  void judge(std::uint32_t step);

  StepAhead ahead_;
  std::vector<ObservedSeries> series_;
  FitSettings settings_;
  std::vector<std::pair<std::size_t, Reading>> readings_;  ///< by place in `series_`
  std::uint32_t next_ = 0;
  std::vector<ForeseenSeries> foreseen_;  ///< by reading
};

}  // namespace casus::cases
