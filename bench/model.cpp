// Loading models and running them by either machine.
#include "model.hpp"

#include "base/render.hpp"
#include "case/disk.hpp"
#include "case/ensemble.hpp"
#include "case/replay.hpp"

#include <filesystem>
#include <stdexcept>

namespace casus::bench {
namespace {

cases::LoadedCase load(std::string_view path, Sources& sources) {
  Diagnostics found;
  const std::filesystem::path file = std::filesystem::path(CASUS_ROOT) / path;
  auto loaded = cases::load(file.stem().string(), file.string(), cases::Disk(""), sources, found);
  if (!loaded) throw std::runtime_error(render(sources, found, {}));
  return std::move(*loaded);
}

language::Lowered lower(const cases::LoadedCase& loaded, const Sources& sources) {
  Diagnostics found;
  language::Lowered lowered = language::lower(loaded.model, {.outputs = false}, found);
  if (found.has_errors()) throw std::runtime_error(render(sources, found, {}));
  return lowered;
}

random::Key key_of_set(std::uint32_t set) { return cases::key_of_set({.seed = 1}, set); }

}  // namespace

BenchModel::BenchModel(std::string_view path)
    : loaded(load(path, sources)), lowered(lower(loaded, sources)) {}

machine::RunPrograms BenchModel::programs() const { return cases::programs_of(lowered); }

std::vector<double> parameters_of(const BenchModel& model, std::size_t n_sets) {
  const std::size_t n = model.lowered.parameter_columns.size();
  std::vector<double> parameters(n_sets * n);
  cases::HistoryRunner runner(model.lowered);
  for (std::uint32_t set = 0; set < n_sets; ++set) {
    const random::Key key =
        random::key_of(1, {.purpose = random::Purpose::parameter, .parameter_set = set});
    (void)runner.draw_parameters(key, false, std::span(parameters).subspan(set * n, n));
  }
  return parameters;
}

machine::LaneBlock seated(const BenchModel& model, const machine::LaneRun& run,
                          const std::vector<double>& parameters, std::uint32_t n) {
  const std::size_t n_parameters = model.lowered.parameter_columns.size();
  std::vector<machine::SetOfBlock> sets;
  for (std::uint32_t set = 0; set < n / per_set; ++set) {
    sets.push_back(
        {.key = key_of_set(set),
         .parameters = std::span(parameters).subspan(set * n_parameters, n_parameters),
         .first_slot = 0,
         .n_lanes = per_set});
  }
  machine::LaneBlock block(run);
  block.seat(sets);
  return block;
}

double run_reference(const BenchModel& model, const std::vector<double>& parameters,
                     std::uint32_t n) {
  const std::size_t n_parameters = model.lowered.parameter_columns.size();
  cases::HistoryRunner runner(model.lowered);
  std::vector<double> states(model.lowered.state_names.size());
  std::vector<double> accumulators(model.lowered.accumulators.size());
  double sum = 0.0;
  for (std::uint32_t i = 0; i < n; ++i) {
    cases::HistoryState history{
        .parameters =
            std::span(parameters).subspan(i / per_set * n_parameters, n_parameters),
        .states = states,
        .accumulators = accumulators,
        .key = key_of_set(i / per_set),
        .slot = i % per_set};
    (void)runner.begin(history);
    for (std::uint32_t step = 0; step < model.n_steps(); ++step) {
      (void)runner.step(history, cases::segment_of(model.lowered, step), step);
    }
    for (const double state : states) sum += state;
  }
  return sum;
}

}  // namespace casus::bench
