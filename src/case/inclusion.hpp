// Overlapping explanations as one model with an indicator for each motive.
#pragma once

#include "case/bridge.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// Some of the motives, the others at their base values.
struct MotiveSubset {
  std::vector<bool> has{};  ///< by motive
  OneSide side{};           ///< log evidence less that of the model with every motive
  bool is_known = false;    ///< Pareto k and effective sets allow a number
};

/// What speaks for a motive.
struct Inclusion {
  std::string motive;
  Estimate log_factor{};  ///< of the subsets with it against those without, each as likely before
  Estimate from_all{};    ///< of the model with every motive against it without this one
};

struct Encompassing {
  std::vector<std::string> motives{};
  std::vector<MotiveSubset> subsets{};  ///< the whole one is the last
  std::vector<Inclusion> inclusions{};
  bool is_joint = false;  ///< whether every subset is among them
};

struct EncompassingSettings {
  std::vector<std::string> explanations{};              ///< whose motives
  std::vector<std::pair<std::string, double>> fixed{};  ///< as `--set`
  std::uint32_t until = 0xffffffffU;
  FitSettings fit{};
  std::size_t most_joint = 6;  ///< motives of which every subset is taken; of more: none, one or
                               ///< two of them, and all but one
};

/// Motives are parameters with a base value that some of the explanations free; the law is that of
/// the first that does. One motive or none: nothing to tell apart, and no subsets.
///
/// Subsets are weighed under the posterior of the model with every motive, on common random
/// numbers; of `fits` one that frees just that is used, else one is made. Throws `Stop`,
/// `Interrupted`.
Encompassing encompassing(const language::Model& model, std::span<const Fit* const> fits,
                          const EncompassingSettings& settings, Workers workers);

}  // namespace casus::cases
