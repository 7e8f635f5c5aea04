// A program in the making: values in a tree of regions, before dead ones are dropped and the rest
// numbered. What `Builder` writes and `flattened` reads.
#pragma once

#include "machine/program.hpp"

#include <cstdint>
#include <vector>

namespace casus::machine {

/// A value of the program being built: index into `Draft::entries`.
enum class Value : std::uint32_t {};

/// A stretch of the program that runs only while its condition is true: index into
/// `Draft::regions`.
enum class Region : std::uint32_t {};
inline constexpr Region root_region{0};

/// Position of a region that is still open: it will follow everything its parent holds by then.
inline constexpr std::uint32_t unplaced = 0xffffffffU;

/// One value. Operands of `instruction` are values where `Op` says registers; operand b of `joined`
/// is a region, operand a of what takes a law an index into `Draft::calls`.
struct Entry {
  Instruction instruction;
  Region region{};
  std::uint32_t position = 0;  ///< in the items of its region
  std::uint32_t origin = 0;
  bool checked = false;  ///< is a sink already
};

/// What a region holds, in the order in which it runs.
struct Item {
  bool is_region = false;
  std::uint32_t index = 0;  ///< of a region or a value
};

/// A truth that holds wherever a region runs.
struct Fact {
  Value value{};
  bool truth = true;
};

struct Stretch {
  Region parent{};
  Value condition{};
  std::uint32_t position = unplaced;  ///< in the items of its parent
  std::uint32_t origin = 0;
  bool never = false;  ///< its condition is known to be false, or an outer one's
  std::vector<Item> items{};
  std::vector<Fact> facts{};
};

/// A sink before numbering.
struct Check {
  Value value{};
  Region region{};
  std::uint32_t origin = 0;
};

struct Draft {
  std::vector<Entry> entries;
  std::vector<Value> inputs;  ///< values that need no other; they run first
  std::vector<Stretch> regions;
  std::vector<double> constants;
  std::vector<LawUse> calls;  ///< arguments are values
  std::vector<Write> states;  ///< sources are values, as in the next two
  std::vector<Write> outputs;
  std::vector<Accumulation> accumulations;
  std::vector<Check> checks;
  std::vector<Origin> origins;

  const Entry& at(Value value) const { return entries.at(static_cast<std::size_t>(value)); }
  const Stretch& at(Region region) const { return regions.at(static_cast<std::size_t>(region)); }
  Stretch& at(Region region) { return regions.at(static_cast<std::size_t>(region)); }
};

/// Inputs cost next to nothing and depend on nothing: they belong to no region.
constexpr bool is_input(Op op) { return op <= Op::series; }

/// Calls `use` with every value that `instruction` reads.
template <class Use>
void for_each_operand(const Draft& draft, const Instruction& instruction, Use use) {
  const Op op = instruction.op;
  if (takes_law(op)) {
    for (const std::uint32_t argument : draft.calls[instruction.a].arguments) use(Value{argument});
  }
  if (takes_law(op) && op != Op::sample) use(Value{instruction.b});
  if (op == Op::joined) use(Value{instruction.a});
  if (op < Op::add) return;
  const std::uint8_t arity = arity_of(op);
  use(Value{instruction.a});
  if (arity > 1) use(Value{instruction.b});
  if (arity > 2) use(Value{instruction.c});
}

/// The program: values that no result needs dropped, regions flattened behind guards, registers,
/// constants and calls numbered in the order of their use. The same draft gives the same program.
Program flattened(const Draft& draft);

}  // namespace casus::machine
