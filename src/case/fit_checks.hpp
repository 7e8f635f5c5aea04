// What is drawn from a fit to see how far to believe it: equally weighted draws, what each recorded
// item scores under them, and histories that they give.
#pragma once

#include "case/job.hpp"
#include "case/posterior.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace casus::cases {

/// A run of the sampler is a chain, as those call it who read posteriors.
struct FitDraws {
  std::size_t n_chains = 0;
  std::size_t n_draws = 0;                ///< of a chain
  std::vector<std::uint32_t> sets{};      ///< (n_all) number of the set in its run, ascending
  std::vector<double> parameters{};       ///< (n_all × n_parameters), base units
  std::vector<double> log_likelihoods{};  ///< (n_all) of the sets
  std::vector<double> prior{};            ///< (n_all × n_parameters): what the sampler began with

  std::size_t n_all() const { return n_chains * n_draws; }
};

/// More are not drawn from a run.
inline constexpr std::size_t most_draws = 10'000;

/// Sets of each run chosen by systematic resampling at an address of their own.
FitDraws draws_of(const Fit& fit);

/// One thing that the record follows, in the steps in which it is recorded: a column of scores.
struct ObservedSeries {
  std::string name;        ///< "deaths", "income[Aland]", "attack"
  std::size_t column = 0;  ///< in Lowered::score_columns
  std::string unit{};
  double scale = 1.0;                  ///< of numbers: base value / scale = declared value
  std::vector<std::string> labels{};   ///< of choices and outcomes; empty: it is a number
  std::vector<std::uint32_t> steps{};  ///< (n_steps)
  std::vector<double> recorded{};      ///< (n_steps) in `unit`, or the label's position, -1 `none`
  /// (n_steps) of labels: all that the cell admits; a cell of several has no `recorded` (NaN).
  std::vector<std::vector<double>> admitted{};
  std::vector<double> predicted{};   ///< (n_steps × n_all) of free histories; NaN: that one failed
  std::vector<double> log_scores{};  ///< (n_steps × n_all), one step ahead

  bool is_label() const { return !labels.empty(); }
};

struct FitChecks {
  FitDraws draws;
  std::vector<ObservedSeries> series{};
  std::uint32_t n_particles = 0;  ///< of the filters behind `log_scores`; 1 where they are exact
  std::size_t n_failed = 0;       ///< free histories in which a number stopped being finite
  std::string no_log_scores{};    ///< why there are none, if there are none
};

/// Runs a filter and a free history, from the first step, for each draw. Throws `Interrupted`.
FitChecks check_fit(const LoadedCase& loaded, const Job& job, const Fit& fit, Workers workers);

// ---- its parts

/// All that is recorded, without what draws give. Totals have no `recorded` before
/// `simulate_draws`.
std::vector<ObservedSeries> observed_series(const language::Model& model,
                                            const language::Lowered& lowered);
/// The job's model without record or measures.
language::Variant free_variant(const Job& job);
void score_draws(const Fit& fit, FitChecks& checks, Workers workers);
void simulate_draws(const LoadedCase& loaded, const Job& job, const Fit& fit, FitChecks& checks,
                    Workers workers);

}  // namespace casus::cases
