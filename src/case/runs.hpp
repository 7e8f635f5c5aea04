// The runs of one command: a baseline and what-ifs that share its draws.
#pragma once

#include "case/ensemble.hpp"
#include "case/load.hpp"
#include "case/parting.hpp"
#include "case/request.hpp"
#include "case/summarise.hpp"
#include "case/whatif.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

/// One variant that was run. Names in results: "baseline", a start's name, a what-if's name.
struct Run {
  std::string name;
  language::Variant variant;
  language::Lowered lowered;
  Ensemble ensemble;
  std::vector<MeasureSummary> summaries;
};

/// A what-if beside its baseline.
struct PairedRun {
  Run run;
  std::vector<Comparison> comparisons;
  std::size_t baseline = 0;          ///< in Runs::baselines
  std::optional<Parting> parting{};  ///< where it was looked for
};

/// Everything a command ran, in order.
struct Runs {
  std::vector<Run> baselines;      ///< the first step's, then a start's
  std::vector<PairedRun> whatifs;  ///< each compared with a baseline, mostly the last
  EnsembleOptions options;
  std::vector<std::string> notes{};  ///< what a reader must know, a line each
};

inline const Run& baseline_of(const Runs& runs, const PairedRun& paired) {
  return runs.baselines[paired.baseline];
}

/// Baselines, then what-ifs.
std::vector<const Run*> all_of(const Runs& runs);

/// Which runs to make.
struct RunPlan {
  std::vector<language::Variant> baselines;
  std::vector<std::string> whatifs{};  ///< names; run from the last baseline's start
  EnsembleOptions options{};
};

/// A variant's programs; throws `Stop` on what only shows in lowering.
Run lower_one(const LoadedCase& loaded, std::string name, const language::Variant& variant);

/// Throws `Stop` when numbers of the run stopped being finite (R001).
void stop_on_failures(const LoadedCase& loaded, const Run& run);

/// All programs of a plan; nothing is run. Throws `Stop` when memory will not suffice (R108).
Runs lower_all(const LoadedCase& loaded, const RunPlan& plan);

/// The same with their histories. Throws `Stop` also when numbers stop being finite (R001),
/// `Interrupted` when the user asks to stop.
Runs simulate_all(const LoadedCase& loaded, const RunPlan& plan, Workers workers);

/// Summaries of the measures and comparisons of the what-ifs, from the histories.
void summarise_all(const LoadedCase& loaded, Runs& runs);

/// Both.
Runs run_all(const LoadedCase& loaded, const RunPlan& plan, Workers workers);

/// "baseline", or the start's name.
std::string baseline_name(const language::Variant& variant);

}  // namespace casus::cases
