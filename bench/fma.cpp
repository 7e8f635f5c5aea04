// Question: how much faster would the kernels of a linear Gaussian filter be with fused
// multiply-add, which not every processor has? Results have the same bytes everywhere because
// nothing fuses.
#include "fma.hpp"

#include "fused.hpp"
#include "machines.hpp"

#include <string>

namespace casus::bench {
namespace {

constexpr std::size_t n = n_by_hand;
constexpr double seen = 0.5;

using Function = void (*)(std::span<const double>, std::span<double>);

void count(benchmark::State& state) { count_steps(state, n, 1); }

void function(benchmark::State& state, Function of) {
  std::vector<double> x(n);
  std::vector<double> y(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto slot = static_cast<std::uint32_t>(i);
    x[i] = random::Stream{.key = key_of_set(0), .slot = slot, .site = 1}.uniform();
  }
  for (auto _ : state) {
    of(x, y);
    benchmark::ClobberMemory();
  }
  count(state);
}

void propagate(benchmark::State& state, const FilterLoops& loops) {
  LinearGaussian histories({0.9, 1.0}, n);
  histories.begin();
  std::uint32_t step = 0;
  for (auto _ : state) {
    loops.propagate(histories, step++);
    benchmark::ClobberMemory();
  }
  count(state);
}

/// A step of the filter but for the choice of parents, which multiplies little.
void filter(benchmark::State& state, const FilterLoops& loops) {
  LinearGaussian histories({0.9, 1.0}, n);
  histories.begin();
  std::vector<double> weights(n);
  std::uint32_t step = 0;
  for (auto _ : state) {
    loops.propagate(histories, step++);
    benchmark::DoNotOptimize(loops.weigh(histories.x, seen, weights));
  }
  count(state);
}

void register_loops(const FilterLoops& loops, std::string_view way) {
  const auto name = [&](std::string_view what) {
    return std::string(way) + "/" + std::string(loops.target) + "/" + std::string(what);
  };
  benchmark::RegisterBenchmark(name("exp").c_str(), function, loops.exponential);
  benchmark::RegisterBenchmark(name("log").c_str(), function, loops.logarithm);
  benchmark::RegisterBenchmark(name("normal").c_str(), function, loops.normal);
  benchmark::RegisterBenchmark(name("propagate").c_str(), propagate, loops);
  benchmark::RegisterBenchmark(name("filter").c_str(), filter, loops);
}

bool register_all() {
  for (const FilterLoops& loops : filter_loops<false>()) register_loops(loops, "apart");
  for (const FilterLoops& loops : filter_loops<true>()) register_loops(loops, "fused");
  return true;
}

const bool is_registered = register_all();

}  // namespace
}  // namespace casus::bench
