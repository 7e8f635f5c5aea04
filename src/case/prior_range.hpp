// How far log Bayes factors move when priors are half or twice as wide.
#pragma once

#include "case/bridge.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// Whose priors are rescaled: parameters that explanations free or set anew, or all others.
enum class Rescaled : std::uint8_t { motives, others };

/// A change of the priors that science asks for.
struct PriorScale {
  Rescaled which{};
  double factor = 1.0;
};
inline constexpr std::array prior_scales{
    PriorScale{Rescaled::motives, 0.5}, PriorScale{Rescaled::motives, 2.0},
    PriorScale{Rescaled::others, 0.5}, PriorScale{Rescaled::others, 2.0}};

/// Log evidence of an explanation under rescaled priors less that under the case's own.
struct ScaleChange {
  enum class By : std::uint8_t {
    nothing,  ///< the explanation frees none of these parameters
    bridge,
    runs,
    unknown,  ///< the bridge failed, and no runs were asked for
  };
  By by{};
  Estimate log_change{};
  OneSide side{};  ///< of the bridge
};

struct PriorRangeSettings {
  std::vector<std::pair<std::string, double>> fixed{};  ///< as `--set`
  std::uint32_t until = 0xffffffffU;
  FitSettings fit{};  ///< of the explanation
  bool runs = false;  ///< whether samplers run where the bridge fails
};

/// Names of parameters that some explanation frees or gives a prior.
std::vector<std::string> motive_names(const language::Model& model);

/// For each of `prior_scales`. The posterior is carried to the other scale by shifting and
/// stretching each free coordinate as a normal law would be (Meng & Schilling 2002, "Warp bridge
/// sampling"), which is exact whatever the posterior is; the likelihood is taken again at the same
/// random addresses. Throws `Stop` as `log_ratios`; `Interrupted`.
std::vector<ScaleChange> scale_changes(const language::Model& model, const std::string& explanation,
                                       const Fit& fit, const PriorRangeSettings& settings,
                                       Workers workers);

}  // namespace casus::cases
