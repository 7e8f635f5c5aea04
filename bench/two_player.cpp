// Question: what does a step of one history cost on the vector machine, beside the reference
// machine and a loop over lanes that was fused by hand? The model is bench/models/two-player.casus:
// a game of twelve leaves and two normal shocks. Answer: see bench/README.md.
#include "fused.hpp"
#include "model.hpp"

#include <benchmark/benchmark.h>

namespace casus::bench {
namespace {

constexpr std::string_view path = "bench/models/two-player.casus";
constexpr std::uint32_t n_steps = 200;

void count(benchmark::State& state, std::size_t n_histories) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n_histories * n_steps));
}

void reference(benchmark::State& state) {
  const BenchModel model(path);
  constexpr std::uint32_t n = 64;
  const std::vector<double> parameters = parameters_of(model, n / per_set);
  for (auto _ : state) benchmark::DoNotOptimize(run_reference(model, parameters, n));
  count(state, n);
}

void lanes(benchmark::State& state) {
  const BenchModel model(path);
  const machine::LaneRun run(model.programs(), {.n_lanes = static_cast<std::uint32_t>(state.range(0)),
                                                .per_set = per_set,
                                                .kernels = machine::kernels_of("")});
  const std::uint32_t n = run.options().n_lanes;
  const std::vector<double> parameters = parameters_of(model, n / per_set);
  machine::LaneBlock block = seated(model, run, parameters, n);
  for (auto _ : state) {
    bool stands = block.begin();
    for (std::uint32_t step = 0; step < n_steps; ++step) stands = block.step(step, {}) && stands;
    if (!stands) state.SkipWithError("a number is not finite");
  }
  count(state, n);
}

void fused(benchmark::State& state) {
  const BenchModel model(path);
  constexpr std::uint32_t n = 512;
  TwoPlayers histories(parameters_of(model, n / per_set), per_set);
  for (auto _ : state) {
    histories.begin();
    for (std::uint32_t step = 0; step < n_steps; ++step) histories.step(step);
    benchmark::DoNotOptimize(histories.arms_a.data());
  }
  count(state, n);
}

BENCHMARK(reference);
BENCHMARK(lanes)->Arg(0)->Arg(64)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK(fused);

}  // namespace
}  // namespace casus::bench

BENCHMARK_MAIN();
