// Question: what does a step of one history cost where a game is most of it: twelve leaves, two
// normal shocks?
#include "fused.hpp"
#include "machines.hpp"

namespace casus::bench {
namespace {

constexpr Question question{.path = "bench/models/two-player.casus"};

void fused(benchmark::State& state, const Question& asked) { by_hand<TwoPlayers>(state, asked); }

BENCHMARK_CAPTURE(reference, two_player, question);
BENCHMARK_CAPTURE(lanes, two_player, question)->Arg(0)->Arg(64)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK_CAPTURE(fused, two_player, question);

}  // namespace
}  // namespace casus::bench
