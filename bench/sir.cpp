// Question: what does a step with two binomial draws cost, whose rejection loops end at a different
// trial in each lane?
#include "fused.hpp"
#include "machines.hpp"

namespace casus::bench {
namespace {

constexpr Question question{.path = "bench/models/sir.casus", .per_set = 1024};

void fused(benchmark::State& state, const Question& asked) { by_hand<Epidemics>(state, asked); }

BENCHMARK_CAPTURE(reference, sir, question);
BENCHMARK_CAPTURE(lanes, sir, question)->Arg(0)->Arg(128)->Arg(512);
BENCHMARK_CAPTURE(fused, sir, question);

}  // namespace
}  // namespace casus::bench
