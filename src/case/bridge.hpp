// The evidence of one explanation relative to another's from their posteriors, on common random
// numbers.
#pragma once

#include "case/estimate.hpp"
#include "case/posterior.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace casus::cases {

/// The free coordinates of another variant that a parameter set of a fit is carried to, and the log
/// of the factor that its ratio takes for that: prior densities and volume.
using CarryOver =
    std::function<double(std::size_t set, std::span<const double> from, std::span<double> to)>;

/// A variant to be carried over to.
struct Target {
  const language::Lowered& lowered;
  const FitRun& run;  ///< whose particles a set gets, where the fit itself needed none
};

/// Log ratios (n_sets of the fit) of the likelihoods of `other` to the fit's own, at the random
/// addresses that each set's estimate is from. Throws `Stop` when a number stops being finite
/// (R001); `Interrupted`.
std::vector<double> log_ratios(const Fit& fit, const Target& other, const CarryOver& carry,
                               const language::Steps& steps, Workers workers);

/// Shared free coordinates by name, moved with those that only the fit frees and that are left out
/// (see `NestedWarp`). What only `other` frees is drawn: from its prior, or, where `of_other` is a
/// fit of it (not nullptr), from what that says of it.
CarryOver carried_by_name(const Fit& fit, const language::Lowered& other, const Fit* of_other);

/// What one side says of log Z_other - log Z_fit.
struct OneSide {
  Estimate log_factor{};  ///< its error is from the fit's runs
  double effective_size = 0.0;
  double tail = 0.0;             ///< Pareto k of the ratios
  std::vector<double> by_run{};  ///< the factor from each of the fit's runs alone
};
/// Pareto k at which a mean of ratios is no number any more, and how many sets must count.
inline constexpr double greatest_tail = 0.7;
inline constexpr double least_effective = 200.0;
inline bool is_reliable(const OneSide& side) {
  return side.tail < greatest_tail && side.effective_size > least_effective;
}

OneSide one_side(const Fit& fit, std::span<const double> log_ratios);

/// A log Bayes factor from both sides.
struct Bridge {
  OneSide forward{};  ///< under the posterior that has more effective sets
  OneSide reverse{};
  bool is_under_first = true;  ///< whether `forward` is under the posterior of a
  std::optional<Estimate> savage_dickey{};
  std::string failure{};  ///< why there is no number; empty: there is one

  bool holds() const { return failure.empty(); }
};

/// log Z_a - log Z_b. The number is that of `forward`; it stands where Pareto k < 0.7 there, more
/// than 200 sets are effective, four runs give the error, and the reverse bridge and Savage-Dickey
/// (where one parameter is all that differs) agree within three errors of both.
Bridge bridge_between(const Fit& a, const Fit& b, const language::Steps& steps, Workers workers);

/// The prior probability below a value (base units) of a fit's free parameter; 0 and 1 at the edges
/// of what the prior gives. Nothing beyond them, or where it is not the same for all sets.
std::optional<double> prior_probability_below(const Fit& fit, const std::string& name,
                                              double value);

/// Of a fit and one in which its parameter `name` is fixed at `value` (base units): the log of
/// prior over posterior density there, log Z_fit - log Z_fixed (Dickey 1971; Verdinelli & Wasserman
/// 1995), by a kernel on the scale of prior probabilities. Nothing where the value is at neither a
/// point nor an edge of what the prior gives.
std::optional<Estimate> savage_dickey(const Fit& fit, const std::string& name, double value);

}  // namespace casus::cases
