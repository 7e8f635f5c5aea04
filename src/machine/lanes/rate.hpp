// How often a value can change: what decides where in a run it is computed, and how often.
#pragma once

#include "machine/program.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace casus::machine {

/// Sets of bits, so that what depends on two values has the union of their rates.
enum class Rate : std::uint8_t {
  once = 0,
  step = 1,      ///< by step, the same in all histories
  set = 2,       ///< by parameter set, the same in all steps
  set_step = 3,  ///< by parameter set and step: such as a stock fed by data and a parameter
  history = 7,   ///< by history and step
};

constexpr Rate operator|(Rate a, Rate b) {
  return Rate{static_cast<std::uint8_t>(static_cast<unsigned>(a) | static_cast<unsigned>(b))};
}

/// A value of rate `a` is at hand wherever values of rate `b` are computed.
constexpr bool is_within(Rate a, Rate b) { return (a | b) == b; }

/// "step", "parameter set", ...
std::string_view name_of(Rate rate);

/// Rates of the registers of a program, given those of states at the step's start; of a guard, that
/// of the truth of its region and all regions around it.
std::vector<Rate> rates_of(const Program& program, std::span<const Rate> states);

/// The rates of states that hold in a whole run: the least ones, none below `at_least`, that no
/// write of `initial` or of `steps` exceeds. They are `set_step` or `history`.
std::vector<Rate> state_rates(const Program& initial, std::span<const Program* const> steps,
                              std::span<const Rate> at_least);

/// The guard around each instruction, `no_register` outside of all.
std::vector<std::uint32_t> guards_of(const Program& program);

}  // namespace casus::machine
