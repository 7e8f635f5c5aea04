// Question: what does a step cost where there is nothing but one normal draw and three operations,
// as in a filter, whose histories have one parameter set? The machine's own cost shows here most.
#include "fused.hpp"
#include "machines.hpp"

namespace casus::bench {
namespace {

constexpr Question question{
    .path = "bench/models/linear-gaussian.casus", .per_set = 1024, .n_reference = 256};

void fused(benchmark::State& state, const Question& asked) {
  by_hand<LinearGaussian>(state, asked);
}

BENCHMARK_CAPTURE(reference, linear_gaussian, question);
BENCHMARK_CAPTURE(lanes, linear_gaussian, question)->Arg(0)->Arg(64)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK_CAPTURE(fused, linear_gaussian, question);

}  // namespace
}  // namespace casus::bench
