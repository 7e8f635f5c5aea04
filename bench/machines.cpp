// Measuring both machines.
#include "machines.hpp"

#include <cmath>

namespace casus::bench {

void count_steps(benchmark::State& state, std::uint32_t n_histories, std::uint32_t n_steps) {
  state.SetItemsProcessed(state.iterations() * std::int64_t{n_histories} * n_steps);
}

bool agree(benchmark::State& state, double checksum, double expected) {
  const bool is_same = std::abs(checksum - expected) <= 1.0e-9 * std::abs(expected);
  if (!is_same) state.SkipWithError("the reference machine answers otherwise");
  return is_same;
}

void reference(benchmark::State& state, const Question& question) {
  const BenchModel model(question);
  const std::uint32_t n = question.n_reference;
  const std::vector<double> parameters = model.parameters(n);
  for (auto _ : state) benchmark::DoNotOptimize(model.run_reference(parameters, n));
  count_steps(state, n, model.n_steps());
}

void lanes(benchmark::State& state, const Question& question) {
  const BenchModel model(question);
  const machine::LaneRun run = model.lane_run(static_cast<std::uint32_t>(state.range(0)));
  const std::uint32_t n = run.options().n_lanes;
  const std::vector<double> parameters = model.parameters(n);
  machine::LaneBlock block = model.seated(run, parameters, n);
  std::vector<double> values(question.outputs ? model.lowered().output_columns.size() * n : 0);
  const machine::OutputRows outputs{
      .values = values.empty() ? nullptr : values.data(), .stride = n, .n = n};
  if (!run_block(block, model.n_steps(), outputs)) {
    state.SkipWithError("a number is not finite");
    return;
  }
  const std::uint32_t n_known = std::min(n, question.n_reference);
  const double expected = model.run_reference(parameters, n_known);
  if (!agree(state, model.checksum(block, n_known), expected)) return;
  for (auto _ : state) {
    benchmark::DoNotOptimize(run_block(block, model.n_steps(), outputs));
    benchmark::ClobberMemory();
  }
  count_steps(state, n, model.n_steps());
}

}  // namespace casus::bench
