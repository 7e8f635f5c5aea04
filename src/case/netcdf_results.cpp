// What results.nc says of itself, and parameters.
#include "case/netcdf_results.hpp"

#include "case/hash.hpp"
#include "case/results.hpp"
#include "case/version.hpp"
#include "random/address.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace casus::cases {
namespace {

void describe(const NetcdfGroup& root, const LoadedCase& loaded, const Job& job) {
  const EnsembleOptions& options = job.plan.options;
  const std::uint64_t n = std::uint64_t{options.n_sets} * options.per_set;
  describe_origin(root, loaded, job);
  root.attribute("histories", n);
  root.attribute("parameter_sets", std::uint64_t{options.n_sets});
  root.attribute("per_set", std::uint64_t{options.per_set});
  root.attribute("explanation", job.plan.baselines.front().explanation);
  root.attribute("whatifs_from", baseline_name(job.plan.baselines.back()));
  root.attribute("coupling", coupling);
  root.attribute("band_histories",
                 options.keep_bands ? std::min<std::uint64_t>(n, most_band_histories) : 0);
}

/// (n_sets × n) of the columns from `first` on, in printed units.
std::vector<double> parameter_values(const Run& run, std::size_t first, std::size_t n) {
  const auto& columns = run.lowered.parameter_columns;
  std::vector<double> values;
  for (std::size_t set = 0; set < run.ensemble.n_sets; ++set) {
    for (std::size_t i = first; i < first + n; ++i) {
      values.push_back(run.ensemble.parameters[set * columns.size() + i] / columns[i].scale);
    }
  }
  return values;
}

}  // namespace

void describe_origin(const NetcdfGroup& root, const LoadedCase& loaded, const Job& job) {
  root.attribute("Conventions", "CF-1.8");
  root.attribute("title", loaded.model.title.empty() ? loaded.name : loaded.model.title);
  root.attribute("source", fmt::format("casus {}", version()));
  root.attribute("command", command_line(loaded, job));
  root.attribute("case", loaded.name);
  root.attribute("case_hash", hash_text(loaded.hash));
  root.attribute("casus", version());
  root.attribute("results", std::uint64_t{results_version});
  root.attribute("language", std::uint64_t{language_version});
  root.attribute("random", std::uint64_t{random::scheme_version});
  root.attribute("seed", job.plan.options.seed);
}

int add_runs(NetcdfPlace& place, const Runs& runs) {
  std::vector<std::string> names;
  for (const Run* run : all_of(runs)) names.push_back(run->name);
  return place.dimension("run", names);
}

void add_parameters(NetcdfPlace& root, const Runs& runs, int run_dimension) {
  const std::vector<const Run*> all = all_of(runs);
  const auto& columns = all.front()->lowered.parameter_columns;
  if (columns.empty()) return;
  const std::size_t n_sets = all.front()->ensemble.n_sets;
  std::vector<double> numbers(n_sets);
  std::iota(numbers.begin(), numbers.end(), 0.0);
  const int set_dimension = root.coordinate("set", numbers, NetcdfType::whole);
  for (std::size_t first = 0; first < columns.size();) {
    const std::size_t n = n_columns_of(root.model(), columns[first]);
    const NetcdfVariable variable = root.parameter(columns[first], {run_dimension, set_dimension});
    Lengths slab{1, n_sets};
    for (const language::SetId set : sets_of(root.model(), columns[first])) {
      slab.push_back(root.model()[set].labels.size());
    }
    variable.pack(slab);
    Lengths begin(slab.size());
    for (const Run* run : all) {
      variable.put(begin, slab, parameter_values(*run, first, n));
      ++begin.front();
    }
    first += n;
  }
}

NetcdfImage results_nc(const LoadedCase& loaded, const Job& job, const Runs& runs,
                       const Progress& progress) {
  NetcdfMaker maker;
  describe(maker.root(), loaded, job);
  const language::Model& model = loaded.model;
  NetcdfPlace root(maker.root(), model);
  const int run_dimension = add_runs(root, runs);
  add_steps(root, runs, run_dimension, progress);
  if (keeps_parameters(job)) add_parameters(root, runs, run_dimension);
  NetcdfPlace measures(maker.root().group("measures"), model);
  add_measures(measures, runs);
  if (!runs.whatifs.empty()) {
    NetcdfPlace whatifs(maker.root().group("whatifs"), model);
    add_whatifs(whatifs, runs);
  }
  if (job.request.keep_histories) {
    NetcdfPlace histories(maker.root().group("histories"), model);
    add_histories(histories, runs, progress);
  }
  if (progress.stop_requested()) throw Interrupted{};
  return maker.finish();
}

}  // namespace casus::cases
