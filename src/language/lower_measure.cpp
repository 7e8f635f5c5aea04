// Measures: reductions over steps become accumulators, which a last program turns into values.
#include "language/lowering.hpp"
#include "language/step_range.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <utility>

namespace casus::language {

namespace {

using machine::Fold;

Fold fold_of(StepsKind kind) {
  switch (kind) {
    case StepsKind::any:
    case StepsKind::highest: return Fold::highest;
    case StepsKind::all:
    case StepsKind::lowest: return Fold::lowest;
    case StepsKind::first_date: return Fold::first;
    case StepsKind::last_date: return Fold::last;
    default: return Fold::sum;
  }
}

/// A new accumulator; it counts from the first step that results show.
std::uint32_t add_accumulator(Plan& plan, Fold fold, StepRange range, FoldedExpression folded) {
  machine::Accumulator accumulator{
      .fold = fold, .first_step = range.first, .last_step = range.last};
  if (fold != Fold::at)
    accumulator.first_step = std::max(range.first, plan.lowered.first_result_step);
  if (range.empty) {
    accumulator.first_step = 1;
    accumulator.last_step = 0;
  }
  plan.lowered.accumulators.push_back(accumulator);
  plan.folded.push_back(std::move(folded));
  return static_cast<std::uint32_t>(plan.folded.size() - 1);
}

}  // namespace

Value Lowering::visit(NodeId /*node*/, const OverSteps& at, const Environment& environment) {
  const StepRange range = steps_of(model(), at.range, environment.bound);
  const auto accumulated = [&](Fold fold, bool counts_only) {
    return builder_.state(add_accumulator(plan_, fold, range,
                                          {.body = at.body,
                                           .condition = at.condition,
                                           .bound = environment.bound,
                                           .end_of_step = false,
                                           .counts_only = counts_only}));
  };
  const Value folded = accumulated(fold_of(at.kind), false);
  const bool some =
      at.condition == no_node && !range.empty && range.last >= plan_.lowered.first_result_step;
  const auto counted = [&] {
    const Value count = accumulated(Fold::sum, true);
    if (!some) needs(builder_.apply(Op::less, builder_.constant(0.0), count));
    return count;
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (at.kind) {
    case StepsKind::any:
    case StepsKind::all: return builder_.apply(Op::less, builder_.constant(0.5), folded);
    case StepsKind::share:
    case StepsKind::mean: return builder_.divide(folded, counted());
    case StepsKind::rate:
      return builder_.divide(folded,
                             builder_.multiply(counted(), builder_.constant(model().steps.dt)));
    case StepsKind::highest:
      if (!some) needs(builder_.apply(Op::less, builder_.constant(-infinity), folded));
      return folded;
    case StepsKind::lowest:
      if (!some) needs(builder_.apply(Op::less, folded, builder_.constant(infinity)));
      return folded;
    default: return folded;
  }
}

// ---- measures that some histories have no value of: the mean of no step, the highest of none

/// The measure being built has a value only in histories in which this holds, or which do not come
/// to where it is needed.
void Lowering::needs(Value holds) {
  const Value spared = path_ ? builder_.apply(Op::logical_not, *path_) : builder_.constant(0.0);
  needed_.push_back(builder_.apply(Op::logical_or, spared, holds));
}

std::optional<Value> Lowering::all_needed() {
  std::optional<Value> all;
  for (const Value each : needed_) {
    all = all ? builder_.apply(Op::logical_and, *all, each) : each;
  }
  needed_.clear();
  return all;
}

/// A measure with what it needs by itself; whoever reads it needs that as well.
Lowering::Made Lowering::measured_definition(QuantityId id, std::uint32_t number) {
  std::vector<Value> needed = std::exchange(needed_, {});
  const std::optional<Value> path = std::exchange(path_, {});
  Made made{.value = measure_value(id, number)};
  made.exists = all_needed();
  needed_ = std::move(needed);
  path_ = path;
  return made;
}

Value Lowering::visit(NodeId /*node*/, const AtDate& at, const Environment& environment) {
  const std::uint32_t step = first_step_meeting(model(), at.date, environment.bound);
  if (!meets_time(model(), at.date, environment.bound)) {
    fault("T105", "this date lies outside the case's time", model().tree[at.date].span,
          model().steps.range_text());
    return builder_.constant(0.0);
  }
  const bool numeric = model().meaning(at.body).type.kind == TypeKind::number;
  const Value value = builder_.state(
      add_accumulator(plan_, Fold::at, {.first = step, .last = step},
                      {.body = at.body, .bound = environment.bound, .end_of_step = true}));
  if (numeric) builder_.must_be_finite(value);
  return value;
}

Value Lowering::visit(NodeId /*node*/, const InRange& at, const Environment& environment) {
  const StepRange range = steps_of(model(), at.range, environment.bound);
  return among_steps(expression(at.body, environment), range);
}

Value Lowering::measure_value(QuantityId id, std::uint32_t number) {
  const auto& measure = model().statement<MeasureStatement>(model()[id].statement);
  const Environment inside = environment_of(measure.target, model()[id], number);
  const Asking asking(*this, span_of(measure.value));
  return model()[id].type.kind == TypeKind::number ? this->number(measure.value, inside)
                                                   : expression(measure.value, inside);
}

void Lowering::write_accumulations() {
  for (std::uint32_t i = 0; i < plan_.folded.size(); ++i) {
    const FoldedExpression& folded = plan_.folded[i];
    builder_.set_origin(builder_.add_origin({"a measure", model().tree[folded.body].span}));
    Environment inside;
    inside.bound = folded.bound;
    inside.end_of_step = folded.end_of_step;
    Value value = builder_.constant(1.0);
    if (!folded.counts_only) {
      const bool numeric = model().meaning(folded.body).type.kind == TypeKind::number;
      value = numeric ? number(folded.body, inside) : expression(folded.body, inside);
    }
    finite_when_counted(folded, value, inside);
    std::optional<Value> condition;
    if (folded.condition != no_node) condition = expression(folded.condition, inside);
    if (plan_.variant.gathers)
      gather(i, value, condition);
    else if (condition)
      builder_.accumulate(i, value, *condition);
    else
      builder_.accumulate(i, value);
  }
}

/// Numbers that a measure adds up or compares must be finite in the steps that count.
void Lowering::finite_when_counted(const FoldedExpression& folded, Value value,
                                   const Environment& inside) {
  if (folded.counts_only || folded.end_of_step) return;
  if (model().meaning(folded.body).type.kind != TypeKind::number) return;
  const Value zero = builder_.constant(0.0);
  builder_.must_be_finite(folded.condition == no_node
                              ? value
                              : builder_.select(expression(folded.condition, inside), value, zero));
}

/// One column, and its outputs, for each element of each measure.
machine::Program Lowering::measures() {
  std::uint32_t outputs = 0;
  const auto write = [&](Value value) {
    builder_.write_output(outputs, value);
    return outputs++;
  };
  for (const QuantityId id : model().measures) {
    const Quantity& quantity = model()[id];
    const auto& measure = model().statement<MeasureStatement>(quantity.statement);
    for (std::uint32_t i = 0; i < quantity.n_elements(model().sets); ++i) {
      MeasureColumn column{.name = element_name(model(), id, i),
                           .kind = MeasureColumn::Kind::number};
      column.quantity = id;
      column.unit = measure.clauses.unit.text;
      if (quantity.unit) column.scale = quantity.unit->scale;
      measure_outputs(measure, id, i, column, write);
      if (const std::optional<Value> counts = counts_in(measure, quantity, i))
        column.given = write(*counts);
      plan_.lowered.measure_columns.push_back(std::move(column));
    }
  }
  plan_.lowered.n_measure_outputs = outputs;
  return builder_.finish();
}

/// Whether a history counts, where not all do: those that have a value, and in which the `given`
/// holds. A mean that is the whole measure is no number where it has none.
std::optional<Value> Lowering::counts_in(const MeasureStatement& measure, const Quantity& quantity,
                                         std::uint32_t number) {
  const auto* over = std::get_if<OverSteps>(&model().tree[measure.value].expression);
  if (over != nullptr && over->kind == StepsKind::mean) needed_.clear();
  std::optional<Value> counts = all_needed();
  if (measure.given == no_node) return counts;
  const Asking asking(*this, span_of(measure.given));
  const Value given = expression(measure.given, environment_of(measure.target, quantity, number));
  for (const std::optional<Value>& each : {std::optional(given), all_needed()}) {
    if (!each) continue;
    counts = counts ? builder_.apply(Op::logical_and, *counts, *each) : *each;
  }
  return counts;
}

/// A share or rate that is the whole measure is a ratio of sums over histories, not a mean of
/// ratios.
void Lowering::measure_outputs(const MeasureStatement& measure, QuantityId id, std::uint32_t number,
                               MeasureColumn& column,
                               const std::function<std::uint32_t(Value)>& write) {
  const Quantity& quantity = model()[id];
  const auto* over = std::get_if<OverSteps>(&model().tree[measure.value].expression);
  if (over != nullptr && (over->kind == StepsKind::share || over->kind == StepsKind::rate)) {
    const Environment inside = environment_of(measure.target, quantity, number);
    const StepRange range = steps_of(model(), over->range, inside.bound);
    FoldedExpression folded{
        .body = over->body, .condition = over->condition, .bound = inside.bound};
    column.kind = MeasureColumn::Kind::ratio;
    column.value = write(builder_.state(add_accumulator(plan_, Fold::sum, range, folded)));
    folded.counts_only = true;
    Value count = builder_.state(add_accumulator(plan_, Fold::sum, range, std::move(folded)));
    if (over->kind == StepsKind::rate) {
      count = builder_.multiply(count, builder_.constant(model().steps.dt));
      if (column.unit.empty())
        column.unit = model().steps.unit.empty() ? "" : "1 / " + model().steps.unit;
    }
    column.denominator = write(count);
    return;
  }
  column.value = write(definition(id, 0, number));
  if (quantity.type.kind == TypeKind::truth) column.kind = MeasureColumn::Kind::truth;
  if (quantity.type.kind == TypeKind::date) column.kind = MeasureColumn::Kind::date;
  if (quantity.type.kind == TypeKind::label) {
    column.kind = MeasureColumn::Kind::label;
    column.labels = model()[quantity.type.domain].labels;
  }
}

}  // namespace casus::language
