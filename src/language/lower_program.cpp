// Whole programs: start values, and one step.
#include "language/lower_game.hpp"
#include "language/lowering.hpp"

#include <algorithm>

namespace casus::language {

using Kind = Quantity::Kind;

Lowering::Lowering(Plan& plan, Moment moment, Holding holding, Diagnostics& found)
    : plan_(plan),
      moment_(moment),
      holding_(std::move(holding)),
      found_(found),
      moves_behind_(plan.model, holding_.given) {
  builder_.set_origin(builder_.add_origin({"the case", {}}));
}

Lowering::~Lowering() = default;

namespace {

/// Timers of treaties and what is kept of earlier steps stand behind all other states, and before
/// what measures gather.
std::size_t first_hidden_state(const Plan& plan) {
  if (!plan.first_timer.empty()) return plan.first_timer.begin()->second;
  if (!plan.first_memory.empty()) return plan.first_memory.front();
  return plan.variant.gathers ? plan.lowered.first_gathered : plan.lowered.state_names.size();
}

}  // namespace

machine::Program Lowering::initial() {
  for (const auto& [key, first] : plan_.first_state) {
    const QuantityId id{key};
    const Quantity& quantity = model()[id];
    const auto elements = static_cast<std::uint32_t>(quantity.n_elements(model().sets));
    for (std::uint32_t i = 0; i < elements; ++i) {
      Value value = builder_.constant(0.0);
      if (quantity.kind == Kind::state) {
        const auto& state = model().statement<StateStatement>(quantity.statement);
        builder_.set_origin(
            builder_.add_origin({"start of " + element_name(model(), id, i), quantity.name.span}));
        const Asking asking(*this, model().tree[state.initial].span);
        const Environment inside = environment_of(state.target, quantity, i);
        value = quantity.type.kind == TypeKind::number ? number(state.initial, inside)
                                                       : expression(state.initial, inside);
        builder_.must_be_finite(value);
      } else if (model().statement<DrawStatement>(quantity.statement).when ==
                 DrawStatement::When::once) {
        value = definition(id, 0, i);  // interventions act on what is read, not on what is kept
      }
      builder_.write_state(first + i, value);
    }
  }
  const bool gathers = plan_.variant.gathers;
  const std::size_t n_states =
      gathers ? plan_.lowered.first_gathered : plan_.lowered.state_names.size();
  for (std::size_t i = first_hidden_state(plan_); i < n_states; ++i)
    builder_.write_state(static_cast<std::uint32_t>(i), builder_.constant(0.0));
  if (gathers) begin_gathered();
  return builder_.finish();
}

/// `then` values, together; then treaties on top.
void Lowering::write_states() {
  std::map<std::uint32_t, Value> after;
  for (const auto& [key, first] : plan_.first_state) {
    const QuantityId id{key};
    const Quantity& quantity = model()[id];
    const auto elements = static_cast<std::uint32_t>(quantity.n_elements(model().sets));
    for (std::uint32_t i = 0; i < elements; ++i) {
      if (quantity.kind == Kind::draw) {
        const bool yearly =
            model().statement<DrawStatement>(quantity.statement).when == DrawStatement::When::year;
        if (yearly) builder_.write_state(first + i, definition(id, 0, i));
        continue;
      }
      const auto& state = model().statement<StateStatement>(quantity.statement);
      builder_.set_origin(
          builder_.add_origin({"next " + element_name(model(), id, i), quantity.name.span}));
      Value value{};
      if (state.next == no_node) {
        value = element(id, i, {});
      } else {
        const Environment inside = environment_of(state.target, quantity, i);
        value = quantity.type.kind == TypeKind::number ? number(state.next, inside)
                                                       : expression(state.next, inside);
      }
      after[first + i] = value;
    }
  }
  write_memories();
  write_treaties(after);
  for (const auto& [place, value] : after) {
    builder_.write_state(place, value);
    builder_.set_origin(
        builder_.add_origin({"next " + plan_.lowered.state_names[place], span_of_state(place)}));
    builder_.must_be_finite(value);
  }
  after_ = std::move(after);
}

Span Lowering::span_of_state(std::uint32_t place) const {
  Span span;
  for (const auto& [key, first] : plan_.first_state) {
    if (first <= place) span = model()[QuantityId{key}].name.span;
  }
  return span;
}

Value Lowering::state_after(QuantityId id, std::uint32_t number) {
  return after_.at(plan_.first_state.at(static_cast<std::uint32_t>(index(id))) + number);
}

void Lowering::write_outputs() {
  for (std::uint32_t i = 0; i < plan_.lowered.output_columns.size(); ++i) {
    const OutputColumn& column = plan_.lowered.output_columns[i];
    const Environment results{.end_of_step = true};
    builder_.write_output(i, element(column.quantity, column.element, results));
  }
}

bool Lowering::write_step(bool outputs) {
  try {
    write_states();
    if (outputs) write_outputs();
    if (plan_.variant.measures) write_accumulations();
    if (plan_.variant.happened) {
      write_happened();
    } else if (plan_.variant.totals) {
      write_totals();
    } else {
      write_scores();
      write_paths();
    }
  } catch (const UnsolvedGame&) {
    return false;  // reported where it was found
  }
  return true;
}

machine::Program Lowering::step(bool outputs) {
  return write_step(outputs) ? builder_.finish() : machine::Program{};
}

}  // namespace casus::language
