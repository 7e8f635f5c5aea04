// casus merge: the shards of a run, put together.
#include "case/merge.hpp"

#include "cli/commands.hpp"
#include "cli/progress.hpp"

namespace casus::cli {

int run_merge(const Options& options, Session& session) {
  const std::unique_ptr<Progress> progress = make_progress(options.quiet);
  const std::vector<std::filesystem::path> folders(options.names.begin(), options.names.end());
  const cases::Merged merged = cases::merge(folders, options.out, session.sources(), *progress);
  return print_outcome(merged.outcome, merged.folder, options, session);
}

}  // namespace casus::cli
