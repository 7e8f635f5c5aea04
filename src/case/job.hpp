// One command on one case, from its plan to a folder of results.
#pragma once

#include "case/load.hpp"
#include "case/request.hpp"
#include "case/runs.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace casus::cases {

/// Histories [first, first + count): whole parameter sets.
struct Share {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

struct Job {
  std::string command;  ///< "run", "whatif", "study"
  Request request;
  RunPlan plan;                  ///< of the whole run
  std::optional<Share> share{};  ///< what the request's shard has of it
  bool fits = false;             ///< study: the record is fitted, too
  bool may_reuse = false;        ///< show unchanged results instead of running again
  std::uint32_t first_step = 0;  ///< of a projection
  std::uint32_t last_step = 0;
};

struct Outcome {
  std::string text;      ///< short tables
  std::string document;  ///< JSON
  bool reused = false;
};

/// The plan of each command. Throw `Stop` on what cannot be run (R105 to R109, R111).
Job plan_run(const LoadedCase& loaded, const Request& request);
/// The baseline and the what-ifs named, or all; from `--from`, else from the case's first start.
Job plan_whatif(const LoadedCase& loaded, const Request& request);
/// The baseline from the first step; the one from `--from`, else from the case's first start; all
/// what-ifs from there; and the record, fitted, where there is one.
Job plan_study(const LoadedCase& loaded, const Request& request);

/// Runs the job, or its shard, and writes what that gives into `folder`. `files` are those of the
/// case. Throws `Stop` or `Interrupted`, and then nothing was written.
Outcome perform(const LoadedCase& loaded, const Job& job, const std::filesystem::path& folder,
                const Files& files, Workers workers);

struct StudiedRecord;

/// Writes the results of runs that a job made, and what a study says of the record where it does
/// (nullptr: nothing). Throws as `perform` does.
Outcome publish(const LoadedCase& loaded, const Job& job, const Runs& runs,
                const StudiedRecord* record, const std::filesystem::path& folder,
                const Progress& progress);

/// More parameter sets than this are kept only when asked for.
inline constexpr std::uint32_t most_sets_kept = 10'000;

/// results/CASE-COMMAND, with -shard-2-of-3 behind it for a shard.
std::filesystem::path default_folder(const LoadedCase& loaded, const Job& job);

/// Whether results hold the parameters of every set.
bool keeps_parameters(const Job& job);

/// The command line without what does not change results: threads, folders, progress, defaults.
std::string command_line(const LoadedCase& loaded, const Job& job);

/// What decides the bytes of the results, as a JSON object: versions, case hash, seed, counts and
/// variants; no clock, no threads, no paths.
std::string provenance(const LoadedCase& loaded, const Job& job);

}  // namespace casus::cases
