// What a run needs of a program: which values, and where the checks of its sinks belong.
#pragma once

#include "machine/lanes/rate.hpp"

#include <cstdint>
#include <vector>

namespace casus::machine {

/// A sink, by the region it lives in instead of the truth of that at the root.
struct Due {
  std::uint32_t value = 0;
  std::uint32_t guard = no_register;
};

/// A program with the rates and the needs of its values.
struct Studied {
  const Program& program;
  std::span<const Rate> states;  ///< rates of states at the step's start
  std::vector<Rate> rates;
  std::vector<std::uint32_t> guards;  ///< around each instruction
  std::vector<bool> needed;
  std::vector<Due> checks;

  /// The value that says whether the region of `guard` and all around it are entered.
  std::uint32_t truth_of(std::uint32_t guard) const {
    return guards[guard] == no_register ? program.code[guard].a : guard;
  }
  Rate rate_of_truth(std::uint32_t guard) const {
    return guard == no_register ? Rate::once : rates[guard];
  }
  Rate rate_of(const Due& check) const { return rates[check.value] | rate_of_truth(check.guard); }
};

/// `states` are the rates of states at the step's start; without `outputs` values that only outputs
/// take are not needed.
Studied studied(const Program& program, std::span<const Rate> states, bool outputs);

/// Whether the write leaves the state as it was.
bool keeps(const Program& program, const Write& write);

/// Calls `use` with every register that an instruction reads: operands, and the truth of regions
/// behind guards and `joined`.
template <class Use>
void for_each_read(const Studied& study, std::uint32_t index, Use use) {
  const auto [op, a, b, c] = study.program.code[index];
  if (takes_law(op)) {
    for (const std::uint32_t argument : study.program.calls[a].arguments) use(argument);
  }
  if (takes_law(op) && op != Op::sample) use(b);
  if (op == Op::guard) {
    use(a);
    if (study.guards[index] != no_register) use(study.truth_of(study.guards[index]));
  }
  if (op == Op::joined) {
    use(a);
    use(study.truth_of(b));
  }
  if (op < Op::add) return;
  const std::uint8_t arity = operation(op).arity;
  use(a);
  if (arity > 1) use(b);
  if (arity > 2) use(c);
}

}  // namespace casus::machine
