// The files of a shard: shard.nc, in base units and bit for bit, and case.json.
#include "base/bug.hpp"
#include "case/hash.hpp"
#include "case/netcdf.hpp"
#include "case/shard.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t n_statistics = 6;

std::string group_name(std::size_t run) { return fmt::format("run-{}", run); }

std::vector<double> numbers_of(const Bands& bands) {
  std::vector<double> numbers;
  numbers.reserve(bands.values.size() * n_statistics);
  for (const Band& band : bands.values) {
    numbers.insert(numbers.end(), {band.mean, band.q05, band.q25, band.q50, band.q75, band.q95});
  }
  return numbers;
}

void add_run(const NetcdfGroup& group, const Ensemble& ensemble, const Progress& progress) {
  const MeasureTable& measures = ensemble.measures;
  const std::size_t n_histories = measures.n_histories();
  if (measures.n_outputs() > 0) {
    const int output_dimension = group.dimension("output", measures.n_outputs());
    const int history = group.dimension("history", n_histories);
    const NetcdfVariable variable =
        group.variable("measures", NetcdfType::number, {output_dimension, history});
    variable.pack({1, n_histories});
    for (std::uint32_t output = 0; output < measures.n_outputs(); ++output) {
      if (progress.stop_requested()) throw Interrupted{};
      variable.put({output, 0}, {1, n_histories}, measures.column(output));
    }
  }
  const std::size_t n_parameters = ensemble.parameters.size() / ensemble.n_sets;
  if (n_parameters > 0) {
    const int set = group.dimension("set", ensemble.n_sets);
    const int parameter = group.dimension("parameter", n_parameters);
    const NetcdfVariable variable =
        group.variable("parameters", NetcdfType::number, {set, parameter});
    variable.pack({ensemble.n_sets, n_parameters});
    variable.put(ensemble.parameters);
  }
  const Bands& bands = ensemble.bands;
  if (bands.n_steps() == 0) return;
  const int step = group.dimension("step", bands.n_steps());
  const int line = group.dimension("line", bands.lines.size());
  const int statistic = group.dimension("statistic", n_statistics);
  const NetcdfVariable variable =
      group.variable("bands", NetcdfType::number, {step, line, statistic});
  variable.pack({bands.n_steps(), bands.lines.size(), n_statistics});
  variable.put(numbers_of(bands));
}

NetcdfImage shard_nc(const Runs& runs, const Progress& progress) {
  NetcdfMaker maker;
  const std::vector<const Run*> all = all_of(runs);
  for (std::size_t i = 0; i < all.size(); ++i) {
    add_run(maker.root().group(group_name(i)), all[i]->ensemble, progress);
  }
  return maker.finish();
}

/// The case's files as they were when it was loaded.
std::string case_text(const LoadedCase& loaded, const Files& files) {
  const std::filesystem::path main_file(loaded.main_file);
  const std::filesystem::path folder = main_file.parent_path();
  const HashedFiles hashed(files, folder.generic_string());
  Json texts = Json::object();
  for (const std::string& name : loaded.files) {
    texts[name] = hashed.read((folder / name).lexically_normal().generic_string()).bytes;
  }
  if (hashed.hash() != loaded.hash) {
    Diagnostics found;
    found.add({.code = "F005",
               .message = fmt::format("the files of {} changed while it ran", loaded.name),
               .primary = {},
               .help = "run the shard again",
               .has_place = false});
    throw Stop{found};
  }
  return Json{{"name", loaded.name},
              {"main_file", main_file.filename().generic_string()},
              {"files", std::move(texts)}}
             .dump(1) +
         "\n";
}

/// What a table of a shard must be for the ensemble it goes into.
void expect_lengths(const NetcdfReader& reader, int group, const std::string& name,
                    const Lengths& wanted) {
  if (reader.lengths(group, name) != wanted) throw CannotRead{name + " of another size"};
}

void read_measures(const NetcdfReader& reader, int group, const Share& share,
                   MeasureTable& measures) {
  if (measures.n_outputs() == 0) return;
  expect_lengths(reader, group, "measures", {measures.n_outputs(), share.count});
  std::vector<double> values(share.count);
  for (std::uint32_t output = 0; output < measures.n_outputs(); ++output) {
    reader.read(group, "measures", {output, 0}, {1, share.count}, values);
    for (std::size_t at = 0; at < values.size(); at += measures.chunk_size()) {
      const std::size_t n = std::min(measures.chunk_size(), values.size() - at);
      measures.store(share.first + at, output, std::span(values).subspan(at, n));
    }
  }
}

void read_parameters(const NetcdfReader& reader, int group, const Share& share,
                     Ensemble& ensemble) {
  const std::size_t n_parameters = ensemble.parameters.size() / ensemble.n_sets;
  if (n_parameters == 0) return;
  const std::size_t first = share.first / ensemble.per_set;
  const std::size_t count = share.count / ensemble.per_set;
  expect_lengths(reader, group, "parameters", {count, n_parameters});
  reader.read(group, "parameters", {0, 0}, {count, n_parameters},
              std::span(ensemble.parameters).subspan(first * n_parameters, count * n_parameters));
}

void read_bands(const NetcdfReader& reader, int group, Bands& bands) {
  if (bands.n_steps() == 0) return;
  const Lengths lengths{bands.n_steps(), bands.lines.size(), n_statistics};
  expect_lengths(reader, group, "bands", lengths);
  std::vector<double> numbers(bands.values.size() * n_statistics);
  reader.read(group, "bands", {0, 0, 0}, lengths, numbers);
  for (std::size_t i = 0; i < bands.values.size(); ++i) {
    const double* const at = &numbers[i * n_statistics];
    bands.values[i] = {
        .mean = at[0], .q05 = at[1], .q25 = at[2], .q50 = at[3], .q75 = at[4], .q95 = at[5]};
  }
}

Bands empty_bands(const language::Lowered& lowered, std::size_t n_histories) {
  Bands bands{.first_step = lowered.first_result_step,
              .n_histories = std::min(n_histories, most_band_histories),
              .lines = band_lines(lowered.output_columns),
              .values = {}};
  const std::size_t n_steps = lowered.segments.back().last + std::size_t{1} - bands.first_step;
  bands.values.resize(n_steps * bands.lines.size());
  return bands;
}

/// Calls `each(run, its number)`.
template <class Each>
void for_runs(Runs& runs, const Each& each) {
  std::size_t number = 0;
  for (Run& run : runs.baselines) each(run, number++);
  for (PairedRun& paired : runs.whatifs) each(paired.run, number++);
}

}  // namespace

std::vector<ResultFile> shard_files(const LoadedCase& loaded, const Runs& runs, const Files& files,
                                    const Progress& progress) {
  return {
      {std::string(shard_name), [&](const Pieces& to) { to(shard_nc(runs, progress).bytes()); }},
      text_file(std::string(case_name), case_text(loaded, files))};
}

void make_room(const RunPlan& plan, Runs& whole) {
  const EnsembleOptions& options = plan.options;
  for_runs(whole, [&](Run& run, std::size_t) {
    Ensemble& ensemble = run.ensemble;
    ensemble.n_sets = options.n_sets;
    ensemble.per_set = options.per_set;
    ensemble.parameters.resize(ensemble.n_sets * run.lowered.parameter_columns.size());
    ensemble.measures =
        MeasureTable(ensemble.n_histories(), run.lowered.n_measure_outputs, shard_unit);
    if (options.keep_bands) ensemble.bands = empty_bands(run.lowered, ensemble.n_histories());
  });
}

void add_shard(const std::filesystem::path& file, const Share& share, Runs& whole) {
  const NetcdfReader reader(file);
  for_runs(whole, [&](Run& run, std::size_t number) {
    const int group = reader.group(group_name(number));
    read_measures(reader, group, share, run.ensemble.measures);
    read_parameters(reader, group, share, run.ensemble);
    if (share.first == 0) read_bands(reader, group, run.ensemble.bands);
  });
}

}  // namespace casus::cases
