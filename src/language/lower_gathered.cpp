// What measures gather as states, one for each accumulator: a filter that gives histories other
// parents hands it on with the rest of what a history has come to.
#include "language/lowering.hpp"
#include "machine/reference.hpp"

namespace casus::language {

using machine::Accumulator;
using machine::Fold;

void Lowering::begin_gathered() {
  const std::vector<Accumulator>& accumulators = plan_.lowered.accumulators;
  std::vector<double> start(accumulators.size());
  machine::clear(accumulators, start);
  for (std::uint32_t i = 0; i < start.size(); ++i)
    builder_.write_state(plan_.lowered.first_gathered + i, builder_.constant(start[i]));
}

/// As `machine::accumulate`.
void Lowering::gather(std::uint32_t accumulator, Value value, std::optional<Value> condition) {
  const Accumulator& into = plan_.lowered.accumulators[accumulator];
  const std::uint32_t last = into.fold == Fold::at ? into.first_step : into.last_step;
  std::vector<bool> due(model().steps.count);
  std::vector<double> numbers(model().steps.count);
  for (std::uint32_t step = 0; step < due.size(); ++step) {
    due[step] = step >= into.first_step && step <= last && step <= into.last_step;
    numbers[step] = step;
  }
  const std::uint32_t place = plan_.lowered.first_gathered + accumulator;
  const Value before = builder_.state(place);
  Value counts = builder_.series(plan_.series(due));
  if (condition) counts = builder_.apply(Op::logical_and, counts, *condition);
  const auto number = [&] { return builder_.series(plan_.series(numbers)); };
  Value after = value;
  switch (into.fold) {
    case Fold::sum: after = builder_.add(before, value); break;
    case Fold::highest: after = builder_.apply(Op::maximum, before, value); break;
    case Fold::lowest: after = builder_.apply(Op::minimum, before, value); break;
    case Fold::first:
      counts = builder_.apply(Op::logical_and, counts, value);
      after = builder_.apply(Op::minimum, before, number());
      break;
    case Fold::last:
      counts = builder_.apply(Op::logical_and, counts, value);
      after = number();
      break;
    case Fold::at: break;
  }
  builder_.write_state(place, builder_.select(counts, after, before));
}

}  // namespace casus::language
