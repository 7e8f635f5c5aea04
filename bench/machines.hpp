// What the programs of this folder measure of a model: a step of one history on either machine and
// in a loop over lanes that was fused by hand. Before it is measured, each must answer what the
// reference machine answers.
#pragma once

#include "model.hpp"

#include <benchmark/benchmark.h>
#include <cmath>

namespace casus::bench {

/// On the reference machine, the scalar twin.
void reference(benchmark::State& state, const Question& question);

/// On the vector machine, in blocks of state.range(0) lanes; 0: what suits the model.
void lanes(benchmark::State& state, const Question& question);

/// Counts what an iteration did.
void count_steps(benchmark::State& state, std::uint32_t n_histories, std::uint32_t n_steps);

/// Whether two checksums are one but for rounding; if not, the measurement is an error.
bool agree(benchmark::State& state, double checksum, double expected);

/// How many histories a loop by hand moves.
inline constexpr std::uint32_t n_by_hand = 512;

/// In a loop by hand: `Histories` is made from parameters and the number of a set's histories, and
/// has begin(), step(number) and checksum(n).
template <class Histories>
void by_hand(benchmark::State& state, const Question& question) {
  const BenchModel model(question);
  const std::vector<double> parameters = model.parameters(n_by_hand);
  Histories histories(parameters, question.per_set);
  const auto run = [&] {
    histories.begin();
    for (std::uint32_t step = 0; step < model.n_steps(); ++step) histories.step(step);
  };
  run();
  const std::uint32_t n = question.n_reference;
  if (!agree(state, histories.checksum(n), model.run_reference(parameters, n))) return;
  for (auto _ : state) {
    run();
    benchmark::ClobberMemory();
  }
  count_steps(state, n_by_hand, model.n_steps());
}

}  // namespace casus::bench
