// Which parameters decide a case's measures, and what its measures would be under narrower and
// wider priors, with dated indices moved and with steps half as long.
#pragma once

#include "case/aspects.hpp"
#include "case/estimate.hpp"
#include "case/job.hpp"
#include "case/moved_dates.hpp"
#include "inference/sobol.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

/// Factors of the priors' scales under which measures are shown.
inline constexpr std::array prior_factors{0.5, 1.0, 2.0};

/// Months by which the dates of every let and event that names some are moved; last comes their
/// removal.
inline constexpr std::array date_moves{-24, -12, 12};

/// What changes when one quantity's dates are moved, the same draws throughout.
struct MovedAnswers {
  MovedDates moved;
  std::vector<Estimate> changes{};  ///< by measure, in printed units
};

/// One aspect of one measure.
struct MeasureSensitivity {
  std::size_t measure = 0;  ///< in Lowered::measure_columns
  Aspect aspect{};
  /// Of its mean over the histories of a parameter set, in printed units; inputs are the free
  /// parameters in order.
  inference::SobolIndices indices{};
  /// Share of the variance of a single history that its own draws account for.
  double chance = 0.0;
  std::array<Estimate, prior_factors.size()> under_priors{};
  std::optional<Estimate> with_half_steps{};  ///< nothing where steps cannot be halved
};

struct Sensitivity {
  language::Lowered lowered;
  std::vector<std::string> parameters;  ///< free ones
  std::vector<MeasureSensitivity> measures;
  std::vector<std::string> unscaled{};  ///< whose priors have no scale (see `with_prior_scale`)
  std::vector<std::string> failed{};    ///< other forms that could not be run, each with the reason
  std::vector<MovedAnswers> moved{};    ///< by quantity with dates, then as in `date_moves`
  std::size_t n_rows = 0;
  std::size_t per_set = 0;  ///< 1 where nothing in a history is random
};

/// A job of the command `sensitivity`. Throws `Stop` on what cannot be run.
Job plan_sensitivity(const LoadedCase& loaded, const Request& request);

/// Runs n_rows × (free parameters + 5 + moves of dates) parameter sets, at most. No two sets share
/// their histories' draws, but for those under other priors and with other dates. Throws `Stop`
/// when a measure is not known (R105), numbers are impossible (R107), nothing is free (R109),
/// numbers stop being finite (R001); `Interrupted`.
Sensitivity sensitivity(const LoadedCase& loaded, const Job& job, Workers workers);

/// "war", "first_war: share never"
std::string name_of(const Sensitivity& sensitivity, const MeasureSensitivity& measure);

/// Free parameters by how much they account for, the greatest total first.
std::vector<std::size_t> in_order(const MeasureSensitivity& measure);

/// Whether the measure's mean over histories differs from parameter set to parameter set, beyond
/// the error of its variance.
bool depends_on_parameters(const MeasureSensitivity& measure);

/// Whether dates decide the measure: by more than three errors.
bool is_change(const Estimate& change);

std::string sensitivity_text(const LoadedCase& loaded, const Sensitivity& sensitivity);
std::string sensitivity_json(const LoadedCase& loaded, const Job& job,
                             const Sensitivity& sensitivity);
/// A panel a measure: first-order and total shares of the parameters that matter most, with two
/// standard errors. Empty when no measure depends on parameters.
std::string sensitivity_svg(const LoadedCase& loaded, const Sensitivity& sensitivity);

/// Indices, measures under other priors, picture and summary into the folder.
Outcome publish_sensitivity(const LoadedCase& loaded, const Job& job,
                            const Sensitivity& sensitivity, const std::filesystem::path& folder);

}  // namespace casus::cases
