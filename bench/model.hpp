// A model of bench/models, lowered and ready to run.
#pragma once

#include "case/history.hpp"
#include "case/load.hpp"
#include "language/lowered.hpp"
#include "machine/lanes/block.hpp"

#include <string_view>
#include <vector>

namespace casus::bench {

/// A model and what it was made into. Throws `std::runtime_error` with the faults of a wrong one.
struct BenchModel {
  explicit BenchModel(std::string_view path);

  machine::RunPrograms programs() const;
  std::uint32_t n_steps() const { return cases::step_count(lowered); }

  Sources sources;
  cases::LoadedCase loaded;
  language::Lowered lowered;
};

inline constexpr std::uint32_t per_set = 16;

/// Parameters of `n_sets` sets, drawn as `casus run` draws them.
std::vector<double> parameters_of(const BenchModel& model, std::size_t n_sets);

/// Histories [0, n) of a block.
machine::LaneBlock seated(const BenchModel& model, const machine::LaneRun& run,
                          const std::vector<double>& parameters, std::uint32_t n);

/// All steps of `n` histories on the reference machine; returns the sum of a state, so that nothing
/// is left out.
double run_reference(const BenchModel& model, const std::vector<double>& parameters,
                     std::uint32_t n);

}  // namespace casus::bench
