// What expressions keep of earlier steps, in hidden states: averages, delays, slopes.
//
// `averaged(x, tau)` is the exponential average a' = a + (1 - exp(-dt / tau)) (x - a), which is
// exact for an x that stays within each step, whatever dt. `lagged(x, D)` hands x on from state to
// state, D / dt of them. Both begin with the first step's x; like a state's, their value in a step
// is that at its start.
#include "language/lowering.hpp"

#include <algorithm>

namespace casus::language {

/// `first` in the first step of a run, `later` in all others.
Value Lowering::at_first(Value first, Value later) {
  std::vector<double> begins(model().steps.count, 0.0);
  begins.front() = 1.0;
  return builder_.select(builder_.series(plan_.series(begins)), first, later);
}

Value Lowering::remembered(NodeId node, const Environment& environment) {
  const std::uint32_t number = model().meaning(node).target;
  const Memory& memory = model().memories[number];
  const auto& call = std::get<Call>(model().tree[node].expression);
  if (moment_ != Moment::step) {
    fault("O106", "a start value may not look back: nothing is before the first step",
          span_of(node), "use parameters, data or draws made `once`");
    return builder_.constant(0.0);
  }
  std::uint32_t element = 0;
  for (const BoundName& each : memory.bound) {
    const auto size = static_cast<std::uint32_t>(model()[each.set].labels.size());
    element = element * size + bound(each.name, environment)->position;
  }
  const std::uint32_t n_states = states_of(model(), memory);
  const std::uint32_t place = plan_.first_memory[number] + (element + 1) * n_states - 1;
  const Environment inside{.bound = bindings_of(model(), memory, element)};
  const Value now = this->number(call.arguments.front(), inside);
  const Value kept = at_first(now, builder_.state(place));
  if (memory.kind != Memory::Kind::slope) return kept;
  const double time = memory.n_steps * model().steps.dt;
  return builder_.divide(builder_.subtract(now, kept), builder_.constant(time));
}

/// The next values of the hidden states. They may be no numbers where nothing asks for them: a
/// label that a reduction leaves out has its states too.
void Lowering::write_memories() {
  for (std::size_t m = 0; m < model().memories.size(); ++m) {
    const Memory& memory = model().memories[m];
    const auto& call = std::get<Call>(model().tree[memory.call].expression);
    builder_.set_origin(builder_.add_origin({call.function.text, span_of(memory.call)}));
    std::uint32_t place = plan_.first_memory[m];
    const std::uint32_t n_states = states_of(model(), memory);
    for (std::uint32_t i = 0; i < memory.n_elements(model().sets); ++i, place += n_states) {
      const Environment inside{.bound = bindings_of(model(), memory, i)};
      const Value now = number(call.arguments.front(), inside);
      if (memory.kind == Memory::Kind::averaged) {
        const Value kept = at_first(now, builder_.state(place));
        const Value gone = builder_.divide(builder_.constant(-model().steps.dt),
                                           number(call.arguments.back(), inside));
        const Value share = builder_.apply(Op::negate, builder_.apply(Op::expm1, gone));
        const Value step = builder_.multiply(share, builder_.subtract(now, kept));
        builder_.write_state(place, builder_.add(kept, step));
        continue;
      }
      builder_.write_state(place, now);
      for (std::uint32_t back = 1; back < n_states; ++back)
        builder_.write_state(place + back, at_first(now, builder_.state(place + back - 1)));
    }
  }
}

}  // namespace casus::language
