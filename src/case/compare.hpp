// Explanations of one record against each other: how probable each makes it, and which dates tell
// them apart.
#pragma once

#include "case/bridge.hpp"
#include "case/estimate.hpp"
#include "case/evidence_matrix.hpp"
#include "case/inclusion.hpp"
#include "case/job.hpp"
#include "case/posterior.hpp"
#include "case/prior_range.hpp"
#include "case/results.hpp"
#include "case/uncoded.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// Of every log evidence, in nats, where a comparison is thorough: samplers are added until then.
inline constexpr double thorough_error = 0.3;

struct CompareSettings {
  std::vector<std::string> names{};  ///< explanations, "none" the baseline; empty: all there are
  std::string against{};             ///< one of them; empty: `all` where there is one, else "none"
  std::vector<std::pair<std::string, double>> fixed{};  ///< as `--set`
  std::uint32_t until = 0xffffffffU;                    ///< the first step whose record is not used
  FitSettings fit{.n_repeats = 5};
  /// How much is done beside the fits: everything else is taken from their posteriors.
  bool bridge = true;   ///< factors on common random numbers
  bool scales = true;   ///< other widths of the priors
  bool motives = true;  ///< subsets of motives as one encompassing model
  bool uncoded = true;  ///< what blank cells would tell
  bool reruns = false;  ///< samplers under other widths of the priors where the bridge fails
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
  bool is_rival = false;  ///< moves come at rates, and are not weighed
  Fit fit;
  Estimate log_evidence{};
  Estimate by_runs{};     ///< log Bayes factor against the reference, by independent samplers
  Bridge bridge{};        ///< the same on common random numbers
  Estimate log_factor{};  ///< the bridge's where it holds, else the samplers'
  std::vector<ScaleChange> changes{};  ///< of its log evidence, by `prior_scales`
  Verdict verdict = Verdict::undecided;
  std::string reason{};  ///< of an undecided one, in words
};

struct Explanations {
  std::vector<Explained> all;  ///< in the order in which they were asked for
  std::size_t reference = 0;
  EvidenceMatrix matrix;
  Encompassing encompassing{};
  std::vector<UncodedCell> uncoded{};  ///< blank cells, those first that would tell most
};

/// "none" is the baseline, whose variant has no name.
std::string variant_name(const std::string& name);

/// In the order asked for, each once, the reference among them; of none asked for all there are.
/// Throws `Stop` when there are fewer than two (R130).
std::vector<std::string> names_to_compare(const language::Model& model,
                                          const std::vector<std::string>& asked,
                                          const std::string& against);

/// Given the record. Throws `Stop` when nothing is observed (R109).
language::Lowered lowered_explanation(const language::Model& model, const std::string& name,
                                      const CompareSettings& settings);

/// Log Bayes factor of an explanation against the reference, of all recorded up to a step.
Estimate log_factor_at(const Explanations& compared, std::size_t explanation, std::size_t step);

/// A job of the command `compare`. Throws `Stop` on what cannot be run.
Job plan_compare(const LoadedCase& loaded, const Request& request);

/// What the request asks for. Throws `Stop` on names that the case does not have (R105) and numbers
/// of sets, particles or repeats that are not possible (R107).
CompareSettings compare_settings(const LoadedCase& loaded, const Request& request);

/// Fits each explanation. Two are ranked only where the difference exceeds twice the error of both
/// and keeps its sign under all `prior_scales` (see docs/inference.md). Throws `Stop` when there
/// are fewer than two to compare (R130), nothing is observed (R109), a number stops being finite
/// (R001); `Interrupted`.
Explanations compare_explanations(const language::Model& model, const CompareSettings& settings,
                                  Workers workers);

/// A row for each explanation.
std::string evidence_table(const Explanations& compared);
std::string compare_text(const LoadedCase& loaded, const Explanations& compared);
std::string compare_json(const LoadedCase& loaded, const Job& job, const Explanations& compared);

/// Evidence, paths and the evidence matrix as CSV, and two figures.
std::vector<ResultFile> compare_files(const LoadedCase& loaded, const Explanations& compared);

/// These and the summary, into the folder.
/// Throws `Stop` when it cannot be written.
Outcome publish_compare(const LoadedCase& loaded, const Job& job, const Explanations& compared,
                        const std::filesystem::path& folder);

}  // namespace casus::cases
