// Loading models and running them by either machine.
#include "model.hpp"

#include "base/render.hpp"
#include "case/disk.hpp"
#include "case/ensemble.hpp"
#include "case/replay.hpp"

#include <algorithm>
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

language::Lowered lower(const Question& question, const cases::LoadedCase& loaded,
                        const Sources& sources) {
  Diagnostics found;
  language::Lowered lowered = language::lower(loaded.model, {.outputs = question.outputs}, found);
  if (found.has_errors()) throw std::runtime_error(render(sources, found, {}));
  return lowered;
}

}  // namespace

BenchModel::BenchModel(const Question& question)
    : question_(question),
      loaded_(load(question.path, sources_)),
      lowered_(lower(question, loaded_, sources_)),
      n_steps_(cases::step_count(lowered_)) {}

std::vector<double> BenchModel::parameters(std::uint32_t n) const {
  const std::size_t n_parameters = lowered_.parameter_columns.size();
  const std::uint32_t n_sets = (n + question_.per_set - 1) / question_.per_set;
  std::vector<double> all(n_sets * n_parameters);
  cases::HistoryRunner runner(lowered_);
  for (std::uint32_t set = 0; set < n_sets; ++set) {
    const random::Key key =
        random::key_of(1, {.purpose = random::Purpose::parameter, .parameter_set = set});
    (void)runner.draw_parameters(key, false,
                                 std::span(all).subspan(set * n_parameters, n_parameters));
  }
  return all;
}

machine::LaneRun BenchModel::lane_run(std::uint32_t n_lanes) const {
  return {cases::programs_of(lowered_),
          {.n_lanes = n_lanes,
           .per_set = question_.per_set,
           .outputs = question_.outputs,
           .at_least = {},
           .kernels = machine::kernels_of("")}};
}

machine::LaneBlock BenchModel::seated(const machine::LaneRun& run,
                                      const std::vector<double>& parameters,
                                      std::uint32_t n) const {
  const std::size_t n_parameters = lowered_.parameter_columns.size();
  std::vector<machine::SetOfBlock> sets;
  for (std::uint32_t first = 0; first < n; first += question_.per_set) {
    const std::uint32_t set = first / question_.per_set;
    sets.push_back({.key = key_of_set(set),
                    .parameters = std::span(parameters).subspan(set * n_parameters, n_parameters),
                    .first_slot = 0,
                    .n_lanes = std::min(question_.per_set, n - first)});
  }
  machine::LaneBlock block(run);
  block.seat(sets);
  return block;
}

double BenchModel::run_reference(const std::vector<double>& parameters, std::uint32_t n) const {
  const std::size_t n_parameters = lowered_.parameter_columns.size();
  cases::HistoryRunner runner(lowered_);
  std::vector<double> states(lowered_.state_names.size());
  std::vector<double> accumulators(lowered_.accumulators.size());
  double sum = 0.0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t set = i / question_.per_set;
    cases::HistoryState history{
        .parameters = std::span(parameters).subspan(set * n_parameters, n_parameters),
        .states = states,
        .accumulators = accumulators,
        .key = key_of_set(set),
        .slot = i % question_.per_set};
    (void)runner.begin(history);
    for (std::uint32_t step = 0; step < n_steps_; ++step) {
      (void)runner.step(history, cases::segment_of(lowered_, step), step);
    }
    for (std::size_t state = 0; state < states.size(); ++state) {
      sum += static_cast<double>(state + 1) * states[state];
    }
  }
  return sum;
}

random::Key key_of_set(std::uint32_t set) { return cases::key_of_set({.seed = 1}, set); }

bool run_block(machine::LaneBlock& block, std::uint32_t n_steps,
               const machine::OutputRows& outputs) {
  bool stands = block.begin();
  for (std::uint32_t step = 0; step < n_steps; ++step) stands = block.step(step, outputs) && stands;
  return stands;
}

double BenchModel::checksum(const machine::LaneBlock& block, std::uint32_t n) const {
  const std::size_t stride = block.n_histories();
  std::vector<double> states(lowered_.state_names.size() * stride);
  std::vector<double> accumulators(lowered_.accumulators.size() * stride);
  block.save({.states = states.data(), .accumulators = accumulators.data(), .stride = stride});
  double sum = 0.0;
  for (std::size_t state = 0; state < lowered_.state_names.size(); ++state) {
    const auto weight = static_cast<double>(state + 1);
    for (std::uint32_t i = 0; i < n; ++i) sum += weight * states[state * stride + i];
  }
  return sum;
}

}  // namespace casus::bench
