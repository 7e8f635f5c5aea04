// Variants of a model, lowered as far as each differs from the baseline.
#include "language/interventions.hpp"
#include "language/lowering.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

using Moment = Lowering::Moment;

/// Whether a place lies in a statement: from its first line to the next statement's.
bool lies_in(const Tree& tree, std::uint32_t statement, Span place) {
  const Span begin = tree.statement_spans[statement];
  if (place.file != begin.file || place.begin < begin.begin) return false;
  if (statement + 1 == tree.statement_spans.size()) return true;
  const Span next = tree.statement_spans[statement + 1];
  return next.file != place.file || place.begin < next.begin;
}

class Trials {
 public:
  Trials(const Model& model, Plan plan, Diagnostics& found)
      : model_(model), plan_(std::move(plan)), found_(found) {}

  void baseline() { lower_into(plan_, found_); }

  /// The steps with the first datum of each exact observation: what its datum decides is no part of
  /// a program that is not given it.
  void exact_data() {
    if (model_.exact.empty()) return;
    Plan plan = planned(model_, {.outputs = false, .measures = false, .given = true});
    std::vector<std::uint32_t> tried;
    for (const ScoreColumn& column : plan.lowered.score_columns) {
      if (model_.exact_of(column.quantity) == nullptr) continue;
      const auto first = std::find(column.is_recorded.begin(), column.is_recorded.end(), true);
      if (first == column.is_recorded.end()) continue;
      const auto step = static_cast<std::uint32_t>(first - column.is_recorded.begin());
      const bool again = std::any_of(tried.begin(), tried.end(), [&](std::uint32_t other) {
        return plan.given[other] == plan.given[step];
      });
      if (again) continue;
      tried.push_back(step);
      (void)Lowering(plan, Moment::step, {.given = plan.given[step]}, found_).write_step(false);
    }
  }

  /// Where everything lies, as the baseline has it. Variants are tried without outputs.
  Plan plan_without_programs() const {
    Plan plan = plan_;
    Lowered& lowered = plan.lowered;
    lowered.parameters = lowered.initial = lowered.measures = {};
    lowered.segments.clear();
    lowered.output_columns.clear();
    lowered.measure_columns.clear();
    return plan;
  }

  void explanation(std::uint32_t number) {
    const auto& explain = model_.statement<ExplainStatement>(number);
    plan_.variant = {.explanation = explain.name.text, .outputs = false};
    Diagnostics tried;
    if (!explain.replaces.empty() || changes_constants(explain)) {
      (void)lower(model_, plan_.variant, tried);
    } else {
      (void)Lowering(plan_, Moment::parameters, {}, tried).parameters();
    }
    tell(number, explain.name, tried);
  }

  void start(std::uint32_t number) {
    const Word& name = model_.statement<StartStatement>(number).name;
    interventions({.start = name.text, .outputs = false}, number, name);
  }

  void whatif(std::uint32_t number) {
    const Word& name = model_.statement<WhatifStatement>(number).name;
    interventions({.whatif = name.text, .outputs = false}, number, name);
  }

 private:
  /// A param that is a constant is part of every program, others of the program that draws them.
  bool changes_constants(const ExplainStatement& explain) const {
    return std::any_of(explain.lines.begin(), explain.lines.end(), [&](const VariantLine& line) {
      return model_[model_.quantity_named.at(line.param.text)].kind == Quantity::Kind::constant;
    });
  }

  /// The start values and the steps in which lines of a start or a what-if hold.
  void interventions(const Variant& variant, std::uint32_t number, const Word& name) {
    plan_.variant = variant;
    Diagnostics tried;
    const std::vector<LineSteps> lines = intervention_lines(model_, variant);
    check_offered(model_, lines, tried);
    check_measured(model_, lines, plan_.measured, tried);
    const std::vector<ActiveLine> at_first = active_in(model_, lines, 0);
    if (!at_first.empty())
      (void)Lowering(plan_, Moment::initial, {.lines = at_first}, tried).initial();
    std::vector<std::vector<ActiveLine>> built{{}};
    for (const std::uint32_t cut : boundaries(model_, lines)) {
      const std::vector<ActiveLine> active = active_in(model_, lines, cut);
      if (std::find(built.begin(), built.end(), active) != built.end()) continue;
      (void)Lowering(plan_, Moment::step, {.lines = active}, tried).write_step(variant.outputs);
      built.push_back(active);
    }
    tell(number, name, tried);
  }

  /// A fault elsewhere in the model says under which variant it shows.
  void tell(std::uint32_t variant, const Word& name, const Diagnostics& tried) {
    for (Diagnostic one : tried.sorted()) {
      const bool is_elsewhere =
          one.related.empty() && !lies_in(model_.tree, variant, one.primary.span);
      if (is_elsewhere)
        one.related.push_back(
            {name.span, fmt::format("under `{}`, though not in the baseline", name.text)});
      found_.add(std::move(one));
    }
  }

  const Model& model_;
  Plan plan_;
  Diagnostics& found_;
};

/// Something to try, and whom it asks.
struct Trial {
  void (Trials::*tries)(std::uint32_t number) = nullptr;
  std::uint32_t number = 0;
};

std::vector<Trial> trials_of(const Model& model) {
  std::vector<Trial> all;
  for (const std::uint32_t number : model.explanations)
    all.push_back({&Trials::explanation, number});
  for (const std::uint32_t number : model.starts) all.push_back({&Trials::start, number});
  for (const std::uint32_t number : model.whatifs) all.push_back({&Trials::whatif, number});
  return all;
}

}  // namespace

void try_variants(const Model& model, Parallel& parallel, Diagnostics& found) {
  Trials base(model, planned(model, {}), found);
  base.baseline();
  if (found.has_errors()) return;
  base.exact_data();
  if (found.has_errors()) return;
  const std::vector<Trial> all = trials_of(model);
  if (all.empty()) return;
  const Plan plan = base.plan_without_programs();
  // A plan is large, with all data by step: it is copied for a few trials.
  constexpr std::size_t a_copy = 3;
  std::vector<Diagnostics> tried((all.size() + a_copy - 1) / a_copy);
  parallel.for_each(tried.size(), [&](std::size_t block) {
    Trials own(model, plan, tried[block]);
    const std::size_t end = std::min(all.size(), (block + 1) * a_copy);
    for (std::size_t i = block * a_copy; i < end; ++i) (own.*all[i].tries)(all[i].number);
  });
  for (const Diagnostics& of_one : tried) found.append(of_one);
}

}  // namespace casus::language
