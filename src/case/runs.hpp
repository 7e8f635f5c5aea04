// The runs of one command: a baseline and what-ifs that share its draws.
#pragma once

#include "case/ensemble.hpp"
#include "case/load.hpp"
#include "case/request.hpp"
#include "case/summarise.hpp"
#include "case/whatif.hpp"

#include <cstdint>
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
};

/// Everything a command ran, in order.
struct Runs {
  std::vector<Run> baselines;      ///< the first step's, then a start's
  std::vector<PairedRun> whatifs;  ///< each compared with the last baseline
  EnsembleOptions options;
};

/// Baselines, then what-ifs.
std::vector<const Run*> all_of(const Runs& runs);

/// Which runs to make.
struct RunPlan {
  std::vector<language::Variant> baselines;
  std::vector<std::string> whatifs{};  ///< names; run from the last baseline's start
  EnsembleOptions options{};
};

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
