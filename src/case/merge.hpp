// Shards of a run, put together.
#pragma once

#include "case/job.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace casus::cases {

struct Merged {
  Outcome outcome;
  std::filesystem::path folder;  ///< where the results are
};

/// Reads the shards in `folders`, in any order, and writes the results of the whole run into `out`,
/// or where the run would have written them when it is empty: the very bytes of that run. The case
/// is the one in the shards; its texts go into `sources`. Throws `Stop` with R108, R112 to R115,
/// F002, F003; `Interrupted`. Then nothing was written.
Merged merge(const std::vector<std::filesystem::path>& folders, const std::filesystem::path& out,
             Sources& sources, const Progress& progress);

}  // namespace casus::cases
