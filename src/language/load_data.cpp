// Numbers of data and observed variables, through the seam to files.
#include "language/compile.hpp"
#include "language/step_range.hpp"

#include <cmath>
#include <fmt/format.h>

namespace casus::language {

namespace {

std::vector<IndexSet> over(const Model& model, const Quantity& quantity) {
  std::vector<IndexSet> result;
  for (const SetId id : quantity.shape) {
    const Set& set = model[id];
    result.push_back({set.name.text, set.labels, model[set.root].labels});
  }
  return result;
}

/// The steps of a total are blank in the series of single values: nothing counts twice.
void check_totals(const Model& model, Diagnostics& found) {
  for (const Statement& statement : model.tree.statements) {
    const auto* observe = std::get_if<ObserveStatement>(&statement);
    if (observe == nullptr || !observe->total) continue;
    const Meaning& summed = model.meaning(observe->expression);
    if (summed.kind != Meaning::Kind::quantity) continue;
    const Quantity& quantity = model[QuantityId{summed.target}];
    const Series& series = model.series[summed.target];
    if (!series.by_step || quantity.shape.size() > 0) continue;
    const StepRange range = steps_of(model, observe->over);
    for (std::uint32_t step = range.first; step <= range.last && !range.empty; ++step) {
      if (std::isnan(series.values[step])) continue;
      found.add({.code = "D402",
                 .message = fmt::format("`{}` is recorded in {} and again in this total",
                                        quantity.name.text, model.steps.label(step)),
                 .primary = {observe->span, {}},
                 .related = {{quantity.name.span, "observed here"}},
                 .help = "leave the single values of these steps blank in the file"});
      break;
    }
  }
}

}  // namespace

void load_data(Model& model, Inputs& inputs, Diagnostics& found) {
  model.series.assign(model.quantities.size(), Series{});
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const Quantity& quantity = model.quantities[q];
    const std::vector<IndexSet> sets = over(model, quantity);
    const double scale = quantity.unit ? quantity.unit->scale : 1.0;
    if (quantity.kind == Quantity::Kind::data) {
      const auto& data = model.statement<DataStatement>(quantity.statement);
      if (data.value == no_node) {
        model.series[q] = inputs.series(data, sets, model.steps, scale, found);
      }
    }
    if (quantity.kind == Quantity::Kind::observed) {
      const auto& observe = model.statement<ObserveStatement>(quantity.statement);
      if (!observe.file.empty()) {
        model.series[q] = inputs.observed(observe, sets, model.steps, scale, found);
      }
    }
  }
  if (!found.has_errors()) check_totals(model, found);
}

}  // namespace casus::language
