// The parameters program with its quantiles taken out.
#include "case/free_values.hpp"

#include "base/bug.hpp"
#include "machine/reference.hpp"

#include <algorithm>
#include <limits>

namespace casus::cases {
namespace {

using machine::Op;

machine::Frame frame_of(const language::Lowered& lowered, std::span<double> states) {
  return {.parameters = {},
          .states = states,
          .series = &lowered.series,
          .step = 0,
          .key = {},
          .slot = 0};
}

/// The state that a quantile takes as its probability.
std::uint32_t free_number(const machine::Program& program, const machine::Instruction& quantile) {
  const machine::Instruction& probability = program.code[quantile.b];
  require(probability.op == Op::state, "a prior that is not at a probability of its own");
  return probability.a;
}

}  // namespace

FreeValues::FreeValues(const language::Lowered& lowered)
    : lowered_(lowered), at_values_(lowered.parameters) {
  for (const std::string& name : lowered.free_parameters) {
    const auto& columns = lowered.parameter_columns;
    const auto at = std::find_if(columns.begin(), columns.end(),
                                 [&](const auto& column) { return column.name == name; });
    free_.push_back({.name = name, .unit = at == columns.end() ? "" : at->unit});
  }
  for (machine::Instruction& instruction : at_values_.code) {
    if (instruction.op != Op::quantile) continue;
    instruction = {.op = Op::state, .a = free_number(lowered.parameters, instruction)};
  }
  read_priors();
}

/// The arguments of priors are read where all parameters are at their medians, and again where they
/// are not.
void FreeValues::read_priors() {
  const machine::Program& program = lowered_.parameters;
  constexpr double elsewhere = 0.7;
  for (const double probability : {0.5, elsewhere}) {
    std::vector<double> states(free_.size(), probability);
    machine::Frame frame = frame_of(lowered_, states);
    machine::Reference machine;
    if (machine.step(program, frame) && probability == elsewhere) return;
    for (const machine::Instruction& instruction : program.code) {
      if (instruction.op != Op::quantile) continue;
      const machine::LawUse& use = program.calls[instruction.a];
      FreeParameter& free = free_[free_number(program, instruction)];
      std::vector<double> arguments;
      for (const std::uint32_t argument : use.arguments)
        arguments.push_back(machine.value(argument));
      if (probability == elsewhere) free.is_prior_fixed = arguments == free.arguments;
      if (probability != elsewhere) free.arguments = std::move(arguments);
      free.law = use.law;
    }
  }
}

void FreeValues::parameters(std::span<const double> values, std::span<double> parameters) const {
  std::vector<double> states(values.begin(), values.end());
  machine::Frame frame = frame_of(lowered_, states);
  machine::Reference machine;
  if (machine.step(at_values_, frame)) {
    std::fill(parameters.begin(), parameters.end(), std::numeric_limits<double>::quiet_NaN());
    return;
  }
  for (const machine::Write& write : at_values_.outputs)
    parameters[write.target] = machine.value(write.source);
}

}  // namespace casus::cases
