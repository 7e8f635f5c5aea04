// Where a number stopped being finite, in words.
#include "machine/trace.hpp"

#include "base/text.hpp"
#include "machine/arithmetic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

namespace casus::machine {
namespace {

/// What an instruction did with its operands: `before` a `between` b.
struct Phrase {
  Op op{};
  std::string_view before;
  std::string_view between;
};

constexpr std::array phrases{
    Phrase{Op::add, "sum of ", " and "},          Phrase{Op::subtract, "difference of ", " and "},
    Phrase{Op::multiply, "product of ", " and "}, Phrase{Op::divide, "division of ", " by "},
    Phrase{Op::negate, "negative of ", ""},       Phrase{Op::power, "power of ", " to "},
    Phrase{Op::minimum, "min of ", " and "},      Phrase{Op::maximum, "max of ", " and "},
    Phrase{Op::remainder, "mod of ", " by "},
};

std::string short_text(double value) { return casus::to_text(value, 6); }

std::string words(const Trace& trace, const Instruction& instruction) {
  const Operation& row = operation(instruction.op);
  const double value = trace.registers[instruction.a];
  const auto has_op = [&row](const Phrase& phrase) { return phrase.op == row.op; };
  const auto* const phrase = std::find_if(phrases.begin(), phrases.end(), has_op);
  if (phrase == phrases.end()) return std::string(row.name) + " of " + short_text(value);
  std::string text = std::string(phrase->before) + short_text(value);
  if (row.arity > 1)
    text += std::string(phrase->between) + short_text(trace.registers[instruction.b]);
  return text;
}

/// The registers that decided the value of an instruction.
std::vector<std::uint32_t> taken_operands(const Trace& trace, const Instruction& instruction) {
  const auto truth = [&trace](std::uint32_t index) { return is_true(trace.registers[index]); };
  const Op op = instruction.op;
  if (takes_law(op)) {
    std::vector<std::uint32_t> operands = trace.program.calls[instruction.a].arguments;
    if (op != Op::sample) operands.push_back(instruction.b);
    return operands;
  }
  if (op == Op::select) return {truth(instruction.a) ? instruction.b : instruction.c};
  if (op == Op::joined && !truth(instruction.b)) return {};
  const std::uint8_t arity = operation(op).arity;
  if (arity == 0) return {};
  if (arity == 1) return {instruction.a};
  if (arity == 2) return {instruction.a, instruction.b};
  return {instruction.a, instruction.b, instruction.c};
}

/// The operand that the fault came from: one that is no number, else one that is infinite, but for
/// infinity as it was written.
std::optional<std::uint32_t> culprit(const Trace& trace, const Instruction& instruction) {
  const std::vector<std::uint32_t> operands = taken_operands(trace, instruction);
  const auto is_nan = [&trace](std::uint32_t i) { return std::isnan(trace.registers[i]); };
  const auto is_infinite = [&trace](std::uint32_t i) {
    return std::isinf(trace.registers[i]) && trace.program.code[i].op != Op::constant;
  };
  auto found = std::find_if(operands.begin(), operands.end(), is_nan);
  if (found == operands.end()) found = std::find_if(operands.begin(), operands.end(), is_infinite);
  return found == operands.end() ? std::nullopt : std::optional(*found);
}

std::string what_happened(const Trace& trace, std::uint32_t index) {
  const Instruction& instruction = trace.program.code[index];
  const Op op = instruction.op;
  if (takes_law(op)) {
    const random::Law& law = *trace.program.calls[instruction.a].law;
    const std::string_view what = op == Op::sample     ? "draw from "
                                  : op == Op::quantile ? "quantile of "
                                                       : "log density of ";
    return std::string(what) + std::string(law.name) + " is " + short_text(trace.registers[index]);
  }
  if (op < Op::add || op == Op::select) {
    return std::string(operation(op).name) + " is " + short_text(trace.registers[index]);
  }
  return words(trace, instruction);
}

}  // namespace

NotFinite first_failure(const Trace& trace, std::uint32_t index) {
  const std::vector<Instruction>& code = trace.program.code;
  std::uint32_t origin = trace.program.origin[index];
  while (const std::optional<std::uint32_t> from = culprit(trace, code[index])) {
    index = *from;
    // An input belongs to no statement: the one that read it is named.
    if (code[index].op > Op::series) origin = trace.program.origin[index];
  }
  return {.origin = origin,
          .value = trace.registers[index],
          .step = trace.step,
          .what = what_happened(trace, index)};
}

std::optional<NotFinite> invalid_argument(const Trace& trace, std::uint32_t index) {
  const Instruction& instruction = trace.program.code[index];
  const LawUse& use = trace.program.calls[instruction.a];
  const std::string_view law = use.law->name;
  std::vector<double> arguments;
  for (const std::uint32_t argument : use.arguments) arguments.push_back(trace.registers[argument]);
  const auto bad = random::first_invalid(*use.law, arguments);
  const bool quantile = instruction.op == Op::quantile;
  const double probability = quantile ? trace.registers[instruction.b] : 0.5;
  if (!bad && probability > 0.0 && probability < 1.0) return std::nullopt;
  const double value = bad ? arguments[*bad] : probability;
  if (const std::optional<std::uint32_t> from = culprit(trace, instruction);
      from && !std::isfinite(value) && trace.program.code[*from].op > Op::series) {
    return first_failure(trace, *from);
  }
  NotFinite failure{
      .origin = trace.program.origin[index], .value = value, .step = trace.step, .what = {}};
  if (bad) {
    const random::Parameter& parameter = use.law->parameters[*bad];
    failure.what = "argument " + std::string(parameter.name) + " of " + std::string(law) + " is " +
                   short_text(value) + ", " + std::string(random::requirement(parameter.domain));
  } else {
    failure.what = "probability for the quantile of " + std::string(law) + " is " +
                   short_text(value) + ", must be between 0 and 1";
  }
  return failure;
}

}  // namespace casus::machine
