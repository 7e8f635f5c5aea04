// What a person asks of a case: which variant, how many histories, which draws.
#pragma once

#include "base/diagnostic.hpp"
#include "case/ensemble.hpp"
#include "case/load.hpp"
#include "case/moved_dates.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::cases {

/// One of `count` parts of a run, from 1.
struct Shard {
  std::uint64_t number = 1;
  std::uint64_t count = 1;
};

struct Request {
  std::string explanation{};  ///< empty, or `none`: the baseline
  /// A start by its name or its date; empty, or the first step's date: free from the first step.
  std::string from{};
  std::vector<std::string> whatifs{};
  std::vector<std::string> compared{};  ///< explanations that are compared; empty: all there are
  std::string against{};                ///< what they are compared with; empty: `all`, or none
  std::uint64_t n_records = 20;         ///< recover: simulated from each explanation
  bool thorough = false;                ///< compare: what takes long, too
  bool tempered = false;                ///< fit: the evidence by a second sampler as well
  std::vector<std::pair<std::string, double>> fixed{};  ///< --set, in declared units
  std::vector<MovedDates> moved{};                      ///< --move: applied to the loaded case
  std::uint64_t n_histories = 4096;
  std::uint64_t per_set = 16;
  std::uint64_t seed = 1;
  bool at_median = false;
  std::uint64_t n_sets = 500;           ///< fit: parameter sets
  std::uint64_t n_particles = 200;      ///< fit: particles of each at first
  std::uint64_t n_repeats = 1;          ///< fit: independent runs
  bool no_fit = false;                  ///< study: the runs alone
  bool is_fitted = false;               ///< whatif: parameters and states given the record
  std::string to{};                     ///< project: the last date
  std::uint64_t n_starts = 10;          ///< fit: places from which a maximum is looked for
  std::uint64_t n_replications = 100;   ///< calibrate: simulated records
  std::uint64_t n_rows = 1024;          ///< sensitivity: pairs of parameter sets
  std::vector<std::string> measures{};  ///< sensitivity: of these; empty: of all
  std::string until{};                  ///< the record to this date, included; empty: all of it
  bool paths = false;                   ///< score: also the probability of every path of every game
  bool bands = true;                    ///< summaries of every output in every step
  bool keep_histories = false;          ///< a table with a row a history
  bool keep_parameters = false;         ///< the parameters of all sets, however many
  std::optional<Shard> shard{};         ///< run only these histories

  // ---- how the work is done; no byte of the results depends on it
  std::uint64_t n_lanes = 0;  ///< histories that are moved together; 0: as many as suit the program
  std::string kernels{};      ///< loops for this kind of processor; empty: the best
};

/// The ensemble that the request asks for. Faults: no histories, or no whole parameter sets (R107),
/// blocks of an impossible size or loops this processor cannot run (R103).
std::optional<EnsembleOptions> ensemble_options(const Request& request, Diagnostics& found);

/// The variant that the request asks for, without a what-if. Faults: unknown names, with the
/// nearest (R105, R106).
std::optional<language::Variant> variant_of(const LoadedCase& loaded, const Request& request,
                                            Diagnostics& found);

/// Names of what-ifs to run: those of the request, or all. Faults: unknown names (R105), none
/// there (R109).
std::optional<std::vector<std::string>> whatifs_of(const LoadedCase& loaded, const Request& request,
                                                   Diagnostics& found);

/// Faults when the runs need more than the machine has (R108).
void check_memory(const language::Lowered& lowered, const EnsembleOptions& options,
                  std::size_t n_baselines, std::size_t n_whatifs, Diagnostics& found);

bool is_among(std::string_view name, const std::vector<std::string>& names);

/// Names of the case's variants, in order of the model.
std::vector<std::string> explanation_names(const language::Model& model);
std::vector<std::string> whatif_names(const language::Model& model);
std::vector<std::string> start_names(const language::Model& model);

}  // namespace casus::cases
