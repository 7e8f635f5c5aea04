// Explanations of one record against each other: how probable each makes it, and which dates tell
// them apart.
#pragma once

#include "case/bridge.hpp"
#include "case/estimate.hpp"
#include "case/evidence_matrix.hpp"
#include "case/job.hpp"
#include "case/posterior.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

struct CompareSettings {
  std::vector<std::string> names{};  ///< explanations, "none" the baseline; empty: all there are
  std::string against{};             ///< one of them; empty: `all` where there is one, else "none"
  std::vector<std::pair<std::string, double>> fixed{};  ///< as `--set`
  std::uint32_t until = 0xffffffffU;                    ///< the first step whose record is not used
  FitSettings fit{.n_repeats = 5};
  bool bridge = true;  ///< whether factors are also taken on common random numbers
};

/// Why two explanations are ranked, or are not.
enum class Verdict : std::uint8_t {
  reference,  ///< the one that the others are compared with
  ahead,
  behind,
  undecided,
};

/// An explanation that was fitted, beside the reference.
struct Explained {
  std::string name;
  std::string description{};
  Fit fit;
  Estimate log_evidence{};
  Estimate by_runs{};     ///< log Bayes factor against the reference, by independent samplers
  Bridge bridge{};        ///< the same on common random numbers
  Estimate log_factor{};  ///< the bridge's where it holds, else the samplers'
  Verdict verdict = Verdict::undecided;
  std::string reason{};  ///< of an undecided one, in words
};

struct Explanations {
  std::vector<Explained> all;  ///< in the order in which they were asked for
  std::size_t reference = 0;
  EvidenceMatrix matrix;
};

/// Log Bayes factor of an explanation against the reference, of all recorded up to a step.
Estimate log_factor_at(const Explanations& compared, std::size_t explanation, std::size_t step);

/// A job of the command `compare`. Throws `Stop` on what cannot be run.
Job plan_compare(const LoadedCase& loaded, const Request& request);

/// What the request asks for. Throws `Stop` on names that the case does not have (R105) and numbers
/// of sets, particles or repeats that are not possible (R107).
CompareSettings compare_settings(const LoadedCase& loaded, const Request& request);

/// Fits each explanation. Two are ranked only where the difference exceeds twice the error of both
/// (see docs/inference.md). Throws `Stop` when there are fewer than two to compare (R130), nothing
/// is observed (R109), a number stops being finite (R001); `Interrupted`.
Explanations compare_explanations(const language::Model& model, const CompareSettings& settings,
                                  Workers workers);

std::string compare_text(const LoadedCase& loaded, const Explanations& compared);
std::string compare_json(const LoadedCase& loaded, const Job& job, const Explanations& compared);

/// Evidence, paths and the evidence matrix as CSV, two figures and the summary, into the folder.
/// Throws `Stop` when it cannot be written.
Outcome publish_compare(const LoadedCase& loaded, const Job& job, const Explanations& compared,
                        const std::filesystem::path& folder);

}  // namespace casus::cases
