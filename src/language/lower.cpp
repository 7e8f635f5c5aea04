// A model to the programs of one run.
#include "language/lowered.hpp"
#include "language/lowering.hpp"
#include "language/step_range.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

using Kind = Quantity::Kind;

void plan_parameters(Plan& plan) {
  const Model& model = plan.model;
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const QuantityId id = id_of<QuantityId>(q);
    const Quantity& quantity = model[id];
    if (quantity.kind != Kind::parameter) continue;
    auto& columns = plan.lowered.parameter_columns;
    plan.first_parameter[static_cast<std::uint32_t>(q)] =
        static_cast<std::uint32_t>(columns.size());
    const auto& param = model.statement<ParamStatement>(quantity.statement);
    for (std::uint32_t i = 0; i < quantity.n_elements(model.sets); ++i) {
      columns.push_back({.name = element_name(model, id, i),
                         .quantity = id,
                         .unit = param.clauses.unit.text,
                         .scale = quantity.unit ? quantity.unit->scale : 1.0});
    }
  }
}

bool has_state(const Model& model, const Quantity& quantity) {
  if (quantity.kind == Kind::state) return true;
  return quantity.kind == Kind::draw &&
         model.statement<DrawStatement>(quantity.statement).when != DrawStatement::When::step;
}

void plan_states(Plan& plan) {
  const Model& model = plan.model;
  auto& names = plan.lowered.state_names;
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const QuantityId id = id_of<QuantityId>(q);
    if (!has_state(model, model[id])) continue;
    plan.first_state[static_cast<std::uint32_t>(q)] = static_cast<std::uint32_t>(names.size());
    for (std::uint32_t i = 0; i < model[id].n_elements(model.sets); ++i)
      names.push_back(element_name(model, id, i));
  }
  for (std::uint32_t number = 0; number < model.tree.statements.size(); ++number) {
    const auto* treaty = std::get_if<TreatyStatement>(&model.tree.statements[number]);
    if (treaty == nullptr) continue;
    for (const Assignment& term : treaty->terms) {
      if (term.duration == no_node) continue;
      plan.first_timer.try_emplace(number, static_cast<std::uint32_t>(names.size()));
      const Quantity& state = model[model.quantity_named.at(term.target.name.text)];
      for (std::size_t i = 0; i < state.n_elements(model.sets); ++i)
        names.push_back("timer " + treaty->name.text);
    }
  }
}

void plan_series(Plan& plan) {
  const Model& model = plan.model;
  plan.lowered.series.n_steps = model.steps.count;
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const Quantity& quantity = model.quantities[q];
    if (quantity.kind != Kind::data || !model.series[q].by_step) continue;
    const std::size_t n = quantity.n_elements(model.sets);
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<double> values(model.steps.count);
      for (std::size_t step = 0; step < values.size(); ++step)
        values[step] = model.series[q].values[step * n + i];
      const std::uint32_t number = plan.add_series(values);
      if (i == 0) plan.first_series[static_cast<std::uint32_t>(q)] = number;
    }
  }
}

bool is_shown(const Quantity& quantity) {
  switch (quantity.kind) {
    case Kind::let:
    case Kind::state:
    case Kind::draw:
    case Kind::observed:
    case Kind::move:
    case Kind::ends:
    case Kind::treaty: return true;
    default: return false;
  }
}

std::string declared_unit(const Model& model, const Quantity& quantity) {
  if (!quantity.unit) return {};
  return std::visit(
      [](const auto& statement) -> std::string {
        if constexpr (requires { statement.clauses; }) return statement.clauses.unit.text;
        return {};
      },
      model.tree.statements[quantity.statement]);
}

void plan_outputs(Plan& plan) {
  const Model& model = plan.model;
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const QuantityId id = id_of<QuantityId>(q);
    const Quantity& quantity = model[id];
    if (!is_shown(quantity)) continue;
    for (std::uint32_t i = 0; i < quantity.n_elements(model.sets); ++i) {
      OutputColumn column{.name = element_name(model, id, i),
                          .quantity = id,
                          .element = i,
                          .unit = declared_unit(model, quantity)};
      if (quantity.unit) column.scale = quantity.unit->scale;
      if (quantity.type.kind == TypeKind::label) column.labels = model[quantity.type.domain].labels;
      column.truth = quantity.type.kind == TypeKind::truth;
      plan.lowered.output_columns.push_back(std::move(column));
    }
  }
}

/// The lines of the run's start and what-if with the steps in which they hold, start first.
std::vector<LineSteps> intervention_lines(Plan& plan) {
  const Model& model = plan.model;
  std::vector<LineSteps> lines;
  const auto add = [&](const std::vector<Intervention>& block) {
    for (const Intervention& line : block) {
      if (line.at != no_node) {
        const std::uint32_t step = first_step_meeting(model, line.at);
        if (meets_time(model, line.at)) lines.push_back({&line, step, step});
        continue;
      }
      const StepRange range = steps_of(model, line.range);
      if (!range.empty) lines.push_back({&line, range.first, range.last});
    }
  };
  for (const std::uint32_t number : model.starts) {
    const auto& start = model.statement<StartStatement>(number);
    if (start.name.text != plan.variant.start) continue;
    plan.lowered.first_result_step =
        std::min(first_step_meeting(model, start.at), model.steps.count - 1);
    add(start.lines);
  }
  for (const std::uint32_t number : model.whatifs) {
    const auto& whatif = model.statement<WhatifStatement>(number);
    if (whatif.name.text == plan.variant.whatif) add(whatif.lines);
  }
  return lines;
}

bool is_move(const Model& model, const Intervention& line) {
  const auto at = model.quantity_named.find(line.target.name.text);
  return at != model.quantity_named.end() && model[at->second].kind == Kind::move;
}

/// The lines that hold in a step. A move that is set surprises once; from the next step the others
/// know, unless the line says `unforeseen throughout`.
std::vector<ActiveLine> active_in(const Model& model, const std::vector<LineSteps>& lines,
                                  std::uint32_t step) {
  std::vector<ActiveLine> result;
  for (const LineSteps& at : lines) {
    if (step < at.first || step > at.last) continue;
    ActiveLine active{at.line, ActiveLine::Mode::replace};
    if (is_move(model, *at.line)) {
      const bool surprise = !at.line->commits && (at.line->unforeseen || step == at.first);
      active.mode = surprise ? ActiveLine::Mode::surprise : ActiveLine::Mode::expected;
    }
    result.push_back(active);
  }
  return result;
}

std::vector<std::uint32_t> boundaries(const Model& model, const std::vector<LineSteps>& lines) {
  std::vector<std::uint32_t> result{0, model.steps.count};
  for (const LineSteps& at : lines) {
    result.push_back(at.first);
    result.push_back(at.last + 1);
    if (is_move(model, *at.line)) result.push_back(at.first + 1);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  while (result.back() > model.steps.count) result.pop_back();
  return result;
}

/// A move that is set to an option which no menu of its games offers.
void check_offered(const Model& model, const std::vector<LineSteps>& lines, Diagnostics& found) {
  for (const LineSteps& at : lines) {
    if (!is_move(model, *at.line)) continue;
    const QuantityId move = model.quantity_named.at(at.line->target.name.text);
    const Meaning& label = model.meaning(at.line->value);
    const bool none = label.kind == Meaning::Kind::no_move;
    bool offered = label.kind != Meaning::Kind::label && !none;
    for (std::size_t g = 0; g < model.games.size(); ++g) {
      for (const GameMove& in : model.games[g].moves) {
        if (in.move != move || none) continue;
        for (const std::uint32_t menu : in.menus) {
          const auto& options = model.options[g][menu];
          offered =
              offered || std::find(options.begin(), options.end(), label.target) != options.end();
        }
      }
    }
    if (offered) continue;
    found.add({.code = "G023",
               .message = fmt::format("no menu of `{}` offers this", at.line->target.name.text),
               .primary = {model.tree[at.line->value].span, {}}});
  }
}

}  // namespace

Lowered lower(const Model& model, const Variant& variant, Diagnostics& found) {
  Plan plan{.model = model, .variant = variant};
  plan_parameters(plan);
  plan_states(plan);
  plan_series(plan);
  plan_outputs(plan);
  const std::vector<LineSteps> lines = intervention_lines(plan);
  check_offered(model, lines, found);
  using Moment = Lowering::Moment;
  plan.lowered.parameters = Lowering(plan, Moment::parameters, {}, 0, found).parameters();
  plan.lowered.measures = Lowering(plan, Moment::measures, {}, 0, found).measures();
  plan.lowered.initial =
      Lowering(plan, Moment::initial, active_in(model, lines, 0), 0, found).initial();
  const std::vector<std::uint32_t> cuts = boundaries(model, lines);
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    Lowering lowering(plan, Moment::step, active_in(model, lines, cuts[i]), cuts[i], found);
    plan.lowered.segments.push_back({cuts[i], cuts[i + 1] - 1, lowering.step(variant.outputs)});
  }
  return std::move(plan.lowered);
}

}  // namespace casus::language
