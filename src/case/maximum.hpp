// The parameter values under which a record is most probable, with the errors that its curvature
// gives them: what published tables print.
#pragma once

#include "case/curvature.hpp"
#include "case/free_values.hpp"
#include "case/job.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace casus::cases {

/// Priors say where parameters may lie and where to begin; their densities do not count.
struct Maximum {
  language::Lowered lowered;
  std::vector<FreeParameter> free{};
  std::vector<double> estimates{};  ///< (n_free) in declared units
  std::vector<double> edges{};      ///< (n_free) the edge a parameter is held at; else NaN
  /// (n_free) in declared units: the inverse of the observed information. NaN where a parameter is
  /// held at an edge or the record does not tell it from others.
  Symmetric covariance{};
  /// Directions in which the likelihood is flat, each (n_free): changes of the parameters in
  /// declared units, the greatest of them (by its prior's spread) 1.
  std::vector<std::vector<double>> flat{};
  bool is_smooth = true;  ///< false: the record is impossible close by; there are no errors
  bool is_top = true;     ///< false: some direction leads further up; the search did not end
  double log_likelihood = 0.0;
  std::size_t n_rows = 0;         ///< steps that record something
  std::vector<double> reached{};  ///< (n_starts) log-likelihoods, by start

  std::size_t n_estimated() const;  ///< parameters that are not held at an edge
  double standard_error(std::size_t parameter) const;
  double aic() const;
  double bic() const;
};

struct MaximumSettings {
  std::uint32_t n_starts = 10;
  std::uint64_t seed = 1;
};

/// A job of the command `fit --maximum`. Throws `Stop` on what cannot be run.
Job plan_maximum(const LoadedCase& loaded, const Request& request);

/// `lowered` is of a `scored_variant`, scores something and has something free. Throws `Stop` where
/// a prior leaves no likelihood of its own to a parameter (R150), the record is impossible at all
/// starts (R151), or draws that nobody recorded decide what it scores (R118); `Interrupted`.
Maximum maximum_of(language::Lowered lowered, const language::Steps& steps,
                   const MaximumSettings& settings, Workers workers);

/// As `fit_record`.
Maximum maximise_record(const LoadedCase& loaded, const Job& job, Workers workers);

std::string maximum_text(const LoadedCase& loaded, const Job& job, const Maximum& maximum);
std::string maximum_json(const LoadedCase& loaded, const Job& job, const Maximum& maximum);

/// Estimates, covariance and starts as CSV, and the summary, into the folder.
Outcome publish_maximum(const LoadedCase& loaded, const Job& job, const Maximum& maximum,
                        const std::filesystem::path& folder);

}  // namespace casus::cases
