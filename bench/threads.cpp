// Question: how much faster are two threads than one, on a whole run of the Nagorno-Karabakh case
// as `casus run` makes it, with and without bands?
#include "case/threads.hpp"

#include "case/ensemble.hpp"
#include "machines.hpp"

namespace casus::bench {
namespace {

constexpr Question question{.path = "cases/nagorno-karabakh/model.casus", .outputs = true};
constexpr cases::EnsembleOptions defaults{};

/// state.range(0) threads.
void simulate(benchmark::State& state, bool bands) {
  const BenchModel model(question);
  const auto threads = cases::make_threads(static_cast<std::size_t>(state.range(0)));
  Silent silent;
  cases::EnsembleOptions options = defaults;
  options.keep_bands = bands;
  for (auto _ : state) {
    const cases::Ensemble ensemble =
        cases::simulate(model.lowered(), options, {.parallel = *threads, .progress = silent});
    if (!ensemble.failures.empty()) state.SkipWithError("a number is not finite");
  }
  count_steps(state, defaults.n_sets * defaults.per_set, model.n_steps());
}

BENCHMARK_CAPTURE(simulate, bands, true)->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(simulate, measures, false)->Arg(1)->Arg(2)->UseRealTime();

}  // namespace
}  // namespace casus::bench
