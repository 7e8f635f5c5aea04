// A model to the programs of one run.
#include "base/text.hpp"
#include "language/interventions.hpp"
#include "language/lowering.hpp"
#include "language/path.hpp"
#include "language/print.hpp"

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

/// Rates are parameters of their rival only, behind all others.
void plan_rates(Plan& plan) {
  plan.rival = plan.model.rival_named(plan.variant.explanation);
  if (plan.rival == nullptr) return;
  auto& columns = plan.lowered.parameter_columns;
  plan.first_rate = static_cast<std::uint32_t>(columns.size());
  for (const RivalRate& rate : plan.rival->rates) columns.push_back({.name = rate.name});
}

bool has_state(const Model& model, const Quantity& quantity) {
  if (quantity.kind == Kind::state) return true;
  return quantity.kind == Kind::draw &&
         model.statement<DrawStatement>(quantity.statement).when != DrawStatement::When::step;
}

/// Hidden states: "lagged(x[s], 2 months) 1 back (Armenia)".
void plan_memories(Plan& plan) {
  const Model& model = plan.model;
  auto& names = plan.lowered.state_names;
  for (const Memory& memory : model.memories) {
    plan.first_memory.push_back(static_cast<std::uint32_t>(names.size()));
    const std::string text = print(model.tree, memory.call);
    for (std::uint32_t i = 0; i < memory.n_elements(model.sets); ++i) {
      std::vector<std::string> labels;
      for (const Binding& each : bindings_of(model, memory, i))
        labels.push_back(model[each.set].labels[each.position]);
      const std::string at = labels.empty() ? "" : " (" + join_text(labels, ", ") + ")";
      for (std::uint32_t back = 1; back <= states_of(model, memory); ++back)
        names.push_back(fmt::format("{} {} back{}", text, back, at));
    }
  }
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
  plan_memories(plan);
}

void plan_series(Plan& plan) {
  const Model& model = plan.model;
  plan.lowered.series.n_steps = model.steps.count;
  std::vector<double> values(model.steps.count);
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const Quantity& quantity = model.quantities[q];
    if (quantity.kind != Kind::data || !model.series[q].by_step) continue;
    const std::size_t n = quantity.n_elements(model.sets);
    for (std::size_t i = 0; i < n; ++i) {
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

/// What every column of the record, and every datum, puts out.
void plan_scores(Plan& plan) {
  const Model& model = plan.model;
  if (plan.variant.given) plan.given = given_by_step(model, plan.variant.given_until);
  if (plan.variant.free_from < plan.given.size()) plan.given.decide_until(plan.variant.free_from);
  plan.lowered.score_columns = score_columns(model, plan.variant.given_until);
}

void plan_paths(Plan& plan) {
  const Model& model = plan.model;
  for (std::uint32_t g = 0; g < model.games.size(); ++g) {
    const Game& game = model.games[g];
    for (const games::Path& leaf : leaves_of(model, GameId{g})) {
      std::vector<std::string> options;
      for (std::size_t move = 0; move < leaf.size(); ++move) {
        if (leaf[move] == games::not_reached) continue;
        const Domain& domain = model[model[game.moves[move].move].type.domain];
        options.push_back(domain.labels[static_cast<std::size_t>(leaf[move])]);
      }
      plan.lowered.path_columns.push_back({.name = join_text(options, " > "), .game = g});
    }
  }
}

/// A state for each accumulator, behind all others.
void plan_gathered(Plan& plan) {
  Lowered& lowered = plan.lowered;
  for (std::size_t i = 0; i < lowered.accumulators.size(); ++i)
    lowered.state_names.push_back(fmt::format("gathered {}", i));
}

/// Where a program may follow another: `boundaries`, and where the record decides other things.
std::vector<std::uint32_t> cuts_of(const Plan& plan, const std::vector<LineSteps>& lines) {
  std::vector<std::uint32_t> cuts = boundaries(plan.model, lines);
  for (std::uint32_t step = 1; step < plan.given.size(); ++step) {
    if (!plan.given.goes_on(step)) cuts.push_back(step);
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

}  // namespace

Plan planned(const Model& model, const Variant& variant) {
  Plan plan{.model = model, .variant = variant};
  plan_parameters(plan);
  plan_rates(plan);
  plan_states(plan);
  plan.lowered.first_gathered = static_cast<std::uint32_t>(plan.lowered.state_names.size());
  plan_series(plan);
  plan_outputs(plan);
  if (variant.outputs)
    plan.lowered.first_score = static_cast<std::uint32_t>(plan.lowered.output_columns.size());
  if (variant.given || variant.happened || variant.totals) plan_scores(plan);
  if (variant.paths) plan_paths(plan);
  plan.lowered.first_result_step = first_result_step(model, variant);
  return plan;
}

void lower_into(Plan& plan, Diagnostics& found) {
  using Moment = Lowering::Moment;
  const Model& model = plan.model;
  const std::vector<LineSteps> lines = intervention_lines(model, plan.variant);
  check_offered(model, lines, found);
  Lowered& lowered = plan.lowered;
  lowered.parameters = Lowering(plan, Moment::parameters, {}, found).parameters();
  if (plan.variant.measures) {
    lowered.measures = Lowering(plan, Moment::measures, {}, found).measures();
    check_measured(model, lines, plan.measured, found);
    if (plan.variant.gathers) plan_gathered(plan);
  }
  lowered.initial =
      Lowering(plan, Moment::initial, {.lines = active_in(model, lines, 0)}, found).initial();
  const std::vector<std::uint32_t> cuts = cuts_of(plan, lines);
  std::vector<Lowering::Holding> built;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    built.push_back({.lines = active_in(model, lines, cuts[i])});
    if (plan.variant.given) built.back().given = plan.given[cuts[i]];
    const auto same = std::find(built.begin(), built.end(), built.back()) - built.begin();
    const std::size_t earlier = static_cast<std::size_t>(same);
    machine::Program program =
        earlier < i ? lowered.segments[earlier].program
                    : Lowering(plan, Moment::step, built.back(), found).step(plan.variant.outputs);
    lowered.segments.push_back({cuts[i], cuts[i + 1] - 1, std::move(program)});
  }
}

Lowered lower(const Model& model, const Variant& variant, Diagnostics& found) {
  Plan plan = planned(model, variant);
  lower_into(plan, found);
  return std::move(plan.lowered);
}

}  // namespace casus::language
