// The reference machine.
#include "machine/reference.hpp"

#include "machine/arithmetic.hpp"
#include "machine/trace.hpp"

#include <cmath>
#include <cstddef>

namespace casus::machine {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The operands of one instruction.
struct Registers {
  std::span<const double> values;
  const Instruction& instruction;

  double a() const { return values[instruction.a]; }
  double b() const { return values[instruction.b]; }
  double c() const { return values[instruction.c]; }
};

random::Stream stream_at(const Frame& frame, std::uint32_t site) {
  return {.key = frame.key, .slot = frame.slot, .step = frame.step, .sub_step = 0, .site = site};
}

double start_of(Fold fold) {
  switch (fold) {
    case Fold::sum: return 0.0;
    case Fold::highest: return -infinity;
    case Fold::lowest:
    case Fold::first:
    case Fold::last: return infinity;
    case Fold::at: break;
  }
  return std::nan("");
}

double folded(const Accumulator& accumulator, double before, double value, std::uint32_t step) {
  const bool was_true = is_true(value);
  switch (accumulator.fold) {
    case Fold::sum: return before + value;
    case Fold::highest: return numbers::maximum_of(before, value);
    case Fold::lowest: return numbers::minimum_of(before, value);
    case Fold::first: return was_true ? std::fmin(before, step) : before;
    case Fold::last: return was_true ? static_cast<double>(step) : before;
    case Fold::at: break;
  }
  return step == accumulator.first_step ? value : before;
}

}  // namespace

bool Reference::draw(const Program& program, const Frame& frame, std::uint32_t index) {
  const Instruction& instruction = program.code[index];
  const LawUse& use = program.calls[instruction.a];
  arguments_.clear();
  for (const std::uint32_t argument : use.arguments) arguments_.push_back(registers_[argument]);
  if (!random::valid(*use.law, arguments_)) return false;
  double& result = registers_[index];
  if (instruction.op == Op::log_density) {
    result = use.law->log_density(registers_[instruction.b], arguments_);
  } else if (instruction.op == Op::quantile) {
    const double probability = registers_[instruction.b];
    if (!(probability > 0.0 && probability < 1.0)) return false;
    result = use.law->quantile(probability, arguments_);
  } else if (frame.at_median) {
    result = use.law->quantile(0.5, arguments_);
  } else {
    random::Draws draws(stream_at(frame, use.site));
    result = use.law->sample(draws, arguments_);
  }
  return true;
}

bool Reference::execute(const Program& program, const Frame& frame) {
  const std::span<const Instruction> code = program.code;
  const std::span<double> r = registers_;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const auto [op, a, b, c] = code[i];
    switch (op) {
      case Op::constant: r[i] = program.constants[a]; break;
      case Op::parameter: r[i] = frame.parameters[a]; break;
      case Op::state: r[i] = frame.states[a]; break;
      case Op::series: r[i] = frame.series->at(a, frame.step); break;
      case Op::uniform: r[i] = frame.at_median ? 0.5 : stream_at(frame, a).uniform(); break;
      case Op::sample:
      case Op::quantile:
      case Op::log_density:
        at_ = static_cast<std::uint32_t>(i);
        if (!draw(program, frame, at_)) return false;
        break;
      case Op::guard:
        r[i] = truth_of(is_true(r[a]));
        if (!is_true(r[a])) i = std::size_t{b} - 1;
        break;
      case Op::joined: r[i] = is_true(r[b]) ? r[a] : program.constants[c]; break;
      default: r[i] = arithmetic(op, Registers{r, code[i]});
    }
  }
  return true;
}

std::optional<NotFinite> Reference::step(const Program& program, Frame& frame) {
  registers_.resize(program.code.size());
  const bool ran = execute(program, frame);
  const Trace trace{.program = program, .registers = registers_, .step = frame.step};
  if (!ran) return invalid_argument(trace, at_);
  for (const Sink& sink : program.sinks) {
    const bool live = sink.live == no_register || is_true(registers_[sink.live]);
    if (live && !std::isfinite(registers_[sink.value])) return first_failure(trace, sink.value);
  }
  for (const Write& write : program.states) frame.states[write.target] = registers_[write.source];
  return std::nullopt;
}

void clear(std::span<const Accumulator> accumulators, std::span<double> values) {
  for (std::size_t i = 0; i < accumulators.size(); ++i) values[i] = start_of(accumulators[i].fold);
}

void accumulate(const Program& program, std::span<const Accumulator> accumulators,
                const Reference& machine, std::uint32_t step, std::span<double> values) {
  for (const Accumulation& accumulation : program.accumulations) {
    const Accumulator& accumulator = accumulators[accumulation.target];
    if (step < accumulator.first_step || step > accumulator.last_step) continue;
    const bool holds =
        accumulation.condition == no_register || is_true(machine.value(accumulation.condition));
    if (!holds) continue;
    double& value = values[accumulation.target];
    value = folded(accumulator, value, machine.value(accumulation.value), step);
  }
}

}  // namespace casus::machine
