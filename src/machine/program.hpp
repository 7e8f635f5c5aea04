// A program: what happens in one step of one history, as a flat list of instructions over
// registers. The machine knows nothing of sets, units or games.
#pragma once

#include "base/source.hpp"
#include "machine/operation.hpp"
#include "random/law.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace casus::machine {

/// Instruction i writes register i: every register is written once.
struct Instruction {
  Op op{};
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
};

/// A law with the registers of its arguments, at one site of the random address.
struct LawUse {
  const random::Law* law = nullptr;
  std::vector<std::uint32_t> arguments;  ///< registers
  std::uint32_t site = 0;
};

/// At the step's end `target` (a state, a parameter, an output) takes the value of `source`.
struct Write {
  std::uint32_t target = 0;
  std::uint32_t source = 0;  ///< register
};

/// How the values of a register over steps become one number.
enum class Fold : std::uint8_t {
  sum,      ///< of value where condition; starts at 0
  highest,  ///< starts at -infinity
  lowest,   ///< starts at +infinity
  first,    ///< the step of the first true value; +infinity: never
  last,     ///< the step of the last true value; +infinity: never
  at,       ///< the value at step `first_step`; NaN when it was not run
};

/// Folds a register over the steps [first_step, last_step].
struct Accumulator {
  Fold fold{};
  std::uint32_t first_step = 0;
  std::uint32_t last_step = std::numeric_limits<std::uint32_t>::max();
};

inline constexpr std::uint32_t no_register = 0xffffffffU;

/// Feeds accumulator `target` with register `value` in steps where `condition` holds.
struct Accumulation {
  std::uint32_t target = 0;
  std::uint32_t value = 0;
  std::uint32_t condition = no_register;  ///< `no_register`: always
};

/// A register that must be finite while register `live` (or always) is true, and what to call it.
struct Sink {
  std::uint32_t value = 0;
  std::uint32_t live = no_register;
  std::uint32_t origin = 0;
};

/// The statement an instruction came from.
struct Origin {
  std::string name;  ///< "stock[Armenia]"
  Span span;
};

/// A guard and what it skips are a region; regions nest. Registers of a skipped region hold what an
/// earlier step left there, so they are read outside it only by a `joined` on its guard that stands
/// in the region around it, one `joined` a level.
struct Program {
  std::vector<Instruction> code;
  std::vector<std::uint32_t> origin;  ///< (code.size()) index into `origins`
  std::vector<double> constants;
  std::vector<LawUse> calls;
  std::vector<Write> states;   ///< written together after the last instruction
  std::vector<Write> outputs;  ///< values that results may keep, by output number
  std::vector<Accumulation> accumulations;
  std::vector<Sink> sinks;
  std::vector<Origin> origins;
};

/// Numbers that change by step and not by history, (n_series × n_steps), series by series.
struct SeriesTable {
  std::size_t n_steps = 0;
  std::vector<double> values;

  double at(std::uint32_t series, std::uint32_t step) const {
    return values[series * n_steps + step];
  }
};

/// The program as text, one instruction a line, then what it writes.
std::string to_text(const Program& program);

}  // namespace casus::machine
