// Running a plan and writing what it gave.
#include "case/job.hpp"

#include "case/csv_results.hpp"
#include "case/figures.hpp"
#include "case/fitted.hpp"
#include "case/headlines.hpp"
#include "case/json.hpp"
#include "case/netcdf_library.hpp"
#include "case/netcdf_results.hpp"
#include "case/results.hpp"
#include "case/shard.hpp"
#include "case/study.hpp"
#include "case/summary_text.hpp"

#include <fmt/format.h>
#include <limits>

namespace casus::cases {
namespace {

constexpr std::string_view text_name = "summary.txt";
constexpr std::string_view document_name = "summary.json";
constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

std::string run_text(const LoadedCase& loaded, const Runs& runs) {
  return heading_text(loaded, runs) + "\n" + measures_text(runs.baselines.front(), all) +
         series_text(loaded, runs.baselines.front());
}

std::string whatifs_text(const LoadedCase& loaded, const Runs& runs) {
  std::string text = heading_text(loaded, runs) + "\n" + whatif_table(loaded, runs);
  constexpr std::size_t most_details = 3;
  if (runs.whatifs.size() > most_details) return text;
  for (const PairedRun& paired : runs.whatifs) {
    text += "\n" + whatif_details(loaded, baseline_of(runs, paired), paired);
  }
  return text;
}

std::string study_text(const LoadedCase& loaded, const Runs& runs, const StudiedRecord* record) {
  std::string text = heading_text(loaded, runs) + evidence_text(loaded);
  for (const Run& run : runs.baselines) {
    text += fmt::format("\n{}, free from {}\n", run.name,
                        loaded.model.steps.label(run.lowered.first_result_step));
    text += measures_text(run, n_headlines);
  }
  text += series_text(loaded, runs.baselines.back());
  if (!runs.whatifs.empty()) text += "\n" + whatif_table(loaded, runs);
  if (record != nullptr) text += record_text(loaded, *record);
  text += "\nWhat the model gives under the case's assumptions; no forecast.\n";
  return text;
}

std::string text_of(const LoadedCase& loaded, const Job& job, const Runs& runs,
                    const StudiedRecord* record) {
  if (job.command == "study") return study_text(loaded, runs, record);

  return job.plan.whatifs.empty() ? run_text(loaded, runs) : whatifs_text(loaded, runs);
}

/// What a shard says of itself; its results come with those of the others.
Outcome shard_outcome(const LoadedCase& loaded, const Job& job, const std::string& origin) {
  return {.text = shard_text(loaded, job),
          .document = merged_json(fmt::format("{{\"provenance\": {}}}", origin), "{}")};
}

std::vector<ResultFile> figures(const LoadedCase& loaded, const Runs& runs) {
  std::vector<ResultFile> figures;
  std::string bands = bands_svg(loaded, runs.baselines.back());
  std::string whatifs = whatifs_svg(loaded, runs);
  if (!bands.empty()) figures.push_back(text_file("bands.svg", std::move(bands)));
  if (!whatifs.empty()) figures.push_back(text_file("whatifs.svg", std::move(whatifs)));
  return figures;
}

/// The tables; those that a person did not ask for and that would grow with histories are left out.
std::vector<ResultFile> tables(const LoadedCase& loaded, const Job& job, const Runs& runs) {
  const language::Steps& steps = loaded.model.steps;
  std::vector<ResultFile> files{text_file("measures.csv", measures_csv(runs))};
  if (job.request.bands) {
    files.push_back({"bands.csv", [&](const Pieces& to) { bands_csv(runs, steps, to); }});
  }
  if (keeps_parameters(job)) {
    files.push_back({"parameters.csv", [&](const Pieces& to) { parameters_csv(runs, to); }});
  }
  if (job.request.keep_histories) {
    files.push_back({"histories.csv", [&](const Pieces& to) { histories_csv(runs, steps, to); }});
  }
  if (!runs.whatifs.empty()) files.push_back(text_file("whatifs.csv", whatifs_csv(runs)));
  std::vector<NamedParting> partings;
  for (const PairedRun& paired : runs.whatifs) {
    if (paired.parting) partings.push_back({paired.run.name, &*paired.parting});
  }
  if (!partings.empty()) files.push_back(text_file("partings.csv", partings_csv(partings, steps)));
  return files;
}

/// Lets the user stop between two pieces of a long file.
void make_interruptible(ResultFile& file, const Progress& progress) {
  auto* const text = std::get_if<ResultFile::Text>(&file.content);
  if (text == nullptr) return;
  *text = [&progress, inner = std::move(*text)](const Pieces& to) {
    inner([&](std::string_view piece) {
      if (progress.stop_requested()) throw Interrupted{};
      to(piece);
    });
  };
}

Runs runs_of(const LoadedCase& loaded, const Job& job, Workers workers) {
  if (job.command == "project") return run_project(loaded, job, workers);
  if (job.request.is_fitted) return run_fitted(loaded, job, workers);
  return run_all(loaded, job.plan, workers);
}

struct Destination {
  const std::filesystem::path& folder;
  const std::string& origin;
};

/// Writes the files and the summaries beside them.
void write(std::vector<ResultFile> files, const Outcome& outcome, const Destination& to,
           const Progress& progress) {
  files.push_back(text_file(std::string(text_name), outcome.text));
  files.push_back(text_file(std::string(document_name), outcome.document));
  for (ResultFile& file : files) make_interruptible(file, progress);
  Diagnostics found;
  if (!write_results(to.folder, files, to.origin, found)) throw Stop{found};
}

}  // namespace

Outcome perform(const LoadedCase& loaded, const Job& job, const std::filesystem::path& folder,
                const Files& files, Workers workers) {
  Diagnostics found;
  if (!check_folder(folder, found)) throw Stop{found};
  const std::string origin = job.share ? shard_provenance(loaded, job) : provenance(loaded, job);
  if (job.may_reuse) {
    auto text = unchanged_result(folder, origin, std::string(text_name));
    auto document = unchanged_result(folder, origin, std::string(document_name));
    if (text && document) return {std::move(*text), std::move(*document), true};
  }
  (void)netcdf();  // what cannot be written is known before it is worked for
  if (!job.share) {
    const Runs runs = runs_of(loaded, job, workers);
    std::optional<StudiedRecord> record;
    if (!job.fitted.empty()) record = study_record(loaded, job, workers);
    return publish(loaded, job, runs, record ? &*record : nullptr, folder, workers.progress);
  }
  const Runs runs = simulate_all(loaded, plan_of_shard(job), workers);
  Outcome outcome = shard_outcome(loaded, job, origin);
  std::vector<ResultFile> shard = shard_files(loaded, runs, files, workers.progress);
  write(std::move(shard), outcome, {.folder = folder, .origin = origin}, workers.progress);
  return outcome;
}

Outcome publish(const LoadedCase& loaded, const Job& job, const Runs& runs,
                const StudiedRecord* record, const std::filesystem::path& folder,
                const Progress& progress) {
  const std::string origin = provenance(loaded, job);
  Outcome outcome{.text = text_of(loaded, job, runs, record),
                  .document = merged_json(fmt::format("{{\"provenance\": {}}}", origin),
                                          results_json(loaded, runs))};
  std::vector<ResultFile> files = tables(loaded, job, runs);
  if (record != nullptr) {
    outcome.document = merged_json(outcome.document, record_json(loaded, job, *record));
    for (ResultFile& file : record_files(loaded, job, *record)) files.push_back(std::move(file));
  }
  for (ResultFile& figure : figures(loaded, runs)) files.push_back(std::move(figure));
  files.push_back({"results.nc",
                   [&](const Pieces& to) { to(results_nc(loaded, job, runs, progress).bytes()); }});
  write(std::move(files), outcome, {.folder = folder, .origin = origin}, progress);
  return outcome;
}

std::filesystem::path default_folder(const LoadedCase& loaded, const Job& job) {
  std::string name = fmt::format("{}-{}", loaded.name, job.command);
  if (job.request.is_fitted) name += "-fitted";
  if (const std::optional<Shard>& shard = job.request.shard) {
    name += fmt::format("-shard-{}-of-{}", shard->number, shard->count);
  }
  return std::filesystem::path("results") / name;
}

bool keeps_parameters(const Job& job) {
  return job.request.keep_parameters || job.plan.options.n_sets <= most_sets_kept;
}

}  // namespace casus::cases
