// Shards: some of a run's histories, run apart from the others, to be put together again.
#pragma once

#include "case/job.hpp"
#include "case/staged.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus::cases {

/// Shards meet at multiples of so many histories (and of whole parameter sets).
inline constexpr std::uint64_t shard_unit = 1024;

/// The histories of `shard`: those of bands are all in the first. Every shard has some, and all
/// together are those of the run. Faults: no such shard (R103), too few histories for so many
/// (R111).
std::optional<Share> share_of(const Request& request, const Shard& shard, Diagnostics& found);

/// The plan of the job's shard: its parameter sets, and bands in the first only.
RunPlan plan_of_shard(const Job& job);

/// `provenance` of the whole run with a member `shard`: which one this is, and the request by which
/// the whole can be planned again.
std::string shard_provenance(const LoadedCase& loaded, const Job& job);

/// The request that a shard was run with, as it stands in `shard_provenance`, and back. nullopt
/// when the text is no such request.
std::string request_text(const Request& request);
std::optional<Request> request_of(const std::string& text);

/// "shard 2 of 3 of `casus run two-rivals`: histories 1,024 to 2,047", with how to go on.
std::string shard_text(const LoadedCase& loaded, const Job& job);

/// The files of a shard's folder: what its runs gave, exactly, and the case itself, so that the
/// shards can be merged wherever they are brought. Throws `Stop` when the case's files changed
/// while it ran (F005).
std::vector<ResultFile> shard_files(const LoadedCase& loaded, const Runs& runs, const Files& files,
                                    const Progress& progress);

inline constexpr std::string_view shard_name = "shard.nc";
inline constexpr std::string_view case_name = "case.json";

/// Puts what a shard's runs gave, from its `shard.nc`, into the ensembles of the whole run. Throws
/// `CannotRead`.
void add_shard(const std::filesystem::path& file, const Share& share, Runs& whole);

/// Prepares ensembles of the whole run for `add_shard`.
void make_room(const RunPlan& plan, Runs& whole);

}  // namespace casus::cases
