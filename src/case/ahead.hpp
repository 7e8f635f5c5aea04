// How well what lay behind a cut was foreseen from the cut: the model's histories, free from there,
// beside two forecasts that know nothing of it.
#pragma once

#include "case/asof.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

/// `variant` is the free one, `from` what the sampler knew at the cut. Of a datum the model's score
/// is the log of the mean, over histories that go on free, of its probability given what the
/// history has come to by its step; columns of one step by the chain rule. Throws `Stop` (R001).
std::vector<AheadRow> look_ahead(const LoadedCase& loaded, const language::Variant& variant,
                                 const AsOf& from, const EnsembleOptions& options, Workers workers);

/// What an observed column has by step, NaN where it has none, and how it is scored.
struct Seen {
  std::vector<double> values;  ///< in the unit in which densities are given
  enum class As : std::uint8_t { number, count, option };
  As as{};
  std::size_t n_options = 0;
};

/// The two simple forecasts of the values from step `cut` on.
///   option: the last option with the smoothed share of cells that were like the one before,
///           (1 + stays) / (2 + n), the others alike; the smoothed share of each, (1 + n_i) / (K +
///           n)
///   count:  negative binomial about the last value (at least 1/2), or about the mean (at least
///           1/(2 n)), as dispersed as the values before the cut; Poisson where these are not
///   number: normal about the last value, with the standard deviation of the changes before the cut
///           times the root of how many values after the cut it is; normal with mean and standard
///           deviation of the values before the cut
struct SimpleScores {
  std::optional<double> no_change{};
  std::optional<double> base_rate{};
};
SimpleScores simple_scores(const Seen& seen, std::uint32_t cut);

/// The table of a terminal; empty where nothing lies behind the cut.
std::string ahead_text(const std::vector<AheadRow>& rows);
std::string ahead_csv(const std::vector<AheadRow>& rows);

}  // namespace casus::cases
