// Whether posteriors can be believed: parameters from their prior, a record simulated from each, a
// fit of it, and where the parameter lies in what the fit found (simulation-based calibration).
#pragma once

#include "case/estimate.hpp"
#include "case/job.hpp"
#include "case/posterior.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace casus::cases {

/// How much work a calibration is, and with which draws.
struct CalibrationSettings {
  FitSettings fit{};  ///< of each replication; its repeats and replications do not count
  std::uint32_t n_replications = 100;
  /// Of the priors of the fits, against those that parameters are drawn from: other than 1 it is a
  /// control that must fail.
  double prior_scale = 1.0;
};

/// One number whose true value is known in each replication.
struct CalibratedQuantity {
  std::string name;           ///< a free parameter, or `log likelihood`
  std::vector<double> ranks;  ///< (n_done) share of the posterior below the truth, in (0, 1)
  double p_value = 1.0;       ///< of uniform ranks (inference/uniformity.hpp)
  double in_half = 0.0;       ///< share of truths in the posterior's middle half
  double in_most = 0.0;       ///< in its middle 90 %
};

struct Calibration {
  std::vector<CalibratedQuantity> quantities;
  std::vector<std::uint32_t> done;      ///< numbers of the replications that came to a posterior
  std::vector<double> effective_sets;   ///< (n_done)
  std::vector<std::string> left_out{};  ///< of each other one, why
  bool is_exact = false;                ///< likelihoods are exact: then their ranks count too

  /// Share of all truths of a replication in the middle 90 % of their posteriors: the mean over
  /// replications, whose error knows that the quantities of one depend on each other. It sees what
  /// each quantity alone is too few to show.
  Estimate in_most() const;
  /// At 1 % for all quantities together (Bonferroni).
  double level() const { return 0.01 / static_cast<double>(quantities.size()); }
  bool passes() const;
};

/// Simulation-based calibration (Cook, Gelman & Rubin 2006; Talts et al. 2018), with the
/// log-likelihood as a quantity that looks at data and parameters together, where it is exact
/// (Modrák et al. 2023). The rank of a truth is (n p + u (n q + 1)) / (n + 1), with p the
/// posterior's weight below it, q what is equal, n the effective number of sets and u uniform: of n
/// equal weights the randomised rank.
/// Replications run at the same time; results do not depend on it. Throws `Stop` when fewer than
/// half of them come to a posterior (R140), nothing is observed or free (R109); `Interrupted`.
Calibration calibrate_model(const language::Model& model, const language::Variant& variant,
                            std::uint32_t until, const CalibrationSettings& settings,
                            Workers workers);

/// A job of the command `calibrate`. Throws `Stop` on what cannot be run.
Job plan_calibrate(const LoadedCase& loaded, const Request& request);

/// Throws `Stop` on impossible numbers of sets, particles or replications (R107), and as
/// `calibrate_model` does.
Calibration calibrate(const LoadedCase& loaded, const Job& job, Workers workers);

std::string calibration_text(const LoadedCase& loaded, const Calibration& calibration);
std::string calibration_json(const LoadedCase& loaded, const Job& job,
                             const Calibration& calibration);
/// The empirical distribution of the ranks minus that of uniform ones, a panel a quantity, with the
/// band that 95 % of uniform samples stay in; the quantities farthest off first.
std::string calibration_svg(const LoadedCase& loaded, const Calibration& calibration);

/// Ranks, picture and summary into the folder.
Outcome publish_calibration(const LoadedCase& loaded, const Job& job,
                            const Calibration& calibration, const std::filesystem::path& folder);

}  // namespace casus::cases
