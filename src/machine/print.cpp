// Programs as text.
#include "base/text.hpp"
#include "machine/program.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace casus::machine {
namespace {

std::string register_text(std::uint32_t index) { return "r" + std::to_string(index); }

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string call_text(const LawUse& use) {
  std::vector<std::string> arguments;
  for (const std::uint32_t argument : use.arguments) arguments.push_back(register_text(argument));
  return std::string(use.law->name) + "(" + join_text(arguments, ", ") + ")";
}

std::string arithmetic_operands(const Instruction& instruction) {
  std::vector<std::string> operands{register_text(instruction.a)};
  const std::uint8_t arity = operation(instruction.op).arity;
  if (arity > 1) operands.push_back(register_text(instruction.b));
  if (arity > 2) operands.push_back(register_text(instruction.c));
  return join_text(operands, ", ");
}

std::string operands_text(const Program& program, const Instruction& instruction) {
  const auto [op, a, b, c] = instruction;
  switch (op) {
    case Op::constant: return casus::to_text(program.constants[a]);
    case Op::parameter:
    case Op::state:
    case Op::series: return std::to_string(a);
    case Op::uniform: return "site " + std::to_string(a);
    case Op::sample:
      return call_text(program.calls[a]) + " site " + std::to_string(program.calls[a].site);
    case Op::quantile:
    case Op::log_density: return call_text(program.calls[a]) + " at " + register_text(b);
    case Op::guard: return register_text(a) + " else to " + register_text(b);
    case Op::joined:
      return register_text(a) + " if " + register_text(b) + " else " +
             casus::to_text(program.constants[c]);
    default: return arithmetic_operands(instruction);
  }
}

/// Number of regions around each instruction.
std::vector<std::size_t> depths(const Program& program) {
  std::vector<std::size_t> result;
  std::vector<std::uint32_t> ends;
  for (std::uint32_t i = 0; i < program.code.size(); ++i) {
    while (!ends.empty() && ends.back() <= i) ends.pop_back();
    result.push_back(ends.size());
    if (program.code[i].op == Op::guard) ends.push_back(program.code[i].b);
  }
  return result;
}

/// Inputs are shared by many statements, so the one that came first says nothing of them.
std::string_view comment(const Program& program, std::size_t index) {
  const std::uint32_t origin = program.origin[index];
  if (program.code[index].op <= Op::series || origin >= program.origins.size()) return {};
  return program.origins[origin].name;
}

void append_code(const Program& program, std::string& text) {
  const std::vector<std::size_t> depth = depths(program);
  std::vector<std::string> names;
  std::vector<std::string> operands;
  std::size_t name_width = 0;
  std::size_t operands_width = 0;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    names.push_back(std::string(2 * depth[i], ' ').append(operation(program.code[i].op).name));
    operands.push_back(operands_text(program, program.code[i]));
    name_width = std::max(name_width, names[i].size());
    operands_width = std::max(operands_width, operands[i].size());
  }
  const std::size_t number_width = std::to_string(program.code.size()).size() + 1;
  for (std::size_t i = 0; i < program.code.size(); ++i) {
    const std::string_view name = comment(program, i);
    text += padded(register_text(static_cast<std::uint32_t>(i)), number_width) + "  " +
            padded(names[i], name_width) + "  ";
    text += name.empty() ? operands[i]
                         : padded(operands[i], operands_width).append("  # ").append(name);
    text += '\n';
  }
}

void append_writes(const std::vector<Write>& writes, std::string_view what, std::string& text) {
  for (const Write& write : writes) {
    text.append(what) +=
        " " + std::to_string(write.target) + " <- " + register_text(write.source) + "\n";
  }
}

void append_if(std::uint32_t condition, std::string& text) {
  if (condition != no_register) text += " if " + register_text(condition);
  text += '\n';
}

}  // namespace

std::string to_text(const Program& program) {
  std::string text;
  append_code(program, text);
  append_writes(program.states, "state", text);
  append_writes(program.outputs, "output", text);
  for (const Accumulation& accumulation : program.accumulations) {
    text += "accumulator " + std::to_string(accumulation.target) + " <- " +
            register_text(accumulation.value);
    append_if(accumulation.condition, text);
  }
  for (const Sink& sink : program.sinks) {
    text += "finite " + register_text(sink.value);
    append_if(sink.live, text);
  }
  return text;
}

}  // namespace casus::machine
