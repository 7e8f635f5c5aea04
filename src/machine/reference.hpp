// The reference machine: a program over one history at a time, instruction by instruction. Slow and
// obvious; what every faster machine is checked against.
#pragma once

#include "machine/program.hpp"
#include "random/address.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace casus::machine {

/// Where one history stands when a step begins.
struct Frame {
  std::span<const double> parameters;  ///< (n_parameters)
  std::span<double> states;            ///< (n_states) at the step's start; overwritten at its end
  const SeriesTable* series = nullptr;
  std::uint32_t step = 0;
  random::Key key{};       ///< of the purpose and parameter set
  std::uint32_t slot = 0;  ///< the history's slot in its parameter set
  bool at_median = false;  ///< every uniform is 1/2
};

/// A number that stopped being finite: the first bad instruction on the taken path and its inputs.
struct NotFinite {
  std::uint32_t origin = 0;  ///< index into Program::origins
  double value = 0.0;
  std::uint32_t step = 0;
  std::string what;  ///< "log of -0.3", "division of 7 by 0", "argument sd of ..."
};

class Reference {
 public:
  /// Runs one step: fills the registers, then writes `frame.states`. On failure states are left as
  /// they were.
  std::optional<NotFinite> step(const Program& program, Frame& frame);

  /// After `step`: the value of a register, of an output.
  double value(std::uint32_t index) const { return registers_[index]; }

 private:
  /// Runs the instructions; false when the arguments of one are invalid, which is then `at_`.
  bool execute(const Program& program, const Frame& frame);
  bool draw(const Program& program, const Frame& frame, std::uint32_t index);

  std::vector<double> registers_;
  std::vector<double> arguments_;  ///< of the law in use
  std::uint32_t at_ = 0;
};

/// Starting values of accumulators.
void clear(std::span<const Accumulator> accumulators, std::span<double> values);

/// Folds the registers of the step just run into `values` (n_accumulators).
void accumulate(const Program& program, std::span<const Accumulator> accumulators,
                const Reference& machine, std::uint32_t step, std::span<double> values);

}  // namespace casus::machine
